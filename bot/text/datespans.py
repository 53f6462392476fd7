"""A written week, month, season, feast or year and the day it was published → its dates."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Precision, VisitDates
from bot.text.datewords import DateWords
from bot.text.feasts import find_feast
from bot.text.lexicon import fold

DAY = timedelta(days=1)
STEPS = {"last": -1, "this": 0, "next": 1}
"""How many weeks, months or years off the last, this and the next one are."""
AROUND = timedelta(days=14)
"""How far from a feast a visit is that comes before or after it."""
_QUARTER = Precision.QUARTER

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
        return self.on - DAY * (180 if self.is_past else 60)

    def month(self, word: str) -> int:
        """The number of the month of that name."""
        return self.words.months[fold(word).rstrip(".")]

    def count(self, groups: Groups) -> int:
        """How many days, weeks or months are said."""
        said = groups["count"]
        return int(said) if said.isdecimal() else self.words.counts[fold(said)]

    def choice(self, groups: Groups) -> str | None:
        """Whether this, next or last is said, if one is."""
        said = groups.get("choice")
        return self.words.choices[fold(said)] if said else None

    def week_choice(self, groups: Groups) -> str | None:
        """Whether it is said to be in this, the next or the last week."""
        said = fold(groups.get("in_week", ""))
        choices = self.words.choices.items()
        return next(
            (n for word, n in choices if said.startswith(word) or said.endswith(word)), None
        )

    def part(self, groups: Groups) -> str | None:
        """Whether early, mid or late is said, if one is."""
        said = f"{groups.get('lead', '')} {groups.get('trail', '')}"
        return next((n for n, pattern in self.words.parts.items() if pattern.search(said)), None)


def resolve_span(name: str, groups: Groups, reader: Reader) -> VisitDates:
    """Return the dates of what the form ``name`` has caught.

    Raises:
        ValueError, OverflowError: no such day.
    """
    return _RESOLVERS[name](groups, reader)


def days_of(first: date, last: date | None = None) -> VisitDates:
    """Return the dates of one day, or of those from ``first`` to ``last``."""
    end = last.isoformat() if last and last > first else None
    return VisitDates(first.isoformat(), end, Precision.DAY)


def last_day(year: int, month: int) -> date:
    """Return the last day of the month."""
    return date(year, month, monthrange(year, month)[1])


def month_after(on: date, step: int) -> tuple[int, int]:
    """Return the year and month that lie so many months after the day's."""
    year, index = divmod(on.year * 12 + on.month - 1 + step, 12)
    return year, index + 1


def choose_year(groups: Groups, oldest: date, last_on: Callable[[int], date]) -> int:
    """Return the year that is said, else the first whose day is not older than ``oldest``.

    Raises:
        ValueError: no year has such a day.
    """
    if "year" in groups:
        return int(groups["year"])
    for year in range(oldest.year, oldest.year + 9):
        try:
            if last_on(year) >= oldest:
                return year
        except ValueError:  # no 29 February in that year
            continue
    raise ValueError("no year has such a day")


def _months(groups: Groups, reader: Reader) -> VisitDates:
    month, month2 = reader.month(groups["month"]), reader.month(groups["month2"])
    turns = month2 < month
    last = {"year": groups["year2"]} if "year2" in groups else {}
    year2 = choose_year(last, reader.oldest, lambda y: last_day(y, month2))
    year = int(groups.get("year", year2 - turns))
    return VisitDates(f"{year:04}-{month:02}", f"{year + turns:04}-{month2:02}", Precision.MONTH)


def _month(groups: Groups, reader: Reader) -> VisitDates:
    month = reader.month(groups["month"])
    year = _choose_year(groups, reader, reader.oldest, month, month)
    return VisitDates(f"{year:04}-{month:02}", None, Precision.MONTH)


def _short_quarter(groups: Groups, reader: Reader) -> VisitDates:
    return _quarter_of(int(groups["q"]), groups, reader, reader.oldest)


def _season(groups: Groups, reader: Reader) -> VisitDates:
    quarter = reader.words.quarters[fold(groups["quarter"])]
    return _quarter_of(quarter, groups, reader, reader.oldest if reader.is_past else reader.on)


