"""sentence → visit drafts: who goes where, in the text's own words, in four languages.

A sentence tells of a visit when a visiting verb or noun joins a person in office (or the
leaders of a group) with another country. What is read here is grounded and dated elsewhere.
"""

import re
from collections.abc import Iterator

from bot.model import Article, DraftVisit, Sentence
from bot.text.dates import find_dates
from bot.text.modality import visit_status
from bot.text.names import PlaceMatch, find_names, find_places, get_country, longest_name

_GOING = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|trips?|travel(?:s|led|ed|ling|ing)?|com(?:e|es|ing) to|"
    r"go(?:es|ing)? to|fl(?:y|ies|ew|ying)|head(?:s|ed|ing)? (?:to|for)|land(?:s|ed|ing)? in|"
    r"arriv\w+|reach(?:es|ed)?|(?:be|is|was|are|were) (?:in|at)|stay|tour|stop(?:over)?|"
    r"invit\w+|attend\w*|return(?:s|ed|ing)? from|leav(?:e|es|ing) for|left for|"
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
_TOWARDS = re.compile(
    r"(?:\b(?:to|in|at|for|visit(?:s|ed|ing)?|reach(?:es|ed)?|from|à|en|au|aux|pour|a|hasta|hacia)"
    r"\s+(?:(?:the|la|le|los|las|el)\s+|l')?)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:president|vice[- ]president|prime minister|pm|premier|chancellor|minister|secretary|"
    r"king|queen|emperor|crown prince|prince|sheikh|sultan|emir|pope|commissioner|envoy|chief|"
    r"excellency|leader|mr|mrs|ms|"
    r"président|présidente|premier ministre|première ministre|ministre|chancelier|roi|m\.|mme|"
    r"presidente|presidenta|primer ministro|primera ministra|ministro|ministra|canciller|rey)\b"
    r"[^.;:\n]{0,40}$",
    re.IGNORECASE,
)
_ROLE_ALONE = re.compile(
    r"\b(?:the|le|el)\s+((?:(?:prime|foreign|defence|defense|trade)\s+)?minister|pm|president|"
    r"premier ministre|presidente|primer ministro|sheikh)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\bleaders of the ([A-Z][\w-]+)|\b([A-Z][\w-]+)(?: Leaders['’]?)? [Ss]ummit\b")
_CAPITAL_OF = re.compile(r"\bthe ([A-Z]\w+) capital\b")
_BACKGROUND = re.compile(
    r"\b(?:so far|in the past|years ago|last year|since (?:19|20)\d\d|used to|"
    r"once (?:worked|visited))\b",
    re.IGNORECASE,
)


def find_visits(article: Article) -> tuple[DraftVisit, ...]:
    """The visits that the article's sentences tell of, one draft per sentence and country."""
    found: dict[tuple[str, str, int], DraftVisit] = {}
    for sentence in article.sentences:
        if _BACKGROUND.search(sentence.text) or sentence.text.rstrip('"”»').endswith("?"):
            continue
        for visit in (*_read_going(sentence, article), *_read_hosting(sentence, article)):
            found.setdefault((visit.visitor, visit.host, sentence.number), visit)
    return tuple(found.values())


def _read_going(sentence: Sentence, article: Article) -> Iterator[DraftVisit]:
    """``<person> … visit/travel to … <place>``: every country the sentence leads to."""
    trigger = _GOING.search(sentence.text)
    if not trigger:
        return
    for place in _list_destinations(sentence.text, article.language):
        going = _last_trigger(sentence.text, place)
        visitor = _find_visitor(sentence, article, going or trigger, place)
        if visitor:
            yield _make_draft(visitor, place, sentence, article, (going or trigger).start())


def _last_trigger(text: str, place: PlaceMatch) -> re.Match[str] | None:
    """The visiting word nearest before the place."""
    found = [match for match in _GOING.finditer(text) if match.start() <= place.start]
    return found[-1] if found else None


