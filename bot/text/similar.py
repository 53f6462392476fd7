"""Texts → how alike they are by their words, with no model."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from bot.text.lexicon import LETTER, fold, load_lexicon, plain

# A designation (F-35), a number with its separators, else letters.
_TOKEN = re.compile(rf"[^\W\d_](?:(?!\d){LETTER})*-\d{LETTER}*|\d+(?:[.,]\d+)*|{LETTER}+")
_DIGITS = re.compile(r"\d+")
_SHORTEST_STEM = 4


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the content words of ``text`` in order: folded, plurals and endings cut.

    Numbers and designations stay whole (``f-35``). Stop words of English, French, Spanish
    and Hindi go when ``language`` is theirs; of any other language nothing goes.
    """
    stop = _load_stop_words(language)
    tokens = (token for token in _tokens(text) if token not in stop)
    return tuple(_stem(token, language) for token in tokens)


def is_stop_word(word: str, language: str) -> bool:
    """Tell whether the word says nothing about a text's subject."""
    return fold(word) in _load_stop_words(language)


def shingles(text: str, n: int) -> frozenset[str]:
    """Return every run of ``n`` words of ``text``; of a shorter text the one run it is."""
    tokens = _tokens(text)
    if not tokens:
        return frozenset()
    return frozenset(" ".join(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))


def containment(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of the smaller set that lies in the other, 0 to 1."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def numbers(text: str) -> frozenset[str]:
    """Return the runs of digits in ``text``."""
    return frozenset(map(plain, _DIGITS.findall(text)))


class Weights:
    """How telling each word is, learnt from texts: a word in few of them weighs more."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._frequency: Counter[str] = Counter()
        self._texts = 0
        for tokens in texts:
            self._frequency.update(set(tokens))
            self._texts += 1

    def weight(self, word: str) -> float:
        """Return the word's inverse document frequency; an unseen word weighs most."""
        return math.log(1 + (1 + self._texts) / (1 + self._frequency[word]))

    def vector(self, tokens: Sequence[str]) -> dict[str, float]:
        """Return the tf-idf weights of the words, scaled to length one; empty for none."""
        raw = {
            word: (1 + math.log(count)) * self.weight(word)
            for word, count in Counter(tokens).items()
        }
        length = math.sqrt(sum(value * value for value in raw.values()))
        return {word: value / length for word, value in raw.items()}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return how alike two vectors of one ``Weights`` are, 0 to 1."""
    if len(b) < len(a):
        a, b = b, a
    return min(1.0, sum(value * b.get(word, 0.0) for word, value in a.items()))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(fold(plain(text)))


def _stem(word: str, language: str) -> str:
    """Cut what grammar adds, where enough of the word is left; only a guess, made alike."""
    if language == "en":
        return _stem_english(word)
    is_plural = language in ("fr", "es") and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural and len(word) > _SHORTEST_STEM else word


def _stem_english(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST_STEM:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            is_doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if is_doubled else stem
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


@cache
def _load_stop_words(language: str) -> frozenset[str]:
    lists = load_lexicon("similar")["stop"]
    return frozenset(fold(lists.get(language, "")).split())
