"""Dates: another day, month, year, weekday or relative time."""

import re
from collections.abc import Iterator

from bot.evals.folding import fold
from bot.evals.seeding.case import Case, replace_span
from bot.evals.seeding.claims import is_quoted, rewrite
from bot.evals.seeding.words import LETTER, whole

_YEAR = re.compile(r"(?<![\d/.,-])20\d\d(?![\d/]|[.,]\d|-\d)")
_VOWELS = "aeiouâéèê"
_STEPS = (1, 2, -1, -2, 3, -3)


def change_dates(case: Case) -> Iterator[str]:
    """The line with one date that the evidence does not have."""
    for texts in (_change_names(case), _change_days(case), _change_years(case)):
        yield from texts
    yield from rewrite(case, "relative")


def _change_names(case: Case) -> Iterator[str]:
    """Another month or weekday."""
    for listed in ("months", "weekdays"):
        names = case.words(listed)
        for place, name in enumerate(names):
            for match in re.finditer(whole(re.escape(name)), case.text):
                if listed == "months" and not _is_month(case, match):
                    continue
                others = (names[(place + step) % len(names)] for step in _STEPS)
                for other in others:
                    if _is_unknown(case, match, other):
                        yield replace_span(case.text, match.start(), match.end(), other)
                        break


def _is_unknown(case: Case, match: re.Match[str], other: str) -> bool:
    """Whether the name of a month or day is new, and fits after a French ``de`` or ``d'``."""
    led = re.search(r"\b(de |d['’])$", case.text[: match.start()])
    is_fit = not led or (other[0] in _VOWELS) == (led.group(1) != "de ")
    return is_fit and fold(other[:3]) not in fold(case.evidence) and other not in case.text


def _is_month(case: Case, match: re.Match[str]) -> bool:
    """Whether a word such as May or March stands where a month does."""
    if is_quoted(case.text, match.start()):
        return False
    if case.language == "hi":
        return True
    before = re.findall(rf"{LETTER}+", case.text[: match.start()])[-1:]
    is_led = bool(before) and (
        before[0].isdigit() or before[0].lower() in case.words("before_month")
    )
    return is_led or bool(re.match(r"\s\d", case.text[match.end() :]))


def _change_days(case: Case) -> Iterator[str]:
    """Another day of the month, beside the month's name; ranges keep their order."""
    months = "|".join(re.escape(month) for month in case.words("months"))
    if not months:
        return
    joined = r"(?:\s?(?:and|to|–|-|et|au|y|al|और|से)\s?)"
    gap = r"(?:st|nd|rd|th)?\s(?:of\s|de\s)?"
    one = rf"(?<![\d.,])(\d{{1,2}})(?:{joined}(\d{{1,2}}))?(?={gap}(?:{months}))"
    other = rf"(?:{months})\s(\d{{1,2}})(?:{joined}(\d{{1,2}}))?(?![\d.,]*\d)"
    for match in (*re.finditer(one, case.text), *re.finditer(other, case.text)):
        last = 2 if match.group(2) else 1
        for step in _STEPS if last == 1 else (1, 2, 3):
            day = int(match.group(last)) + step
            if 1 <= day <= 28 and not re.search(rf"(?<!\d)0?{day}(?!\d)", case.evidence):
                yield replace_span(case.text, match.start(last), match.end(last), str(day))
                break


def _change_years(case: Case) -> Iterator[str]:
    for match in _YEAR.finditer(case.text):
        for step in _STEPS:
            year = str(int(match.group()) + step)
            if year not in case.evidence and not is_quoted(case.text, match.start()):
                yield replace_span(case.text, match.start(), match.end(), year)
                break
