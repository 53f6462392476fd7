"""The ports that jobs need, joined once by ``app.py``; and running many pieces of work."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.errors import BotError
from bot.jobs.turnstile import Turnstile
from bot.limits import Limits
from bot.model import Article, Topic
from bot.ports import (
    CalendarWriter,
    Channel,
    Clock,
    Embedder,
    Engine,
    EventBoard,
    Fetcher,
    Outlines,
    Painter,
    Parser,
    Store,
)

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
_Work = TypeVar("_Work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Every port a job may need. ``owner`` names this process in leases; with ``locks``
    an engine reads no text twice at once. ``rests`` says until when an engine, or a text that
    it failed on, or a workspace's events or reminders are left alone. ``boards`` are the
    platforms' own calendars by platform. ``calendar_url`` is where calendar links start, if
    anywhere. ``languages`` are the codes of those that are shipped. Without an ``embedder``
    questions find by words alone. They are answered one after another at the
    ``turnstile``. ``rate`` says by tag why the engine that quotes chose no sentence."""

    store: Store
    fetcher: Fetcher
    parser: Parser
    engine: Engine
    fallback: Engine
    topics: Sequence[Topic]
    channels: Mapping[str, Channel]
    clock: Clock
    owner: str
    poll_interval: timedelta
    calendars: CalendarWriter
    painter: Painter
    outlines: Outlines
    limits: Limits
    embedder: Embedder | None = None
    boards: Mapping[str, EventBoard] = field(default_factory=dict)
    calendar_url: str = ""
    languages: Sequence[str] = ()
    rests: dict[str, datetime] = field(default_factory=dict)
    locks: Mapping[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    turnstile: Turnstile = field(default_factory=Turnstile)
    rate: Callable[[Article, Sequence[Topic]], Mapping[str, str]] = lambda article, topics: {}


def unwatched(done: int, total: int) -> None:
    """Progress that nobody watches."""


async def run_all(
    work: Sequence[_Work],
    run: Callable[[_Work], Awaitable[None]],
    at_once: int,
    progress: Progress,
) -> None:
    """Run every piece, some at once; one that fails is logged and stops no other."""
    gate, done = asyncio.Semaphore(at_once), 0

    async def run_one(piece: _Work) -> None:
        nonlocal done
        async with gate:
            try:
                await run(piece)
            except BotError as error:
                logger.warning("job.failed piece=%s reason=%s", type(piece).__name__, error)
            except Exception:  # one piece that trips over a bug of ours stops no other
                logger.exception("job.broken piece=%s", type(piece).__name__)
        done += 1
        progress(done, len(work))

    progress(0, len(work))
    await asyncio.gather(*(run_one(piece) for piece in work))
