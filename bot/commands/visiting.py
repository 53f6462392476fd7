"""Commands on visits: the ledger, what changed, calendars, pictures, events."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import InputError
from bot.jobs import calendar, changed, compose, draw
from bot.jobs.choices import find_timezone
from bot.jobs.tools import Tools
from bot.model import ChangeReport, Picture, Visit, VisitQuery
from bot.ports import ALL_VISITS
from bot.querying import choose_visits


@dataclass(frozen=True)
class VisitCommands:
    """The part of ``ports.Commands`` that follows the visits."""

    tools: Tools

    async def list_visits(
        self, workspace: str, *, now: datetime, query: VisitQuery = ALL_VISITS
    ) -> tuple[Visit, ...]:
        """The visits asked for, as of ``now``, next first; today is that of the workspace."""
        ledger = await compose.list_visits(self.tools, workspace, now)
        zone = ZoneInfo(await find_timezone(self.tools.store, workspace))
        return choose_visits(ledger, query, now.astimezone(zone))

    async def draw_timeline(
        self, visits: Sequence[Visit], *, now: datetime, timezone: str = "UTC"
    ) -> Picture | None:
        """A picture of the coming weeks of those visits; None if none has a date there."""
        return await draw.draw_timeline(self.tools, visits, now=now, timezone=timezone)

    async def export_calendar(
        self, workspace: str, *, now: datetime, with_coarse: bool = False
    ) -> bytes:
        """The visits as an iCalendar file; coarser dates than a month only on demand."""
        return await calendar.write_calendar(self.tools, workspace, now, with_coarse=with_coarse)

    async def get_calendar_link(self, workspace: str, *, is_new: bool = False) -> str:
        """The address that calendar programs may subscribe to; ``is_new`` ends the old one.

        Raises:
            InputError: nothing listens where a link could lead.
        """
        if not self.tools.calendar_url:
            raise InputError(
                "Calendar links are off: whoever runs the bot sets METRICS_PORT and PUBLIC_URL."
            )
        token = secrets.token_urlsafe(32)
        kept = await self.tools.store.save_calendar_token(workspace, token, is_new=is_new)
        return f"{self.tools.calendar_url}/calendar/{kept}.ics"

    async def list_changes(self, workspace: str, *, since: str, now: datetime) -> ChangeReport:
        """What changed since then: ``2025-02-01``, ``3 days``, ``yesterday``, ``monday``."""
        start_at = changed.parse_since(since, now)
        return await changed.list_changes(self.tools, workspace, start_at=start_at, end_at=now)
