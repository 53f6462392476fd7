"""iCalendar files (RFC 5545) of visits, through the library icalendar."""

from collections.abc import Sequence
from datetime import datetime

from bot.model import CalendarEntry


class IcsWriter:
    """Keeps ``ports.CalendarWriter``; the library is loaded when a file is first asked for."""

    def write(self, entries: Sequence[CalendarEntry], *, name: str, now: datetime) -> bytes:
        """The entries that have, or had, a date; the same entries give the same bytes.

        What was over more than a year before ``now`` is left out.
        """
        from bot.ics.events import render_calendar

        return render_calendar(entries, name, now)
