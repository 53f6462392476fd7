"""question × ledger → the visit it asks about, as it stands and as it stood before."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from bot.changes import describe_state, find_standing
from bot.citations import cite_whole
from bot.model import AHEAD, Citation, Move, Visit
from bot.relevance.follow_up import needs_subject
from bot.relevance.question import Part, find_language
from bot.text.cues import LANGUAGES
from bot.text.dates import span
from bot.text.glossary import find_concepts
from bot.text.lexicon import LETTER, compile_words, fold, load_lexicon
from bot.text.names import find_places, get_country, list_core
from bot.text.terms import name_places
from bot.text.transliterate import names_alike
from bot.text.variants import list_words, same_place

_WORD = re.compile(rf"{LETTER}+(?:[-’']{LETTER}+)*")
_POSSESSIVE = re.compile(r"['’]?s$")
_CAPITAL = re.compile(r"(?<=[\w,’'] )[^\W\d_a-zà-ÿ][\w’-]{3,}")
_LONG_NAME = 3
"""Parts of a name of which the last two may both be family names."""
_YOUNGER = frozenset({"jr", "junior", "ii", "iii"})
_TITLES = frozenset(
    {"President", "Minister", "Prime", "King", "Queen", "Sheikh", "Chancellor", "Mr", "Mrs"}
)
MOST_LISTED = 5
_SHORTEST = 3
"""Letters that a part of a name must have to stand for it."""


class Line(NamedTuple):
    """One sentence of an answer and what it cites, the sentences not yet numbered."""

    text: str
    citations: tuple[Citation, ...]


def find_visit(question: str, visits: Sequence[Visit], *, context: str = "") -> Visit | None:
    """The visit that a question is about: its visitor and its host or place are named.

    ``context`` are earlier questions: they name whom or where the question does not, if it
    leaves that to them. Of several visits the last told one.
    """
    if not is_about_visits(question):
        return None
    said = [name_places(question)]
    if context and needs_subject(question):
        said.append(name_places(context))
    years = set(re.findall(r"\b(?:19|20)\d\d\b", question))
    timely = [
        visit
        for visit in visits
        if not years or not visit.dates.start or visit.dates.start[:4] in years
    ]
    by_visitor = _choose(timely, said, _is_asked_for)
    matching = _choose(by_visitor, said, _is_hosted)
    return max(matching, key=lambda visit: visit.history[-1].at, default=None)


def _choose(
    visits: Sequence[Visit], said: Sequence[str], is_meant: Callable[[Visit, str], bool]
) -> list[Visit]:
    """The visits that the first of the texts means which means any."""
    found = ([visit for visit in visits if is_meant(visit, text)] for text in said)
    return next((visits for visits in found if visits), [])


def list_asked(part: Part, visits: Sequence[Visit], now: datetime) -> tuple[Visit, ...]:
    """The next visits, if a list of them is asked for, of all or of the hosts that are named."""
    lists = load_lexicon("visiting")["listing"]
    concepts = {f"#{concept}" for concept in lists["concepts"]}
    hosts = {term.word[1:] for term in part.terms if term.word.startswith("@")}
    others = [term for term in part.terms if not term.word.startswith("@")]
    named = [term for term in others if term.meanings & concepts]
    if not named or any(t.word not in lists["words"] for t in others if t not in named):
        return ()
    ahead = [
        (days[1], visit)
        for visit in visits
        if visit.status in AHEAD and (days := span(visit.dates)) and days[1] >= now.date()
        if not hosts or (get_country(visit.host) or visit.host) in hosts
    ]
    return tuple(visit for _, visit in sorted(ahead, key=lambda pair: pair[0])[:MOST_LISTED])


def is_about_visits(question: str) -> bool:
    """Whether the words of going, meeting or receiving stand in the question, in any language."""
    return bool(_load_visiting().search(question))


def tell_state(visit: Visit) -> Line:
    """Where the visit stands, with the sentences it rests on."""
    place = f"{visit.host} ({visit.place})" if visit.place else visit.host
    overdue = "; the date has passed with no report" if visit.is_overdue else ""
    stands = f"{visit.visitor} → {place}: {describe_state(visit)}{overdue}."
    return Line(stands, cite_whole(find_standing(visit)))


def tell_visit(visit: Visit) -> tuple[Line, ...]:
    """Where the visit stands, and where it stood before that."""
    before = _find_before(visit, find_standing(visit))
    if before is None:
        return (tell_state(visit),)
    stood = Line(f"Before that: {describe_state(before)}.", cite_whole(before))
    return tell_state(visit), stood


@cache
def _load_visiting() -> re.Pattern[str]:
    lists = load_lexicon("visiting")
    return compile_words(word for language in LANGUAGES for word in lists[language]["words"])


@cache
def _load_offices() -> frozenset[str]:
    return frozenset(load_lexicon("visiting")["offices"]["words"])


def _find_before(visit: Visit, standing: Move) -> Move | None:
    """The last move that was obeyed and said otherwise than the visit stands.

    Of one with another status and one that only lacks the date the former tells more.
    """
    stands = (visit.status, visit.dates)
    earlier = [
        move
        for move in reversed(visit.history)
        if move.is_obeyed
        and move.at < standing.at
        and move.article_id != standing.article_id
        and (move.status, move.dates) != stands
    ]
    telling = (move for move in earlier if move.status is not visit.status or move.dates.start)
    return next(telling, None)


def _list_words(text: str) -> tuple[str, ...]:
    """The words, and without the ``s`` of a possessive, which people type with no apostrophe."""
    found = (form for word in _WORD.findall(text) for form in (word, _POSSESSIVE.sub("", word)))
    return tuple(dict.fromkeys(fold(word) for word in found if len(word) >= _SHORTEST))


def _is_asked_for(visit: Visit, text: str) -> bool:
    return _is_named(visit.visitor, text) or _is_by_office(visit, text, _list_words(text))


def _is_named(visitor: str, text: str) -> bool:
    """Whether the text has the visitor's family name, not that of somebody else of this name."""
    core = [part for part in list_core(visitor) if len(part) >= _SHORTEST]
    family = core[-1:] if len(core) < _LONG_NAME else core[-2:]
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        forms = {fold(match.group()), fold(_POSSESSIVE.sub("", match.group()))}
        if not any(names_alike(form, part) for form in forms for part in family):
            continue
        before = found[place - 1].group() if place else ""
        after = found[place + 1].group() if place + 1 < len(found) else ""
        if not _is_other_name(before, core, is_first=place < 2) and fold(after) not in _YOUNGER:
            return True
    return False


