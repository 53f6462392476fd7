"""text × people in office → where it speaks of them by name, and who can hold which office."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from bot.text.occurrences import Taken, find_word
from bot.text.offices import NEAR, Offices

TITLE = 70
"""Characters between an office and the name of its holder."""
ASIDE = 60
"""Characters between a name and the office that follows it."""
_REACH = 2 * NEAR
"""Characters before an office in which a phrase that holds it can begin."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in office: the fullest name, the forms used of it, the country, the offices.

    One whom the article does not name bears the words of the office as name and no forms.
    """

    name: str
    forms: tuple[str, ...]
    home: str | None
    role: str


class Seen(NamedTuple):
    """Where a text speaks of a person; the office before a name belongs to it."""

    start: int
    end: int
    person: Person


def find_named(text: str, people: Iterable[Person], offices: Offices | None) -> tuple[Seen, ...]:
    """Return where the text names the people, in order; of forms that overlap the longest.

    Without ``offices`` a name begins with itself: in Hindi.
    """
    forms = [(form, person) for person in people for form in person.forms if form in text]
    taken = Taken(text)
    found = [
        Seen(_find_start(text, start, offices), end, person)
        for form, person in sorted(forms, key=lambda pair: len(pair[0]), reverse=True)
        for start, end in find_word(text, form)
        if taken.take(start, end)
    ]
    return tuple(sorted(found, key=lambda seen: seen[:2]))


def _find_start(text: str, start: int, offices: Offices | None) -> int:
    """Where the name begins with the office before it: ``la présidente du Merawi, X``."""
    at = max(0, start - NEAR)
    found = offices.find_before(text[at:start]) if offices else None
    return at + found.start() if found else start


def is_by_name(text: str, office: re.Match[str], named: Sequence[Seen], offices: Offices) -> bool:
    """Tell whether the name of its holder stands before or after an office.

    ``named`` are the people whom the text names, in order.
    """
    return any(_is_holder(text, office, seen, offices) for seen in _list_near(office, named))


def _list_near(office: re.Match[str], named: Sequence[Seen]) -> Iterator[Seen]:
    first = bisect_left(named, office.start() - _REACH, key=attrgetter("start"))
    for seen in named[first:]:
        if seen.start >= office.end() + TITLE:
            return
        yield seen


def _is_holder(text: str, office: re.Match[str], seen: Seen, offices: Offices) -> bool:
    if seen.start <= office.start() < seen.end:
        return True
    gap = seen.start - office.end()
    if gap >= 0:
        return bool(offices.filler.fullmatch(text, office.end(), seen.start))
    aside = office.start() - seen.end
    return 0 <= aside < ASIDE and bool(offices.apposition.fullmatch(text, seen.end, office.start()))


_SHORT = {"pm": "prime minister", "premier": "prime minister", "pontiff": "pope"}
"""Other words for an office, as headlines have them."""


def find_holder(people: Iterable[Person], office: str, home: str | None) -> Person | None:
    """Return the one person who can hold that office, of that country if one is told."""
    words = _SHORT.get(office.lower(), office.lower())
    words = "foreign" if words.endswith(" diplomacy") else words
    holders = {
        person
        for person in people
        if (words in person.role or (home and person.home == home and not person.role))
        and (home is None or person.home in (home, None))
    }
    exact = {person for person in holders if words in person.role}
    at_home = {person for person in exact if home and person.home == home}
    chosen = at_home or exact or holders
    return chosen.pop() if len(chosen) == 1 else None
