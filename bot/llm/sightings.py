"""sentence × scene → what each sentence says of each visit, by visitor and country."""

from dataclasses import replace
from typing import NamedTuple

from bot.llm.seeing import (
    Sighting,
    add_lead,
    date_by,
    forget_past,
    is_background,
    list_naming,
    see,
)
from bot.llm.travel import Scene, Trip, is_denied
from bot.llm.travellers import list_movers, list_subjects
from bot.llm.trips import Back, find_back, find_loose, read_trips
from bot.model import AHEAD, OFF, RANK, Article, Precision, Sentence
from bot.text.dates import span
from bot.text.people import Person
from bot.text.spots import Spot
from bot.text.visitdates import is_heading

NEARBY = 8
"""So many sentences later "the visit" still is the one told last."""
SOON = 3
"""So many sentences after a trip is denied another may tell that it was put off."""
REACH = 6
"""So many sentences a heading stands over."""


class _Loose(NamedTuple):
    """A sentence with a visitor who goes nowhere, and the heading that it stands under."""

    sentence: Sentence
    trip: Trip
    heading: Sentence | None
    here: Spot | None


class Log:
    """What the sentences told so far: ``groups`` by visitor and country, ``last`` the last trip."""

    def __init__(self, article: Article, head: Trip | None) -> None:
        self.groups: dict[tuple[str, str], list[Sighting]] = {}
        self.last = head
        self._article = article
        self._loose: list[_Loose] = []
        self._heading: Sentence | None = None
        self._told_at = 0
        self._denied: tuple[int, Trip] | None = None

    def add(self, sentence: Sentence, scene: Scene) -> None:
        """Take in the next sentence."""
        trips = read_trips(sentence.text, scene)
        joined = self._find_companion(sentence, scene)
        if joined:
            self._note(joined, None)
        for trip in trips:
            seen = see(sentence, trip, self._article)
            if not is_background(seen, self._article):
                self.last, self._told_at = trip, sentence.number
                self._note(add_lead(seen, scene), self._heading)
        if not trips and not joined:
            self._add_indirect(sentence, scene)
            self._hear_denial(sentence, scene)
        self._heading = self._find_heading(sentence)

    def settle(self, scene: Scene) -> None:
        """Send those who go nowhere to the place that the article is about."""
        for sentence, loose, heading, here in self._loose:
            own = [told for (visitor, _), told in self.groups.items() if visitor == loose.visitor]
            if len(own) == 1 and own[0][0].number != sentence.number:
                self._add_late(sentence, loose, own[0][0].trip)
                continue
            if self.groups and loose.visitor.split()[-1] not in self._article.title:
                continue
            person = next(one for one in scene.cast.everybody if one.name == loose.visitor)
            spot, lead = self._find_destination(person, here, scene)
            if spot:
                trip = loose._replace(spot=replace(spot, start=loose.at, end=loose.at))
                seen = see(sentence, trip, self._article)
                self._note(seen._replace(lead=lead), heading)

    def _add_late(self, sentence: Sentence, loose: Trip, told: Trip) -> None:
        """``She arrives on Sunday``, before the sentence that tells where."""
        spot = replace(told.spot, start=loose.at, end=loose.at)
        seen = see(sentence, loose._replace(spot=spot), self._article)
        days = span(seen.dates)
        if seen.status in AHEAD and days and days[1] >= self._article.published_on:
            self._note(seen._replace(is_direct=False), None)

    def _hear_denial(self, sentence: Sentence, scene: Scene) -> None:
        """``She will not come to Oslo``: the next sentence may tell that the trip was put off."""
        if not scene.words.denied.search(sentence.text):
            return
        denied = read_trips(sentence.text, replace(scene, hears_denials=False))
        if denied and not any(key[0] == denied[0].visitor for key in self.groups):
            self._denied = (sentence.number, denied[0])

    def _add_indirect(self, sentence: Sentence, scene: Scene) -> None:
        """A sentence that names no place adds to the visit that was told last, or waits for one."""
        loose = find_loose(sentence.text, scene)
        if loose and not any(visitor == loose.visitor for visitor, _ in self.groups):
            self._loose.append(_Loose(sentence, loose, self._heading, scene.here))
            return
        told = Back(loose.visitor, loose.at) if loose else None  # "Ruiz will now go in June"
        back = find_back(sentence.text, scene) or told
        if back and self._note_undone(sentence, back):
            return
        is_near = sentence.number - self._told_at <= NEARBY
        if self.last and is_near and back and back.visitor in (None, self.last.visitor):
            spot = replace(self.last.spot, start=back.at, end=back.at)
            seen = see(sentence, self.last._replace(spot=spot, at=back.at), self._article)
            is_sure = back.visitor is not None or len(self.groups) < 2
            self._note(seen._replace(is_direct=False, is_sure=is_sure), None)

    def _note_undone(self, sentence: Sentence, back: Back) -> bool:
        """Whether the sentence tells that the trip that was just denied is off."""
        if self._denied is None or sentence.number - self._denied[0] > SOON:
            return False
        number, trip = self._denied
        spot = replace(trip.spot, start=back.at, end=back.at)
        seen = see(sentence, trip._replace(spot=spot, at=back.at), self._article)
        is_off = seen.status in OFF and back.visitor in (None, trip.visitor)
        if is_off:
            self._note(seen._replace(lead=number), None)
        return is_off

    def _find_companion(self, sentence: Sentence, scene: Scene) -> Sighting | None:
        """``Otto Berg, who will go with her``: somebody more on the trip that was told last."""
        found = scene.words.companion.search(sentence.text)
        is_near = sentence.number - self._told_at <= NEARBY
        if (
            not (found and self.last and is_near)
            or self._is_off()
            or is_denied(sentence.text, found.start(), scene)
        ):
            return None
        home = self.last.spot.country
        people = list_subjects(
            sentence.text, found.start(), list_movers(sentence.text, scene), scene
        )
        others = [one for one in people if one.name != self.last.visitor and one.home != home]
        if not others:
            return None
        spot = replace(self.last.spot, start=found.start(), end=found.end())
        trip = Trip(others[0].name, spot, found.start(), len(sentence.text))
        return self._date_alike(see(sentence, trip, self._article))

    def _is_off(self) -> bool:
        told = self.groups.get((self.last.visitor, self.last.spot.country), []) if self.last else ()
        return not told or any(one.status in OFF for one in told)

    def _date_alike(self, seen: Sighting) -> Sighting:
        """The sighting as sure and, without a date of its own, at the time of the last trip."""
        assert self.last
        told = self.groups.get((self.last.visitor, self.last.spot.country), [])
        status = min((seen.status, *(one.status for one in told)), key=RANK.__getitem__)
        seen = seen._replace(lead=self._told_at, status=status)
        dated = min(
            (one for one in told if one.date_text),
            key=lambda one: list(Precision).index(one.dates.precision),
            default=None,
        )
        if seen.date_text or dated is None:
            return seen
        by = dated.dated_by or dated.number
        return seen._replace(dates=dated.dates, date_text=dated.date_text, dated_by=by)

    def _note(self, seen: Sighting, heading: Sentence | None) -> None:
        seen = forget_past(seen, self._article)
        if heading and not seen.date_text:
            seen = date_by(heading, seen, self._article)
        self.groups.setdefault((seen.trip.visitor, seen.trip.spot.country), []).append(seen)

    def _find_heading(self, sentence: Sentence) -> Sentence | None:
        """The line that stands over the sentences after this one."""
        if is_heading(sentence.text, self._article.language):
            return sentence
        known = self._heading
        return known if known and sentence.number <= known.number + REACH else None

    def _find_destination(
        self, person: Person, here: Spot | None, scene: Scene
    ) -> tuple[Spot | None, int]:
        """Where the headline or the dateline is, with a sentence that names the country."""
        candidates = (here, scene.here if self.last is None else self.last.spot, scene.own)
        spot = next((one for one in candidates if one and one.country != person.home), None)
        if spot is None or not spot.country:
            return None, 0
        named = list_naming(spot.country, scene)
        return (spot, named[0]) if named else (None, 0)
