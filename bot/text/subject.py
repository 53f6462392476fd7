"""Two accounts of one thing → what it is, in a few of the newer one's words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.text.account import Account
from bot.text.lexicon import LETTER
from bot.text.names import get_country, same_name
from bot.text.numbers import find_quantities
from bot.text.similar import is_stop_word
from bot.text.synonyms import list_lemmas

LONGEST = 7
"""Words of a subject, without the names before it."""
_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*|[^\w\s]")


class _Word(NamedTuple):
    text: str
    stem: object
    start: int
    end: int


def name_subject(newer: Account, older: Account) -> str:
    """Return ``Hammerfeld Systems: coastal radars``: the names and the words that both have."""
    phrase = _find_phrase(newer, older)
    names = _list_shared(newer, older)
    led = ", ".join(name for name in names if name.casefold() not in phrase.casefold())
    return ": ".join(part for part in (led, phrase) if part) or older.text


def _list_shared(newer: Account, older: Account) -> list[str]:
    """The full names that both have, else the countries, at most two, in order of the text."""
    shared = [n for n in newer.everybody if any(same_name(n, other) for other in older.everybody)]
    full = [name for name in shared if " " in name and not get_country(name)]
    said = [name for name in full or shared if name in newer.text]
    return sorted(said, key=newer.text.find)[:2]


def _find_phrase(newer: Account, older: Account) -> str:
    """The run of words with the most terms that stands in both, without figures."""
    ours, theirs = _list_words(newer), _list_words(older)
    runs = (_trim(run, newer) for run in _list_runs(ours, theirs))
    best = max(runs, key=lambda run: (_count_terms(run, newer), len(run)), default=[])
    return newer.body[best[0].start : best[-1].end] if best else ""


def _list_runs(ours: list[_Word], theirs: list[_Word]) -> Iterator[list[_Word]]:
    """The runs of ours that stand in theirs too, wherever, each as long as it goes."""
    before = [0] * (len(theirs) + 1)
    for end, word in enumerate(ours, 1):
        lengths = [0] * (len(theirs) + 1)
        for at, other in enumerate(theirs, 1):
            if word.stem == other.stem:
                lengths[at] = before[at - 1] + 1
        if longest := max(lengths):
            yield ours[end - longest : end]
        before = lengths


def _list_words(account: Account) -> list[_Word]:
    """The words of what is said; a sign or a figure has a stem that no other word has."""
    figures = find_quantities(account.body)
    words = []
    for found in _WORD.finditer(account.body):
        is_figure = any(q.start < found.end() and found.start() < q.end for q in figures)
        lemmas = list_lemmas(found.group(), account.language, has_small_words=True)
        stem = object() if is_figure or not lemmas else lemmas[0]
        words.append(_Word(found.group(), stem, found.start(), found.end()))
    return words


def _trim(run: list[_Word], account: Account) -> list[_Word]:
    """The run without small words at its ends, and not too long."""
    while run and is_stop_word(run[0].text, account.language):
        run = run[1:]
    run = run[:LONGEST]
    while run and is_stop_word(run[-1].text, account.language):
        run = run[:-1]
    return run


def _count_terms(run: list[_Word], account: Account) -> int:
    return sum(word.stem in account.terms for word in run)
