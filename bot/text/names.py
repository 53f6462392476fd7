"""Text → names: countries under any of their names, people, and whether two names are one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place in a text: ``country`` in English; ``kind`` is country, capital, seat or demonym.

    ``place`` is the city for a capital or a seat, else the words themselves.
    """

    country: str
    place: str
    kind: str
    start: int
    end: int


def find_places(text: str) -> tuple[PlaceMatch, ...]:
    """Return the countries of ``text`` in order, by any name of theirs."""
    return ()


def get_country(name: str) -> str | None:
    """Return the English name of the country of that name, code or short form, or None."""
    return None


def find_names(text: str) -> tuple[str, ...]:
    """Return the proper names of ``text`` in order, each once; none in scripts without case."""
    return ()


def has_case(language: str) -> bool:
    """Tell whether the language's script has capital letters."""
    return True


def same_name(a: str, b: str) -> bool:
    """Tell whether two names can stand for one person or country."""
    return a == b


def longest_name(short: str, text: str) -> str:
    """Return the fullest form of the name ``short`` that ``text`` has, or ``short`` itself."""
    return short
