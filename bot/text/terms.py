"""Text → its telling terms: stems, countries under one name, what signs stand for."""

import re

from bot.text.lexicon import LETTER, load_lexicon
from bot.text.names import find_places, get_country
from bot.text.similar import words

# "a eu" is French for "has had".
_SHORT_PLACE = re.compile(
    r"\b(?:uk|usa|uae|(?<!\ba )(?<!ont )(?<!ai[st] )(?<!ait )eu|(?<=the )us)\b(?![.@])",
    re.IGNORECASE,
)


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


def name_places(question: str) -> str:
    """Return the question with the names of places in capitals, as people forget to type them.

    So ``the us and indias duty`` is ``the US and India's duty``; ``us`` alone is us.
    """
    question = _SHORT_PLACE.sub(lambda word: word.group().upper(), question)
    return re.sub(rf"{LETTER}{{4,}}", lambda word: _capital(word.group()), question)


def _capital(word: str) -> str:
    if not word.islower():
        return word
    if get_country(word):
        return word.capitalize()
    if word.endswith("s") and get_country(word[:-1]):
        return f"{word[:-1].capitalize()}'s"
    return word
