"""sentence × visitor × host → what it lacks to tell that visitor's trip to that host."""

import re
from functools import cache

from bot.text.lexicon import LETTER, load_lexicon, one_of, whole
from bot.text.modality import LANGUAGES
from bot.text.names import (
    find_home,
    find_names,
    find_people,
    find_places,
    get_country,
    longest_name,
    same_name,
)
from bot.text.speech import find_speakers

_CAPITAL = re.compile(r"\s+(?:capital|soil|side)\b", re.IGNORECASE)


def find_trip_fault(
    visitor: str, host: str, sentence: str, *, before: str, context: str, language: str
) -> str | None:
    """Say in words for people why the sentence can't tell the visit, or None if it can.

    ``before`` is what "he" may refer back to: the title and some sentences; ``context`` is the
    whole text, which knows the full names of those whom the sentence names.
    """
    country = get_country(host) or host
    if find_home(visitor) == country:
        return f"{visitor} is at home in {country}"
    if not _leads_to(country, host, sentence):
        return f"the sentence leads nobody to {country}"
    trip = _compile(language, "trip").search(sentence)
    if not trip:
        return "the sentence tells of no visit"
    others = _list_others(visitor, sentence[: trip.start()], context)
    is_own = bool(_compile(language, "self").search(sentence))
    if not _is_named(visitor, sentence):
        refers_back = not others and _compile(language, "back").search(sentence)
        is_meant = is_own or (refers_back and _is_named(visitor, before))
        return None if is_meant else f"the sentence is not about {visitor}"
    if others and _only_speaks(visitor, sentence, language):
        return f"in the sentence {visitor} only speaks"
    return None


def name_destination(host: str, place: str | None, sentence: str, context: str) -> str:
    """Return the host, or the city that the sentence names instead if the context has the host.

    A city whose country is known stands for no other country.
    """
    if not place or get_country(place):
        return host
    is_only_city = host not in sentence and place in sentence
    return place if is_only_city and host in context else host


def _leads_to(country: str, host: str, sentence: str) -> bool:
    """Whether the sentence has the host as a place; "Indian officials" are nowhere."""
    places = [place for place in find_places(sentence) if place.country == country]
    if places:
        return any(
            place.kind != "demonym" or _CAPITAL.match(sentence, place.end) for place in places
        )
    return re.search(whole(re.escape(host)), sentence, re.IGNORECASE) is not None


def _list_others(visitor: str, subject: str, context: str) -> list[str]:
    """Other people before the word of the trip: names that have two words somewhere in the text."""
    known = [person for person, _ in find_people(subject) if person != visitor]
    named = [
        name
        for name in find_names(subject)
        if not get_country(name)
        and not same_name(name, visitor)
        and " " in longest_name(name, context)
    ]
    return known + named


def _only_speaks(visitor: str, sentence: str, language: str) -> bool:
    speakers = [name for names in find_speakers(sentence, language) for name in names]
    return any(same_name(name, visitor) for name in speakers)


def _is_named(visitor: str, text: str) -> bool:
    """Whether a word of the visitor's name stands in the text; two letters are an acronym's."""
    if any(person == visitor for person, _ in find_people(text)):
        return True
    parts = re.findall(rf"{LETTER}{{3,}}|\b[A-Z]{{2}}\b", visitor)
    return any(re.search(whole(re.escape(part)), text, re.IGNORECASE) for part in parts)


@cache
def _compile(language: str, name: str) -> re.Pattern[str]:
    """A pattern of the language's words; for a language without any, of every language's."""
    tables = load_lexicon("trips")
    chosen = [tables[language]] if language in LANGUAGES else list(tables.values())
    words = [word for table in chosen for word in table[name]]
    parts = [
        one_of([word.removesuffix("~")]) + (f"{LETTER}*" if word.endswith("~") else "")
        for word in words
    ]
    return re.compile(whole("|".join(parts)), re.IGNORECASE)