def _feast(groups: Groups, reader: Reader) -> VisitDates:
    """The quarter of the feast, or of the weeks before or after it."""
    shift = AROUND * (("later" in groups) - ("sooner" in groups))
    feast = reader.words.feasts[fold(groups["feast"])]
    oldest = reader.oldest if reader.is_past else reader.on
    said = int(groups.get("year", 0))
    for year in (said,) if said else range(oldest.year - 1, oldest.year + 3):
        day = find_feast(feast, year) + shift
        quarter = (day.month + 2) // 3
        if said or last_day(day.year, quarter * 3) >= oldest:
            return VisitDates(f"{day.year:04}-Q{quarter}", None, _QUARTER)
    return VisitDates()


def _ordinal_quarter(groups: Groups, reader: Reader) -> VisitDates:
    quarter, choice = reader.words.quarters[fold(groups["quarter"])], reader.choice(groups)
    if choice:  # "the second quarter of next year"
        return VisitDates(f"{reader.on.year + STEPS[choice]:04}-Q{quarter}", None, _QUARTER)
    return _quarter_of(quarter, groups, reader, reader.oldest)


def _quarter_of(quarter: int, groups: Groups, reader: Reader, oldest: date) -> VisitDates:
    year = _choose_year(groups, reader, oldest, quarter * 3 - 2, quarter * 3)
    return VisitDates(f"{year:04}-Q{quarter}", None, _QUARTER)


def _unit(groups: Groups, reader: Reader) -> VisitDates:
    on, unit = reader.on, reader.words.units[fold(groups["unit"])]
    step = STEPS[reader.choice(groups) or "this"]
    if unit in ("week", "weekend"):
        monday = on - DAY * on.weekday() + timedelta(weeks=step)
        return _week(reader.part(groups), monday) if unit == "week" else _weekend(monday, reader)
    if unit == "year":
        return VisitDates(f"{on.year + step:04}", None, Precision.YEAR)
    if unit == "quarter":
        year, index = divmod(on.year * 4 + (on.month - 1) // 3 + step, 4)
        return VisitDates(f"{year:04}-Q{index + 1}", None, _QUARTER)
    year, month = month_after(on, step)
    return VisitDates(f"{year:04}-{month:02}", None, Precision.MONTH)


def _week(part: str | None, monday: date) -> VisitDates:
    """Its seven days; early is its Monday, the middle its Wednesday, late its Thursday."""
    if part is None:
        return days_of(monday, monday + DAY * 6)
    return days_of(monday + DAY * {"early": 0, "mid": 2, "late": 3}[part])


def _weekend(monday: date, reader: Reader) -> VisitDates:
    saturday = monday + DAY * 5
    if reader.is_past and saturday > reader.on:
        saturday -= DAY * 7
    return days_of(saturday, saturday + DAY)


def _year(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(groups.get("year") or groups["year2"], None, Precision.YEAR)


def _month_of_publication(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(f"{reader.on.year:04}-{reader.on.month:02}", None, Precision.MONTH)


def _year_of_publication(groups: Groups, reader: Reader) -> VisitDates:
    return VisitDates(f"{reader.on.year:04}", None, Precision.YEAR)


def _choose_year(groups: Groups, reader: Reader, oldest: date, month: int, month2: int) -> int:
    """The year of the span of months that is said, or that this, next or last picks."""
    choice, on = reader.choice(groups), reader.on
    if choice is None or "year" in groups:
        return choose_year(groups, oldest, lambda y: last_day(y, month2))
    if choice == "last":
        return on.year - (last_day(on.year, month2) >= on)
    if choice == "next":
        return on.year + (date(on.year, month, 1) <= on)
    return on.year + (last_day(on.year, month2) < reader.oldest)


_RESOLVERS: Mapping[str, Callable[[Groups, Reader], VisitDates]] = {
    "months": _months,
    "month": _month,
    "unit": _unit,
    "season": _season,
    "feast": _feast,
    "ordinal_quarter": _ordinal_quarter,
    "short_quarter": _short_quarter,
    "year": _year,
    "month_end": _month_of_publication,
    "year_end": _year_of_publication,
}
