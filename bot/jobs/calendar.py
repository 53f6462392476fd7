"""The ledger as calendars know it: kept under names that last, and written out as a file."""

import asyncio
from datetime import datetime, timedelta

from bot.calendars import follow_visits, recall_visits, without_coarse
from bot.jobs.compose import LEDGER, list_visits
from bot.jobs.tools import Tools
from bot.model import CalendarEntry

NAME = "Upcoming visits"
PRESENT = timedelta(minutes=5)
"""A command whose ``now`` is no further from the clock speaks of the present."""


async def refresh_calendar(
    tools: Tools, workspace: str, now: datetime
) -> tuple[CalendarEntry, ...]:
    """Bring the workspace's entries up to date with its ledger, and return them.

    Of two that do it at once the later counts: who was overtaken changes nothing.
    """
    visits = await list_visits(tools, workspace, now)

    def decide(known: tuple[CalendarEntry, ...]) -> tuple[CalendarEntry, ...]:
        newest_at = max((entry.changed_at for entry in known), default=now)
        if now < newest_at <= now + PRESENT:
            return known
        return follow_visits(workspace, visits, known, now, since=now - LEDGER)

    return await tools.store.update_calendar(workspace, decide)


async def recall_calendar(tools: Tools, workspace: str, now: datetime) -> tuple[CalendarEntry, ...]:
    """The entries as of another moment; nothing is kept."""
    visits = await list_visits(tools, workspace, now)
    known = await tools.store.list_calendar(workspace)
    return await asyncio.to_thread(recall_visits, workspace, visits, known, now)


async def write_calendar(
    tools: Tools, workspace: str, now: datetime, *, with_coarse: bool = False
) -> bytes:
    """The workspace's visits as a calendar file; of another moment than the present unkept."""
    is_present = abs(tools.clock() - now) <= PRESENT
    get_entries = refresh_calendar if is_present else recall_calendar
    entries = await get_entries(tools, workspace, now)
    shown = entries if with_coarse else without_coarse(entries)
    return await asyncio.to_thread(tools.calendars.write, shown, name=NAME, now=now)
