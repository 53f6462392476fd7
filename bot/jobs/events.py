"""entries of the calendar → the platform's own events, in the workspaces that chose them."""

import logging
from datetime import timedelta

from bot.errors import ChannelError
from bot.jobs.calendar import refresh_calendar
from bot.jobs.choices import EVENTS, OFF, ON
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import Author

logger = logging.getLogger(__name__)

REFUSED_REST = timedelta(hours=6)
"""How long a workspace is left alone in which the bot lacks a right."""
OFF_REST = timedelta(days=1)
"""How long until a workspace that switched events off is looked through once more."""
WORKSPACES_AT_ONCE = 2


async def sync_events(tools: Tools) -> None:
    """Make the events of every workspace that chose them match its visits.

    Where they were switched off, what is left of ours is taken away. One workspace's trouble
    stops no other; where the bot is not, nothing is tried.
    """
    absent = await tools.store.list_absent()
    chosen = [
        (workspace, choice)
        for choice in (ON, OFF)
        for workspace in await tools.store.list_choosers(EVENTS, choice)
        if workspace not in absent
    ]

    async def sync_one(pair: tuple[str, str]) -> None:
        await _sync(tools, *pair)

    await run_all(chosen, sync_one, WORKSPACES_AT_ONCE, unwatched)


async def switch_events(
    tools: Tools, workspace: str, *, is_on: bool, by: Author | None = None
) -> None:
    """Keep a workspace's choice; the next ``sync_events`` acts on it."""
    await tools.store.save_choice(workspace, EVENTS, ON if is_on else OFF, by=by)
    for choice in (ON, OFF):
        tools.rests.pop(_rest(workspace, choice), None)


def _rest(workspace: str, choice: str) -> str:
    return f"events {choice} {workspace}"


async def _sync(tools: Tools, workspace: str, choice: str) -> None:
    now, rest = tools.clock(), _rest(workspace, choice)
    board = tools.boards.get(workspace.partition(":")[0])
    if board is None or now < tools.rests.get(rest, now):
        return
    entries = await refresh_calendar(tools, workspace, now) if choice == ON else ()
    try:
        changed = await board.sync_events(workspace, entries, now=now)
    except ChannelError as error:
        if error.permanent:
            tools.rests[rest] = now + REFUSED_REST
        logger.warning("events.failed workspace=%s reason=%s", workspace, error)
        return
    if choice == OFF:
        tools.rests[rest] = now + OFF_REST
    if changed:
        logger.info("events.synced workspace=%s changed=%d", workspace, changed)
