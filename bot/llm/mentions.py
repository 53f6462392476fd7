"""sentence → visit drafts: who goes where, in the text's own words, in four languages.

A sentence tells of a visit when a visiting word joins a person in office, or the leaders of a
group, with another country. What is read here is grounded and dated elsewhere.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.llm.people import Person, find_group, find_role_holder, list_people
from bot.model import Article, DraftVisit, Sentence, VisitStatus
from bot.text.dates import DateText, find_dates
from bot.text.modality import visit_status
from bot.text.names import PlaceMatch, find_places, get_country

_GOING = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|trips?|travel(?:s|led|ed|ling|ing)?|com(?:e|es|ing) to|"
    r"go(?:es|ing)? to|fl(?:y|ies|ew|ying) to|head(?:s|ed|ing)? (?:to|for)|"
    r"land(?:s|ed|ing)? in|arriv\w+|reach(?:es|ed)?|(?:be|is|was|are|were) (?:in|at)|stay|tour|"
    r"stopover|invit\w+|return(?:s|ed|ing)? from|back from|"
    r"(?:leav(?:e|es|ing)|left)\b[^,;.]{0,40}?\bfor|"
    r"visite\w*|visitera|déplacements?|se rend\w*|rendra|s'envol\w+|attendue? (?:à|en|au)|étape|"
    r"voyage|coprésid\w+|reçue? (?:à|en)|arriver\w*|"
    r"viaj\w+|visitar\w*|visita|gira|lleg\w+|acudir\w*)\b"
    r"|यात्रा|दौर[ाे]|पहुँच|पहुंच|न्योता|न्यौता|निमंत्रण|लौट|जाएंगे|जाएँगे|आएंगे|आएँगे",
    re.IGNORECASE,
)
_HOSTING = re.compile(
    r"\b(?:host(?:s|ed|ing)?|welcom(?:e|es|ed|ing)|receiv(?:e|es|ed|ing)|"
    r"accueill\w+|recevra|acoger\w*|recibir\w*)\b",
    re.IGNORECASE,
)
_COHOSTING = re.compile(r"\b(?:co-?chair\w*|co-?présid\w+|copresid\w+)\b", re.IGNORECASE)
_TOWARDS = re.compile(
    r"(?:\b(?:to|in|at|for|visit(?:s|ed|ing)?|reach(?:es|ed)?|(?:return\w*|back) from|"
    r"à|en|au|aux|pour|a|hasta|hacia)\s+(?:(?:the|la|le|los|las|el)\s+|l')?)$",
    re.IGNORECASE,
)
_CAPITAL_OF = re.compile(r"\bthe ([A-Z]\w+) capital\b")
_HIS = re.compile(
    r"\b(?:his|her|their|son|sa|su)\s+(?:\w+\s+){0,3}$|उनकी\s+$|उनके\s+$", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"\b(?:so far|in the past|years ago|last year|since (?:19|20)\d\d|used to|"
    r"once (?:worked|visited))\b",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\b(?:said|says|told|announced|confirmed|admitted|reported|briefing|interview|statement|"
    r"a dit|a annoncé|a déclaré|dijo|anunció)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)


JUST_BEFORE = 40
"""Characters between a date and the visiting word after it, up to which they belong together."""


_DENIED = re.compile(
    r"\b(?:will|would|does|did|is|was|has|have|had|should) (?:not|never|no longer)\b[^,;]{0,30}$|"
    r"\b(?:won't|wouldn't|doesn't|didn't|isn't|never|no plans? to|ruled out|rules out|"
    r"(?:denie[sd]|deny) (?:that|reports)|(?:refuse[sd]?|decline[sd]?) to|"
    r"not (?:confirmed|true|clear) (?:that|whether))\b[^;]{0,60}$|"
    r"\bne\s[^,;]{0,25}\spas\b[^,;]{0,25}$|\bno\s(?:\w+\s)?$|\bnunca\b[^,;]{0,25}$",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"^Had\b|\b(?:was|were|is|are) (?:false|untrue|wrong)\b|\b(?:should|would) have\b|"
    r"\bwas (?:scheduled|due|set) to\b"
)
_PROXY = re.compile(
    r"\b(?:letters?|messages?|calls?|wife|husband|son|daughter|aides?|advisers?|envoys?|spokes\w+|"
    r"goods|gifts?|supporters?) (?:from|to|of|for) (?:[\w’'-]+ ){0,3}$",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|provided that|à condition|si)\b", re.IGNORECASE)


class Trip(NamedTuple):
    """Who goes where, and the offset of the word that says so."""

    visitor: str
    place: PlaceMatch
    at: int


def find_visits(article: Article) -> tuple[DraftVisit, ...]:
    """The visits that the article's sentences tell of, one draft per sentence and country."""
    people = list_people(article)
    found: dict[tuple[str, str, int], DraftVisit] = {}
    last_visitor: str | None = None
    for sentence in article.sentences:
        if _is_no_news(sentence.text):
            continue
        for trip in (
            *_read_going(sentence, article, people, last_visitor),
            *_read_hosting(sentence),
        ):
            last_visitor = trip.visitor
            draft = _make_draft(trip, sentence, article)
            found.setdefault((trip.visitor, trip.place.country, sentence.number), draft)
    return tuple(found.values())


