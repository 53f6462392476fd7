"""text → the names that it treats as countries though no list has them, with their peoples.

A name is a country's if it governs (``Ngorwe's parliament``), if it has a people (``Ngorwean``),
if it is dealt with as one (``trade with Ngorwe``, ``a state visit to Ngorwe``, ``between Peru and
Ngorwe``), or if it sounds like one and stands where a place must.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.text.cities import find_city
from bot.text.lexicon import LETTER, compile_words, fold, load_lexicon, one_of
from bot.text.names import find_names, find_places, get_country
from bot.text.occurrences import find_around
from bot.text.spots import ends_as_people

MOST_NAMES = 300
"""Names of a text that are looked at; one with more is a list and no news."""
LONGEST_NAME = 100
"""Characters of a name; a longer run of capitals is none."""
SHORTEST = 4
"""Letters of a country's name; with fewer it is an acronym."""
_OF = r"(?:of|de la|de l['’]|des|du|del|de|d['’])(?:\s|(?<=['’]))(?:the\s)?"
_OWN = r"(?!(?:with|by|and|of|to|from|for|at|in)\b)"
_COUNTRY_OF = re.compile(r"\s(?:of|de|du|del)\s(?=[A-ZÀ-Þ])")
_LONG_WORD = re.compile(f"{LETTER}{{5,}}")
_WORD = re.compile(f"{LETTER}+")
_HINDI_WORD = r"[\u0900-\u0963\u0971-\u097f]+"
_GIVEN_NAME = re.compile(rf"\b[A-ZÀ-Þ]{LETTER}+ \Z")
_SURNAME = re.compile(rf" [A-ZÀ-Þ]{LETTER}+")
_GOES = r"(?:to|visit|visiting|visited|between|à|au|en|entre|visitar)\s(?:(?:la|le|el)\s)?"
_TO = re.compile(rf"\b{_GOES}\Z")
_NAME = rf"(?P<other>[A-ZÀ-Þ]{LETTER}+(?: [A-ZÀ-Þ]{LETTER}+)?)"
_AND_AFTER = re.compile(rf"\s(?:and|et|y)\s(?:to\s)?{_NAME}")
_AND_BEFORE = re.compile(rf"\b{_GOES}{_NAME}\s(?:and|et|y)\s(?:to\s)?\Z")
_WHERE = re.compile(r"\b(?:in|to|en|au|a) \Z")


class _Cues(NamedTuple):
    """What stands around a name that is a country's, and what a name has that is none's."""

    governed: re.Pattern[str]
    governs: re.Pattern[str]
    people_of: re.Pattern[str]
    related: re.Pattern[str]
    sounds: tuple[str, ...]
    not_realm: re.Pattern[str]
    not_country: re.Pattern[str]


def list_names(text: str) -> tuple[str, ...]:
    """Return the names of a text, as many as news has."""
    return tuple(name for name in find_names(text) if len(name) <= LONGEST_NAME)[:MOST_NAMES]


