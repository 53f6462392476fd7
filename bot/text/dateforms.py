"""A written date and the day it was published → the dates it means."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.model import Precision, VisitDates
from bot.text.datespans import (
    DAY,
    STEPS,
    Groups,
    Reader,
    choose_year,
    days_of,
    last_day,
    month_after,
    resolve_span,
)
from bot.text.lexicon import fold

_WEEKS = {"day": 1, "week": 7, "fortnight": 14}


def resolve_form(name: str, match: re.Match[str], reader: Reader) -> VisitDates:
    """Return the dates of one match of the form ``name`` of ``words.forms``.

    Raises:
        ValueError, OverflowError: no such day.
    """
    groups = {
        key.rstrip("0123456789") if key in _TWINS else key: " ".join(value.split())
        for key, value in match.groupdict().items()
        if value
    }
    resolver = _RESOLVERS.get(name)
    return resolver(groups, reader) if resolver else resolve_span(name, groups, reader)


# Groups of one form that are never both there: the numbers only keep their names apart.
_TWINS = frozenset({"choice2", "in_week2", "count2", "span2", "later2", "sooner2"})


def _iso(groups: Groups, reader: Reader) -> VisitDates:
    return days_of(date(int(groups["year"]), int(groups["month"]), int(groups["day"])))


def _numeric(groups: Groups, reader: Reader) -> VisitDates:
    """Day and month in numbers; where the language has two orders, only 13 and up tell them."""
    year, day, month = (int(groups[name]) for name in ("year", "day", "month"))
    if reader.words.is_month_first:
        if day <= 12 and month <= 12 and day != month:
            return VisitDates()
        if month > 12:
            day, month = month, day
    return days_of(date(year, month, day))


def _days(groups: Groups, reader: Reader) -> VisitDates:
    month, (first, last) = reader.month(groups["month"]), _ends(groups["days"])
    try:
        year = choose_year(groups, reader.oldest, lambda y: date(y, month, last))
        return days_of(date(year, month, first), date(year, month, last))
    except ValueError:  # 31 February: the month at least is meant
        return resolve_span("month", groups, reader)


def _stretch(groups: Groups, reader: Reader) -> VisitDates:
    month, month2 = reader.month(groups["month"]), reader.month(groups["month2"])
    day, day2 = _ends(groups["day"])[0], _ends(groups["day2"])[0]
    turns = (month2, day2) < (month, day)
    last = {"year": groups["year2"]} if "year2" in groups else {}
    year2 = choose_year(last, reader.oldest, lambda y: date(y, month2, day2))
    year = int(groups.get("year", year2 - turns))
    return days_of(date(year, month, day), date(year + turns, month2, day2))


def _week_of(groups: Groups, reader: Reader) -> VisitDates:
    """The week that holds the day."""
    month = reader.month(groups.get("month") or groups.get("month2") or groups["month3"])
    day = _ends(groups.get("day") or groups.get("day2") or groups["day3"])[0]
    year = choose_year(groups, reader.oldest, lambda y: date(y, month, day))
    monday = _monday(date(year, month, day))
    return days_of(monday, monday + DAY * 6)


def _weekday(groups: Groups, reader: Reader) -> VisitDates:
    return days_of(_find_weekday(groups, reader))


def _weekdays(groups: Groups, reader: Reader) -> VisitDates:
    first, second = (reader.words.weekdays[fold(groups[name])] for name in ("weekday", "weekday2"))
    start = _find_weekday(groups, reader)
    return days_of(start, start + DAY * ((second - first) % 7))


def _find_weekday(groups: Groups, reader: Reader) -> date:
    weekday, choice = reader.words.weekdays[fold(groups["weekday"])], reader.choice(groups)
    if week := reader.week_choice(groups):
        return _monday(reader.on) + DAY * (7 * STEPS[week] + weekday)
    ahead = (weekday - reader.on.weekday()) % 7
    if choice == "last" or (choice != "next" and reader.is_past and ahead):
        ahead -= 7
    elif choice == "next" and not ahead:
        ahead = 7
    return reader.on + DAY * ahead


def _weekday_days(groups: Groups, reader: Reader) -> VisitDates:
    """``Tuesday the 19th``: of this, the next or the last month, where that is a Tuesday."""
    weekday = reader.words.weekdays[fold(groups["weekday"])]
    first, last = _ends(groups["days"])
    for step in (0, -1) if reader.is_past else (0, 1, -1):
        year, month = month_after(reader.on, step)
        if first <= last_day(year, month).day and date(year, month, first).weekday() == weekday:
            return days_of(date(year, month, first), date(year, month, last))
    return _bare_days(groups, reader)


def _bare_days(groups: Groups, reader: Reader) -> VisitDates:
    """Days of no month: this month's, or next month's when those are a week gone."""
    first, last = _ends(groups["days"])
    year, month = reader.on.year, reader.on.month
    if not reader.is_past and date(year, month, last) < reader.on - DAY * 7:
        year, month = month_after(reader.on, 1)
    return days_of(date(year, month, first), date(year, month, last))


def _relative(groups: Groups, reader: Reader) -> VisitDates:
    named = [groups[name] for name in ("relative", "relative2") if name in groups]
    days = [reader.on + DAY * _count_days(fold(word), reader) for word in named]
    return days_of(days[0], days[-1])


def _count_days(word: str, reader: Reader) -> int:
    """How far off the day is; one word is both yesterday and tomorrow in Hindi."""
    turns = word in reader.words.turning and reader.is_past
    return reader.words.relative[word] * (-1 if turns else 1)


def _ahead(groups: Groups, reader: Reader) -> VisitDates:
    return _in_distance(groups, reader, 1)


def _ago(groups: Groups, reader: Reader) -> VisitDates:
    return _in_distance(groups, reader, -1)


def _in_distance(groups: Groups, reader: Reader, sign: int) -> VisitDates:
    """``in two weeks`` is a day, ``in two months`` a month."""
    count, span = reader.count(groups), reader.words.spans[fold(groups["span"])]
    if span in _WEEKS:
        return days_of(reader.on + timedelta(days=sign * count * _WEEKS[span]))
    year, month = month_after(reader.on, sign * count)
    return VisitDates(f"{year:04}-{month:02}", None, Precision.MONTH)


def _within(groups: Groups, reader: Reader) -> VisitDates:
    """No day is told before the last one, so it is the months up to that one."""
    end = _in_distance(groups, reader, 1).start or ""
    start = f"{reader.on.year:04}-{reader.on.month:02}"
    return VisitDates(start, end[:7] if end[:7] > start else None, Precision.MONTH)


def _monday(on: date) -> date:
    return on - DAY * on.weekday()


def _ends(days: str) -> tuple[int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", days)]
    return numbers[0], numbers[-1]


_RESOLVERS: Mapping[str, Callable[[Groups, Reader], VisitDates]] = {
    "iso": _iso,
    "numeric": _numeric,
    "days": _days,
    "american_days": _days,
    "stretch": _stretch,
    "american_stretch": _stretch,
    "week_of": _week_of,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "weekday_days": _weekday_days,
    "bare_days": _bare_days,
    "relative": _relative,
    "ahead": _ahead,
    "ago": _ago,
    "within": _within,
}
