"""Visits as a ledger gives them, told in few words, for calendars and what is made of them."""

from datetime import UTC, datetime, timedelta

from bot.model import CalendarEntry, Move, Precision, Visit, VisitDates, VisitStatus

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
PLANNED, CONFIRMED = VisitStatus.PLANNED, VisitStatus.CONFIRMED
POSTPONED, CANCELLED = VisitStatus.POSTPONED, VisitStatus.CANCELLED
NO_DATE = VisitDates()
_PRECISIONS = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}


def dates(start: str = "", end: str = "") -> VisitDates:
    """``2026-04-14`` is a day, ``2026-04`` a month, ``2026-Q2`` a quarter, ``2026`` a year."""
    if not start:
        return NO_DATE
    precision = Precision.QUARTER if "Q" in start else _PRECISIONS[len(start)]
    return VisitDates(start, end or None, precision)


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