def find_realms(text: str, names: Sequence[str], language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the realms of ``text`` among its ``names``, each with its folded peoples."""
    if language == "hi":
        return dict.fromkeys(_find_hindi(text), ())
    words, lower = _list_words(text, language), _lower(text)
    parts = (part for name in names for part in _COUNTRY_OF.split(name))
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(parts):
        if len(name) < SHORTEST or get_country(name) or _load_cues().not_realm.search(name):
            continue
        peoples = _list_peoples(name, words) or _find_own_people(name, text, language)
        # That a city has its name is no reason against it, if the text has its people.
        if peoples or (not find_city(name) and _is_treated_so(name, text, lower)):
            found[name] = peoples
    return found


def _is_treated_so(name: str, text: str, lower: str) -> bool:
    return _governs(name, lower) or _sounds_so(name, text) or _is_dealt_with(name, text)


def _list_words(text: str, language: str) -> frozenset[str]:
    """Folded words that can be a people: in English they have a capital."""
    is_romance = language in ("fr", "es")
    words = set(_WORD.findall(text))
    return frozenset(fold(word) for word in words if is_romance or word[0].isupper())


def _list_peoples(realm: str, words: frozenset[str]) -> tuple[str, ...]:
    """Words of the text that can be its people: ``kestrienne`` of ``Kestrie``."""
    folded, found = fold(realm), set()
    own = frozenset(_WORD.findall(folded))
    for part in _LONG_WORD.findall(folded):
        stem = part.rstrip("aeiouy")
        stem = stem if len(stem) >= SHORTEST else part[:-1]
        found |= {
            word
            for word in words
            if word.startswith(stem)
            and ends_as_people(word[len(stem) :])
            and word.removesuffix("s") not in own
            and not get_country(word)
        }
    return tuple(sorted(found))


def _find_own_people(realm: str, text: str, language: str) -> tuple[str, ...]:
    """In Spanish and French a people can be called as its country: ``la canciller tovalia``."""
    small = realm.lower()
    if language not in ("fr", "es") or " " in realm or f" {small}" not in text:
        return ()
    around = (before for before, _ in find_around(text, small))
    return (fold(realm),) if any(map(_load_cues().people_of.search, around)) else ()


def _is_dealt_with(name: str, text: str) -> bool:
    """``relations with Ngorwe``, ``a state visit to Ngorwe``, ``between Ngorwe and Peru``."""
    if _load_cues().not_country.search(name):
        return False
    return any(
        _load_cues().related.search(before)
        or _is_joined(_AND_AFTER, before.rstrip(), after, is_after=True)
        or _is_joined(_AND_BEFORE, before, after, is_after=False)
        for before, after in find_around(text, name)
    )


def _is_joined(joint: re.Pattern[str], before: str, after: str, *, is_after: bool) -> bool:
    """Whether the name is one of a pair that somebody goes to, with a country that lists have."""
    if is_after:
        found = joint.match(after)
        return bool(found and _TO.search(before + " ") and _opens_with_country(found["other"]))
    found = joint.search(before)
    return bool(found and _opens_with_country(found["other"]))


def _opens_with_country(name: str) -> bool:
    return any(
        p.start == 0 and p.end == len(name) and p.kind == "country" for p in find_places(name)
    )


def _governs(name: str, lower: str) -> bool:
    """``the parliament of Ngorwe``, ``Ngorwe's parliament``, ``Ngorwe foreign minister``."""
    cues = _load_cues()
    return any(
        cues.governed.search(before) or cues.governs.match(after)
        for before, after in find_around(lower, _lower(name))
    )


def _sounds_so(name: str, text: str) -> bool:
    """Whether it ends as countries do and stands after ``in`` or ``to``, but not as a person."""
    if " " in name or not name.endswith(_load_cues().sounds):
        return False
    around = list(find_around(text, name))
    is_person = any(_GIVEN_NAME.search(a) or _SURNAME.match(b) for a, b in around)
    return not is_person and any(_WHERE.search(before) for before, _ in around)


def _lower(text: str) -> str:
    """The text in small letters; every offset stays, for which the dotted İ must go."""
    return text.replace("İ", "I").lower()


def _find_hindi(text: str) -> Iterator[str]:
    table = load_lexicon("atlas")["realm_hi"]
    found = (match[1] for match in _load_hindi().finditer(text))
    for word in list(dict.fromkeys(found))[:MOST_NAMES]:
        if word not in table["common"] and not get_country(word):
            yield word


@cache
def _load_hindi() -> re.Pattern[str]:
    governs = one_of(load_lexicon("atlas")["realm_hi"]["governs"])
    return re.compile(rf"({_HINDI_WORD})\s+(?:के|की|का)\s+(?:(?:नए|नई|उप)\s+)?{governs}")


@cache
def _load_cues() -> _Cues:
    table = load_lexicon("atlas")["realm"]
    governs = one_of(table["governs"])
    office = rf"{one_of(table['department'])}\s{one_of(table['head'])}"
    return _Cues(
        governed=re.compile(rf"\b{governs}\s(?:\w+\s){{0,3}}{_OF}\Z"),
        governs=re.compile(rf"(?:['’]s\s(?:{_OWN}\w+\s){{0,2}}{governs}|\s{office})\b"),
        people_of=re.compile(rf"\b{governs}\s\Z"),
        related=re.compile(rf"\b{one_of(table['related'])}\s(?:(?:the|la|le|el)\s)?\Z", re.I),
        sounds=tuple(table["sounds"]),
        not_country=re.compile(compile_words(table["not_country"]).pattern),
        not_realm=re.compile(rf"{compile_words(table['not_realm']).pattern}|['’]", re.IGNORECASE),
    )
