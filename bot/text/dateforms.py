"""A written date and the day it was published → the dates it means."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Precision, VisitDates
from bot.text.datewords import DateWords
from bot.text.lexicon import fold

_DAY = timedelta(days=1)
_QUARTER = Precision.QUARTER
_STEPS = {"last": -1, "this": 0, "next": 1}

Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a date: in what language, on what day, as told of the past or not."""

    words: DateWords
    on: date
    is_past: bool

    @property
    def oldest(self) -> date:
        """What ended before that day is taken to come again."""
        return self.on - _DAY * (180 if self.is_past else 60)

    def month(self, word: str) -> int:
        """The number of the month of that name."""
        return self.words.months[fold(word).rstrip(".")]

    def choice(self, groups: Groups) -> str | None:
        """Whether this, next or last is said, if one is."""
        said = groups.get("choice") or groups.get("choice2")
        return self.words.choices[fold(said)] if said else None


def resolve_form(name: str, match: re.Match[str], reader: Reader) -> VisitDates:
    """Return the dates of one match of the form ``name`` of ``words.forms``.

    Raises:
        ValueError, OverflowError: no such day.
    """
    groups = {key: " ".join(value.split()) for key, value in match.groupdict().items() if value}
    return _RESOLVERS[name](groups, reader)


def _iso(groups: Groups, reader: Reader) -> VisitDates:
    return _days_of(date(int(groups["year"]), int(groups["month"]), int(groups["day"])))


def _days(groups: Groups, reader: Reader) -> VisitDates:
    month, (first, last) = reader.month(groups["month"]), _ends(groups["days"])
    try:
        year = _year_of(groups, reader.oldest, lambda y: date(y, month, last))
        return _days_of(date(year, month, first), date(year, month, last))
    except ValueError:  # 31 February: the month at least is meant
        return _month(groups, reader)


def _stretch(groups: Groups, reader: Reader) -> VisitDates:
    month, month2 = reader.month(groups["month"]), reader.month(groups["month2"])
    day, day2 = _ends(groups["day"])[0], _ends(groups["day2"])[0]
    turns = (month2, day2) < (month, day)
    last = {"year": groups["year2"]} if "year2" in groups else {}
    year2 = _year_of(last, reader.oldest, lambda y: date(y, month2, day2))
    year = int(groups.get("year", year2 - turns))
    return _days_of(date(year, month, day), date(year + turns, month2, day2))


def _months(groups: Groups, reader: Reader) -> VisitDates:
    month, month2 = reader.month(groups["month"]), reader.month(groups["month2"])
    turns = month2 < month
    last = {"year": groups["year2"]} if "year2" in groups else {}
    year2 = _year_of(last, reader.oldest, lambda y: _last_day(y, month2))
    year = int(groups.get("year", year2 - turns))
    return VisitDates(f"{year:04}-{month:02}", f"{year + turns:04}-{month2:02}", Precision.MONTH)


def _month(groups: Groups, reader: Reader) -> VisitDates:
    month = reader.month(groups["month"])
    year = _chosen_year(groups, reader, reader.oldest, month, month)
    return VisitDates(f"{year:04}-{month:02}", None, Precision.MONTH)


def _quarter(groups: Groups, reader: Reader) -> VisitDates:
    return _quarter_of(int(groups["q"]), groups, reader, reader.oldest)


def _season(groups: Groups, reader: Reader) -> VisitDates:
    quarter = reader.words.quarters[fold(groups["quarter"])]
    return _quarter_of(quarter, groups, reader, reader.oldest if reader.is_past else reader.on)


def _ordinal_quarter(groups: Groups, reader: Reader) -> VisitDates:
    quarter, choice = reader.words.quarters[fold(groups["quarter"])], reader.choice(groups)
    if choice:  # "the second quarter of next year"
        return VisitDates(f"{reader.on.year + _STEPS[choice]:04}-Q{quarter}", None, _QUARTER)
    return _quarter_of(quarter, groups, reader, reader.oldest)


def _quarter_of(quarter: int, groups: Groups, reader: Reader, oldest: date) -> VisitDates:
    year = _chosen_year(groups, reader, oldest, quarter * 3 - 2, quarter * 3)
    return VisitDates(f"{year:04}-Q{quarter}", None, _QUARTER)


