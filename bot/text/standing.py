"""two versions of a text → which sentences of the older one were changed, and what they are now.

A page may be rendered in many ways, so only a sentence between two that stand as they were
counts as changed, and only where most of the text stands.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from bot.text.clean import clean_text

SAME_ARTICLE = 0.6
"""Share of the older version's sentences that must stand."""
NEAREST = 0.5
"""Likeness from which a new sentence is what became of an old one."""
_MOST_COMPARED = 400
"""Characters of a sentence that are compared."""

_PUNCTUATION = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"‐": "-", "‑": "-", "–": "-", "—": "-", "…": "..."}
)
_SPACE = re.compile(r"\s+")
_DATELINE = re.compile(r"^[^.!?;]{2,60}?(?: - |: )")
"""``Washington (AP) - ``, which one rendering has and another has not."""


def find_edits(older: Sequence[str], newer: Sequence[str]) -> Mapping[int, str]:
    """Return the numbers (from 1) of changed sentences with what stands there now.

    What became of a sentence is empty if nothing like it is new in the text. Nothing is found
    where the two are not one article.
    """
    then, now = [_fold(sentence) for sentence in older], [_fold(sentence) for sentence in newer]
    text = f" {' '.join(now)} "
    stands = [
        f" {sentence} " in text or f" {_DATELINE.sub('', sentence)} " in text for sentence in then
    ]
    if not then or sum(stands) < SAME_ARTICLE * len(then):
        return {}
    before = f" {' '.join(then)} "
    fresh = {
        sentence: written
        for sentence, written in zip(now, newer, strict=True)
        if f" {sentence} " not in before
    }
    return {
        number: _find_nearest(sentence, fresh)
        for number, sentence in enumerate(then, 1)
        if not stands[number - 1] and _is_between(number - 1, stands)
    }


def _is_between(place: int, stands: Sequence[bool]) -> bool:
    """Whether what is beside a sentence stands; it must have a neighbour."""
    beside = [stands[i] for i in (place - 1, place + 1) if 0 <= i < len(stands)]
    return bool(beside) and all(beside)


def _find_nearest(sentence: str, fresh: Mapping[str, str]) -> str:
    """The new sentence, as written, that is most like an old one."""
    matcher = SequenceMatcher(None, b=sentence[:_MOST_COMPARED], autojunk=False)
    best, found = NEAREST, ""
    for candidate, written in fresh.items():
        matcher.set_seq1(candidate[:_MOST_COMPARED])
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            ratio = matcher.ratio()
            if ratio >= best:
                best, found = ratio, written
    return found


def _fold(sentence: str) -> str:
    """The sentence without differences of case, quotation marks, dashes and white space."""
    plain = unicodedata.normalize("NFKC", clean_text(sentence)).translate(_PUNCTUATION)
    return _SPACE.sub(" ", plain).strip().casefold()
