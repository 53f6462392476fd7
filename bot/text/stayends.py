"""dates of a sentence → the last day of the stay, or its first, counted from its length."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from bot.model import Precision, VisitDates
from bot.text.dates import find_duration, resolve_dates, span
from bot.text.staypieces import DAY, Piece, Telling
from bot.text.staywords import Role

LONGEST = timedelta(days=31)
"""A date further off than that is no end of the same stay."""


def add_end(main: Piece, telling: Telling, pieces: Sequence[Piece]) -> VisitDates:
    """Return the dates of the stay with the end that another date, or its length, tells."""
    if main.dates.precision is not Precision.DAY or main.dates.end or not main.dates.start:
        return main.dates
    start = date.fromisoformat(main.dates.start)
    after = [p for p in pieces if p.role is Role.END and p.where.start > main.where.start]
    ends = [_find_end(piece, start, telling) for piece in after]
    later = [end for end in ends if end and start < end <= start + LONGEST]
    later += _find_next_day(main, start, telling, pieces)
    length = _find_length(telling, main.where.start)
    if not later and length:
        later = [start + DAY * (length - 1)]
    return _days(start, later[0] if later else start)


def count_back(
    telling: Telling, pieces: Sequence[Piece], main: Piece | None, at: int | None
) -> VisitDates | None:
    """``ended a two-day visit on Wednesday``: from its end and its length.

    Where another date is nearer, that one tells when it began.
    """
    near = at or 0
    length = _find_length(telling, near)
    reach = abs(main.where.start - near) if main else len(telling.text)
    ends = [p for p in pieces if p.role is Role.END and abs(p.where.start - near) < reach]
    days = span(ends[0].dates) if ends else None
    if not length or not days or days[0] != days[1]:
        return None
    return _days(days[1] - DAY * (length - 1), days[1])


def count_day(telling: Telling, pieces: Sequence[Piece]) -> VisitDates | None:
    """``on the second day of a three-day visit``: counted from the day it speaks of."""
    numbers = [day for words, day in telling.words.days_of if words.search(telling.text)]
    if not telling.is_begun or not numbers:
        return None
    length = _find_length(telling, 0)
    number = max(numbers) or length
    if not number:
        return None
    start = _find_today(telling, pieces) - DAY * (number - 1)
    return _days(start, start + DAY * ((number if 0 in numbers else length or 1) - 1))


def _find_today(telling: Telling, pieces: Sequence[Piece]) -> date:
    """The day of which the sentence speaks: the one just gone by that it names."""
    spoken = [days[0] for piece in pieces if (days := span(piece.dates)) and days[0] == days[1]]
    near = [day for day in spoken if timedelta() <= telling.on - day < 6 * DAY]
    return near[0] if near else telling.on


def _find_length(telling: Telling, near: int) -> int | None:
    """The length of the stay: told beside the date, or elsewhere but for what came before it."""
    parts = telling.words.split(telling.text)
    ends = list(accumulate(map(len, parts)))
    own = [part for part, end in zip(parts, ends, strict=True) if end - len(part) <= near < end]
    rest = [part for part in parts if not telling.words.aside.match(part.lstrip(" ,"))]
    lengths = (find_duration(part, telling.language) for part in (*own, *rest))
    return next((length for length in lengths if length), None)


def _find_end(piece: Piece, start: date, telling: Telling) -> date | None:
    """The day that a piece names, in the days after the start where it names no month."""
    for dates in (piece.dates, resolve_dates(piece.where.text, start, telling.language)):
        days = span(dates) if dates.precision is Precision.DAY else None
        if days and start < days[1]:
            return days[1]
    return None


def _find_next_day(
    main: Piece, start: date, telling: Telling, pieces: Sequence[Piece]
) -> list[date]:
    """``… and leave the next day``: the day after the one that was named last."""
    match = telling.words.next_day.search(telling.text, main.where.end)
    if not match:
        return []
    named = [p for p in pieces if main.where.end <= p.where.start < match.start()]
    days = [_find_end(piece, start, telling) for piece in named]
    return [max([start, *(day for day in days if day)]) + DAY]


def _days(start: date, end: date) -> VisitDates:
    last = end.isoformat() if end > start else None
    return VisitDates(start.isoformat(), last, Precision.DAY)
