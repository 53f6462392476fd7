"""what the sentences say of one visit → one draft of it, in the words of those that say most."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.llm.purposes import find_purpose
from bot.llm.seeing import Sighting
from bot.llm.travel import NEAR, Scene, is_no_news
from bot.model import AHEAD, BEGUN, EXPECTED, OFF, DraftVisit, Precision, VisitDates, VisitStatus
from bot.text.dates import span
from bot.text.staywords import load_stay_words

WEEK = timedelta(days=6)
"""A span of so many days more is a week or so in which something happens some day."""


def join_sightings(sightings: Sequence[Sighting], scene: Scene) -> DraftVisit | None:
    """Return what all the sentences say of one visit; None if none of them tells it by itself."""
    direct = [seen for seen in sightings if seen.is_direct]
    if not direct:
        return None
    main = max(direct, key=lambda seen: (seen.status in OFF, bool(seen.date_text), -seen.number))
    status = _join_status(main, sightings)
    dated = _choose_dated(main, sightings)
    told = next((seen for seen in sightings if seen.status is status), main)
    numbers = [main.number, main.lead, *((dated.number,) if dated else ()), told.number]
    numbers += [main.dated_by, dated.dated_by if dated else 0]
    sentence = scene.article.sentences[main.number - 1].text
    return DraftVisit(
        visitor=main.trip.visitor,
        host=main.trip.spot.country,
        place=_find_place(direct, sightings, scene),
        date_text=dated.date_text if dated else "",
        status=status,
        sentences=tuple(dict.fromkeys(number for number in numbers if number)),
        purpose=find_purpose(sentence, main.trip, scene),
    )


def _join_status(main: Sighting, sightings: Sequence[Sighting]) -> VisitStatus:
    """That it is off, or has begun, counts from any sentence; else the main one's word.

    What is only possible has not begun: the other sentence speaks of another trip.
    """
    if main.status not in AHEAD:
        return main.status
    is_expected = main.status in EXPECTED
    heard = [seen.status for seen in sightings if seen.is_sure and (seen.is_direct or is_expected)]
    states = (*OFF, *reversed(BEGUN)) if is_expected else OFF
    return next((state for state in states if state in heard), main.status)


def _choose_dated(main: Sighting, sightings: Sequence[Sighting]) -> Sighting | None:
    """The main sentence if it gives a date, unless another gives the same more exactly."""
    dated = [seen for seen in sightings if seen.date_text and seen.is_sure]
    if main.status is VisitStatus.POSTPONED:
        dated = [seen for seen in dated if seen.status is main.status or seen.is_new]
    if not main.date_text:
        return min(dated, key=lambda seen: (not seen.is_direct, _width(seen.dates)), default=None)
    same = [seen for seen in dated if _is_within(seen.dates, main.dates)]
    return min(same, key=lambda seen: (_width(seen.dates), seen is not main), default=main)


def _is_within(dates: VisitDates, wider: VisitDates) -> bool:
    inner, outer = span(dates), span(wider)
    return bool(inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1])


def _width(dates: VisitDates) -> timedelta:
    """How much time the dates leave open; a stay of some days is as exact as one day."""
    known = span(dates)
    if not known:
        return timedelta.max
    if dates.precision is Precision.DAY and known[1] - known[0] < WEEK:
        return timedelta()
    return known[1] - known[0]


def _find_place(
    direct: Sequence[Sighting], sightings: Sequence[Sighting], scene: Scene
) -> str | None:
    """The city that the visit's sentences name in that country, or the headline."""
    if told := next((seen.trip.spot.city for seen in direct if seen.trip.spot.city), None):
        return told
    article, country = scene.article, direct[0].trip.spot.country
    sentences = " ".join(article.sentences[seen.number - 1].text for seen in sightings)
    found = (_list_cities(text, country, scene) for text in (sentences, article.title))
    if cities := next((cities for cities in found if cities), None):
        return cities[0]
    every = set(_list_led_to(country, direct[0].trip.visitor, scene))
    return every.pop() if len(every) == 1 else None


def _list_led_to(country: str, visitor: str, scene: Scene) -> Iterator[str]:
    """The cities of the country where news happens: ``In Oslo, she will open a museum``."""
    words, ahead = scene.words, load_stay_words(scene.article.language).future
    for sentence in scene.article.sentences:
        text = sentence.text
        others = (one.person for one in scene.cast.find(text))
        is_of_another = any(one.name != visitor and one.home != country for one in others)
        if is_of_another or not ahead.search(text) or is_no_news(text, words):
            continue
        for spot in scene.atlas.find(text):
            is_there = words.towards.search(text[max(0, spot.start - NEAR) : spot.start])
            if spot.country == country and spot.city and is_there:
                yield spot.city


def _list_cities(text: str, country: str, scene: Scene) -> list[str]:
    return [spot.city for spot in scene.atlas.find(text) if spot.country == country and spot.city]
