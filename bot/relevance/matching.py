"""term × what articles speak of → how far they are one: 1 the same, 0 nothing in common."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from bot.relevance.question import Term
from bot.relevance.terms import MEANING
from bot.text.spelling import is_devanagari, spell
from bot.text.synonyms import are_apart, is_same_term, list_synonyms

SAME_MEANING = 0.9
SAME_SOUND = 0.9
LONGER = 0.85
TYPO = 0.75
SAME_ROOT = 0.7
KNOWN = 0.7
"""From here on a term counts as spoken of."""

_ROOT = 4
"""Letters that two words must share before one can be a form of the other."""
_SHORT_BONES = 3
"""Consonants by which a name is known without its vowels."""
_LONG_WORD = 8


class Vocabulary:
    """Every term that some articles speak of, in order to find those that are like another."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)
        self._by_root: dict[str, list[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._by_script: dict[bool, list[str]] = {True: [], False: []}
        for word in sorted(filter(_is_word, self._terms)):
            self._by_root.setdefault(word[:_ROOT], []).append(word)
            self._by_first.setdefault(word[0], []).append(word)
            self._by_script[is_devanagari(word)].append(word)

    def find_alike(self, term: Term, language: str) -> Mapping[str, float]:
        """Return the terms that say what ``term`` of a question in that language says.

        A slip of typing is thought of only where no article knows the word as it was typed.
        """
        found = {other: SAME_MEANING for other in term.meanings if other in self._terms}
        if _is_word(term.word):
            for other, degree in self._list_forms(term.word, language):
                found[other] = max(degree, found.get(other, 0.0))
        if term.word in self._terms:
            found[term.word] = 1.0
        if not found and _is_word(term.word):
            found |= dict.fromkeys(self._list_typos(term.word), TYPO)
        return found

    def _list_forms(self, word: str, language: str) -> Iterator[tuple[str, float]]:
        for synonym in list_synonyms(word, language):
            if synonym in self._terms:
                yield synonym, SAME_MEANING
            for other in self._by_root.get(synonym[:_ROOT], ()):
                if is_same_term(synonym, other, language):
                    yield other, SAME_MEANING
        for other in self._by_root.get(word[:_ROOT], ()):
            if degree := measure_forms(word, other, language):
                yield other, degree
        yield from ((other, SAME_SOUND) for other in self._list_sounds(word))

    def _list_sounds(self, word: str) -> list[str]:
        """Words of another script that sound alike."""
        others = self._by_script[not is_devanagari(word)]
        return [other for other in others if _sound_alike(word, other)]

    def _list_typos(self, word: str) -> list[str]:
        return [other for other in self._by_first.get(word[0], ()) if is_typo(word, other)]


def cover(own: frozenset[str], alike: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return how far each term, given with what is alike, is among a text's own terms."""
    found = {}
    for term, others in alike.items():
        if not own.isdisjoint(others):
            found[term] = max(others[other] for other in own.intersection(others))
    return found


@lru_cache(maxsize=50_000)
def measure_forms(a: str, b: str, language: str) -> float:
    """Return how surely two words of one script are forms of one, by how they begin."""
    if a == b:
        return 1.0
    shorter = min(len(a), len(b))
    if shorter < _ROOT or abs(len(a) - len(b)) > 3 or are_apart(a, b, language):
        return 0.0
    if a.startswith(b) or b.startswith(a):
        return LONGER
    shared = max(_ROOT, shorter - 2)
    return SAME_ROOT if shorter > _ROOT and a[:shared] == b[:shared] else 0.0


@lru_cache(maxsize=50_000)
def is_typo(a: str, b: str) -> bool:
    """Tell whether one word may be a slip of typing of the other; both begin alike."""
    shorter = min(len(a), len(b))
    if shorter < _ROOT or a[0] != b[0] or abs(len(a) - len(b)) > 2:
        return False
    matcher = SequenceMatcher(None, a, b)
    enough = 0.84 if shorter < _LONG_WORD else 0.82
    return matcher.quick_ratio() >= enough and matcher.ratio() >= enough


def _sound_alike(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORT_BONES:
        return False
    (sound, bones), (other_sound, other_bones) = spell(a), spell(b)
    return sound == other_sound or (bones == other_bones and len(bones) >= _SHORT_BONES)


def _is_word(term: str) -> bool:
    """Whether it has forms: no number, no designation, no country and no concept."""
    return not term.startswith(("@", MEANING)) and not any(map(str.isdigit, term))
