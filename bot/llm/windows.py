"""A long article → windows that fit one call each, and their drafts → one draft."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

from bot.model import Draft, DraftFact, DraftVisit, Drop, Sentence
from bot.text.similar import words

WINDOW_CHARACTERS = 24_000
MAX_FACTS = 12
"""Facts of one article, and visits of one, in however many windows it is read."""

Window = tuple[Sentence, ...]
_Item = TypeVar("_Item", DraftFact, DraftVisit)


def split_windows(sentences: Sequence[Sentence]) -> tuple[Window, ...]:
    """Cut an article's sentences into runs of about ``WINDOW_CHARACTERS``; none is lost."""
    windows: list[list[Sentence]] = []
    size = 0
    for sentence in sentences:
        size += len(sentence.text)
        if not windows or size > WINDOW_CHARACTERS:
            windows.append([])
            size = len(sentence.text)
        windows[-1].append(sentence)
    return tuple(tuple(window) for window in windows)


def share_drops(
    drops: Sequence[Drop], windows: Sequence[Window], language: str
) -> list[list[Drop]]:
    """For each window, the drops whose words it has most of: they came out of it."""
    bags = [
        frozenset(word for sentence in window for word in words(sentence.text, language))
        for window in windows
    ]
    shares: list[list[Drop]] = [[] for _ in windows]
    for drop in drops:
        told = frozenset(words(drop.text, language))
        best = max(range(len(bags)), key=lambda number: len(bags[number] & told))
        shares[best].append(drop)
    return shares


def merge_drafts(parts: Sequence[Draft]) -> Draft:
    """One draft of all windows: what each has first comes first, what is the same comes once."""
    facts: dict[object, DraftFact] = {}
    for fact in _take_turns([part.facts for part in parts]):
        facts.setdefault((fact.tag, " ".join(fact.text.casefold().split()).rstrip(".")), fact)
    visits: dict[object, DraftVisit] = {}
    for visit in _take_turns([part.visits for part in parts]):
        visits.setdefault(replace(visit, sentences=()), visit)
    return Draft(
        facts=tuple(facts.values())[:MAX_FACTS],
        visits=tuple(visits.values())[:MAX_FACTS],
        tokens=sum(part.tokens for part in parts),
    )


def _take_turns(rows: Sequence[Sequence[_Item]]) -> Iterator[_Item]:
    """The first of each row, then the second of each: they are ranked within a row only."""
    return (item for turn in zip_longest(*rows) for item in turn if item is not None)
