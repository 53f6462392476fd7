"""sentence × visitor × host → what it lacks to tell that visitor's trip to that host."""

import re
from functools import cache
from typing import NamedTuple

from bot.model import Article
from bot.text.cast import read_cast
from bot.text.cities import find_city, list_cities
from bot.text.cues import LANGUAGES
from bot.text.lexicon import LETTER, compile_words, load_lexicon, whole
from bot.text.names import (
    PlaceMatch,
    find_home,
    find_names,
    find_people,
    find_places,
    get_country,
    longest_name,
    same_name,
)
from bot.text.occurrences import find_word
from bot.text.speech import find_speakers
from bot.text.spots import find_romance_peoples
from bot.text.variants import same_place

NEARBY = 4
"""Sentences before one that speaks of “him”, in which he is named."""
_GOING = ("go", "noun", "host", "hosted")
"""Lists of travel.toml whose words tell of a trip by themselves."""
_GROUND = re.compile(r"\s+(?:capital|soil|side)\b", re.IGNORECASE)
"""What makes a place of the people before it."""
_OWNS = re.compile(r"['’]s?\s")
_GROUND_OF = re.compile(r"\b(?:capitale?|suelo|territorio|sol|territoire)\s\Z")
_WORD = re.compile(f"{LETTER}{{4,}}")
_NAME_PART = re.compile(rf"{LETTER}{{3,}}|\b[A-Z]{{2}}\b")


class _Cues(NamedTuple):
    """Words of a trip, words for somebody named before, words for the speaker himself."""

    trip: re.Pattern[str]
    back: re.Pattern[str]
    own: re.Pattern[str]


# ---------------------------------------------------------------- the visitor


def find_trip_fault(visitor: str, host: str, number: int, article: Article) -> str | None:
    """Say in words for people why that sentence can't tell the visit, or None if it can.

    The sentence must tell of a trip and speak of the visitor: by name, by an office that is his
    in the article, or by a word such as "he" soon after he is named.
    """
    sentence = article.sentences[number - 1].text
    country, language = get_country(host) or host, article.language
    home = find_visitor_home(visitor, article)
    if home and same_place(home, country):
        return f"{visitor} is at home in {country}"
    trip = _load_cues(language).trip.search(sentence)
    if not trip:
        return "the sentence tells of no visit"
    others = _list_others(visitor, country, sentence[: trip.start()], article)
    if not _is_meant(visitor, country, number, article, is_alone=not others):
        return f"the sentence is not about {visitor}"
    if others and _only_speaks(visitor, sentence, language):
        return f"in the sentence {visitor} only speaks"
    return None


def find_visitor_home(visitor: str, article: Article) -> str | None:
    """The country whose office the visitor holds, as the list of names or the article has it."""
    people = read_cast(article).people
    own = (one.home for one in people if one.home and same_name(one.name, visitor))
    return find_home(visitor) or next(own, None)


def _is_meant(visitor: str, country: str, number: int, article: Article, *, is_alone: bool) -> bool:
    """Whether the sentence names the visitor, or can mean nobody else by an office or "he".

    Those of the host's own country receive him: they are no other visitors.
    """
    sentence, cues = article.sentences[number - 1].text, _load_cues(article.language)
    seen = [one.person for one in read_cast(article).find(sentence) if one.person.home != country]
    if any(same_name(one.name, visitor) for one in seen) or _is_named(visitor, sentence):
        return True
    if cues.own.search(sentence):
        return True
    refers_back = is_alone and not seen and cues.back.search(sentence)
    return bool(refers_back) and _is_spoken_of(visitor, number, article)


def _is_spoken_of(visitor: str, number: int, article: Article) -> bool:
    """Whether the headline or a sentence soon before speaks of the visitor."""
    before = " ".join([article.title, *_list_nearby(number, article)])
    seen = read_cast(article).find(before)
    return any(same_name(one.person.name, visitor) for one in seen) or _is_named(visitor, before)


def _list_others(visitor: str, country: str, subject: str, article: Article) -> list[str]:
    """Other people before the word of the trip, but those of the host's own country.

    Of names that no list has those count that have two words somewhere in the text.
    """
    context = f"{article.title}\n{article.text}"
    hosts = [one.name for one in read_cast(article).people if one.home == country]
    known = [person for person, _ in find_people(subject) if person != visitor]
    named = [
        name
        for name in find_names(subject)
        if not get_country(name)
        and not same_name(name, visitor)
        and " " in longest_name(name, context)
    ]
    return [name for name in (*known, *named) if not any(same_name(name, host) for host in hosts)]


