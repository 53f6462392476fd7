"""The jobs that a clock starts: each asks what is due, so one that is missed loses nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from bot.jobs.alert import prepare_alerts
from bot.jobs.correct import correct_posted
from bot.jobs.events import sync_events
from bot.jobs.forget import forget_old
from bot.jobs.gather import extract_new, poll
from bot.jobs.index import embed_new
from bot.jobs.notify import notify
from bot.jobs.post import deliver_waiting, prepare_due
from bot.jobs.remind import prepare_reminders
from bot.jobs.tools import Tools

TICKS_OF_A_DAY = 17_280
RECENT = timedelta(days=2)
"""Texts older than this are analysed when a brief needs them, not before."""
EMBEDDED = timedelta(days=3)
"""Texts older than this get vectors when a question meets them, not before."""


class Regular(NamedTuple):
    """A job, every how many ticks it is started, and how many seconds it may take."""

    name: str
    ticks: int
    start: Callable[[], Awaitable[object]]
    timeout_seconds: float


def list_regular(tools: Tools) -> tuple[Regular, ...]:
    """All that a running bot does by the clock; a tick is some seconds."""

    async def analyse() -> None:
        await extract_new(tools, since=tools.clock() - RECENT)

    async def embed() -> None:
        await embed_new(tools, since=tools.clock() - EMBEDDED)

    return (
        Regular("prepare", 1, partial(prepare_due, tools), 900),
        Regular("deliver", 1, partial(deliver_waiting, tools), 300),
        Regular("analyse", 3, analyse, 1800),
        # Seldom: where most is embedded already, looking for what is not takes seconds.
        Regular("embed", 12, embed, 1800),
        Regular("poll", 12, partial(poll, tools), 1800),
        Regular("remind", 12, partial(prepare_reminders, tools), 1800),
        Regular("alert", 12, partial(prepare_alerts, tools), 1800),
        Regular("events", 36, partial(sync_events, tools), 1800),
        Regular("notify", 36, partial(notify, tools), 900),
        Regular("correct", 60, partial(correct_posted, tools), 1800),
        Regular("forget", TICKS_OF_A_DAY, partial(forget_old, tools), 900),
    )
