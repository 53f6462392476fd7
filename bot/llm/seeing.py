"""sentence × trip → what the sentence says of it: how sure it is, and when it is."""

from datetime import timedelta
from typing import NamedTuple

from bot.llm.travel import Scene, Trip, load_words
from bot.model import (
    AHEAD,
    BEGUN,
    EXPECTED,
    Article,
    Precision,
    Sentence,
    VisitDates,
    VisitStatus,
)
from bot.text.dates import find_dates, resolve_dates, span
from bot.text.stays import is_long_over, is_of_stay, resolve_stay
from bot.text.staywords import load_stay_words
from bot.text.visitstates import visit_status

RECENT = timedelta(days=21)
"""What was over longer ago is told as background."""


class Sighting(NamedTuple):
    """One sentence's word on a visit.

    ``is_direct`` says that the sentence names visitor and place itself, ``is_sure`` that no other
    visit can be meant. ``lead`` is the number of the sentence that names the place for it, and
    ``dated_by`` of the heading that gives the date; 0 for none. ``is_new`` marks a date that is
    told as the new one: ``She will now go in June``.
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
    is_new: bool = False


def see(sentence: Sentence, trip: Trip, article: Article) -> Sighting:
    """What the sentence says of the trip: how sure it is, and when."""
    text, language = sentence.text, article.language
    at = trip.spot.start or trip.at
    dates = resolve_stay(text, article.published_on, language, at)
    status = _read_status(text, language, at)
    is_new = status in EXPECTED and bool(load_stay_words(language).newly.search(text))
    words = _find_words(dates, text, article)
    return Sighting(sentence.number, trip, status, dates, words, is_new=is_new)


def list_naming(country: str, scene: Scene) -> list[int]:
    """The numbers of the sentences that name the country as a place."""
    return [
        sentence.number
        for sentence in scene.article.sentences
        if any(
            one.country == country and not one.is_people for one in scene.atlas.find(sentence.text)
        )
    ]


def add_lead(seen: Sighting, scene: Scene) -> Sighting:
    """The sighting with the sentence that says what "the country" is, if its own does not."""
    if scene.here is None or seen.trip.spot.country != scene.here.country:
        return seen
    named = list_naming(seen.trip.spot.country, scene)
    if not named or seen.number in named:
        return seen
    return seen._replace(lead=max((one for one in named if one < seen.number), default=named[0]))


def is_background(seen: Sighting, article: Article) -> bool:
    """Whether the trip was over so long before the article that it is no news."""
    days = span(seen.dates)
    gone = article.published_on - days[1] if days else timedelta()
    is_coarse = seen.dates.precision is not Precision.DAY and gone > timedelta()
    is_over = seen.status in BEGUN and (gone > RECENT or is_coarse)
    return is_over or is_long_over(seen.dates, article.published_on)


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


def forget_past(seen: Sighting, article: Article) -> Sighting:
    """The sighting without a date that is over, if its trip is ahead."""
    known = span(seen.dates)
    if known and known[1] < article.published_on and seen.status in AHEAD:
        return seen._replace(dates=VisitDates(), date_text="")
    return seen


def date_by(heading: Sentence, seen: Sighting, article: Article) -> Sighting:
    """The sighting with the date of the heading that its sentence stands under."""
    words = find_dates(heading.text, article.language)[0].text
    told = resolve_dates(words, article.published_on, article.language)
    days, status = span(told), seen.status
    if status is VisitStatus.UNDERWAY and days and days[0] > article.published_on:
        status = VisitStatus.CONFIRMED  # a diary: who is there then
    return seen._replace(dates=told, date_text=words, dated_by=heading.number, status=status)