def _is_no_news(text: str) -> bool:
    """Background, a question, or what did not come about."""
    is_question = text.rstrip('"”»').endswith("?")
    return bool(is_question or _BACKGROUND.search(text) or _UNREAL.search(text))


def _read_going(
    sentence: Sentence, article: Article, people: tuple[Person, ...], last_visitor: str | None
) -> Iterator[Trip]:
    """``<person> … visit, travel to … <place>``: every country the sentence leads to."""
    triggers = list(_GOING.finditer(sentence.text))
    if not triggers:
        return
    for place in _list_destinations(sentence.text, article.language):
        before = [match for match in triggers if match.start() <= place.start]
        trigger = before[-1] if before else triggers[0]
        if _is_denied(sentence.text, trigger):
            continue
        visitor = _find_visitor(sentence, article, people, trigger, place, last_visitor)
        if visitor:
            yield Trip(visitor, place, trigger.start())


def _is_denied(text: str, trigger: re.Match[str]) -> bool:
    """``will not visit``, ``ne se rendra pas``."""
    before, after = text[: trigger.start()], text[trigger.end() :]
    is_french_no = re.search(r"\b(?:ne|n['’])\s*$", before) and re.match(r"\s(?:pas|plus)\b", after)
    return bool(is_french_no or _DENIED.search(before))


def _list_destinations(text: str, language: str) -> list[PlaceMatch]:
    """Places the sentence leads to; in Hindi every place does, in a joint chair's only host."""
    found: dict[str, PlaceMatch] = {}
    is_joint = bool(_COHOSTING.search(text))
    for place in (*find_places(text), *_list_capitals(text)):
        before = text[max(0, place.start - 28) : place.start]
        is_reached = language == "hi" or is_joint or _TOWARDS.search(before)
        if place.kind != "demonym" and is_reached:
            found.setdefault(place.country, place)
    return list(found.values())


def _list_capitals(text: str) -> Iterator[PlaceMatch]:
    """``the Indian capital``."""
    for match in _CAPITAL_OF.finditer(text):
        if country := get_country(match.group(1)):
            yield PlaceMatch(country, match.group(0), "country", match.start(), match.end())


def _find_visitor(
    sentence: Sentence,
    article: Article,
    people: tuple[Person, ...],
    trigger: re.Match[str],
    place: PlaceMatch,
    last_visitor: str | None,
) -> str | None:
    """The person named last before the visiting word, or whom the sentence refers back to.

    Nobody is a visitor in a country whose office he holds.
    """
    guests = [person for person in people if person.home != place.country]
    named = [
        (guest, at)
        for guest in guests
        for at in guest.find_all(sentence.text)
        if not _PROXY.search(sentence.text[:at])
    ]
    named.sort(key=lambda pair: pair[1])
    before = [guest.name for guest, at in named if at < trigger.start()]
    if before:
        return before[-1]
    if _HIS.search(sentence.text[: trigger.start()]) and last_visitor:
        return last_visitor
    holder = find_role_holder(sentence.text[: trigger.start()], guests, article)
    if holder:
        return holder
    return next((guest.name for guest, at in named if at < place.start), None)


def _read_hosting(sentence: Sentence) -> Iterator[Trip]:
    """``<country> … host … the leaders of <group>`` or ``<group> summit``."""
    trigger = _HOSTING.search(sentence.text)
    if not trigger:
        return
    hosts = [
        place
        for place in find_places(sentence.text)
        if place.kind != "demonym" and place.end <= trigger.start()
    ]
    group = find_group(sentence.text, hosts[-1].country) if hosts else None
    if group:
        yield Trip(group, hosts[-1], trigger.start())


def _make_draft(trip: Trip, sentence: Sentence, article: Article) -> DraftVisit:
    place = trip.place
    return DraftVisit(
        visitor=trip.visitor,
        host=place.country,
        place=place.place if place.kind in ("capital", "seat") else None,
        date_text=_nearest_date(sentence.text, article.language, trip.at),
        status=_read_status(sentence.text, article.language, trip.at),
        sentences=(sentence.number,),
    )


def _read_status(text: str, language: str, at: int) -> VisitStatus:
    """What the sentence says of the visit; a condition makes it possible at most.

    "If the schedule holds" is a hedge, which the cues of planned know already.
    """
    status = visit_status(text, language, at)
    is_conditional = status is VisitStatus.CONFIRMED and _IF.search(text)
    return VisitStatus.POSSIBLE if is_conditional else status


def _nearest_date(text: str, language: str, at: int) -> str:
    """The first date after the visiting word, else one just before it; not when it was said."""
    dates = [date for date in find_dates(text, language) if not _is_of_report(text, date)]
    after = [date.text for date in dates if date.start >= at]
    before = [date.text for date in dates if date.start < at and at - date.end <= JUST_BEFORE]
    return (after or before[-1:] or [""])[0]


def _is_of_report(text: str, date: DateText) -> bool:
    return bool(_REPORTING.search(text[: date.start]))
