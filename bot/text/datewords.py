"""dates.toml and CLDR → patterns: the ways to write dates in one language, compiled once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole

LANGUAGES = ("en", "fr", "es", "hi")
_CHOICES = ("this", "next", "last")
_UNITS = ("week", "weekend", "month", "quarter", "year")
# Best first: of two forms that match at one place the longer wins, then the earlier.
_FORMS = {
    "iso": "(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    "days": "(?:<WEEKDAY>,? )?(?P<days><DAY>(?:<SEP><DAY>){0,5}) <OF>(?P<month><MONTH>)"
    "(?:,? <OF>(?P<year><YEAR>))?",
    "american_days": "(?:<WEEKDAY>,? )?(?P<month><MONTH>) <THE>(?P<days><DAY>(?:<SEP><DAY>){0,5})"
    "(?:,? (?P<year><YEAR>))?",
    "stretch": "<BETWEEN>(?P<day><DAY>) <OF>(?P<month><MONTH>)(?:,? <OF>(?P<year><YEAR>))?<TO>"
    "(?P<day2><DAY>) <OF>(?P<month2><MONTH>)(?:,? <OF>(?P<year2><YEAR>))?",
    "american_stretch": "<BETWEEN>(?P<month><MONTH>) (?P<day><DAY>)(?:,? (?P<year><YEAR>))?<TO>"
    "(?P<month2><MONTH>) (?P<day2><DAY>)(?:,? (?P<year2><YEAR>))?",
    "months": "<BETWEEN>(?P<month><MONTH>)(?:,? <OF>(?P<year><YEAR>))?<TO>(?P<month2><MONTH>)"
    "(?:,? <OF>(?P<year2><YEAR>))?",
    "month": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<month><MONTH>)(?: (?P<choice2><CHOICE>))?"
    "(?:,? <OF>(?P<year><YEAR>))?",
    "unit": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<unit><UNIT>)(?: (?P<choice2><CHOICE>))?",
    "weekday": "(?:(?P<choice><CHOICE>) )?(?P<weekday><WEEKDAY>)(?: (?P<choice2><CHOICE>))?",
    "season": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<quarter><SEASON>)(?: (?P<choice2><CHOICE>))?"
    "(?:,? <OF><THE>(?P<year><YEAR>))?",
    "ordinal_quarter": "(?P<quarter><ORDINAL>) <QUARTER>(?:,? <OF><THE>(?P<year><YEAR>))?"
    "(?: <OF>(?P<choice><CHOICE>) <UNIT>)?",
    "short_quarter": "[QT](?P<q>[1-4])(?:,? <OF>(?P<year><YEAR>))?",
    "relative": "(?<!la )(?<!esta )(?P<relative><RELATIVE>)",
    "year": "<IN>[ -]<THE>(?P<year><YEAR>)|(?P<year2><YEAR>)(?= <AFTER>|\\Z)",
    "month_end": "<MONTH_END>",
    "year_end": "<YEAR_END>",
    "bare_days": "(?P<days><DAY>(?:<SEP><DAY>){0,5})(?! (?!<DAY_NEXT> )\\w)",
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language's words for dates; the keys of the mappings are folded.

    ``choices`` give this, next or last; ``units`` give week, weekend, month, quarter or year.
    ``forms`` are the patterns, best first; the patterns ``before_…`` match
    what must stand right before a word that is no date by itself.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    quarters: Mapping[str, int]
    relative: Mapping[str, int]
    choices: Mapping[str, str]
    units: Mapping[str, str]
    short_months: frozenset[str]
    festivals: frozenset[str]
    duration: str
    early: re.Pattern[str]
    past: re.Pattern[str]
    before_year: re.Pattern[str]
    before_season: re.Pattern[str]
    before_day: re.Pattern[str]
    forms: Mapping[str, re.Pattern[str]]


def load_date_words(language: str) -> DateWords:
    """Return the words of en, fr, es or hi; English for any other language."""
    return _load(language if language in LANGUAGES else "en")


@cache
def _load(language: str) -> DateWords:
    table = load_lexicon("dates")[language]
    months, weekdays = _calendar_names(language)
    months |= table["months"]
    weekdays |= table["weekdays"]
    quarters = table["seasons"] | table["festivals"]
    forms = _write_forms(table, months, weekdays)
    return DateWords(
        months=_folded(months),
        weekdays=_folded(weekdays),
        quarters=_folded(quarters | table["ordinals"]),
        relative=_folded(table["relative"]),
        choices={fold(word): name for name in _CHOICES for word in table[name]},
        units={fold(word): name for name in _UNITS for word in table[name]},
        short_months=frozenset(fold(word) for word in table["months"] if len(word) < 5),
        festivals=frozenset(map(fold, table["festivals"])),
        duration=table["duration"],
        early=_compile(whole(one_of(table["early"]))),
        past=_compile(whole(one_of(table["past"]))),
        before_year=_compile(rf"{whole(one_of(table['in'] or ['$']))} {_maybe(table['the'])}\Z"),
        before_season=_compile(rf"{whole(one_of(table['season_in'] or ['$']))} ?\Z"),
        before_day=_compile(rf"{whole(one_of(table['day_lead'] or ['$']))} \Z"),
        forms={name: _compile(whole(pattern)) for name, pattern in forms.items()},
    )


def _calendar_names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    from babel import Locale  # some 30 ms, only for those who read dates

    locale = Locale(language)
    months = {name.lower(): number for number, name in locale.months["format"]["wide"].items()}
    weekdays = {name.lower(): number for number, name in locale.days["format"]["wide"].items()}
    return months, weekdays


def _write_forms(
    table: Mapping[str, Any], months: Mapping[str, int], weekdays: Mapping[str, int]
) -> dict[str, str]:
    the = _maybe(table["the"])
    parts = {
        "LEAD": rf"(?P<lead>{one_of(table['lead'])}[ -]{the})?" if table["lead"] else "(?P<lead>)",
        "MONTH": rf"{one_of(table['months'])}(?:\.|(?!{LETTER}))|{one_of(months)}(?!{LETTER})",
        "WEEKDAY": one_of(weekdays),
        "SEASON": one_of([*table["seasons"], *table["festivals"]]),
        "UNIT": one_of(word for unit in _UNITS for word in table[unit]),
        "CHOICE": one_of(word for choice in _CHOICES for word in table[choice]),
        "RELATIVE": one_of(table["relative"]),
        "ORDINAL": one_of(table["ordinals"]),
        "QUARTER": one_of(table["quarter"]),
        "YEAR_END": one_of(table["year_end"]),
        "MONTH_END": one_of(table["month_end"]),
        "AFTER": one_of(table["after"] or ["$"]),
        "IN": one_of([*table["in"], *table["lead"]]),
        "DAY_NEXT": one_of(table["day_next"] or ["$"]),
        "SEP": rf"(?: ?[-–—] ?|, ?|,? {one_of(table['to'] + table['and'])} {the})",
        "BETWEEN": f"(?P<between>{one_of(table['between'] or ['$'])} {the})?",
        "TO": rf"(?: ?[-–—] ?|(?(between) {one_of(table['and'])}| {one_of(table['to'])}) {the})",
        "OF": _maybe(table["of"]),
        "THE": the,
        "YEAR": r"(?:19|20)\d\d(?!\d|[/–-]\d)",
        "DAY": r"\d{1,2}(?:st|nd|rd|th|er|º)?(?![\w:%€$°]|[.,]\d)",
    }
    return {
        name: _fill(template, parts)
        for name, template in _FORMS.items()
        if table["month_first"] or not name.startswith("american_")
    }


def _fill(template: str, parts: Mapping[str, str]) -> str:
    while found := re.search("<([A-Z_]+)>", template):
        template = template.replace(found.group(), f"(?:{parts[found[1]]})")
    return template


def _maybe(words: list[str]) -> str:
    """A pattern for one of the words and a space after it, or nothing."""
    return rf"(?:{one_of(words)}(?:(?<=') ?| ))?" if words else ""


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _folded(table: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in table.items()}
