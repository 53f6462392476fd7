"""entries → iCalendar: all-day events that any calendar program can update by UID and SEQUENCE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from bot.ics.words import (
    describe,
    list_categories,
    name_location,
    newest_address,
    summarise,
    tidy,
)
from bot.model import SURE, CalendarEntry, Precision, VisitDates, VisitStatus
from bot.text.dates import span

PRODUCT = "-//briefing-bot//visits//EN"
REFRESH = timedelta(hours=1)
PAST = timedelta(days=366)
"""How long after its last day an event stays in the file."""

_MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class _Days:
    """Where an event stands: first and last day. ``is_given`` says that this still holds."""

    dates: VisitDates
    first: date
    last: date
    is_given: bool


def render_calendar(entries: Sequence[CalendarEntry], name: str, now: datetime) -> bytes:
    """The file; an entry without any date that a calendar can show is left out."""
    calendar = _make_calendar(tidy(name, _MAX_NAME))
    placed = [(days, entry) for entry in entries if (days := _find_days(entry))]
    oldest_on = (now - PAST).date()
    shown = sorted(
        ((days, entry) for days, entry in placed if days.last >= oldest_on),
        key=lambda one: (one[0].first, one[1].uid),
    )
    for days, entry in shown:
        calendar.add_component(_make_event(entry, days))
    if not shown:
        # A file without any component is not valid, and a calendar may well be empty.
        calendar.add_component(_make_utc())
    rendered: bytes = calendar.to_ical()
    return rendered


def _find_days(entry: CalendarEntry) -> _Days | None:
    """The days of the event: those that stand, or the last that were known to the month."""
    visit = entry.visit
    if days := _to_days(visit.dates, is_given=True):
        return days
    for move in reversed(visit.history):
        if move.is_obeyed and move.dates.precision in (Precision.DAY, Precision.MONTH):
            return _to_days(move.dates, is_given=False)
    return None


def _to_days(dates: VisitDates, *, is_given: bool) -> _Days | None:
    known = span(dates)
    if known is None or max(known).year == date.max.year:
        return None
    return _Days(dates, known[0], max(known), is_given)


def _status(entry: CalendarEntry, days: _Days) -> str:
    """What calendar programs know of it: TENTATIVE, CONFIRMED or CANCELLED."""
    is_off = entry.is_withdrawn or entry.visit.status is VisitStatus.CANCELLED
    if is_off or not days.is_given:
        return "CANCELLED"
    return "CONFIRMED" if entry.visit.status in SURE else "TENTATIVE"


def _make_event(entry: CalendarEntry, days: _Days) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@briefing-bot")
    event.add("sequence", entry.sequence)
    # Not the moment of writing: the same visits must give the same file.
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", days.first)
    event.add("dtend", days.last + timedelta(days=1))
    event.add("status", _status(entry, days))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summarise(entry, days.dates, is_given=days.is_given))
    event.add("location", name_location(entry.visit))
    event.add("description", describe(entry, days.dates, is_given=days.is_given))
    event.add("categories", list_categories(entry))
    if address := newest_address(entry.visit):
        event.add("url", address)
    return event


def _make_calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    return calendar


def _make_utc() -> Timezone:
    standard, utc = TimezoneStandard(), Timezone()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - the zone is what is defined
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    utc.add("tzid", "Etc/UTC")
    utc.add_component(standard)
    return utc
