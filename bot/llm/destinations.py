"""sentence × scene → the places that it leads somebody to, known or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.llm.travel import Scene
from bot.text.lexicon import LETTER, compile_words, load_lexicon
from bot.text.names import get_country
from bot.text.people import Seen
from bot.text.spots import Spot

STEP = 8
"""Characters between "returned from" and the place, in which an article may stand."""
SOON = 70
"""Characters before a name in which a word of a trip leads there."""
OFFICE = 30
"""Characters between a country and the office that it owns."""
BESIDE = 25
"""Characters between a city that no list has and its country."""
_JOINED = re.compile(
    r"(?:\s(?:on |le |el )?(?:\d{1,2} )?[^\W\d]{3,}(?: \d{1,2})?)??"  # "on Monday and"
    r"\s*(?:,|,? and|,? et|,? y|,? e|और|तथा|,? then(?: to)?|,? puis|,? luego)\s*"
    r"(?:(?:on )?to |then |in |à |au |aux |en |a |al |the |la |le |l['’]|les |el |los )*",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(rf"[A-ZÀ-Þ]{LETTER}+(?:[\s-](?:[A-ZÀ-Þ]{LETTER}+|de|la|el|al))*")
_OWNS = re.compile(r"['’]s?\s")
_PART = re.compile(r"[;:—–]")


def list_destinations(text: str, scene: Scene) -> list[Spot]:
    """Return the places the sentence leads to, in order, each country once.

    ``country`` is empty for a city that no list has. In Hindi every place is one.
    """
    seen = scene.cast.find(text)
    named = [spot for spot in scene.atlas.find(text) if not spot.is_people]
    every = [*named, *_list_unknown(text, named, seen, scene), *_list_here(text, scene)]
    reached: list[Spot] = []
    for spot in sorted(every, key=lambda one: one.start):
        if any(one.start <= spot.start < one.end for one in seen):
            continue  # "the emir of Qasira" is a person
        if _is_home_of(text, spot, seen) or scene.words.not_there.search(text[: spot.start]):
            continue
        is_listed = bool(reached) and bool(_JOINED.fullmatch(text, reached[-1].end, spot.start))
        if is_listed or _is_reached(text, spot, scene):
            reached.append(spot)
    return _join_spots(reached)


def _is_reached(text: str, spot: Spot, scene: Scene) -> bool:
    """Whether the words before a place lead there, or those after it make it a trip."""
    words = scene.words
    if scene.is_verb_last or words.cohost.search(text):
        return True
    if words.noun.match(text[spot.end :].lstrip(" -")):
        return True
    if words.towards.search(text[max(0, spot.start - 40) : spot.start]):
        return True
    ends = (match.end() for match in words.go.finditer(text, 0, spot.start))
    return any(spot.start - end <= STEP for end in ends)


def _is_home_of(text: str, spot: Spot, seen: Sequence[Seen]) -> bool:
    """Whether it only says whose office follows: ``a visit by Peru's president``."""
    owns = _OWNS.match(text, spot.end)
    return bool(owns) and any(
        one.person.home == spot.country and 0 <= one.start - spot.end <= OFFICE for one in seen
    )


def _join_spots(reached: Sequence[Spot]) -> list[Spot]:
    """Each country once, with its city; a city that no list has is in the country named."""
    found: dict[str, Spot] = {}
    for spot in reached:
        key = spot.country or f"?{spot.city}"
        known = found.setdefault(key, spot)
        if known.city is None and spot.city:
            found[key] = replace(known, city=spot.city)
    unknown = [spot for spot in found.values() if not spot.country]
    named = [spot for spot in found.values() if spot.country]
    if unknown and len(named) == 1 and named[0].city is None:
        gap = named[0].start - unknown[0].end
        if 0 <= gap < BESIDE:
            return [replace(named[0], city=unknown[0].city)]
    return sorted((*named, *unknown), key=lambda spot: spot.start)


def _list_here(text: str, scene: Scene) -> Iterator[Spot]:
    """``the port city``, ``the capital``: the place that the text speaks of already."""
    if scene.here:
        for match in scene.words.here.finditer(text):
            if not text.startswith(" of ", match.end()):
                yield Spot(scene.here.country, scene.here.city, match.start(), match.end())


def _list_unknown(
    text: str, known: Sequence[Spot], seen: Sequence[Seen], scene: Scene
) -> Iterator[Spot]:
    """Names that no list has where a place must stand: ``se rendra à Karsk``."""
    if scene.is_verb_last:
        return
    names, no_place = scene.atlas.names, _load_no_place()
    taken = [(one.start, one.end) for one in known] + [(one.start, one.end) for one in seen]
    for match in _UNKNOWN.finditer(text):
        name, (start, end) = match.group(), match.span()
        is_taken = any(first < end and start < last for first, last in taken)
        if is_taken or name not in names or no_place.search(name) or get_country(name):
            continue
        is_listed = any(_JOINED.fullmatch(text, spot.end, start) for spot in known)
        if is_listed or _leads_on(text[:start], scene):
            yield Spot("", name, start, end)


def _leads_on(before: str, scene: Scene) -> bool:
    """Whether words of a trip, soon before, and then a word of direction stand before a name."""
    near, words = before[-SOON:], scene.words
    if not words.direction.search(near):
        return False
    part = _PART.split(near)[-1]
    return any(kind.search(part) for kind in (words.go, words.noun, words.stay))


@cache
def _load_no_place() -> re.Pattern[str]:
    """With their capitals, unlike other words: "at home" is no name."""
    return re.compile(compile_words(load_lexicon("travel")["names"]["no_place"]).pattern)
