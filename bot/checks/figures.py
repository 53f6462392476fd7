"""claim × source → the first number, designation or bound that the source does not have."""

import re
from functools import cache, partial

from bot.checks.source import Fault, Source
from bot.text.lexicon import load_lexicon, one_of, whole
from bot.text.numbers import Quantity
from bot.text.statement import Statement

LARGE = 1_000_000
"""From here on a number may be told without its unit: "395 million" for €395 million."""


def check_quantities(claim: Statement, source: Source) -> Fault | None:
    """Every number with its unit, in any notation: 4bn dollars is $4,000 million."""
    for claimed in claim.quantities:
        if _is_of_date(claimed, claim):
            continue
        if not _tells(claimed, source.evidence):
            return source.miss("number", claimed.text, partial(_tells, claimed))
    return None


def _is_of_date(quantity: Quantity, claim: Statement) -> bool:
    """Whether it is the day or year of a date, which is checked as one."""
    return any(
        found.start <= quantity.start < found.end for found in claim.dates if found.dates.start
    )


def _tells(claimed: Quantity, there: Statement) -> bool:
    """Equal value and unit; in "from 25 to 20 per cent, others from 15 to 10" one unit is all's."""
    units = {other.unit for other in there.quantities}
    equal = [
        other.unit
        for other in there.quantities
        if (other.value, other.is_ordinal) == (claimed.value, claimed.is_ordinal)
    ]
    if claimed.unit in equal or ("" in equal and units == {"", claimed.unit}):
        return True
    if equal and not claimed.unit and claimed.value >= LARGE:
        return True
    return claimed.unit == "m" and any(
        other.value == claimed.value * 1_000_000 for other in there.quantities
    )  # "290m" may be metres or millions; the source tells which


def check_codes(claim: Statement, source: Source) -> Fault | None:
    """``F-35`` and ``2023/24`` are compared whole."""
    for code in claim.codes:
        if code not in source.evidence.codes:
            return source.miss("number", code, partial(_has_code, code))
    return None


def _has_code(code: str, there: Statement) -> bool:
    return code in there.codes


def check_bounds(claim: Statement, source: Source) -> Fault | None:
    """``more than 40`` is not ``up to 40``, nor ``40``; a bound that the source has not is none."""
    there = {(side, quantity.value) for side, quantity in _bounds(source.evidence)}
    bounded = {quantity.value for _, quantity in _bounds(claim)}
    free = {q.value for q in source.evidence.quantities} - {value for _, value in there}
    for side, value in there:
        is_told = any(q.value == value for q in claim.quantities)
        if is_told and value not in bounded | free:
            return Fault("number", f"the source says “at {side} {value}”")
    for side, quantity in _bounds(claim):
        other = "most" if side == "least" else "least"
        if (side, quantity.value) not in there or (other, quantity.value) in there:
            return Fault("number", f"the source does not say “at {side} {quantity.text}”")
    return None


def _bounds(statement: Statement) -> list[tuple[str, Quantity]]:
    cues = _load_bounds(statement.language)
    return [
        (side, quantity)
        for quantity in statement.quantities
        for side, cue in cues
        if cue.search(statement.text[max(0, quantity.start - 24) : quantity.start])
    ]


@cache
def _load_bounds(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = load_lexicon("bounds").get(language, {"least": [], "most": []})
    return tuple(
        (side, re.compile(rf"{whole(one_of(table[side]))}\W{{0,3}}$", re.IGNORECASE))
        for side in ("least", "most")
        if table[side]
    )
