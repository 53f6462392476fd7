"""Visits as a ledger gives them, told in few words, for calendars and what is made of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from date_samples import dates

from bot.calendars import follow_visits
from bot.model import CalendarEntry, Move, Visit, VisitDates, VisitStatus

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
PLANNED, CONFIRMED = VisitStatus.PLANNED, VisitStatus.CONFIRMED
POSTPONED, CANCELLED = VisitStatus.POSTPONED, VisitStatus.CANCELLED
NO_DATE = VisitDates()
APRIL, MAY = dates("2026-04-14", "2026-04-16"), dates("2026-05-20")
DAY = timedelta(days=1)


def move(
    number: int = 1,
    status: VisitStatus = PLANNED,
    when: VisitDates = NO_DATE,
    *,
    quote: str = "",
    url: str = "",
    outlet: str = "Gazette",
    is_obeyed: bool = True,
) -> Move:
    """What article ``number`` tells; article n came n hours before day 0 plus n days."""
    return Move(
        at=NOW - timedelta(days=30 - number),
        status=status,
        dates=when,
        article_id=number,
        article_url=url or f"https://gazette.example/{number}",
        outlet=outlet,
        title=f"Headline {number}",
        sentence=number,
        quote=quote or f"Sentence {number} tells of it.",
        is_obeyed=is_obeyed,
    )


def visit(
    *history: Move,
    visitor: str = "Anna Berg",
    host: str = "Japan",
    place: str | None = "Tokyo",
    status: VisitStatus | None = None,
    when: VisitDates | None = None,
    purpose: str = "",
    is_overdue: bool = False,
) -> Visit:
    """A visit that stands where its last move says, unless told otherwise."""
    history = history or (move(),)
    return Visit(
        key=f"{visitor}/{host}/{history[0].quote}",
        visitor=visitor,
        host=host,
        place=place,
        dates=history[-1].dates if when is None else when,
        status=status or history[-1].status,
        history=history,
        purpose=purpose,
        is_overdue=is_overdue,
    )


def entry(
    told: Visit, *, uid: str = "a1b2", sequence: int = 0, is_withdrawn: bool = False
) -> CalendarEntry:
    """The visit as a calendar entry that changed ``NOW``."""
    return CalendarEntry(
        uid=uid, sequence=sequence, changed_at=NOW, visit=told, is_withdrawn=is_withdrawn
    )


def follow(
    visits: Sequence[Visit], known: Sequence[CalendarEntry] = (), days: float = 0
) -> tuple[CalendarEntry, ...]:
    """The entries that stand so many days after ``NOW``."""
    return follow_visits("desk", visits, known, NOW + days * DAY)


def only(entries: Sequence[CalendarEntry]) -> CalendarEntry:
    (one,) = entries
    return one
