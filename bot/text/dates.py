"""Words for dates → dates with their precision, and back: English, French, Spanish, Hindi."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.model import Precision, VisitDates
from bot.text.dateforms import resolve_form
from bot.text.datespans import Reader
from bot.text.datewords import DateWords, load_date_words
from bot.text.lexicon import fold, plain

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_QUARTERS = ("first", "second", "third", "fourth")
# English words that are months only where something says so.
_AMBIGUOUS = frozenset({"may", "march"})
_LONGEST = 30

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DateText:
    """A date expression in its own words: ``text == source[start:end]``."""

    text: str
    start: int
    end: int


class DateForms(Protocol):
    """How a language that writes day, month, year in this order writes each of them."""

    @property
    def no_date(self) -> str:
        """``date not given``."""

    def day(self, on: date) -> str:
        """``12 February 2025``."""

    def month(self, on: date) -> str:
        """``February 2025``."""

    def quarter(self, number: int, year: str) -> str:
        """``first quarter of 2025``."""


class _English:
    no_date = "date not given"

    def day(self, on: date) -> str:
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"

    def month(self, on: date) -> str:
        return f"{_MONTHS[on.month - 1]} {on.year}"

    def quarter(self, number: int, year: str) -> str:
        return f"{_QUARTERS[number - 1]} quarter of {year}"


_ENGLISH = _English()


def find_dates(text: str, language: str) -> tuple[DateText, ...]:
    """Return the date expressions of ``text`` in order; they don't overlap."""
    found = _find_forms(text, load_date_words(language))
    return tuple(DateText(text[m.start() : m.end()], m.start(), m.end()) for _, m in found)


def resolve_dates(
    date_text: str, published_on: date, language: str, *, is_past: bool = False
) -> VisitDates:
    """Return what the first date expression in ``date_text`` means to a reader on that day.

    A date without a year is the first that was not over 60 days before publication; told of
    the past, by ``is_past`` or a word in ``date_text``, 180 days. So a weekday is the next one,
    or the last one. ``next week`` is its seven days, ``early next week`` its Monday, in its
    middle the Wednesday, late the Thursday. Seasons are quarters, not yet over: spring Q2,
    summer Q3, autumn Q4, winter Q1; so are feasts. Early, mid and late change nothing else.
    A ``two-day visit`` in ``date_text`` sets the end. Where nothing is a date the result is
    ``VisitDates()``.
    """
    words = load_date_words(language)
    found = _find_forms(date_text, words)
    if not found:
        return VisitDates()
    name, match = found[0]
    reader = Reader(words, published_on, is_past=is_past or bool(words.past.search(date_text)))
    try:
        dates = _add_duration(resolve_form(name, match, reader), date_text, language)
        span(dates)
        return dates
    except (ValueError, OverflowError):  # 00 March; a month before the year 1
        return VisitDates()


def find_duration(text: str, language: str) -> int | None:
    """Return how many days the stay lasts that ``text`` tells of: ``a two-day visit``.

    ``in two days``, ``two days ago`` and ``a two-day truce`` are no stays.
    """
    words, flat = load_date_words(language), plain(text)
    for match in words.length.finditer(flat):
        count = match["count"]
        number = int(count) if count.isdecimal() else words.counts[fold(count)]
        days = number * words.lengths[fold(match["span"])] // 24
        before, after = flat[: match.start()], flat[match.end() :]
        is_distance = words.distance_before.search(before) or words.distance_after.match(after)
        is_stay = words.stay_before.search(before) or words.stay_after.match(after)
        if 2 <= days <= _LONGEST and is_stay and not is_distance:
            return days
    return None


def span(dates: VisitDates) -> tuple[date, date] | None:
    """Return the first and the last possible day, or None when nothing is known."""
    if dates.start is None:
        return None
    last = dates.end or dates.start
    return _edges(dates.start, dates.precision)[0], _edges(last, dates.precision)[1]


