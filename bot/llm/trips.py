"""sentence × scene → who goes where, and the word that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.llm.destinations import list_destinations
from bot.llm.hosting import read_hosting
from bot.llm.travel import Scene, Trigger, Trip, is_denied, list_triggers
from bot.llm.travellers import find_travellers, list_movers, list_owners, list_subjects
from bot.text.dates import find_duration
from bot.text.groups import find_group
from bot.text.people import Person
from bot.text.spots import Spot

LONGEST = 2_000
"""Characters of a sentence that is read; a longer one is no prose."""
_IN = (" in", " at", " en", " à", " au", " aux")
_VATICAN = "Vatican City"
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
        owners = list_owners(text, trigger.end, movers, scene) if trigger.kind == "noun" else []
        people = owners or list_subjects(text, trigger.start, movers, scene)
        if people and not is_denied(text, trigger.start, scene):
            if _names_minor(text, scene):
                return None
            nowhere = Spot("", None, trigger.end, trigger.end)
            return Trip(people[0].name, nowhere, trigger.start, len(text))
    return None


def _names_minor(text: str, scene: Scene) -> bool:
    """Whether it leads to a lesser city, which was told already or is at home."""
    return any(spot.is_minor for spot in list_destinations(text, scene))


def _list_sure_triggers(text: str, scene: Scene) -> list[Trigger]:
    """The words of a trip that need no place, with the one of being received last."""
    every = list_triggers(text, scene.article.language)
    found = [one for one in every if one.kind != "meet" and not _is_in(text, one)]
    found = [one for one in found if not _only_leaves(text, one, every)]
    hosted = scene.words.hosted.search(text)
    return [*found, Trigger(*hosted.span(), "hosted")] if hosted else found


def _is_in(text: str, trigger: Trigger) -> bool:
    """``be in``, after which no place followed: the person is in the stands."""
    return trigger.kind == "stay" and text[: trigger.end].endswith(_IN)


def _read_going(text: str, scene: Scene) -> Iterator[Trip]:
    """``<person> … visit, travel to … <place>``: every country the sentence leads to."""
    triggers = list_triggers(text, scene.article.language)
    spots = list_destinations(text, scene) if triggers else []
    ends = [*(spot.start for spot in spots[1:]), len(text)]
    for spot, until in zip(spots, ends, strict=False):
        trigger = _choose_trigger(triggers, spot)
        if is_denied(text, trigger.start, scene) or _only_leaves(text, trigger, triggers):
            continue
        travellers = find_travellers(text, trigger, spot, scene)
        noun = next((one for one in triggers if one.kind == "noun"), None)
        if trigger.kind == "meet" and not travellers and noun:
            travellers = find_travellers(text, noun, spot, scene)  # "met X there on his visit"
        for person in travellers:
            country = spot.country or scene.atlas.name_country(spot.city or "", person.home)
            trip = Trip(person.name, replace(spot, country=country), trigger.start, until)
            if _is_abroad(trip, person, text, scene):
                yield trip
        is_of_group = trigger.kind != "stay" and not travellers
        if is_of_group and (group := find_group(text, spot.country)):
            yield Trip(group, spot, trigger.start, until)


def _choose_trigger(triggers: Sequence[Trigger], spot: Spot) -> Trigger:
    """The word of a trip nearest before the place; one that only may be a trip comes second."""
    before = [one for one in triggers if one.start < spot.start]
    sure = [one for one in before if one.kind != "meet"]
    return (sure or before)[-1] if before else triggers[0]


def _only_leaves(text: str, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """``left Oslo`` tells of no visit there but beside a word for one: ``after a visit``."""
    is_leaving = text[trigger.start : trigger.end].lower() == "left"
    return is_leaving and all(one.kind != "noun" for one in triggers)


def _is_abroad(trip: Trip, person: Person, text: str, scene: Scene) -> bool:
    """Whether the person is not at home there.

    Of one whose country nobody tells a lesser city is abroad only if the text names another
    country and does not speak from that one; and what he returns to is his home.
    """
    spot, seat = trip.spot, scene.own.country if scene.own else ""
    if spot.country == person.home:
        return False
    if person.home in (None, _VATICAN) and scene.words.homeward.match(text, trip.at):
        return False
    if person.home:
        return True
    is_far = spot.country != seat or find_duration(text, scene.article.language)
    return not spot.is_minor or bool(is_far and scene.atlas.countries - {spot.country})
