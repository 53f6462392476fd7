"""Two accounts → whether they are of one thing: their names, their terms and their times agree.

It is made sure of, not guessed: nothing in them may tell their things apart.
"""

from difflib import SequenceMatcher
from functools import cache

from bot.model import Precision
from bot.text.account import Account, Time
from bot.text.accountwords import load_cues
from bot.text.lexicon import load_lexicon
from bot.text.names import get_country, is_people_of, same_name
from bot.text.synonyms import is_same_term, is_told, load_terms

SHARED = 0.5
"""Share of the shorter account's terms and full names that both must have."""
SHARED_HINDI = 0.8
"""The same where no capitals tell names from terms."""
ENOUGH = 3
"""Terms and full names that both must have if each has terms of its own."""
TEMPLATE = 0.7
"""Likeness of two rows of terms from which a word changed in them is another thing."""


def share_names(a: Account, b: Account, is_one_event: bool) -> bool:
    """Whether both name somebody: a full name, or any if they tell of one event."""
    if not a.names or not b.names:
        return is_one_event and a.language == "hi"
    if is_one_event:
        return any(_is_one(name, other) for name in a.names for other in b.names)
    return bool(_list_full_names(a, b))


def _list_full_names(a: Account, b: Account) -> list[str]:
    """The names of two words and more, but for countries, that both have."""
    full = (name for name in a.everybody if " " in name and not get_country(name))
    return [name for name in full if any(_is_one(name, other) for other in b.everybody)]


def _is_one(a: str, b: str) -> bool:
    return same_name(a, b) or get_country(a) == (get_country(b) or b) or is_people_of(a, b)


def is_one_thing(a: Account, b: Account) -> bool:
    """Whether they share enough, and nothing tells their things apart."""
    ours = {term for term in a.terms if is_told(term, b.terms, a.language)}
    theirs = {term for term in b.terms if is_told(term, a.terms, a.language)}
    least, names = min(len(a.terms), len(b.terms)), len(_list_full_names(a, b))
    share = SHARED_HINDI if a.language == "hi" else SHARED
    if not ours or len(ours) + names < share * (least + names):
        return False
    if (has_other_names(a, b) and has_other_names(b, a)) or _are_opposite(a, b):
        return False
    if a.terms - ours and b.terms - theirs:
        is_template = SequenceMatcher(None, a.sequence, b.sequence).ratio() >= TEMPLATE
        if is_template or len(ours) + names + 2 * _count_same(a, b) < ENOUGH:
            return False
    return not any(are_apart(head, a, b) for head in ours)


def _are_opposite(a: Account, b: Account) -> bool:
    """Whether one says the first, rise or begin, and the other the last, fall or end."""
    return any(
        side & ours and other & theirs and not (side & theirs or other & ours)
        for pair in _load_opposites(a.language)
        for side, other in (pair, pair[::-1])
        for ours, theirs in ((a.every_term, b.every_term),)
    )


@cache
def _load_opposites(language: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = load_lexicon("opposites").get(language, {}).get("pairs", ())
    return tuple(
        (load_terms(one.split(), language), load_terms(other.split(), language))
        for one, other in pairs
    )


def _count_same(a: Account, b: Account) -> int:
    """How many things both count alike."""
    return sum(
        (x.amount, x.unit) == (y.amount, y.unit) and bool(set(x.counted) & set(y.counted))
        for x in a.values
        for y in b.values
    )


def has_other_names(a: Account, b: Account) -> bool:
    """Whether the first one names somebody whom the other does not."""
    return any(not any(_is_one(name, other) for other in b.names) for name in a.names)


def are_apart(head: str, a: Account, b: Account) -> bool:
    """Whether a term has a complement in each that the other knows nothing of."""
    ours = a.complements.get(head, frozenset())
    theirs = frozenset[str]().union(
        *(c for term, c in b.complements.items() if is_same_term(head, term, a.language))
    )
    return (
        bool(ours and theirs)
        and not any(is_told(term, b.terms | theirs, a.language) for term in ours)
        and not any(is_told(term, a.terms | ours, a.language) for term in theirs)
    )


def are_at_one_time(a: Account, b: Account) -> bool:
    """Whether their times touch; a time of the past stands alone."""
    if a.times and b.times:
        return any(s.first <= t.last and t.first <= s.last for s in a.times for t in b.times)
    cues = load_cues(a.language)
    if bool(cues.ago.search(a.body)) != bool(cues.ago.search(b.body)):
        return False
    return not any(_is_period(time, x) for x in (a, b) for time in x.times)


def _is_period(time: Time, account: Account) -> bool:
    """Whether it is a month or more that was over when the article was written."""
    return time.precision is not Precision.DAY and time.last < account.published_on
