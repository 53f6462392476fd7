"""Term × terms → whether the one is said by the others: itself, a form of it, a word for it."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import combinations

from bot.text.lexicon import LETTER, fold, load_lexicon, one_of, whole
from bot.text.similar import is_stop_word
from bot.text.terms import list_signs, part_places

_ROOT = 5
"""Letters that words must share at least before their endings tell whether they are one."""
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
    if _find_groups(a, language) & _find_groups(b, language):
        return True
    return _is_of_one_root(a, b, language)


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
def list_synonyms(term: str, language: str) -> frozenset[str]:
    """Return the terms of the groups that the term stands in; it is one of them."""
    own = _find_groups(term, language) if not term.startswith("@") else frozenset[int]()
    others = _load_members(language)
    return frozenset((term, *(other for number in own for other in others[number])))


def are_apart(a: str, b: str, language: str) -> bool:
    """Tell whether two terms are listed as different words, however alike they are."""
    return frozenset((a, b)) in _load_pairs("apart", language)


@lru_cache(maxsize=20_000)
def _find_groups(term: str, language: str) -> frozenset[int]:
    """The numbers of the groups the term stands in; if in none, those of terms of its root."""
    groups = _load_groups(language)
    if term in groups:
        return groups[term]
    kin = (group for other, group in groups.items() if _is_of_one_root(term, other, language))
    return frozenset[int]().union(*kin)


def _is_of_one_root(a: str, b: str, language: str) -> bool:
    if a[:_ROOT] != b[:_ROOT] or frozenset((a, b)) in _load_pairs("apart", language):
        return False
    return any(
        a[:size] == b[:size] and frozenset((a[size:], b[size:])) in _load_pairs("endings", language)
        for size in range(_ROOT, min(len(a), len(b)) + 1)
    )


@cache
def _load_pairs(name: str, language: str) -> frozenset[frozenset[str]]:
    """Every two of one line of the list, folded; "-" is no letter at all."""
    lines = load_lexicon("synonyms").get(language, {}).get(name, ())
    folded = (fold(line).replace("-", "").split(" ") for line in lines)
    return frozenset(frozenset(pair) for line in folded for pair in combinations(line, 2))


@cache
def _load_groups(language: str) -> dict[str, frozenset[int]]:
    """Term → the numbers of the groups it stands in."""
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(load_lexicon("synonyms").get(language, {}).get("groups", ())):
        for term in load_terms(group.split(), language):
            groups.setdefault(term, set()).add(number)
    return {term: frozenset(numbers) for term, numbers in groups.items()}


@cache
def _load_members(language: str) -> dict[int, frozenset[str]]:
    """The number of a group → its terms."""
    members: dict[int, set[str]] = {}
    for term, numbers in _load_groups(language).items():
        for number in numbers:
            members.setdefault(number, set()).add(term)
    return {number: frozenset(terms) for number, terms in members.items()}


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
