"""article in Hindi → its people in office: whoever is known, and whoever an office precedes.

The script has no capitals, so that an office must tell where a name begins.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.text.atlas import Atlas
from bot.text.homes import find_hindi_home
from bot.text.lexicon import LETTER, load_lexicon, one_of
from bot.text.names import find_home, find_people, find_places, find_spellings
from bot.text.offices import load_hindi_office
from bot.text.people import Person
from bot.text.realms import MOST_NAMES

_WORD = r"[\u0900-\u0963\u0971-\u097f]+"
SHORTEST = 3
"""Characters of a last name that can stand alone for its bearer."""


def list_hindi_people(atlas: Atlas) -> tuple[Person, ...]:
    """Return the people of the article, those known by name first."""
    found = {person.name: person for person in _list_known(atlas.whole)}
    for match in _load_person().finditer(atlas.whole):
        name, last = match["name"], match["name"].split()[-1]
        is_told = any(last in one.forms and len(one.name) >= len(name) for one in found.values())
        if len(found) >= MOST_NAMES or is_told or _is_other(name, atlas):
            continue
        forms = dict.fromkeys((name, last) if len(last) >= SHORTEST else (name,))
        found[name] = Person(name, tuple(forms), find_hindi_home(atlas, match), match["role"])
    return tuple(found.values())


def _list_known(text: str) -> Iterator[Person]:
    people = load_lexicon("names")["people"]
    forms: dict[str, dict[str, None]] = {}
    for written in (text[start:end] for start, end in find_spellings(text)):
        forms.setdefault(people[written], {})[written] = None
    for name, used in forms.items():
        yield Person(name, tuple(used), find_home(name), "")


def _is_other(name: str, atlas: Atlas) -> bool:
    """Whether the words are a place's, or somebody's who is known already."""
    return bool(find_people(name) or find_places(name) or name in atlas.realms)


@cache
def _load_person() -> re.Pattern[str]:
    table = load_lexicon("offices")["hi"]
    rank = rf"(?:{one_of(table['rank'])}\s+)*"
    part = rf"(?!{one_of(table['not_name'])}(?!{LETTER})){_WORD}"
    name = rf"(?P<name>{part}(?:\s{part}){{0,2}})"
    return re.compile(rf"(?<!{LETTER})(?P<role>{load_hindi_office()})\s+{rank}{name}")
