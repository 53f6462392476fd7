"""article → visit drafts: who goes where, in the text's own words, in four languages.

A sentence tells of a visit when a word of travel joins a person in office, or the leaders of a
group, with another country. What other sentences add, such as a date, goes with it. What is read
here is grounded and dated elsewhere.
"""

import re
from dataclasses import replace

from bot.llm.destinations import list_destinations
from bot.llm.joining import join_sightings
from bot.llm.sightings import Log
from bot.llm.travel import NEAR, Scene, Trip, is_no_news, load_words
from bot.llm.trips import read_trips
from bot.llm.unnamed import name_unnamed
from bot.model import Article, DraftVisit
from bot.text.cast import read_cast
from bot.text.cities import find_city
from bot.text.people import Person
from bot.text.spots import Spot

_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,30}(?=[,:(–—-]|$)")


def find_visits(article: Article) -> tuple[DraftVisit, ...]:
    """Return the visits that the article's sentences tell of, one per visitor and country."""
    scene = Scene(article, read_cast(article), load_words(article.language))
    head = next(iter(read_trips(article.title, scene)), None)
    scene = replace(scene, last=_find_topic(article.title, scene), own=_find_own(scene))
    scene = replace(scene, here=_find_here(scene, head))
    log = Log(article, head)
    for sentence in article.sentences:
        if is_no_news(sentence.text, scene.words):
            continue
        log.add(sentence, scene)
        topic = _find_topic(sentence.text, scene) or scene.last
        scene = replace(scene, last=topic, here=log.last.spot if log.last else scene.here)
    log.settle(scene)
    groups = name_unnamed(log.groups, scene)
    drafts = (join_sightings(sightings, scene) for sightings in groups.values())
    return tuple(draft for draft in drafts if draft and scene.atlas.knows(draft.host))


def _find_topic(text: str, scene: Scene) -> Person | None:
    """Whom "he" in the next sentence means: the person in office that this one names first.

    Whom somebody only meets is nobody's topic.
    """
    inviter = scene.words.inviter
    named = scene.cast.find(text)
    met = (bool(inviter.search(text[max(0, one.start - NEAR) : one.start])) for one in named)
    return next((one.person for one, is_met in zip(named, met, strict=True) if not is_met), None)


def _find_own(scene: Scene) -> Spot | None:
    """The country that the text speaks from: whose ministry or city opens it."""
    for sentence in scene.article.sentences[:2]:
        if spots := scene.atlas.find(sentence.text):
            return replace(spots[0], city=None)
    return None


def _find_here(scene: Scene, head: Trip | None) -> Spot | None:
    """The place that the text speaks of from its start: its headline's, or its dateline's."""
    if head:
        return head.spot
    if named := list_destinations(scene.article.title, scene):
        return named[0]
    first = scene.article.sentences[0].text if scene.article.sentences else ""
    match = _DATELINE.match(first)
    return _find_city(match.group().strip(" .-").title(), scene) if match else None


def _find_city(name: str, scene: Scene) -> Spot | None:
    """The city of a dateline, which lies in the one country of the text if no list has it."""
    if spots := scene.atlas.find(name):
        return spots[0]
    if city := find_city(name):
        return Spot(city.country, city.name, 0, 0, is_minor=True)
    realms = scene.atlas.realms
    return Spot(realms[0], name, 0, 0) if name and len(realms) == 1 else None
