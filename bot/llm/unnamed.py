"""what sentences say of visits → the same, with whom they call by office alone under his name."""

from collections.abc import Mapping, Sequence

from bot.llm.seeing import Sighting
from bot.llm.travel import Scene
from bot.text.people import Person

_GENERAL = frozenset(
    {"leader", "head of government", "head of state", "counterpart", "monarch", "ruler", "guest"}
)
"""Words for whoever holds an office; a language without them keeps what it has."""

Groups = Mapping[tuple[str, str], Sequence[Sighting]]


def name_unnamed(groups: Groups, scene: Scene) -> dict[tuple[str, str], list[Sighting]]:
    """Join "the Swedish leader" to the one Swede whom the article names as going there too."""
    people = {person.name: person for person in scene.cast.everybody}
    named = [key for key in groups if (one := people.get(key[0])) and one.forms]
    joined: dict[tuple[str, str], list[Sighting]] = {}
    for (visitor, country), seen in groups.items():
        person = people.get(visitor)
        same = [key for key in named if key[1] == country and _is_same(person, people[key[0]])]
        key = same[0] if len(same) == 1 else (visitor, country)
        told = [one._replace(trip=one.trip._replace(visitor=key[0])) for one in seen]
        joined.setdefault(key, []).extend(told)
    return {key: sorted(seen, key=lambda one: one.number) for key, seen in joined.items()}


def _is_same(unnamed: Person | None, named: Person) -> bool:
    """Whether the two can be one: neither their homes nor their offices differ."""
    if unnamed is None or unnamed.forms or named.home not in (None, unnamed.home):
        return False
    office = unnamed.role.lower()
    return not named.role or office in _GENERAL or office in named.role or named.role in office
