"""Term × terms → whether the one is said by the others: itself, a form of it, a word for it."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole
from bot.text.similar import is_stop_word
from bot.text.terms import list_signs, part_places

_SURE_ROOT = 5
"""Letters from which any two endings may stand on one root; shorter ones only be inflected."""
_INFLECTIONS = frozenset({"", "s", "es", "ed", "er", "ing", "y", "n", "ment"})
_WORD = re.compile(rf"[^\W\d_](?:(?!\d){LETTER})*-\d{LETTER}*|\d+(?:[.,]\d+)*|{LETTER}+")


def is_told(term: str, terms: AbstractSet[str], language: str) -> bool:
    """Tell whether ``terms``, as ``list_statement_terms`` gives them, carry the term."""
    return any(is_same_term(term, other, language) for other in terms)


@lru_cache(maxsize=100_000)
def is_same_term(a: str, b: str, language: str) -> bool:
    """Tell whether two terms mean the same: equal, forms of one root, or in one group."""
    if a == b:
        return True
    if a.startswith("@") or b.startswith("@"):
        return False
    groups = _load_groups(language)
    if groups.get(a, _NONE) & groups.get(b, _NONE):
        return True
    return any(
        len(root) >= _SURE_ROOT or {a[len(root) :], b[len(root) :]} <= _INFLECTIONS
        for root in _roots(a, language) & _roots(b, language)
    )


@lru_cache(maxsize=2048)
def list_statement_terms(text: str, language: str) -> frozenset[str]:
    """Return what ``text`` speaks of: its content words in their dictionary form, folded.

    One term stands in place of a phrase that means it, and of a country under any name.
    """
    text = " ".join(text.split())
    phrases = _load_phrases(language)
    found = set[str]()
    if phrases is not None:
        pattern, meanings = phrases
        # "ı" matches "i" in any case but is another letter: such a phrase means nothing.
        said = (meanings.get(fold(match.group())) for match in pattern.finditer(text))
        found.update(term for term in said if term)
        text = pattern.sub(" ", text)
    rest, countries = part_places(text)
    return frozenset((*found, *countries, *list_signs(text), *list_lemmas(rest, language)))


def list_lemmas(text: str, language: str, *, has_small_words: bool = False) -> tuple[str, ...]:
    """Return the content words of ``text`` in order, in their dictionary form, folded."""
    lemmas = (
        _find_lemma(word, language)
        for word in _WORD.findall(text.replace("’", "'"))
        if has_small_words or not is_stop_word(word, language)
    )
    return tuple(lemma for lemma in lemmas if lemma)


@lru_cache(maxsize=50_000)
def _find_lemma(word: str, language: str) -> str:
    from simplemma import lemmatize  # a dictionary of some MB that most commands never need

    return fold(lemmatize(word.lower(), lang=language))


@lru_cache(maxsize=20_000)
def _roots(term: str, language: str) -> frozenset[str]:
    """The term without each ending that makes a noun of a verb and the like, and itself."""
    endings = load_lexicon("synonyms").get(language, {}).get("endings", "").split()
    cut = (term.removesuffix(fold(ending)) for ending in endings)
    return frozenset(root for root in (term, *cut) if len(root) >= 3)


_NONE: frozenset[int] = frozenset()


@cache
def _load_groups(language: str) -> dict[str, frozenset[int]]:
    """Term → the numbers of the groups it stands in."""
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(load_lexicon("synonyms").get(language, {}).get("groups", ())):
        for term in load_terms(group.split(), language):
            groups.setdefault(term, set()).add(number)
    return {term: frozenset(numbers) for term, numbers in groups.items()}


def load_terms(words: Iterable[str], language: str) -> frozenset[str]:
    """Return the terms that words of a list stand for."""
    return frozenset(_find_lemma(word, language) for word in words)


@cache
def _load_phrases(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    phrases = load_lexicon("synonyms").get(language, {}).get("phrases")
    if not phrases:
        return None
    meanings = {fold(phrase): _find_lemma(word, language) for phrase, word in phrases.items()}
    return re.compile(whole(one_of(phrases)), re.IGNORECASE), meanings
