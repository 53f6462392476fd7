"""sentence × scene → what each sentence says of each visit, by visitor and country."""

from dataclasses import replace
from typing import NamedTuple

from bot.llm.travel import Scene, Trip, load_words
from bot.llm.trips import find_back, find_loose, read_trips
from bot.model import AHEAD, Article, Sentence, VisitDates, VisitStatus
from bot.text.dates import find_dates, resolve_dates, span
from bot.text.people import Person
from bot.text.spots import Spot
from bot.text.stays import is_long_over, is_of_stay, resolve_stay
from bot.text.visitdates import is_heading
from bot.text.visitstates import visit_status

NEARBY = 8
"""So many sentences later "the visit" still is the one told last."""
REACH = 6
"""So many sentences a heading stands over."""


class Sighting(NamedTuple):
    """One sentence's word on a visit.

    ``is_direct`` says that the sentence names visitor and place itself, ``is_sure`` that no other
    visit can be meant. ``lead`` is the number of the sentence that names the place for it, and
    ``dated_by`` of the heading that gives the date; 0 for none.
    """

    number: int
    trip: Trip
    status: VisitStatus
    dates: VisitDates
    date_text: str
    is_direct: bool = True
    is_sure: bool = True
    lead: int = 0
    dated_by: int = 0


class _Loose(NamedTuple):
    """A sentence with a visitor who goes nowhere, and the heading that it stands under."""

    sentence: Sentence
    trip: Trip
    heading: Sentence | None


class Log:
    """What the sentences told so far: ``groups`` by visitor and country, ``last`` the last trip."""

    def __init__(self, article: Article, head: Trip | None) -> None:
        self.groups: dict[tuple[str, str], list[Sighting]] = {}
        self.last = head
        self._article = article
        self._loose: list[_Loose] = []
        self._heading: Sentence | None = None
        self._told_at = 0

    def add(self, sentence: Sentence, scene: Scene) -> None:
        """Take in the next sentence."""
        trips = read_trips(sentence.text, scene)
        for trip in trips:
            seen = _see(sentence, trip, self._article)
            if not is_long_over(seen.dates, self._article.published_on):
                self.last, self._told_at = trip, sentence.number
                self._note(seen, self._heading)
        if not trips:
            self._add_indirect(sentence, scene)
        self._heading = self._find_heading(sentence)

    def settle(self, scene: Scene) -> None:
        """Send those who go nowhere to the place that the article is about."""
        for sentence, loose, heading in self._loose:
            if self.groups and loose.visitor.split()[-1] not in self._article.title:
                continue
            person = next(one for one in scene.cast.everybody if one.name == loose.visitor)
            spot, lead = self._find_destination(person, scene)
            if spot:
                trip = loose._replace(spot=replace(spot, start=loose.at, end=loose.at))
                seen = _see(sentence, trip, self._article)
                self._note(seen._replace(lead=lead), heading)

    def _add_indirect(self, sentence: Sentence, scene: Scene) -> None:
        """A sentence that names no place adds to the visit that was told last, or waits for one."""
        loose = find_loose(sentence.text, scene)
        if loose and not any(visitor == loose.visitor for visitor, _ in self.groups):
            self._loose.append(_Loose(sentence, loose, self._heading))
            return
        back = find_back(sentence.text, scene)
        is_near = sentence.number - self._told_at <= NEARBY
        if self.last and is_near and back and back.visitor in (None, self.last.visitor):
            spot = replace(self.last.spot, start=back.at, end=back.at)
            seen = _see(sentence, self.last._replace(spot=spot, at=back.at), self._article)
            is_sure = back.visitor is not None or len(self.groups) < 2
            self._note(seen._replace(is_direct=False, is_sure=is_sure), None)

    def _note(self, seen: Sighting, heading: Sentence | None) -> None:
        seen = _forget_past(seen, self._article)
        if heading and not seen.date_text:
            seen = _date_by(heading, seen, self._article)
        self.groups.setdefault((seen.trip.visitor, seen.trip.spot.country), []).append(seen)

    def _find_heading(self, sentence: Sentence) -> Sentence | None:
        """The line that stands over the sentences after this one."""
        if is_heading(sentence.text, self._article.language):
            return sentence
        known = self._heading
        return known if known and sentence.number <= known.number + REACH else None

    def _find_destination(self, person: Person, scene: Scene) -> tuple[Spot | None, int]:
        """Where the headline or the dateline is, with a sentence that names the country."""
        candidates = (scene.here if self.last is None else self.last.spot, scene.own)
        spot = next((one for one in candidates if one and one.country != person.home), None)
        if spot is None or not spot.country:
            return None, 0
        for sentence in self._article.sentences:
            found = scene.atlas.find(sentence.text)
            if any(one.country == spot.country and not one.is_people for one in found):
                return spot, sentence.number
        return None, 0


def _see(sentence: Sentence, trip: Trip, article: Article) -> Sighting:
    """What the sentence says of the trip: how sure it is, and when."""
    text, language = sentence.text, article.language
    at = trip.spot.start or trip.at
    dates = resolve_stay(text, article.published_on, language, at)
    status = _read_status(text, language, at)
    return Sighting(sentence.number, trip, status, dates, _find_words(dates, text, article))


def _read_status(text: str, language: str, at: int) -> VisitStatus:
    """What the sentence says of the visit; a condition makes it possible at most.

    "If the schedule holds" is a hedge, which the cues of planned know already.
    """
    status = visit_status(text, language, at)
    is_conditional = load_words(language).condition.search(text)
    return VisitStatus.POSSIBLE if is_conditional and status is VisitStatus.CONFIRMED else status


def _find_words(stay: VisitDates, text: str, article: Article) -> str:
    """The sentence's own words for the time of the stay; of several dates its first one."""
    language = article.language
    found = [date.text for date in find_dates(text, language)] if stay.start else []
    told = (
        words
        for words in found
        if is_of_stay(resolve_dates(words, article.published_on, language), stay)
    )
    return next(told, found[0] if found else "")


def _forget_past(seen: Sighting, article: Article) -> Sighting:
    """The sighting without a date that is over, if its trip is ahead."""
    known = span(seen.dates)
    if known and known[1] < article.published_on and seen.status in AHEAD:
        return seen._replace(dates=VisitDates(), date_text="")
    return seen


def _date_by(heading: Sentence, seen: Sighting, article: Article) -> Sighting:
    """The sighting with the date of the heading that its sentence stands under."""
    words = find_dates(heading.text, article.language)[0].text
    told = resolve_dates(words, article.published_on, article.language)
    return seen._replace(dates=told, date_text=words, dated_by=heading.number)