def _is_other_name(word: str, core: Sequence[str], *, is_first: bool) -> bool:
    """Whether the word before a family name is somebody else's first name: ``Ivanka Trump``."""
    is_name = word[:1].isupper() and word[1:].islower() and not is_first
    own = any(names_alike(word, part) for part in core)
    return is_name and not own and word not in _TITLES and not get_country(word)


def _is_by_office(visit: Visit, asked: str, words: Sequence[str]) -> bool:
    """Whether the visitor's office and home are named, by which the articles told of the visit."""
    offices = _list_offices(asked, find_language(asked))
    if not offices:
        return False
    told = [text for move in visit.history for text in (move.title, move.quote)]
    if not any(offices & _list_offices(text, find_language(text)) for text in told):
        return False
    host = {part for name in (visit.host, visit.place) if name for part in list_words(name)}
    homes = {fold(name) for text in told for name in _CAPITAL.findall(text)} - host
    return any(
        word not in host and any(word == home or names_alike(word, home) for home in homes)
        for word in words
        if len(word) > _SHORTEST
    )


def _list_offices(text: str, language: str) -> frozenset[str]:
    return find_concepts(text, language) & _load_offices()


def _is_hosted(visit: Visit, text: str) -> bool:
    words, countries = _list_words(text), {place.country for place in find_places(text)}
    if (get_country(visit.host) or visit.host) in countries:
        return True
    names = [name for name in (visit.host, visit.place) if name]
    if any(same_place(name, country) for name in names for country in countries):
        return True
    parts = [part for name in names for part in list_words(name) if len(part) > _SHORTEST]
    return any(names_alike(word, part) for part in parts for word in words)
