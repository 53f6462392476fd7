"""sentence × scene → who is received where: ``Norway will host X``, ``X was welcomed by Y``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.llm.travel import Scene, Trip, is_denied
from bot.llm.travellers import list_movers
from bot.text.groups import find_group
from bot.text.spots import Spot

LEADING = 30
"""Characters before a place in which a word that leads there stands."""
BEYOND = 30
"""Characters after a person in which a place still belongs to the office: ``Minister X of Y``."""
FEW = 3
"""With fewer people in a sentence one without a country can be the guest."""


class _Hosting(NamedTuple):
    """A sentence with a word of hosting; ``is_passive`` if its subject is received."""

    text: str
    start: int
    end: int
    is_passive: bool
    scene: Scene


def read_hosting(text: str, scene: Scene) -> Iterator[Trip]:
    """Yield the trip of ``<country> … host … <guest>`` or ``<guest> … be received by <host>``."""
    for pattern, is_passive in ((scene.words.hosted, True), (scene.words.host, False)):
        for match in pattern.finditer(text):
            if not is_denied(text, match.start(), scene):
                yield from _read_host(_Hosting(text, *match.span(), is_passive, scene))
                return


def _read_host(told: _Hosting) -> Iterator[Trip]:
    spots = told.scene.atlas.find(told.text)
    for spot in _list_hosts(told, spots):
        visitor = (
            find_group(told.text, spot.country)
            or _find_named_last(told, spot)
            or _find_guest(told, spot)
        )
        if visitor:
            yield Trip(visitor, _add_city(spot, spots), told.start, len(told.text))
            return


def _find_named_last(told: _Hosting, spot: Spot) -> str | None:
    """``will receive him``, ``donde la recibirá``: whom the text spoke of last."""
    text, last, words = told.text, told.scene.last, told.scene.words
    if told.is_passive or last is None or last.home == spot.country:
        return None
    is_him = any(
        text.startswith(f"{one} ", told.end) if one[0] == " " else text.endswith(one, 0, told.start)
        for one in words.guest
    )
    return last.name if is_him else None


def _find_guest(told: _Hosting, spot: Spot) -> str | None:
    """Whoever stands on the other side of the word, and is no countryman of the host."""
    count = len(told.scene.cast.find(told.text))
    guests = (
        one.person.name
        for one in list_movers(told.text, told.scene)
        if (told.scene.is_verb_last or (one.start < told.start) == told.is_passive)
        and one.person.home != spot.country
        and (one.person.home or told.is_passive or count < FEW)
    )
    return next(guests, None)


def _list_hosts(told: _Hosting, spots: Sequence[Spot]) -> list[Spot]:
    """Where the guest can be received, likeliest first.

    A city that the sentence leads to, the host's own country, any place that it leads to, one on
    the host's side of the word, and at last the country that the article speaks from.
    """
    first, last = (told.end, len(told.text)) if told.is_passive else (0, told.start)
    reached = [spot for spot in spots if _is_reached(told, spot)]
    homes = [
        Spot(one.person.home, None, one.start, one.end)
        for one in told.scene.cast.find(told.text)
        if one.person.home and first <= one.start < last
    ]
    named = [spot for spot in spots if first <= spot.start < last]
    own = [told.scene.own] if told.scene.own and not told.is_passive else []
    return [*(spot for spot in reached if spot.city), *homes, *reached, *named, *own]


def _is_reached(told: _Hosting, spot: Spot) -> bool:
    """Whether the words after hosting lead to the place, and it is no part of an office."""
    if spot.is_people or spot.start < told.end:
        return False
    before = told.text[max(0, spot.start - LEADING) : spot.start]
    seen = told.scene.cast.find(told.text)
    is_office = any(
        one.start <= spot.start < one.end + BEYOND and one.end > spot.end for one in seen
    )
    return bool(told.scene.words.towards.search(before)) and not is_office


def _add_city(spot: Spot, spots: Sequence[Spot]) -> Spot:
    """The spot with the city that the sentence names in that country."""
    cities = (one.city for one in spots if one.country == spot.country and one.city)
    return replace(spot, city=spot.city or next(cities, None))
