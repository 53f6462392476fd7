"""text → which words of a topic it uses: sure ones, unsure ones, and those of its traps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.model import Topic
from bot.text.lexicon import LETTER, fold

LONGEST = 2_000
"""No line is longer, and one search over a megabyte would hold up every other thread."""
STEM = 6
"""Letters by which two words are one: ``tariff`` and ``tariffs`` are said once."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The different words of a topic that a text uses, cut to their stems, and its traps."""

    sure: frozenset[str]
    unsure: frozenset[str]
    traps: frozenset[str]


def find_hits(text: str, topic: Topic, language: str) -> Hits:
    """Look for the topic's words of the language, of English where the topic has none for it.

    What stands inside a trap is no hit: *tricks of the trade* are not trade. Of a text only
    the first ``LONGEST`` characters are read.
    """
    found: dict[str, set[str]] = {"trap": set(), "sure": set(), "unsure": set()}
    for match in _pattern(*_words(topic, language)).finditer(fold(text[:LONGEST])):
        kind = match.lastgroup or "trap"
        found[kind].add(match.group() if kind == "trap" else match.group()[:STEM])
    return Hits(frozenset(found["sure"]), frozenset(found["unsure"]), frozenset(found["trap"]))


def any_of(entries: Iterable[str]) -> str:
    """Return a pattern for any of the entries, the longest first; a star is any letters."""
    ordered = sorted(entries, key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\*", f"{LETTER}*") for entry in ordered)


def _words(topic: Topic, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    key = language if language in topic.vocabulary else "en"
    return topic.traps.get(key, ()), topic.vocabulary.get(key, ())


@lru_cache(maxsize=128)
def _pattern(traps: tuple[str, ...], vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    """Traps first, then sure words, then unsure ones: the first that fits takes the text."""
    unsure = [entry.strip("()") for entry in vocabulary if entry.startswith("(")]
    sure = [entry for entry in vocabulary if not entry.startswith("(")]
    groups = {"trap": traps, "sure": sure, "unsure": unsure}
    parts = [
        f"(?P<{name}>{any_of(map(fold, entries))})" for name, entries in groups.items() if entries
    ]
    return re.compile(rf"(?<!{LETTER})(?:{'|'.join(parts) or '(?!)'})(?!{LETTER})")
