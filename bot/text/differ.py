"""Two accounts → in what they differ: a value, a time, or whether it is so at all.

Two sentences differ only where they speak of one thing (``onething.py``).
"""

from decimal import Decimal
from typing import NamedTuple

from bot.model import Precision
from bot.text.account import COUNT, Account, Value
from bot.text.accountwords import load_cues, load_people
from bot.text.cues import LANGUAGES
from bot.text.onething import are_at_one_time, is_one_thing, share_names
from bot.text.synonyms import is_told
from bot.text.taken_back import Kind, find_denied, speaks_of

ROUND = Decimal("0.02")
"""Amounts that differ by less are one, differently rounded; rough ones by five times as much."""
GROWTH = Decimal("0.15")
"""A value beyond "at least" by no more than this is the same one."""


class Difference(NamedTuple):
    """``before`` and ``after`` are what the older and the newer account say, to be compared.

    ``before_text`` is the older one's, in its words. ``is_told`` says that the newer one speaks
    of a change itself; ``is_bound`` that both may be true: ``at least 12`` and ``19``.
    """

    kind: Kind
    before: object
    after: object
    before_text: str
    is_told: bool = False
    is_bound: bool = False
    is_newer_denying: bool = False


def find_difference(newer: Account, older: Account, *, is_one_event: bool) -> Difference | None:
    """Return in what two sentences on one thing differ, None if in nothing or not surely.

    ``is_one_event`` tells that their articles are about one event; if not, they must share a
    full name. Only English, French, Spanish and Hindi are read.
    """
    if newer.language != older.language or newer.language not in LANGUAGES:
        return None
    if not share_names(newer, older, is_one_event):
        return None
    return _find_denial(newer, older) or _find_value(newer, older) or _find_time(newer, older)


# ---------------------------------------------------------------- values


def _find_value(newer: Account, older: Account) -> Difference | None:
    """An amount or count of one thing that is another one now."""
    pairs = [(a, b) for a in newer.values for b in older.values if _are_alike(a, b, newer)]
    if not pairs or newer.is_possible != older.is_possible:
        return None
    former = [(a, b) for a, b in pairs if not a.role and _is_former(b, newer)]
    current = [(a, b) for a, b in pairs if a.role == b.role != "old"]
    for a, b in (*former, *current):
        if (a, b) not in former and (_has(b, newer) or _has(a, older)):
            continue
        if _is_one_amount(a, b) or not _is_only(a, newer) or not _is_only(b, older):
            continue
        if not is_one_thing(newer, older) or not are_at_one_time(newer, older):
            return None
        return Difference(
            Kind.VALUE,
            before=(b.amount, b.unit),
            after=(a.amount, a.unit),
            before_text=b.text,
            is_told=(a, b) in former or _tells_of_change(newer),
            is_bound=_is_beyond(a, b) or _is_beyond(b, a),
        )
    return None


def _tells_of_change(account: Account) -> bool:
    return bool(load_cues(account.language).revised.search(account.text))


def _are_alike(a: Value, b: Value, account: Account) -> bool:
    """Whether they are of one unit and count one thing."""
    if a.unit != b.unit:
        return False
    people = load_people(account.language)
    ours, theirs = (frozenset(value.counted) - people for value in (a, b))
    if a.unit.startswith("toll") and not (ours and theirs):
        return True
    if a.unit != COUNT and not a.unit.startswith("toll"):
        return True
    return any(is_told(term, theirs, account.language) for term in ours)


def _is_former(value: Value, account: Account) -> bool:
    """Whether an account gives the value as one that holds no more."""
    return any(
        (other.amount, other.unit, other.role) == (value.amount, value.unit, "old")
        for other in account.values
    )


def _has(value: Value, account: Account) -> bool:
    return any((x.amount, x.unit) == (value.amount, value.unit) for x in account.values)


def _is_only(value: Value, account: Account) -> bool:
    """Whether no other value of its kind stands beside it, that may be what is meant."""
    rest = [x for x in account.values if x != value and x.role != "old" and x.unit == value.unit]
    if value.unit == COUNT:
        rest = [x for x in rest if set(x.counted) & set(value.counted)]
    return not rest


def _is_one_amount(a: Value, b: Value) -> bool:
    """Whether they may be one amount, rounded or told as a bound."""
    small, large = sorted((a.amount, b.amount))
    if not large:
        return True
    gap = (large - small) / large
    if "about" in (a.bound, b.bound) and gap <= 5 * ROUND:
        return True
    low, high = (a, b) if a.amount <= b.amount else (b, a)
    if high.bound == "most" or (low.bound == "least" and gap <= GROWTH):
        return True
    return gap < ROUND and large >= 100


def _is_beyond(a: Value, b: Value) -> bool:
    return a.bound == "least" and b.amount >= a.amount


# ---------------------------------------------------------------- times


def _find_time(newer: Account, older: Account) -> Difference | None:
    """Another day or month for what was ahead when the older article was written."""
    if len(newer.times) != 1 or len(older.times) != 1:
        return None
    (now,), (then,) = newer.times, older.times
    if now.precision is not then.precision or then.first <= older.published_on:
        return None
    is_apart = now.first > then.last or then.first > now.last
    if now.precision not in (Precision.DAY, Precision.MONTH) or not is_apart:
        return None
    if newer.is_possible != older.is_possible:
        return None
    if newer.values and older.values and not any(_has(v, older) for v in newer.values):
        return None
    terms = [term for term in newer.terms if is_told(term, older.terms, newer.language)]
    if len(terms) < 2 or not is_one_thing(newer, older):
        return None
    return Difference(
        Kind.TIME,
        before=(then.first, then.last),
        after=(now.first, now.last),
        before_text=then.text,
        is_told=_tells_of_change(newer),
    )


# ---------------------------------------------------------------- denials


def _find_denial(newer: Account, older: Account) -> Difference | None:
    """What one says and the other denies, or what the newer one takes back."""
    if denial := find_denied(newer):
        kind, denied = denial
        if speaks_of(older, denied, newer):
            is_told = kind is Kind.DROPPED
            return Difference(kind, True, False, older.text, is_told, is_newer_denying=True)
    elif denial := find_denied(older):
        kind, denied = denial
        if kind is not Kind.DROPPED and speaks_of(newer, denied, older):
            return Difference(kind, False, True, older.text)
    return None
