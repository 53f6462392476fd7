"""text → the terms by which it is compared: its words, its countries, the concepts it speaks of."""

from functools import lru_cache

from bot.text.cues import LANGUAGES
from bot.text.glossary import find_concepts
from bot.text.synonyms import list_statement_terms
from bot.text.terms import list_terms

MEANING = "#"
"""How a term begins that is a concept, and so the same in every language."""


def list_text_terms(text: str, language: str) -> frozenset[str]:
    """Return the terms of a sentence or a headline; a concept stands beside its words.

    Of a text in another language than ours they are its words as they are written.
    """
    if language not in LANGUAGES:
        return list_terms(text, language)
    return list_statement_terms(text, language) | find_meanings(text, language)


@lru_cache(maxsize=20_000)
def find_meanings(text: str, language: str) -> frozenset[str]:
    """Return the concepts that ``text`` speaks of, as ``#tariff``."""
    return frozenset(f"{MEANING}{concept}" for concept in find_concepts(text, language))
