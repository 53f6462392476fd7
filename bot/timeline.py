"""visits × now → Timeline: the coming weeks in days, for a picture, a terminal and a voice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.model import Precision, Visit, VisitStatus
from bot.text.clean import clean_text
from bot.text.dates import span
from bot.text.shortdates import format_days, format_short, format_spoken

MAX_ROWS = 20
MAX_ALT = 1024
"""Characters that Discord takes as the description of an attachment."""
VAGUE = "some time within"
OVERDUE = "date passed, no report yet"
_MAX_LINES = 5
_MAX_NAME = 60
_BLURRED = (Precision.YEAR, Precision.UNKNOWN)
Days = tuple[date, date]


class Certainty(StrEnum):
    """How far a visit may be relied on, as a legend explains it."""

    CERTAIN = "confirmed, underway or over"
    TENTATIVE = "possible, planned or postponed"
    OFF = "cancelled"


_CERTAINTY = {
    VisitStatus.CONFIRMED: Certainty.CERTAIN,
    VisitStatus.UNDERWAY: Certainty.CERTAIN,
    VisitStatus.COMPLETED: Certainty.CERTAIN,
    VisitStatus.CANCELLED: Certainty.OFF,
}
_OVER = "Earlier"
_TITLES = ("Underway", "Date passed", "Later", "No date yet", "Cancelled", _OVER)
_UNDATED = {
    VisitStatus.UNDERWAY: "Underway",
    VisitStatus.CANCELLED: "Cancelled",
    VisitStatus.COMPLETED: _OVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One visit in the window.

    ``first`` and ``last`` are the days to draw, both inside the window; the flags say that it
    runs beyond an edge. ``is_exact`` says that those are its days; if not, it is some time
    between them. ``words`` are short; ``spoken`` is a statement for a voice.
    """

    visitor: str
    place: str
    words: str
    spoken: str
    first: date
    last: date
    runs_before: bool
    runs_after: bool
    certainty: Certainty
    is_exact: bool
    is_overdue: bool

    @property
    def label(self) -> str:
        """``Narendra Modi → Washington``."""
        return f"{self.visitor} → {self.place}"


