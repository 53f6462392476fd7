"""article → its people: whoever holds an office, or can hold one that it takes for known."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from bot.text.atlas import Atlas
from bot.text.cities import find_city
from bot.text.homes import find_named_home
from bot.text.lexicon import load_lexicon, one_of
from bot.text.names import (
    find_home,
    find_places,
    get_country,
    longest_name,
    same_name,
)
from bot.text.occurrences import find_around, find_word
from bot.text.offices import NEAR, is_organisation, load_offices
from bot.text.people import Person

_OF = re.compile(r"\s(?:of|de|du|del)\s(?=[A-ZÀ-Þ])")
_AND = re.compile(r"\s+(?:y|e|et)\s+(?:(?:la|el|doña|don)(?:\s+|$))*")
_THE = re.compile(r"\b[Tt]he \Z")
_NUMERAL = re.compile(r"\s(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XV|XVI)\Z")
_OPENS = re.compile(r"(?:\A|[.!?\n–-]\s*)\Z")


class _Office(NamedTuple):
    role: str
    home: str | None


def list_named_people(atlas: Atlas) -> tuple[Person, ...]:
    """Return those who hold an office, or are named in full beside somebody who does."""
    every, forms = list_forms(atlas), dict[str, list[str]]()
    for form in every:
        if not (_is_place(form) or form in atlas.realms or is_organisation(form)):
            forms.setdefault(_find_fullest(form, every, atlas.whole), []).append(form)
    people = (_make_person(name, tuple(used), atlas) for name, used in forms.items())
    return tuple(person for person in people if person)


def list_forms(atlas: Atlas) -> tuple[str, ...]:
    """Return the names of the text; "Ilka Marovec of Tovalia" is one and her country."""
    every: list[str] = []
    for name in atlas.names:
        head, *tail = _OF.split(name, maxsplit=1)
        is_of_realm = bool(tail) and (tail[0] in atlas.realms or get_country(tail[0]))
        every += _AND.split(head if is_of_realm else name)
    bare = (cut_field(name) for name in every)
    return tuple(dict.fromkeys(name for name in bare if len(name) > 1 and name[-3:] != " of"))


def cut_field(name: str) -> str:
    """The name without the field of the office before it: ``Foreign Affairs Ana Ruiz``."""
    return _load_field().sub("", name)


def is_free(name: str, atlas: Atlas) -> bool:
    """Tell whether it can be the full name of somebody whom the text calls by the office alone."""
    if " " not in name or name.isupper() or " of " in name or is_organisation(name):
        return False
    if find_places(name) or find_city(name) or name in atlas.realms:
        return False
    around = [before for before, _ in find_around(atlas.whole, name)]
    is_first = name in atlas.whole.split("\n", 1)[0] or any(map(_OPENS.search, around))
    is_thing = any(map(_load_before_thing().search, around))
    if is_thing or not is_first:
        return False
    return not load_offices(atlas.language).is_staff(name, atlas.whole)


def _is_place(name: str) -> bool:
    """Whether the whole name is a country's or a people's: ``European``."""
    places = find_places(name)
    is_all = any(len(place.place) == len(name) for place in places)
    return is_all or (bool(places) and get_country(name) is not None)


def _find_fullest(form: str, every: tuple[str, ...], text: str) -> str:
    """The fullest name of which ``form`` is one; of names joined by and that which is like it."""
    longest = cut_field(longest_name(form, text))
    fullest = max(_AND.split(longest), key=lambda name: same_name(name, form))
    if fullest != form and len(fullest.split()) >= len(form.split()):
        return fullest
    # "Ana Ruiz of Talia" is one name in the text: its own only once the country is cut off.
    longer = [name for name in every if name.endswith(f" {form}") and same_name(name, form)]
    return longer[0] if len(longer) == 1 else form


def _make_person(name: str, used: tuple[str, ...], atlas: Atlas) -> Person | None:
    if any(_THE.search(before) for before, _ in find_around(atlas.whole, name)):
        return None  # "the Sultanate's minister", "the Snow Wolves"
    forms = tuple(dict.fromkeys((name, *used)))
    told = list(_list_offices(forms, atlas))
    known = find_home(name)
    if not told and known is None and not _is_traveller(name, atlas):
        return None
    staff = load_offices(atlas.language).staff
    if told and all(staff.search(office.role) for office in told):
        return None
    roles = " ".join(dict.fromkeys(office.role.lower() for office in told))
    seats = (home for role, home in load_lexicon("offices")["seats"].items() if role in roles)
    home = known or next((office.home for office in told if office.home), None) or next(seats, None)
    return Person(name, forms, home, roles)


def _list_offices(forms: tuple[str, ...], atlas: Atlas) -> Iterator[_Office]:
    for form in forms:
        for start, end in find_word(atlas.whole, form):
            if office := _read_office(start, end, atlas):
                yield office


def _read_office(start: int, end: int, atlas: Atlas) -> _Office | None:
    """The office, with its country if that is told, that stands before or after a name."""
    offices, text = load_offices(atlas.language), atlas.whole
    before = text[max(text.rfind("\n", 0, start) + 1, start - NEAR) : start]
    after = text[end : end + NEAR]
    if found := offices.find_before(before):
        if _load_club().search(before[: found.start()]):
            return None  # "the federation's president"
        return _Office(found.group(), find_named_home(atlas, before, found, after[:40]))
    followed = offices.after.match(after.split("\n")[0])
    if followed is None or offices.placing.search(before):
        return None
    spots = atlas.find(followed.group())
    return _Office(followed["role"], spots[0].country if spots else None)


def _is_traveller(name: str, atlas: Atlas) -> bool:
    """Whether it can be somebody in office though the text takes that for known.

    ``King Abdullah II``, ``Mme Vasseur``, ``doña Letizia``, or a full name at the start of a
    sentence of a text that speaks of offices.
    """
    if is_organisation(name) or find_city(name):
        return False
    around = find_around(atlas.whole, name)
    if _NUMERAL.search(name) or any(_load_courtesy().search(before) for before, _ in around):
        return True
    return _speaks_of_offices(atlas.whole, atlas.language) and is_free(name, atlas)


@lru_cache(maxsize=16)
def _speaks_of_offices(text: str, language: str) -> bool:
    return load_offices(language).office.search(text) is not None


@cache
def _load_courtesy() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(load_lexicon('offices')['names']['courtesy'])}\s\Z")


@cache
def _load_club() -> re.Pattern[str]:
    club = one_of(load_lexicon("offices")["names"]["club"])
    return re.compile(rf"\b{club}(?:['’]s?)?\s\Z")


@cache
def _load_field() -> re.Pattern[str]:
    field = one_of(load_lexicon("offices")["names"]["field"])
    return re.compile(rf"\A(?:{field}\s(?:and\s|&\s)?)+(?=[A-ZÀ-Þ]\S*\s[A-ZÀ-Þ])")


@cache
def _load_before_thing() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(load_lexicon('offices')['names']['thing'])} \Z")
