"""sentence → the kinds of thing that it tells, and how well they fit what is asked for."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.relevance.cues import has_cue
from bot.text.dates import DateText, find_dates, find_duration
from bot.text.names import find_names, find_places
from bot.text.numbers import Quantity, find_quantities

_CURRENCY = 3
"""Letters of a currency's code."""
UNASKED = 0.7
"""The fit of a sentence to a question that asks for no kind of thing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence has; ``reason`` is 1 where one is given, a half where perhaps."""

    has_money: bool
    has_share: bool
    has_number: bool
    has_date: bool
    has_duration: bool
    has_place: bool
    names: tuple[str, ...]
    is_nameless_script: bool
    reason: float
    is_negative: bool


def read_facts(text: str, language: str) -> Facts:
    """Read what kinds of thing the sentence tells."""
    quantities, dates = find_quantities(text), find_dates(text, language)
    return Facts(
        has_money=any(_is_money(one) for one in quantities),
        has_share=any(one.unit == "%" for one in quantities),
        has_number=any(_is_count(one, dates) for one in quantities),
        has_date=bool(dates),
        has_duration=has_cue("lasting", text, language) or bool(find_duration(text, language)),
        has_place=bool(find_places(text)),
        names=find_names(text),
        is_nameless_script=language == "hi",
        reason=_find_reason(text, language),
        is_negative=has_cue("not", text, language),
    )


def fit(wants: AbstractSet[str], facts: Facts) -> float:
    """Return how far the sentence has the kinds of thing that are asked for, 0 to 1."""
    fits = (*_fit_numbers(wants, facts), *_fit_others(wants, facts))
    return sum(fits) / len(fits) if fits else UNASKED


def _fit_numbers(wants: AbstractSet[str], facts: Facts) -> Iterator[float]:
    """One fit for all that a number can answer."""
    if "duration" in wants:
        yield facts.has_duration
    elif {"money", "amount"} <= wants:
        yield 1.0 if facts.has_money or facts.has_share else 0.3 * facts.has_number
    elif "money" in wants:
        yield facts.has_money
    elif {"amount", "share"} <= wants:
        yield 1.0 if facts.has_share else 0.5 * facts.has_number
    elif "amount" in wants:
        yield facts.has_number


def _fit_others(wants: AbstractSet[str], facts: Facts) -> Iterator[float]:
    # Scripts without capitals have no names that we could find.
    is_named = bool(facts.names) or facts.is_nameless_script
    if "date" in wants:
        yield facts.has_date
    if "who" in wants:
        yield is_named
    if "where" in wants:
        yield facts.has_place or is_named
    if "body" in wants:
        yield is_named
    if "why" in wants:
        yield facts.reason


def _is_money(quantity: Quantity) -> bool:
    return len(quantity.unit) == _CURRENCY and quantity.unit.isupper()


def _is_count(quantity: Quantity, dates: tuple[DateText, ...]) -> bool:
    """Whether it counts something, and is no day or year of a date."""
    return not quantity.is_ordinal and not any(
        date.start <= quantity.start < date.end for date in dates
    )


def _find_reason(text: str, language: str) -> float:
    if has_cue("reason", text, language):
        return 1.0
    return 0.5 * has_cue("perhaps_reason", text, language)
