"""What two independent libraries read out of a file, and a calendar that applies it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar
from calendar_samples import NOW
from ical.calendar_stream import IcsCalendarStream

from bot.ics import IcsWriter
from bot.model import CalendarEntry


def write(*entries: CalendarEntry, name: str = "Upcoming visits", now: datetime = NOW) -> bytes:
    return IcsWriter().write(entries, name=name, now=now)


@dataclass(frozen=True)
class Seen:
    """An event as a calendar program sees it; ``last`` is its last day."""

    uid: str
    sequence: int
    stamp: datetime
    changed: datetime
    first: date
    last: date
    status: str
    summary: str
    location: str
    description: str
    categories: tuple[str, ...]
    url: str = ""


def read(file: bytes) -> dict[str, Seen]:
    """The events by UID; both libraries must read the same."""
    first = {one.uid: one for one in map(_from_icalendar, _walk(file))}
    second = {one.uid: one for one in map(_from_ical, _stream(file).events)}
    assert first == second
    return first


def only(file: bytes) -> Seen:
    (seen,) = read(file).values()
    return seen


def _walk(file: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(file)
    assert not calendar.errors
    assert {part.name for part in calendar.walk()} <= {
        "VCALENDAR",
        "VEVENT",
        "VTIMEZONE",
        "STANDARD",
    }
    events = calendar.events
    assert not any(event.errors for event in events)
    assert len({event["uid"] for event in events}) == len(events)
    return list(events)


def _stream(file: bytes):  # type: ignore[no-untyped-def]
    return IcsCalendarStream.calendar_from_ics(file.decode())


def _from_icalendar(event: icalendar.Event) -> Seen:
    assert event["dtstart"].params == {"VALUE": "DATE"}
    assert event["transp"] == "TRANSPARENT"
    return Seen(
        uid=str(event["uid"]),
        sequence=int(event["sequence"]),
        stamp=event["dtstamp"].dt,
        changed=event["last-modified"].dt,
        first=event["dtstart"].dt,
        last=event["dtend"].dt - timedelta(days=1),
        status=str(event["status"]),
        summary=str(event["summary"]),
        location=str(event["location"]),
        description=str(event["description"]),
        categories=tuple(map(str, event["categories"].cats)),
        url=str(event.get("url", "")),
    )


def _from_ical(event) -> Seen:  # type: ignore[no-untyped-def]
    return Seen(
        uid=event.uid,
        sequence=event.sequence,
        stamp=event.dtstamp,
        changed=event.last_modified,
        first=event.dtstart,
        last=event.dtend - timedelta(days=1),
        status=event.status.value,
        summary=event.summary,
        location=event.location,
        description=event.description,
        categories=tuple(event.categories),
        url=event.url or "",
    )


class Diary:
    """Somebody's own calendar, which takes a file in as RFC 5546 says (2.1.5).

    An event replaces the one of its UID if its SEQUENCE is greater, or equal with a later
    DTSTAMP; what the file leaves out stays.
    """

    def __init__(self) -> None:
        self.events: dict[str, Seen] = {}

    def take_in(self, file: bytes) -> None:
        for uid, new in read(file).items():
            old = self.events.get(uid)
            if old is None or (new.sequence, new.stamp) > (old.sequence, old.stamp):
                self.events[uid] = new

    @property
    def shown(self) -> list[Seen]:
        """What its owner sees: nothing that was called off."""
        return [event for event in self.events.values() if event.status != "CANCELLED"]
