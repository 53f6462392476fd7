"""term of a question → the words that the full text may have for it, in four languages."""

from collections.abc import Iterator

from bot.relevance.question import Term
from bot.relevance.terms import MEANING
from bot.text.cues import LANGUAGES
from bot.text.glossary import list_forms
from bot.text.places import load_aliases
from bot.text.synonyms import list_synonyms

MAX_ALTERNATIVES = 40
ANY_ENDING = "*"
_STEM = 5
"""Letters that a word needs before its ending may be any."""


def list_alternatives(term: Term, language: str) -> tuple[str, ...]:
    """Return what to search for in place of a term: as typed, its forms, synonyms and names.

    A word that ends in ``*`` may have any ending.
    """
    if term.word.startswith("@"):
        found = [term.written, *_list_names(term.word.removeprefix("@"))]
    else:
        found = [term.written, term.word, *_list_stems(term), *_list_others(term, language)]
    return tuple(dict.fromkeys(word for word in found if word))[:MAX_ALTERNATIVES]


def _list_stems(term: Term) -> Iterator[str]:
    """The word with any ending, without its own where enough of it is left."""
    word = term.word
    if len(word) >= _STEM and word.isalpha():
        yield f"{word[: max(_STEM, len(word) - 2)]}{ANY_ENDING}"


def _list_others(term: Term, language: str) -> Iterator[str]:
    yield from sorted(list_synonyms(term.word, language) - {term.word})
    for meaning in sorted(term.meanings):
        for one in LANGUAGES:
            yield from list_forms(meaning.removeprefix(MEANING), one)


def _list_names(country: str) -> Iterator[str]:
    """What the country and its capital are called in four languages."""
    for aliases in load_aliases().values():
        for alias in aliases:
            if alias.country == country and alias.kind in ("country", "capital"):
                yield alias.written
