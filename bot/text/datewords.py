"""dates.toml and CLDR → patterns: the ways to write dates in one language, compiled once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole
from bot.text.numberwords import load_spelling

LANGUAGES = ("en", "fr", "es", "hi")
_CHOICES = ("this", "next", "last")
_UNITS = ("week", "weekend", "month", "quarter", "year")
# Best first: of two forms that match at one place the longer wins, then the earlier.
_FORMS = {
    "iso": "(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    "numeric": "(?P<day>[0-9]{1,2})(?P<sign>[/.])(?P<month>[0-9]{1,2})(?P=sign)"
    "(?P<year>(?:19|20)[0-9]{2})",
    "days": "<WD>(?P<days><DAY>(?:<SEP><WD><DAY>){0,5}) <OF>(?P<month><MONTH>)"
    "(?:,? <OF>(?P<year><YEAR>))?",
    "american_days": "<WD>(?P<month><MONTH>) <THE>(?P<days><DAY>(?:<SEP><WD><DAY>){0,5})"
    "(?:,? (?P<year><YEAR>))?",
    "stretch": "<BETWEEN><WD>(?P<day><DAY>) <OF>(?P<month><MONTH>)(?:,? <OF>(?P<year><YEAR>))?<TO>"
    "<WD>(?P<day2><DAY>) <OF>(?P<month2><MONTH>)(?:,? <OF>(?P<year2><YEAR>))?",
    "american_stretch": "<BETWEEN><WD>(?P<month><MONTH>) (?P<day><DAY>)(?:,? (?P<year><YEAR>))?"
    "<TO><WD>(?P<month2><MONTH>) (?P<day2><DAY>)(?:,? (?P<year2><YEAR>))?",
    "week_of": "<WEEK_OF> <WD>(?:(?P<day><DAY>) <OF>(?P<month><MONTH>)"
    "|(?P<month2><MONTH>) (?P<day2><DAY>))(?:,? <OF>(?P<year><YEAR>))?"
    "|(?P<day3><DAY>) (?P<month3><MONTH>) <WEEK_OF>",
    "months": "<BETWEEN>(?P<month><MONTH>)(?:,? <OF>(?P<year><YEAR>))?(?:<TO>| <OR> )"
    "(?P<month2><MONTH>)(?:,? <OF>(?P<year2><YEAR>))?",
    "month": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<month><MONTH>)(?: (?P<choice2><CHOICE>))?"
    "(?:,? <OF>(?P<year><YEAR>))?<TRAIL>",
    "unit": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<unit><UNIT>)(?: (?P<choice2><CHOICE>))?<TRAIL>",
    "weekdays": "<WEEK_LED>(?:(?P<choice><CHOICE>) )?(?P<weekday><WEEKDAY>)<SPAN_SEP><THE>"
    "(?:<CHOICE> )?(?P<weekday2><WEEKDAY>)<IN_WEEK>",
    "weekday": "<WEEK_LED>(?:(?P<choice><CHOICE>) )?(?P<weekday><WEEKDAY>)"
    "(?: (?P<choice2><CHOICE>)(?! <WEEK>))?<IN_WEEK>",
    "weekday_days": "(?P<weekday><WEEKDAY>),? (?:(?:the|le|el) )?(?P<days><DAY>(?:<SEP><WD><DAY>)?)"
    "(?! (?!<DAY_NEXT> )\\w)",
    "season": "<LEAD>(?:(?P<choice><CHOICE>) )?(?P<quarter><SEASON>)(?: (?P<choice2><CHOICE>))?"
    "(?:,? <OF><THE>(?P<year><YEAR>))?<TRAIL>",
    "feast": "(?:(?P<later><LATER>) <THE>|(?P<sooner><SOONER>) <THE>)?(?P<feast><FEAST>)"
    "(?:,? <OF><THE>(?P<year><YEAR>))?(?: (?P<later2><LATER>)| (?P<sooner2><SOONER>))?",
    "ordinal_quarter": "(?P<quarter><ORDINAL>) <QUARTER>(?:,? <OF><THE>(?P<year><YEAR>))?"
    "(?: <OF>(?P<choice><CHOICE>) <UNIT>)?",
    "short_quarter": "[QT](?P<q>[1-4])(?:,? <OF>(?P<year><YEAR>))?",
    "relative": "(?<!la )(?<!esta )(?P<relative><RELATIVE>)(?: <AND> (?P<relative2><RELATIVE>))?",
    "ahead": "<AHEAD> (?P<count><COUNT>) (?P<span><SPAN>)(?! <NO_AHEAD>)"
    "|(?P<count2><COUNT>) (?P<span2><SPAN>) <FROM_NOW>",
    "ago": "<AGO_LEAD> (?P<count><COUNT>) (?P<span><SPAN>)"
    "|(?P<count2><COUNT>) (?P<span2><SPAN>) <AGO>",
    "within": "<WITHIN_LEAD> (?P<count><COUNT>) (?P<span><SPAN>)"
    "|(?P<count2><COUNT>) (?P<span2><SPAN>) <WITHIN>",
    "year": "<IN>[ -]<THE>(?P<year><YEAR>)|(?P<year2><YEAR>)(?= <AFTER>|\\Z)",
    "month_end": "<MONTH_END>",
    "year_end": "<YEAR_END>",
    "bare_days": "(?P<days><DAY>(?:<SEP><DAY>){0,5})(?! (?!<DAY_NEXT> )\\w)",
}
# Parts of a form that are one of a list of words.
_LISTED = (
    *("quarter", "year_end", "month_end", "after", "day_next", "and", "or", "week_of", "later"),
    *("sooner", "ahead", "no_ahead", "from_now", "ago_lead", "ago", "within_lead", "within"),
)
_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language's words for dates; the keys of the mappings are folded.

    ``choices`` give this, next or last; ``units`` give week, weekend, month, quarter or year;
    ``spans`` give day, week, fortnight or month, ``lengths`` hours; ``feasts`` give a name or a
    day of the year. ``parts`` find what names a part of a week. ``forms`` are the patterns, best
    first; the patterns ``before_…`` match what must stand right before a word that is no date
    by itself.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    quarters: Mapping[str, int]
    relative: Mapping[str, int]
    turning: frozenset[str]
    choices: Mapping[str, str]
    units: Mapping[str, str]
    spans: Mapping[str, str]
    lengths: Mapping[str, int]
    counts: Mapping[str, int]
    feasts: Mapping[str, str]
    short_months: frozenset[str]
    is_month_first: bool
    parts: Mapping[str, re.Pattern[str]]
    past: re.Pattern[str]
    before_year: re.Pattern[str]
    before_season: re.Pattern[str]
    before_day: re.Pattern[str]
    before_weekend: re.Pattern[str]
    counted: re.Pattern[str]
    length: re.Pattern[str]
    stay_before: re.Pattern[str]
    stay_after: re.Pattern[str]
    distance_before: re.Pattern[str]
    distance_after: re.Pattern[str]
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
    counts = load_spelling(language).cardinals | table["counts"]
    forms = _write_forms(table, _write_parts(table, months, weekdays, counts))
    before = {name: _any(table[name]) for name in ("in", "season_in", "day_lead", "counted")}
    return DateWords(
        months=_folded(months),
        weekdays=_folded(weekdays),
        quarters=_folded(table["seasons"] | table["ordinals"]),
        relative=_folded(table["relative"] | table["turning"]),
        turning=frozenset(map(fold, table["turning"])),
        choices={fold(word): name for name in _CHOICES for word in table[name]},
        units={fold(word): name for name in _UNITS for word in table[name]},
        spans=_folded(table["spans"]),
        lengths=_folded(table["lengths"]),
        counts=_folded(counts),
        feasts=_folded(table["feasts"]),
        short_months=frozenset(fold(word) for word in table["months"] if len(word) < 5),
        is_month_first=table["month_first"],
        parts={name: _compile(whole(_any(table[name]))) for name in ("early", "mid", "late")},
        past=_compile(whole(_any(table["past"]))),
        before_year=_compile(rf"{whole(before['in'])} {_maybe(table['the'])}\Z"),
        before_season=_compile(rf"{whole(before['season_in'])} ?\Z"),
        before_day=_compile(rf"{whole(before['day_lead'])} \Z"),
        before_weekend=_compile(rf"{whole(_any(table['the']))} ?\Z"),
        counted=_compile(rf"{whole(before['counted'])}(?: {LETTER}+){{0,3}} \Z"),
        **_write_stays(table, counts),
        forms={name: _compile(whole(pattern)) for name, pattern in forms.items()},
    )


def _calendar_names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    from babel import Locale  # some 30 ms, only for those who read dates

    locale = Locale(language)
    months = {name.lower(): number for number, name in locale.months["format"]["wide"].items()}
    weekdays = {name.lower(): number for number, name in locale.days["format"]["wide"].items()}
    return months, weekdays


def _write_forms(table: Mapping[str, Any], parts: Mapping[str, str]) -> dict[str, str]:
    """The forms of one language, with their parts in the place of ``<PART>``."""
    return {
        name: _fill(template, parts)
        for name, template in _FORMS.items()
        if table["month_first"] or not name.startswith("american_")
    }


def _write_parts(
    table: Mapping[str, Any],
    months: Mapping[str, int],
    weekdays: Mapping[str, int],
    counts: Mapping[str, int],
) -> dict[str, str]:
    the = _maybe(table["the"])
    choice = one_of(word for name in _CHOICES for word in table[name])
    week = one_of(table["week"])
    in_week = rf"(?:{choice} {week}|{week} {choice})"
    lead = rf"(?P<lead>{one_of(table['lead'])}[ -]{the})?" if table["lead"] else "(?P<lead>)"
    parts = {
        "LEAD": lead,
        "TRAIL": rf"(?: (?P<trail>{_any(table['trail'])}))?",
        "MONTH": rf"{one_of(table['months'])}(?:\.|(?!{LETTER}))|{one_of(months)}(?!{LETTER})",
        "WEEKDAY": one_of(weekdays),
        "WD": rf"(?:{one_of(weekdays)},? {the})?",
        "WEEK_LED": rf"(?:(?P<in_week>{in_week}),? (?:{_any(table['on'])} ?)?)?",
        "WEEK": week,
        "IN_WEEK": rf"(?:,? <OF><THE>(?P<in_week2>{in_week}))?",
        "UNIT": one_of(word for unit in _UNITS for word in table[unit]),
        "CHOICE": choice,
        "RELATIVE": one_of(table["relative"] | table["turning"]),
        "SEASON": one_of(table["seasons"]),
        "FEAST": one_of(table["feasts"]),
        "COUNT": rf"\d{{1,2}}|{one_of(counts)}",
        "SPAN": one_of(table["spans"]),
        "ORDINAL": one_of(table["ordinals"]),
        "SEP": rf"(?: ?[-–—] ?|, ?|,? {one_of(table['to'] + table['and'])} {the})",
        "SPAN_SEP": rf"(?: ?[-–—] ?|,? {one_of(table['to'] + table['and'])} )",
        "BETWEEN": f"(?P<between>{_any(table['between'])} {the})?",
        "TO": rf"(?: ?[-–—] ?|(?(between) {one_of(table['and'])}|,? {one_of(table['to'])}) {the})",
        "OF": _maybe(table["of"]),
        "THE": the,
        "IN": one_of([*table["in"], *table["lead"]]),
        "YEAR": r"(?:19|20)\d\d(?!\d|[/–-]\d)",
        "DAY": r"\d{1,2}(?:st|nd|rd|th|er|º)?(?![\w:%€$°]|[.,]\d)",
    }
    parts |= {name.upper(): _any(table[name]) for name in _LISTED}
    return parts


def _write_stays(table: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, re.Pattern[str]]:
    """The length of a stay, and what stands before and after it, or after what is none."""
    length = rf"(?P<count>\d{{1,2}}|{one_of(counts)})[ -](?P<span>{one_of(table['lengths'])})"
    stay, of = whole(one_of(table["stay"])), rf"(?: {LETTER}+){{0,3}}"
    before = rf"(?:{whole(_any(table['stay_for']))}|{stay}{of} de) (?:the )?\Z"
    after = rf"(?:-long)?(?:{of} {stay}| {whole(one_of(table['stay_in']))} )"
    return {
        "length": _compile(whole(length)),
        "stay_before": _compile(before),
        "stay_after": _compile(after),
        "distance_before": _compile(rf"{whole(one_of(table['distance_before']))}(?: the)? \Z"),
        "distance_after": _compile(rf" {whole(one_of(table['distance_after']))}"),
    }


def _fill(template: str, parts: Mapping[str, str]) -> str:
    while found := re.search("<([A-Z_]+)>", template):
        template = template.replace(found.group(), f"(?:{parts[found[1]]})")
    return template


def _any(words: Iterable[str]) -> str:
    """A pattern for one of the words, or for nothing at all."""
    listed = list(words)
    return one_of(listed) if listed else _NEVER


def _maybe(words: list[str]) -> str:
    """A pattern for one of the words and a space after it, or nothing."""
    return rf"(?:{one_of(words)}(?:(?<=') ?| ))?" if words else ""


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _folded(table: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(word): value for word, value in table.items()}
