"""sentence × trip → what for, in the sentence's own words: ``for talks on fish tariffs``."""

import re

from bot.llm.travel import Scene, Trip
from bot.text.dates import find_dates

LONGEST = 120
"""Characters of a purpose; a longer one is no phrase, and cut it might say another thing."""
_STOP = re.compile(r",(?!\d)|[;:()—–\"“”«»\n]|[.!?।…]+\s*\Z|\Z")
_NEARLY = re.compile(r"(?:\s\S+){0,3}?\s|[^,]{0,30},[^,]{1,60},\s")
"""What may stand between: some words, or an aside such as "the ministry said"."""
_BREAK = re.compile(r",(?!\d)|[;:()—–\"“”«»\n]")
_POSTPOSITION = re.compile(r"\s*(?:को|में|से|पर|तक|ने|की|का|के(?!\s+साथ))(?=\s)")


def find_purpose(text: str, trip: Trip, scene: Scene) -> str:
    """Return the words for what the trip is for, right after its place or its date, or ""."""
    if scene.is_verb_last:
        return _find_before(text, trip, scene)
    dates = (date.end for date in find_dates(text, scene.article.language) if date.end > trip.at)
    ends = (trip.spot.end, *dates)
    for match in scene.words.purpose.finditer(text, trip.at, trip.until):
        before = [text[end : match.start()] for end in ends if end <= match.start()]
        if any(map(_NEARLY.fullmatch, before)):
            stop = _STOP.search(text, match.end())
            return _keep(text[match.start() : stop.start() if stop else len(text)], scene)
    return ""


def _find_before(text: str, trip: Trip, scene: Scene) -> str:
    """In Hindi the phrase ends with its word, after the place, the date or the visitor."""
    match = scene.words.purpose.search(text)
    if not match:
        return ""
    ends = [one.end for one in scene.cast.find(text) if one.person.name == trip.visitor]
    ends += [one.end for one in scene.atlas.find(text) if _POSTPOSITION.match(text, one.end)]
    ends += [date.end for date in find_dates(text, scene.article.language)]
    ends += [stop.end() for stop in _BREAK.finditer(text)]
    start = max((end for end in ends if end <= match.start()), default=0)
    postposition = _POSTPOSITION.match(text, start) if start else None
    return _keep(text[postposition.end() if postposition else start : match.end()], scene)


def _keep(phrase: str, scene: Scene) -> str:
    words, no_purpose = phrase.strip(), scene.words.no_purpose
    is_other = no_purpose.search(words) if scene.is_verb_last else no_purpose.match(words)
    return "" if is_other or len(words) > LONGEST else words
