"""A supported line with all that a fault of it needs: its evidence, its article, the others."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.evals.folding import fold, list_words
from bot.evals.gold import TrueLine
from bot.evals.seeding.words import get_rules, get_words

STEM = 5
"""Letters by which two words are taken for forms of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as the generator sees it. ``key_sentences`` are (quote, topic) pairs."""

    ref: str
    language: str
    title: str
    text: str
    story: str
    sentences: tuple[str, ...]
    key_sentences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One line to be made false. ``sources`` are all articles of the set; ``chance`` is seeded."""

    line: TrueLine
    source: Source
    sources: Sequence[Source]
    chance: random.Random

    @property
    def text(self) -> str:
        """The supported line."""
        return self.line.text

    @property
    def language(self) -> str:
        """The language of the line."""
        return self.source.language

    @property
    def evidence(self) -> str:
        """The sentences that support it."""
        return " ".join(self.line.quotes)

    def rules(self, name: str) -> tuple[tuple[str, str], ...]:
        """The (pattern, replacement) rules of the line's language."""
        return get_rules(self.language, name)

    def words(self, name: str) -> list[str]:
        """A word list of the line's language."""
        return get_words(self.language, name)  # type: ignore[no-any-return]


def replace_span(text: str, start: int, end: int, new: str) -> str:
    """The text with one stretch replaced, its first letter large if the text's was."""
    changed = re.sub(r"  +", " ", f"{text[:start]}{new}{text[end:]}").strip()
    return changed[:1].upper() + changed[1:] if text[:1].isupper() else changed


def is_new(case: Case, start: int, end: int, new: str) -> bool:
    """Whether the evidence lacks what the replacement makes of the words round it.

    Without a replacement, that which is left must have stood with something between.
    """
    before, after = case.text[:start].split()[-1:], case.text[end:].split()[:1]
    told = fold(" ".join((*(before if not new else ()), new, *after))).strip(" .,;")
    return bool(told) and told not in fold(case.evidence)


def overlap(text: str, other: str, language: str) -> float:
    """The share of a text's telling words that another text has, by their stems."""
    stop = set(get_words(language, "stop"))
    told = {word[:STEM] for word in list_words(text) if word not in stop}
    return len(told & {word[:STEM] for word in list_words(other)}) / len(told) if told else 1.0


def shuffled(case: Case, found: Iterator[str]) -> list[str]:
    """The candidates, each once, in an order that the seed decides."""
    listed = list(dict.fromkeys(found))
    case.chance.shuffle(listed)
    return listed