def _only_speaks(visitor: str, sentence: str, language: str) -> bool:
    speakers = [name for names in find_speakers(sentence, language) for name in names]
    return any(same_name(name, visitor) for name in speakers)


def _is_named(visitor: str, text: str) -> bool:
    """Whether a word of the visitor's name stands in the text; two letters are an acronym's."""
    if any(person == visitor for person, _ in find_people(text)):
        return True
    parts = _NAME_PART.findall(visitor)
    return any(re.search(whole(re.escape(part)), text, re.IGNORECASE) for part in parts)


# ---------------------------------------------------------------- the host


def find_host(host: str, place: str | None, sentence: str, context: str) -> int | None:
    """Return where the sentence names the host as a place, by country or by one of its cities.

    "Indian officials" are nowhere. A city that no list has lies in the host if it is the
    visit's place and ``context``, the whole text, names the host.
    """
    country = get_country(host) or host
    for found in find_places(sentence):
        if found.country == country and _is_there(sentence, found):
            return found.start
    for people in find_romance_peoples(sentence):
        if people.country == country and _GROUND_OF.search(sentence[: people.start]):
            return people.start
    if named := re.search(whole(re.escape(host)), sentence, re.IGNORECASE):
        return named.start()
    for match in list_cities(sentence):
        if match.city.country == country:
            return match.start
    if get_country(host) is None and (spelled := _find_spelling(host, sentence)):
        return spelled.start()
    if place and not get_country(place) and find_city(place) is None and host in context:
        return next((start for start, _ in find_word(sentence, place)), None)
    return None


def find_leading(
    visitor: str, host: str, place: str | None, number: int, article: Article
) -> int | None:
    """Return the sentence that names the host for one that names no place: ``He arrives Sunday``.

    The headline and the sentences soon before must name that country and no other abroad.
    """
    if leads_elsewhere(article.sentences[number - 1].text, find_visitor_home(visitor, article)):
        return None
    country, cast = get_country(host) or host, read_cast(article)
    homes = {one.home for one in cast.people if one.home and one.home != country}
    told = " . ".join([article.title, *_list_nearby(number, article)])
    if {spot.country for spot in cast.atlas.find(told)} - homes != {country}:
        return None
    context = f"{article.title}\n{article.text}"
    found = (
        one.number
        for one in article.sentences
        if one.text in article.text and find_host(host, place, one.text, context) is not None
    )
    return next(found, None)


def leads_elsewhere(sentence: str, home: str | None = None) -> bool:
    """Tell whether the sentence names a country or city as a place.

    The visitor's own country is none where it only owns what follows: ``India's minister``.
    """
    owned = {
        found.start
        for found in find_places(sentence)
        if home and found.country == home and _OWNS.match(sentence, found.end)
    }
    starts = {city.start for city in list_cities(sentence)}
    starts |= {place.start for place in find_places(sentence) if place.kind != "demonym"}
    return bool(starts - owned)


def _is_there(sentence: str, found: PlaceMatch) -> bool:
    """Whether a match is a place and not a people, where nobody can go."""
    if found.kind != "demonym" or _GROUND.match(sentence, found.end):
        return True
    return bool(_GROUND_OF.search(sentence[: found.start]))


def _find_spelling(host: str, sentence: str) -> re.Match[str] | None:
    """A country that no list has, as another tongue spells it: ``Lédanie``, ``लेदानिया``."""
    return next((word for word in _WORD.finditer(sentence) if same_place(host, word.group())), None)


def _list_nearby(number: int, article: Article) -> list[str]:
    """The sentences soon before that one; an order to a machine, left out of the text, is none."""
    nearby = article.sentences[max(0, number - NEARBY - 1) : number - 1]
    return [one.text for one in nearby if one.text in article.text]


@cache
def _load_cues(language: str) -> _Cues:
    """The words of the language; of one without lists those of all."""
    known = (language,) if language in LANGUAGES else LANGUAGES
    trips = [load_lexicon("trips")[one] for one in known]
    travel = [load_lexicon("travel")[one] for one in known]
    going = [word for table in travel for kind in _GOING for word in table[kind]]
    return _Cues(
        trip=compile_words([*(word for table in trips for word in table["trip"]), *going]),
        back=compile_words(word for table in trips for word in table["back"]),
        own=compile_words(word for table in trips for word in table["self"]),
    )
