"""text → the places of our lists that it names: countries, their cities, their peoples."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.text.cities import City, locate_cities
from bot.text.lexicon import LETTER, fold, load_lexicon
from bot.text.names import find_places
from bot.text.places import load_aliases

STEM = 5
"""Letters of a country's name from which its people can be told."""
_CAPITAL = re.compile(r"\s+(?:capital|soil)\b", re.IGNORECASE)
_SMALL_WORD = re.compile(rf"(?<!{LETTER})[a-zà-ÿ]{{6,}}(?!{LETTER})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a sentence: its country, the city if one is named, and where it stands.

    ``is_people`` marks an adjective or a people, where nobody can go; ``is_minor`` a city that is
    no capital.
    """

    country: str
    city: str | None
    start: int
    end: int
    is_people: bool = False
    is_minor: bool = False


def find_known(text: str) -> Iterator[Spot]:
    """Yield the countries of the gazetteer, by any name, with their capitals and peoples."""
    for place in find_places(text):
        is_city = place.kind in ("capital", "seat")
        is_people = place.kind == "demonym" and not is_capital_of(text, place.end)
        city = place.place if is_city else None
        yield Spot(place.country, city, place.start, place.end, is_people)


def find_cities(text: str, cities: Mapping[str, City]) -> Iterator[Spot]:
    """Yield where the text names those cities."""
    for match in locate_cities(text, cities):
        yield Spot(match.city.country, match.city.name, match.start, match.end, is_minor=True)


def find_romance_peoples(text: str) -> Iterator[Spot]:
    """Yield peoples in small letters that are a country's name with an ending: ``norvégien``."""
    stems = _load_stems()
    for match in _SMALL_WORD.finditer(text):
        word = fold(match.group())
        for cut in range(len(word) - 1, STEM - 1, -1):
            country = stems.get(word[:cut])
            if country and ends_as_people(word[cut:]):
                yield Spot(country, None, match.start(), match.end(), is_people=True)
                break


def is_capital_of(text: str, end: int) -> bool:
    """Tell whether a people that ends there is part of a place: ``the Kestrian capital``."""
    return bool(_CAPITAL.match(text, end))


def ends_as_people(ending: str) -> bool:
    """Tell whether the folded letters after a country's stem make it its people's name."""
    endings = _load_endings()
    return ending in endings or ending.lstrip("iy") in endings


@cache
def _load_endings() -> frozenset[str]:
    return frozenset(load_lexicon("atlas")["realm"]["people"])


@cache
def _load_stems() -> dict[str, str]:
    """Country by the folded stem of its name in any of our languages."""
    stems: dict[str, str] = {}
    for key, aliases in load_aliases().items():
        alias = aliases[0]
        if len(key) == 1 and alias.kind == "country" and alias.country:
            stem = key[0].rstrip("aeiouy")
            if len(stem) >= STEM:
                stems.setdefault(stem, alias.country)
    return stems
