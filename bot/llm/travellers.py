"""sentence × word of a trip × place → whom the sentence sends there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.llm.travel import NEAR, Scene, Trigger
from bot.text.people import Person, Seen
from bot.text.spots import Spot

OPENING = 20
"""Characters before a word of a trip that opens its sentence: ``On a visit to Baku, X …``."""
NAMED = 60
"""Characters from a noun of visit to the visitor whom it names."""
_AND = re.compile(
    r"(?:,\s[^,]{2,60},)?\s*(?:,|,? and|,? et|,? y|और)\s(?:[^,.;]{0,60}\s)?", re.IGNORECASE
)
_BY = re.compile(r"(?:\sto\s[^,.;]{2,40})?\sby\s(?:[^\s,.;]+\s){0,4}")
"""Between "a visit" and its visitor: ``to Norway by Peru's``."""
_INVITED = re.compile(r"\s+को(?=\s)")


class _Telling(NamedTuple):
    """A sentence that joins a place to a word of a trip, and who can be meant by it."""

    text: str
    trigger: Trigger
    spot: Spot
    guests: tuple[Seen, ...]
    scene: Scene

    @property
    def begin(self) -> int:
        """Where the words of the trip begin; in Hindi the place stands before its verb."""
        start = self.trigger.start
        return min(start, self.spot.start) if self.scene.is_verb_last else start

    @property
    def is_meeting(self) -> bool:
        """Whether it is only a trip if the place is abroad: ``meet``."""
        return self.trigger.kind == "meet"


def find_travellers(text: str, trigger: Trigger, spot: Spot, scene: Scene) -> list[Person]:
    """Return whoever the sentence sends there, by the surest sign that it has.

    Nobody travels to the country whose office he holds, and whoever only sends word stays.
    """
    guests = tuple(one for one in list_movers(text, scene) if one.person.home != spot.country)
    if trigger.kind == "meet":
        guests = tuple(one for one in guests if one.person.home)
    told = _Telling(text, trigger, spot, guests, scene)
    signs = (
        _list_owners,
        _list_held,
        _list_invited,
        _list_before,
        _list_named_after,
        _list_last,
        _list_between,
        _list_after,
    )
    return next((people for sign in signs if (people := sign(told))), [])


def list_movers(text: str, scene: Scene) -> list[Seen]:
    """Return the people of whom the sentence speaks, but those whose letter or son it is."""
    proxy = scene.words.proxy
    return [
        one
        for one in scene.cast.find(text)
        if not proxy.search(text[max(0, one.start - NEAR) : one.start])
    ]


def list_subjects(text: str, end: int, guests: Sequence[Seen], scene: Scene) -> list[Person]:
    """Return the person spoken of last before ``end``, with whoever is joined by and."""
    inviter = scene.words.inviter
    before = [
        one
        for one in guests
        if one.end <= end and not inviter.search(text[max(0, one.start - NEAR) : one.start])
    ]
    if not before or _only_says(text[before[-1].end : end], scene):
        return []
    chosen, start = [before[-1].person], before[-1].start
    for one in reversed(before[:-1]):
        if one.person not in chosen and _AND.fullmatch(text, one.end, start):
            chosen.append(one.person)
            start = one.start
    return chosen


def _only_says(gap: str, scene: Scene) -> bool:
    """``X said NATO's next exercise would be in``: what he says is not of himself."""
    says = list(scene.words.says.finditer(gap))
    rest = gap[says[-1].end() :] if says else ""
    return bool(says) and "," not in rest and not scene.words.pronoun.search(rest)


def _list_owners(told: _Telling) -> list[Person]:
    """``the visit of X and Y``, before all others."""
    return _list_named_after(told) if told.trigger.kind == "noun" else []


def _list_held(told: _Telling) -> list[Person]:
    """``invited X to``, ``takes X to``, and with the subject ``accompanies X to``."""
    start, end = told.trigger.start, told.trigger.end
    held = [one.person for one in told.guests if start < one.start < end]
    is_along = told.trigger.kind == "along"
    return list(dict.fromkeys((*(_list_before(told) if is_along else ()), *held)))


def _list_invited(told: _Telling) -> list[Person]:
    """In Hindi: ``X को … न्योता``."""
    if not told.scene.words.invites.search(told.text):
        return []
    return [one.person for one in told.guests if _INVITED.match(told.text, one.end)][:1]


def _list_before(told: _Telling) -> list[Person]:
    """``X will visit``."""
    return list_subjects(told.text, told.begin, told.guests, told.scene)


def _list_named_after(told: _Telling) -> list[Person]:
    """``the visit of X and Y``: whom the word of the trip names after itself."""
    if told.is_meeting:
        return []
    return list_owners(told.text, told.trigger.end, told.guests, told.scene)


def list_owners(text: str, after: int, guests: Sequence[Seen], scene: Scene) -> list[Person]:
    """Return whose the trip is by the words after its own: ``by X and Y``."""
    words = scene.words
    found: list[Seen] = []
    for one in guests:
        if found:
            if not _AND.fullmatch(text, found[-1].end, one.start):
                break
            found.append(one)
        elif 0 <= one.start - after < NAMED:
            gap = text[after : one.start]
            is_inviter = words.inviter.search(text[max(0, one.start - NEAR) : one.start])
            if _BY.fullmatch(gap) or (words.by.search(gap) and not is_inviter):
                found.append(one)
    return list(dict.fromkeys(one.person for one in found))


def _list_last(told: _Telling) -> list[Person]:
    """``she will visit``: whom the text spoke of last."""
    last, scene = told.scene.last, told.scene
    if last is None or last.home == told.spot.country:
        return []
    end = max(told.begin, told.spot.start) if scene.is_verb_last else told.begin
    pronouns = scene.words.pronoun.finditer(told.text, 0, end)
    is_meant = any(not scene.words.kin.match(told.text, one.end() + 1) for one in pronouns)
    return [last] if is_meant else []


def _list_between(told: _Telling) -> list[Person]:
    """``Arriving with X in Oslo``: who stands between the word of the trip and the place."""
    if told.is_meeting:
        return []
    between = [one for one in told.guests if told.begin <= one.start < told.spot.start]
    return [one.person for one in between[:1]]


def _list_after(told: _Telling) -> list[Person]:
    """``On a visit to Baku, X …``: who follows a word of a trip that opens the sentence."""
    if told.is_meeting or told.trigger.start >= OPENING:
        return []
    text, inviter = told.text, told.scene.words.inviter
    after = [one for one in told.guests if one.start >= told.spot.end][:1]
    return [one.person for one in after if not inviter.search(text[one.start - NEAR : one.start])]
