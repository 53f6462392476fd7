"""cities.tsv → in which country a city lies, under any spelling that newspapers use.

The list is made by ``bench/write_cities.py`` from GeoNames. Of two cities of one name the larger
is meant. It is for words that stand where a place must stand: by itself "Nice" is no city.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.text.lexicon import load_lexicon
from bot.text.names import find_names
from bot.text.occurrences import find_word
from bot.text.places import alias_key, load_codes

SHORTEST = 4
"""Letters of a city's name; shorter words are seldom one."""
_HINDI_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f]+")


class City(NamedTuple):
    """A city's English name and its country's."""

    name: str
    country: str


class CityMatch(NamedTuple):
    """A city where a text names it."""

    city: City
    start: int
    end: int


@lru_cache(maxsize=256)
def list_cities(text: str) -> tuple[CityMatch, ...]:
    """The cities among the names of ``text``, in order: "Jeddah", "Le Caire", "कोच्चि"."""
    return locate_cities(text, name_cities(text))


def name_cities(text: str) -> Mapping[str, City]:
    """The cities among the names of ``text``, by the spelling that it uses."""
    found: dict[str, City] = {}
    for name in dict.fromkeys((*find_names(text), *_HINDI_WORD.findall(text))):
        spellings = dict.fromkeys((name, name.split()[-1], f"La {name}", f"El {name}"))
        for written in (one for one in spellings if one in text):
            is_word = len(written) < SHORTEST or written in _load_seldom()
            if not is_word and (city := find_city(written)):
                found[written] = city
                break
    return found


def locate_cities(text: str, cities: Mapping[str, City]) -> tuple[CityMatch, ...]:
    """Where ``text`` names those cities, in order."""
    found = {
        span: CityMatch(city, *span)
        for written, city in cities.items()
        if written in text
        for span in find_word(text, written)
    }
    return tuple(sorted(found.values(), key=lambda match: match.start))


def find_city(name: str) -> City | None:
    """The largest city of that name, or None."""
    return _load().get(alias_key(name))


@cache
def _load() -> dict[tuple[str, ...], City]:
    codes = load_codes()
    cities: dict[tuple[str, ...], City] = {}
    raw = Path(__file__).with_name("cities.tsv").read_text(encoding="utf-8")
    for line in raw.splitlines():
        code, name, others = line.split("\t")
        if code not in codes:
            continue
        city = City(name, codes[code])
        for written in (name, *filter(None, others.split("|"))):
            cities.setdefault(alias_key(written), city)
    cities.pop((), None)  # a name without a letter is none
    return cities


@cache
def _load_seldom() -> frozenset[str]:
    """Words that are cities' names too, but seldom mean one."""
    return frozenset(load_lexicon("atlas")["cities"]["seldom"])
