"""people × offices of the lede → whose office it is that the lede speaks of without a name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.text.atlas import Atlas
from bot.text.homes import find_phrase_home
from bot.text.names import find_home, longest_name
from bot.text.offices import load_offices
from bot.text.people import Person, Seen, find_holder, find_named, is_by_name
from bot.text.roster import is_free, list_forms


class _Told(NamedTuple):
    """An office in the lede, and its country."""

    office: re.Match[str]
    home: str | None

    @property
    def role(self) -> str:
        return self.office.group().lower()


def settle_offices(people: Sequence[Person], atlas: Atlas) -> tuple[Person, ...]:
    """Return the people with the offices and countries that the lede tells of without a name."""
    offices = load_offices(atlas.language).office.finditer(atlas.lede)
    told = [_Told(office, find_phrase_home(atlas, office)) for office in offices]
    claimed = _claim(people, told, atlas)
    if claimed is None:
        return tuple(_settle(person, people, told) for person in people)
    left = [one for one in told if one.home != claimed.home]
    others = (person for person in people if person.name != claimed.name)
    return (*(_settle(person, people, left) for person in others), claimed)


def _claim(people: Sequence[Person], told: Sequence[_Told], atlas: Atlas) -> Person | None:
    """The one full name without an office, where the lede has an office without a name."""
    named = find_named(atlas.lede, people, load_offices(atlas.language))
    unclaimed = [one for one in told if not _is_claimed(one, people, named, atlas)]
    if not unclaimed:
        return None
    taken = {form for person in people if person.role for form in person.forms}
    every = list_forms(atlas)
    forms = [name for name in every if name not in taken and is_free(name, atlas)]
    free = {longest_name(name, atlas.whole) for name in forms}
    if len(free) != 1:
        return None
    name = free.pop()
    last = [form for form in every if form == name.split()[-1]]
    known = find_home(name)
    own = [one for one in unclaimed if known is None or one.home in (known, None)]
    if not own:
        return None
    home = known or next((one.home for one in own if one.home), None)
    role = " ".join(one.role for one in own)
    return Person(name, tuple(dict.fromkeys((name, *forms, *last))), home, role)


def _is_claimed(told: _Told, people: Sequence[Person], named: Sequence[Seen], atlas: Atlas) -> bool:
    """Whether its holder's name stands beside it, or somebody named is known to hold it."""
    if is_by_name(atlas.lede, told.office, named, load_offices(atlas.language)):
        return True
    holder = find_holder(people, told.office.group(), told.home)
    return holder is not None and holder.home == told.home


def _settle(person: Person, people: Sequence[Person], told: Sequence[_Told]) -> Person:
    """Give a person without country the one whose same office the lede speaks of."""
    if person.home or not person.role:
        return person
    taken = {other.home for other in people if other is not person and other.role}
    homes = {one.home for one in told if one.home and one.role in person.role} - taken
    return replace(person, home=homes.pop()) if len(homes) == 1 else person