@dataclass(frozen=True, slots=True)
class Note:
    """Visits without a day in the window, under one title; ``omitted`` counts the unlisted."""

    title: str
    lines: tuple[str, ...]
    omitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Whole weeks from ``start_on``, a Monday, to ``end_on``, with their visits by first day."""

    start_on: date
    end_on: date
    today: date
    timezone: str
    rows: tuple[Row, ...]
    omitted: int
    notes: tuple[Note, ...]

    @property
    def mondays(self) -> tuple[date, ...]:
        """The first day of each week."""
        weeks = ((self.end_on - self.start_on).days + 1) // 7
        return tuple(self.start_on + timedelta(weeks=n) for n in range(weeks))

    @property
    def title(self) -> str:
        """``Visits, 3 February – 30 March 2025``."""
        return f"Visits, {format_days(self.start_on, self.end_on)}"

    @property
    def as_of(self) -> str:
        """``As of 5 February 2025, Asia/Kolkata``."""
        return f"As of {format_days(self.today, self.today)}, {self.timezone}"

    @property
    def shortfall(self) -> str:
        """``And 3 more visits in these weeks``, or that there are none; empty if all are rows."""
        if not self.rows:
            return "No visit has a date in these weeks"
        return f"And {_count(self.omitted, 'more visit')} in these weeks" if self.omitted else ""


def lay_out_timeline(
    visits: Sequence[Visit], now: datetime, timezone: str, weeks: int = 8
) -> Timeline:
    """Lay the visits out over ``weeks`` weeks from this week's Monday in the zone.

    At most ``MAX_ROWS`` rows; what has no day in the window is told in notes, and whatever is
    left out is counted. Names are one visible line of at most 60 characters.
    """
    today = now.astimezone(ZoneInfo(timezone)).date()
    start_on = today - timedelta(days=today.weekday())
    window = (start_on, start_on + timedelta(weeks=weeks, days=-1))
    rows: list[Row] = []
    rest: dict[str, list[str]] = {title: [] for title in _TITLES}
    for days, visit in sorted(((_find_days(one, today), one) for one in visits), key=_first_first):
        if days and _is_shown(visit, days, window):
            rows.append(_make_row(visit, days, window, today))
        else:
            rest[_find_title(visit, days, window)].append(_describe(visit, today))
    return Timeline(
        start_on=window[0],
        end_on=window[1],
        today=today,
        timezone=timezone,
        rows=tuple(rows[:MAX_ROWS]),
        omitted=len(rows[MAX_ROWS:]),
        notes=tuple(_make_note(title, lines) for title, lines in rest.items() if lines),
    )


def describe_timeline(timeline: Timeline) -> str:
    """What the timeline shows, in sentences for a voice: at most ``MAX_ALT`` characters.

    It ends with a whole statement; what does not fit is counted.
    """
    head = f"Timeline. {timeline.title.replace(' – ', ' to ')}. {timeline.as_of}."
    told = [(row.spoken, 1) for row in timeline.rows]
    told += [(timeline.shortfall, timeline.omitted)] if timeline.shortfall else []
    for note in timeline.notes:
        line = f"{note.title}: {note_words(note).replace(' → ', ' to ')}"
        told.append((line, len(note.lines) + note.omitted))
    for kept in range(len(told), -1, -1):
        left = sum(visits for _, visits in told[kept:])
        counted = [f"And {_count(left, 'more visit')}."] if left else []
        text = " ".join([head, *(f"{words}." for words, _ in told[:kept]), *counted])
        if len(text) <= MAX_ALT:
            break
    return text


def note_words(note: Note, listed: int = _MAX_LINES) -> str:
    """``A → B (planned, June 2026); and 3 more``, with at most ``listed`` visits."""
    lines = note.lines[:listed]
    omitted = note.omitted + len(note.lines) - len(lines)
    rest = [f"and {omitted} more" if lines else _count(omitted, "visit")] if omitted else []
    return "; ".join([*lines, *rest])


def _find_days(visit: Visit, today: date) -> Days | None:
    """The first and last day that a visit may have."""
    days = span(visit.dates)
    is_open = visit.status is VisitStatus.UNDERWAY and not visit.is_overdue and not visit.dates.end
    if days and is_open and days[0] <= today:
        # It has begun, and nobody has reported its end.
        return days[0], max(days[1], today)
    return days


def _is_shown(visit: Visit, days: Days, window: Days) -> bool:
    """Whether a visit has a place in the window; a bar over a whole year would tell nothing."""
    is_inside = days[0] <= window[1] and days[1] >= window[0]
    return is_inside and visit.dates.precision not in _BLURRED


def _first_first(known: tuple[Days | None, Visit]) -> tuple[Days, str, str, str]:
    days, visit = known
    return days or (date.max, date.max), visit.visitor, visit.host, visit.key


def _make_row(visit: Visit, days: Days, window: Days, today: date) -> Row:
    visitor, place = _name(visit.visitor), _name(visit.place or visit.host)
    spoken = _state_words(visit, format_spoken(visit.dates, today))
    return Row(
        visitor=visitor,
        place=place,
        words=_state_words(visit, format_short(visit.dates, today)),
        spoken=f"{visitor} to {place}: {spoken}",
        first=max(days[0], window[0]),
        last=min(days[1], window[1]),
        runs_before=days[0] < window[0],
        runs_after=days[1] > window[1],
        certainty=_CERTAINTY.get(visit.status, Certainty.TENTATIVE),
        is_exact=visit.dates.precision is Precision.DAY,
        is_overdue=visit.is_overdue,
    )


def _name(text: str) -> str:
    """One visible line; a name longer than any real one is cut."""
    line = " ".join(clean_text(text).split()) or "unnamed"
    return line if len(line) <= _MAX_NAME else f"{line[: _MAX_NAME - 1].rstrip()}…"


def _state_words(visit: Visit, when: str) -> str:
    """``planned, 12–13 Feb``, ``postponed, now 3 May``, ``confirmed, 3 Feb, no report yet``."""
    joints = {VisitStatus.POSTPONED: ", now ", VisitStatus.CANCELLED: ", was "}
    dated = f"{joints.get(visit.status, ', ')}{when}" if when else ""
    return f"{visit.status}{dated}{', no report yet' if visit.is_overdue else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _find_title(visit: Visit, days: Days | None, window: Days) -> str:
    """Where a visit without a day in the window is told."""
    if days and days[0] > window[1]:
        return "Later"
    if days and days[1] < window[0]:
        return "Date passed" if visit.is_overdue else _OVER
    return _UNDATED.get(visit.status, "No date yet")


def _describe(visit: Visit, today: date) -> str:
    """``Narendra Modi → Moscow (planned, July)``."""
    words = _state_words(visit, format_short(visit.dates, today))
    return f"{_name(visit.visitor)} → {_name(visit.place or visit.host)} ({words})"


def _make_note(title: str, lines: Sequence[str]) -> Note:
    listed = 0 if title == _OVER else _MAX_LINES
    return Note(title, tuple(lines[:listed]), len(lines[listed:]))