def _unit(groups: Groups, reader: Reader) -> VisitDates:
    on, unit = reader.on, reader.words.units[fold(groups["unit"])]
    step = _STEPS[reader.choice(groups) or "this"]
    if unit in ("week", "weekend"):
        return _week(groups, reader, on - _DAY * on.weekday() + timedelta(weeks=step))
    if unit == "year":
        return VisitDates(f"{on.year + step:04}", None, Precision.YEAR)
    if unit == "quarter":
        year, index = divmod(on.year * 4 + (on.month - 1) // 3 + step, 4)
        return VisitDates(f"{year:04}-Q{index + 1}", None, _QUARTER)
    year, index = divmod(on.year * 12 + on.month - 1 + step, 12)
    return VisitDates(f"{year:04}-{index + 1:02}", None, Precision.MONTH)


def _week(groups: Groups, reader: Reader, monday: date) -> VisitDates:
    if reader.words.units[fold(groups["unit"])] == "weekend":
        return _days_of(monday + _DAY * 5, monday + _DAY * 6)
    is_early = bool(reader.words.early.search(groups.get("lead", "")))
    return _days_of(monday, monday if is_early else monday + _DAY * 6)


def _weekday(groups: Groups, reader: Reader) -> VisitDates:
    ahead = (reader.words.weekdays[fold(groups["weekday"])] - reader.on.weekday()) % 7
    choice = reader.choice(groups)
    if choice == "last" or (choice is None and reader.is_past and ahead):
        ahead -= 7
    elif choice == "next" and not ahead:
        ahead = 7
    return _days_of(reader.on + _DAY * ahead)


def _bare_days(groups: Groups, reader: Reader) -> VisitDates:
    """Days of no month: this month's, or next month's when those are a week gone."""
    first, last = _ends(groups["days"])
    year, month = reader.on.year, reader.on.month
    if not reader.is_past and date(year, month, last) < reader.on - _DAY * 7:
        year, month = year + month // 12, month % 12 + 1
    return _days_of(date(year, month, first), date(year, month, last))


def _relative(groups: Groups, reader: Reader) -> VisitDates:
    return _days_of(reader.on + _DAY * reader.words.relative[fold(groups["relative"])])


def _year(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(groups.get("year") or groups["year2"], None, Precision.YEAR)


def _month_of_publication(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(f"{reader.on.year:04}-{reader.on.month:02}", None, Precision.MONTH)


def _year_of_publication(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(f"{reader.on.year:04}", None, Precision.YEAR)


def _days_of(first: date, last: date | None = None) -> VisitDates:
    end = last.isoformat() if last and last > first else None
    return VisitDates(first.isoformat(), end, Precision.DAY)


def _ends(days: str) -> tuple[int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", days)]
    return numbers[0], numbers[-1]


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_of(groups: Groups, oldest: date, last_day: Callable[[int], date]) -> int:
    """The year that is said, else the first whose day is not older than ``oldest``."""
    if "year" in groups:
        return int(groups["year"])
    for year in range(oldest.year, oldest.year + 9):
        try:
            if last_day(year) >= oldest:
                return year
        except ValueError:  # no 29 February in that year
            continue
    raise ValueError("no year has such a day")


def _chosen_year(groups: Groups, reader: Reader, oldest: date, month: int, month2: int) -> int:
    """The year of the span of months that is said, or that this, next or last picks."""
    choice, on = reader.choice(groups), reader.on
    if choice is None or "year" in groups:
        return _year_of(groups, oldest, lambda y: _last_day(y, month2))
    if choice == "last":
        return on.year - (_last_day(on.year, month2) >= on)
    if choice == "next":
        return on.year + (date(on.year, month, 1) <= on)
    return on.year + (_last_day(on.year, month2) < reader.oldest)


_RESOLVERS: Mapping[str, Callable[[Groups, Reader], VisitDates]] = {
    "iso": _iso,
    "days": _days,
    "american_days": _days,
    "stretch": _stretch,
    "american_stretch": _stretch,
    "months": _months,
    "month": _month,
    "unit": _unit,
    "weekday": _weekday,
    "season": _season,
    "ordinal_quarter": _ordinal_quarter,
    "short_quarter": _quarter,
    "relative": _relative,
    "year": _year,
    "month_end": _month_of_publication,
    "year_end": _year_of_publication,
    "bare_days": _bare_days,
}
