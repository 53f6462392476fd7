"""Visits: who goes where and when, how sure that is, and how it came about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.articles import Evidence


class VisitStatus(StrEnum):
    """How far a visit has come, weakest first; the last two stand outside the order."""

    POSSIBLE = "possible"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


UNSURE = (VisitStatus.POSSIBLE, VisitStatus.PLANNED)
"""Told, but confirmed by nobody."""
EXPECTED = (VisitStatus.PLANNED, VisitStatus.CONFIRMED)
"""Announced, and still to come."""
AHEAD = (*UNSURE, VisitStatus.CONFIRMED)
"""Still to come, however sure: neither begun nor off."""
BEGUN = (VisitStatus.UNDERWAY, VisitStatus.COMPLETED)
"""Seen to take place; it may have ended."""
SURE = (VisitStatus.CONFIRMED, *BEGUN)
"""Certain to take place, or seen to."""
OFF = (VisitStatus.POSTPONED, VisitStatus.CANCELLED)
"""Not to take place as it was told."""
CLOSED = (VisitStatus.COMPLETED, VisitStatus.CANCELLED)
"""Nothing more is to come of it."""
RANK = {status: rank for rank, status in enumerate((*AHEAD, *BEGUN))}
"""How far a visit has come; what is off has no rank."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VisitDates:
    """When a visit is, as exactly as it is known.

    ``start`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY-Qn`` or ``YYYY`` by ``precision``, None
    when unknown; ``end`` has the same form and is None for one day or when not given.
    """

    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN


_FINENESS = tuple(reversed(Precision))


def is_finer(a: VisitDates, b: VisitDates) -> bool:
    """Whether ``a`` is given in a smaller unit of time than ``b``; an unknown one is largest."""
    return _FINENESS.index(a.precision) > _FINENESS.index(b.precision)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVisit:
    """A visit an engine reads out of sentences; the date stays in the text's own words.

    ``sentences``: first the one that tells of the visit, then those that add a date, place or
    state to it. ``purpose`` is what for, in the text's own words.
    """

    visitor: str
    host: str
    place: str | None
    date_text: str
    status: VisitStatus
    sentences: tuple[int, ...]
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One article's word on a visit; it passed grounding.

    ``evidence`` tells of the visit; ``more`` are other sentences of the article that its date
    or state rests on.
    """

    visitor: str
    host: str
    place: str | None
    dates: VisitDates
    status: VisitStatus
    evidence: Evidence
    engine: str
    purpose: str = ""
    more: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step in a visit's history, with the sentence that tells it.

    ``is_obeyed`` is False for a report that was weaker than what stood already. ``more`` are
    sentences of the same article that its date or state rests on. ``tier`` ranks the source
    as in ``Feed``.
    """

    at: datetime
    status: VisitStatus
    dates: VisitDates
    article_id: int
    article_url: str
    outlet: str
    title: str
    sentence: int
    quote: str
    more: tuple[Evidence, ...] = ()
    tier: int = 3
    is_obeyed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One trip or summit and its history, oldest move first.

    ``key`` names the visit within one ledger; calendars know it by ``CalendarEntry.uid``.
    ``is_overdue`` says that its last possible day has passed with no report.
    """

    key: str
    visitor: str
    host: str
    place: str | None
    dates: VisitDates
    status: VisitStatus
    history: tuple[Move, ...]
    purpose: str = ""
    is_overdue: bool = False

    @property
    def alternatives(self) -> tuple[Move, ...]:
        """Reports that say otherwise and were not obeyed, newest first."""
        others = (move for move in self.history if not move.is_obeyed)
        return tuple(sorted(others, key=lambda move: move.at, reverse=True))


@dataclass(frozen=True, slots=True)
class VisitQuery:
    """Which visits are asked for, in the person's own words; empty asks for all.

    ``when`` is ``next week``, ``February``, ``2025-02`` or ``past``.
    """

    country: str = ""
    person: str = ""
    when: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A visit as calendars, events and reminders know it, whatever its articles become.

    ``uid`` never changes; ``sequence`` rises with every change that a calendar shows.
    ``is_withdrawn`` says that no article tells of the visit any more.
    """

    uid: str
    sequence: int
    changed_at: datetime
    visit: Visit
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the words that stand for it where it can't be seen."""

    png: bytes
    alt: str
