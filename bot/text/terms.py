"""Question or sentence → its telling terms, so that the one can be looked for in the other."""

import re
from collections.abc import Set as AbstractSet
from functools import cache

from bot.text.lexicon import load_lexicon
from bot.text.names import find_places, get_country
from bot.text.similar import words

_AND = re.compile(
    r",?\s(?:and|et|y|और)\s(?=(?:what|who|when|where|which|how|why|did|is|was)\b)", re.IGNORECASE
)
_SHORT_PLACES = frozenset({"uk", "eu", "usa", "uae"})


def list_terms(text: str, language: str) -> frozenset[str]:
    """Return the stems of the content words; every name of a country is one term, ``@India``."""
    rest, countries = part_places(text)
    return frozenset((*countries, *list_signs(text), *words(rest, language)))


def part_places(text: str) -> tuple[str, frozenset[str]]:
    """Return the text without its countries, and them, as ``@India``."""
    rest, countries = text, set[str]()
    for place in reversed(find_places(text)):
        countries.add(f"@{place.country}")
        rest = f"{rest[: place.start]} {rest[place.end :]}"
    return rest, frozenset(countries)


def list_signs(text: str) -> list[str]:
    """Return the words that the signs of ``text`` stand for: ``euro`` for €."""
    return [word for sign, word in load_lexicon("terms")["signs"].items() if sign in text]


def split_question(question: str) -> list[str]:
    """Return the questions in one: ``did he go and what came of it`` are two."""
    return _AND.split(question)


def name_places(question: str) -> str:
    """Return the question with the names of places in capitals, as people forget to type them."""
    return re.sub(r"[^\W\d_]{4,}", lambda word: _capital(word.group()), question)


def _capital(word: str) -> str:
    return word.capitalize() if word.islower() and get_country(word) else word


def list_asked(question: str, language: str = "en") -> tuple[str, ...]:
    """Return what a question is about, in order: its terms without the words of asking."""
    folded = question.casefold()
    terms = list_terms(question, language)
    in_order = sorted(terms, key=lambda term: (folded.find(term.strip("@").casefold()), term))
    asked = (_short_place(term) or term for term in in_order if term not in _load_asking())
    return tuple(dict.fromkeys(asked))


def is_among(term: str, terms: AbstractSet[str]) -> bool:
    """Tell whether the term, or a form of it with another ending, is among the terms."""
    if term in terms:
        return True
    if len(term) < 5 or term.startswith("@"):
        return False
    return any(
        abs(len(term) - len(other)) <= 2 and (other.startswith(term) or term.startswith(other))
        for other in terms
        if len(other) >= 4
    )


@cache
def _load_asking() -> frozenset[str]:
    """What a question is asked with; it tells nothing of its subject."""
    return frozenset(load_lexicon("terms")["asking"]["words"])


def _short_place(term: str) -> str | None:
    country = get_country(term) if term in _SHORT_PLACES else None
    return f"@{country}" if country else None
