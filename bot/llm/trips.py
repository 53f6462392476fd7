"""sentence × scene → who goes where, and the word that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.llm.destinations import list_destinations
from bot.llm.hosting import read_hosting
from bot.llm.travel import Scene, Trigger, Trip, is_denied, list_triggers
from bot.llm.travellers import find_travellers, list_movers, list_subjects
from bot.text.groups import find_group
from bot.text.people import Person
from bot.text.spots import Spot

LONGEST = 2_000
"""Characters of a sentence that is read; a longer one is no prose."""
BEHIND = 40
"""Characters after "the visit" in which its visitor may be named."""


class Back(NamedTuple):
    """A word on a visit that an earlier sentence told: whose, and where it stands."""

    visitor: str | None
    at: int


def read_trips(text: str, scene: Scene) -> tuple[Trip, ...]:
    """Return the trips that one sentence tells of: each visitor and country once."""
    if len(text) > LONGEST:
        return ()
    found: dict[tuple[str, str], Trip] = {}
    for trip in (*read_hosting(text, scene), *_read_going(text, scene)):
        found.setdefault((trip.visitor, trip.spot.country), trip)
    return tuple(found.values())


def find_back(text: str, scene: Scene) -> Back | None:
    """Return the word by which the sentence speaks of a visit told before, if it does."""
    match = scene.words.back.search(text) if len(text) <= LONGEST else None
    if not match or is_denied(text, match.start(), scene):
        return None
    limit = match.end() + BEHIND
    named = (seen.person.name for seen in scene.cast.find(text) if seen.start < limit)
    return Back(next(named, None), match.start())


def find_loose(text: str, scene: Scene) -> Trip | None:
    """Return a visitor and a word of a trip that leads to no place: ``She arrives on Sunday``."""
    if len(text) > LONGEST:
        return None
    movers = list_movers(text, scene)
    for trigger in _list_sure_triggers(text, scene) if movers else ():
        people = list_subjects(text, trigger.start, movers, scene)
        if people and not is_denied(text, trigger.start, scene):
            nowhere = Spot("", None, trigger.end, trigger.end)
            return Trip(people[0].name, nowhere, trigger.start, len(text))
    return None


def _list_sure_triggers(text: str, scene: Scene) -> list[Trigger]:
    """The words of a trip that need no place, with the one of being received last."""
    found = [one for one in list_triggers(text, scene.article.language) if one.kind != "meet"]
    hosted = scene.words.hosted.search(text)
    return [*found, Trigger(*hosted.span(), "hosted")] if hosted else found


def _read_going(text: str, scene: Scene) -> Iterator[Trip]:
    """``<person> … visit, travel to … <place>``: every country the sentence leads to."""
    triggers = list_triggers(text, scene.article.language)
    spots = list_destinations(text, scene) if triggers else []
    ends = [*(spot.start for spot in spots[1:]), len(text)]
    for spot, until in zip(spots, ends, strict=False):
        trigger = _choose_trigger(triggers, spot)
        if is_denied(text, trigger.start, scene):
            continue
        for person in find_travellers(text, trigger, spot, scene):
            country = spot.country or scene.atlas.name_country(spot.city or "", person.home)
            if _is_abroad(country, spot, person, scene):
                yield Trip(person.name, replace(spot, country=country), trigger.start, until)
        if trigger.kind != "stay" and (group := find_group(text, spot.country)):
            yield Trip(group, spot, trigger.start, until)


def _choose_trigger(triggers: Sequence[Trigger], spot: Spot) -> Trigger:
    """The word of a trip nearest before the place; one that only may be a trip comes second."""
    before = [one for one in triggers if one.start < spot.start]
    sure = [one for one in before if one.kind != "meet"]
    return (sure or before)[-1] if before else triggers[0]


def _is_abroad(country: str, spot: Spot, person: Person, scene: Scene) -> bool:
    """Whether the person is not at home there.

    Of one whose country nobody tells a lesser city is abroad only if the text names another
    country.
    """
    if country == person.home:
        return False
    return bool(person.home or not spot.is_minor or scene.atlas.countries - {country})