def days_between(a: Span, b: Span) -> int:
    """Return how many days lie between two windows; 0 where they touch."""
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)


def format_dates(dates: VisitDates, forms: DateForms = _ENGLISH) -> str:
    """Return the dates for people, such as ``12–13 February 2025``; in English if not told."""
    if dates.start is None:
        return forms.no_date
    start = _format_one(dates.start, dates.precision, forms)
    if dates.end is None or dates.end == dates.start:
        return start
    end = _format_one(dates.end, dates.precision, forms)
    if dates.precision is not Precision.DAY:
        return f"{start} – {end}"
    if dates.start[:7] == dates.end[:7]:
        return f"{start.split()[0]}–{end}"
    return f"{start.removesuffix(dates.end[:4]).strip()} – {end}"


def _find_forms(text: str, words: DateWords) -> list[tuple[str, re.Match[str]]]:
    """The forms in ``text``: leftmost first, of those the longest, never overlapping."""
    flat = plain(text)
    every = [
        (name, match)
        for name, pattern in words.forms.items()
        for match in pattern.finditer(flat)
        if _is_date(name, match, words)
    ]
    every.sort(key=lambda found: (found[1].start(), -found[1].end()))
    chosen: list[tuple[str, re.Match[str]]] = []
    for name, match in every:
        if not chosen or match.start() >= chosen[-1][1].end():
            chosen.append((name, match))
    return chosen


def _is_date(name: str, match: re.Match[str], words: DateWords) -> bool:
    """Whether a word that may mean other things is a date here."""
    groups = match.groupdict()
    if groups.get("month") in _AMBIGUOUS:  # "the 12 may leave": only the capital tells
        return False
    if any(groups.get(sign) for sign in ("choice", "choice2", "year", "lead", "trail")):
        return True
    is_alone = match.group() == match.string.strip()
    before = match.string[max(0, match.start() - 30) : match.start()]
    if name == "month":
        return _is_month(groups["month"], before, words) or is_alone
    if name == "season":
        return is_alone or bool(words.before_season.search(before))
    if name == "bare_days":
        return is_alone or bool(words.before_day.search(before))
    if name == "ahead":  # "the third visit in two weeks"
        return not words.counted.search(before)
    if name == "unit":
        is_weekend = words.units[fold(groups["unit"])] == "weekend"
        return is_weekend and bool(words.before_weekend.search(before))
    return True


def _is_month(written: str, before: str, words: DateWords) -> bool:
    word = fold(written).rstrip(".")
    if word in words.short_months and written.islower():
        return False
    is_sure = word not in _AMBIGUOUS and word not in words.short_months
    return is_sure or bool(words.before_year.search(before))


def _add_duration(dates: VisitDates, date_text: str, language: str) -> VisitDates:
    if dates.precision is not Precision.DAY or dates.start is None or dates.end is not None:
        return dates
    days = find_duration(date_text, language)
    if days is None:
        return dates
    end = date.fromisoformat(dates.start) + timedelta(days=days - 1)
    return VisitDates(dates.start, end.isoformat(), Precision.DAY)


def _edges(value: str, precision: Precision) -> tuple[date, date]:
    """The first and last day of one point in time."""
    if precision is Precision.DAY:
        day = date.fromisoformat(value)
        return day, day
    year = int(value[:4])
    first, last = {
        Precision.MONTH: lambda: (int(value[5:]), int(value[5:])),
        Precision.QUARTER: lambda: (int(value[6:]) * 3 - 2, int(value[6:]) * 3),
    }.get(precision, lambda: (1, 12))()
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _format_one(value: str, precision: Precision, forms: DateForms) -> str:
    if precision is Precision.DAY:
        return forms.day(date.fromisoformat(value))
    if precision is Precision.MONTH:
        return forms.month(date(int(value[:4]), int(value[5:]), 1))
    if precision is Precision.QUARTER:
        return forms.quarter(int(value[6:]), value[:4])
    return value
