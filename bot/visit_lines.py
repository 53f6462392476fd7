"""question × ledger → the visit it asks about, as it stands and as it stood before."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from bot.changes import describe_state, find_standing
from bot.citations import cite_whole
from bot.model import Citation, Move, Visit
from bot.relevance.question import find_language
from bot.text.cues import LANGUAGES
from bot.text.glossary import find_concepts
from bot.text.lexicon import LETTER, compile_words, fold, load_lexicon
from bot.text.names import find_places, get_country, list_core
from bot.text.terms import name_places
from bot.text.transliterate import names_alike
from bot.text.variants import list_words, same_place

_WORD = re.compile(rf"{LETTER}+(?:[-’']{LETTER}+)*")
_POSSESSIVE = re.compile(r"['’]?s$")
_CAPITAL = re.compile(r"(?<=[\w,’'] )[^\W\d_a-zà-ÿ][\w’-]{3,}")
_SHORTEST = 3
"""Letters that a part of a name must have to stand for it."""


class Line(NamedTuple):
    """One sentence of an answer and what it cites, the sentences not yet numbered."""

    text: str
    citations: tuple[Citation, ...]


def find_visit(question: str, visits: Sequence[Visit], *, context: str = "") -> Visit | None:
    """The visit that a question is about: its visitor and its host or place are named.

    ``context`` are earlier questions, which may name them. Of several the last told one.
    """
    if not is_about_visits(question):
        return None
    asked = name_places(f"{question} {context}")
    words = _list_words(asked)
    countries = {place.country for place in find_places(asked)}
    years = set(re.findall(r"\b(?:19|20)\d\d\b", question))
    matching = [
        visit
        for visit in visits
        if (_is_named(visit.visitor, words) or _is_by_office(visit, asked, words))
        and (not years or not visit.dates.start or visit.dates.start[:4] in years)
        and _is_hosted(visit, words, countries)
    ]
    return max(matching, key=lambda visit: visit.history[-1].at, default=None)


def is_about_visits(question: str) -> bool:
    """Whether the words of going, meeting or receiving stand in the question, in any language."""
    return bool(_load_visiting().search(question))


def tell_visit(visit: Visit) -> tuple[Line, ...]:
    """Where the visit stands with the sentence it rests on, and where it stood before that."""
    place = f"{visit.host} ({visit.place})" if visit.place else visit.host
    overdue = "; the date has passed with no report" if visit.is_overdue else ""
    standing = find_standing(visit)
    stands = f"{visit.visitor} → {place}: {describe_state(visit)}{overdue}."
    lines = [Line(stands, cite_whole(standing))]
    if before := _find_before(visit, standing):
        lines.append(Line(f"Before that: {describe_state(before)}.", cite_whole(before)))
    return tuple(lines)


@cache
def _load_visiting() -> re.Pattern[str]:
    lists = load_lexicon("visiting")
    return compile_words(word for language in LANGUAGES for word in lists[language]["words"])


@cache
def _load_offices() -> frozenset[str]:
    return frozenset(load_lexicon("visiting")["offices"]["words"])


def _find_before(visit: Visit, standing: Move) -> Move | None:
    """The last move that was obeyed and said otherwise than the visit stands."""
    earlier = (
        move
        for move in reversed(visit.history)
        if move.is_obeyed and move.at < standing.at and move.article_id != standing.article_id
    )
    stands = (visit.status, visit.dates)
    return next((move for move in earlier if (move.status, move.dates) != stands), None)


def _list_words(text: str) -> tuple[str, ...]:
    """The words, and without the ``s`` of a possessive, which people type with no apostrophe."""
    found = (form for word in _WORD.findall(text) for form in (word, _POSSESSIVE.sub("", word)))
    return tuple(dict.fromkeys(fold(word) for word in found if len(word) >= _SHORTEST))


def _is_named(visitor: str, words: Iterable[str]) -> bool:
    """Whether a word is the visitor's family name, or both words of an unknown order are."""
    core = [part for part in list_core(visitor) if len(part) >= _SHORTEST]
    return any(names_alike(word, part) for part in core[-2:] for word in words)


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


def _is_hosted(visit: Visit, words: Sequence[str], countries: set[str]) -> bool:
    if (get_country(visit.host) or visit.host) in countries:
        return True
    names = [name for name in (visit.host, visit.place) if name]
    if any(same_place(name, country) for name in names for country in countries):
        return True
    parts = [part for name in names for part in list_words(name) if len(part) > _SHORTEST]
    return any(names_alike(word, part) for part in parts for word in words)