def _list_destinations(text: str, language: str) -> list[PlaceMatch]:
    """Places the sentence leads to; in Hindi the place stands before its postposition."""
    capitals = [
        PlaceMatch(country, match.group(0), "capital", match.start(), match.end())
        for match in _CAPITAL_OF.finditer(text)
        if (country := get_country(match.group(1)))
    ]
    found = []
    for place in (*find_places(text), *capitals):
        if place.kind == "demonym":
            continue
        if language == "hi" or _TOWARDS.search(text[max(0, place.start - 24) : place.start]):
            found.append(place)
    return list({place.country: place for place in reversed(found)}.values())


def _find_visitor(
    sentence: Sentence, article: Article, trigger: re.Match[str], place: PlaceMatch
) -> str | None:
    """The person in office named last before the visiting word, else first between it and place."""
    people = _list_people(sentence.text, article)
    before = [name for name, start in people if start < trigger.start()]
    if before:
        return before[-1]
    role = _ROLE_ALONE.search(sentence.text, 0, trigger.start() + 1)
    if role:
        return _find_holder(role.group(1), article)
    after = [name for name, start in people if start < place.start]
    return after[0] if after else None


def _list_people(text: str, article: Article) -> list[tuple[str, int]]:
    """People in office in the sentence with their offsets, under their fullest names."""
    whole = f"{article.title}\n{article.text}"
    people = []
    for name in find_names(text):
        if get_country(name) or not _is_official(name, whole):
            continue
        people.append((longest_name(name, whole), text.find(name)))
    return sorted(people, key=lambda person: person[1])


def _is_official(name: str, whole: str) -> bool:
    """Whether the article gives the name, or a longer form of it, an office."""
    full = longest_name(name, whole)
    return any(
        _ROLE.search(whole[max(0, match.start() - 60) : match.start()]) or _ROLE.match(form)
        for form in {name, full}
        for match in re.finditer(re.escape(form), whole)
    )


def _find_holder(role: str, article: Article) -> str | None:
    """Who holds ``the PM`` or ``the minister`` in this article."""
    title = {"pm": r"(?:PM|Prime Minister)"}.get(role.lower(), re.escape(role.title()))
    whole = f"{article.title}\n{article.text}"
    match = re.search(rf"\b{title}\s+((?:[A-Z][\w'-]+\s?){{1,3}})", whole)
    names = find_names(match.group(1)) if match else ()
    return longest_name(names[0], whole) if names else None


def _read_hosting(sentence: Sentence, article: Article) -> Iterator[DraftVisit]:
    """``<country> … host … the leaders of <group>`` or ``<group> summit``."""
    trigger = _HOSTING.search(sentence.text)
    if not trigger:
        return
    hosts = [
        place
        for place in find_places(sentence.text)
        if place.kind != "demonym" and place.end <= trigger.start()
    ]
    group = _GROUP.search(sentence.text)
    if not hosts or not group:
        return
    name = _name_group(group.group(1) or group.group(2), hosts[-1].country)
    if name:
        yield _make_draft(name, hosts[-1], sentence, article, trigger.start())


def _name_group(words: str, host: str) -> str | None:
    """``Quad`` → Quad leaders; ``India-EU`` in India → EU leaders."""
    parts = [part for part in words.split("-") if get_country(part) != host]
    return f"{'-'.join(parts)} leaders" if parts else None


def _make_draft(
    visitor: str, place: PlaceMatch, sentence: Sentence, article: Article, around: int
) -> DraftVisit:
    return DraftVisit(
        visitor=visitor,
        host=place.country,
        place=place.place if place.kind in ("capital", "seat") else None,
        date_text=_nearest_date(sentence.text, article.language, around),
        status=visit_status(sentence.text, article.language),
        sentences=(sentence.number,),
    )


def _nearest_date(text: str, language: str, around: int) -> str:
    """The first date after the visiting word, else the last before it."""
    dates = find_dates(text, language)
    after = [date for date in dates if date.start >= around]
    if after:
        return after[0].text
    return dates[-1].text if dates else ""
