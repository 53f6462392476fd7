"""visit, analyses → what is open about it: cited lines of its own articles, best first."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.citations import Numbering
from bot.conflicts import make_item
from bot.lines import Copies, Line, is_said, join_lines, make_lines, spread
from bot.model import Article, ArticleAnalysis, Item, Story, Topic, Visit
from bot.text.dates import find_dates, resolve_dates, span
from bot.text.modality import Modality, modality
from bot.text.names import find_home, find_names, find_people, find_places, get_country
from bot.text.variants import same_person, same_place

MOST = 5
"""Lines of one agenda."""


def list_articles(visit: Visit, analyses: Iterable[ArticleAnalysis]) -> list[ArticleAnalysis]:
    """The articles that tell of the visit."""
    ids = {move.article_id for move in visit.history}
    return [known for known in analyses if known.article.id in ids]


def list_agenda(
    visit: Visit,
    others: Sequence[Visit],
    analyses: Sequence[ArticleAnalysis],
    stories: Iterable[Story],
    topics: Iterable[Topic],
) -> tuple[Item, ...]:
    """At most ``MOST`` kept facts that look ahead or name both sides, numbered.

    ``analyses`` are those of the visit's own articles, and ``stories`` group these. What tells
    of a trip alone, or stands where one of ``others`` is spoken of, is no point of the agenda.
    """
    copies = {id_: text for story in stories for text in story.copies for id_ in text}
    ledger = {topic.tag for topic in topics if topic.is_ledger}
    told = {key for known in analyses for key in _list_trips(known)}
    lines = make_lines(analyses, ()).now
    points = [line for line in lines if _is_point(line, visit) and _is_about(line, visit, others)]
    points = _drop_trips(points, lines, told, ledger)
    travel = {key for line in lines if line.fact.tag in ledger for key in line.sentences}

    def rank(group: Sequence[Line]) -> tuple[bool, bool, bool, datetime]:
        """What is still to come first, then what is no travel news, then what names both sides."""
        return (
            any(_looks_ahead(line, visit) for line in group),
            not any(line.sentences & travel for line in group),
            any(_names_both(line, visit) for line in group),
            max(line.article.published_at for line in group),
        )

    groups = sorted(join_lines(points, copies), key=rank, reverse=True)
    return _number(spread(groups)[:MOST], copies)


def _drop_trips(
    points: Sequence[Line],
    lines: Sequence[Line],
    told: AbstractSet[tuple[int, int]],
    ledger: AbstractSet[str],
) -> list[Line]:
    """The points that say more than the sentences ``told``, each once."""
    trips = [line for line in lines if line.sentences <= told]
    more = [
        line
        for line in points
        if not (line.fact.tag in ledger and line.sentences & told) and not is_said(line, trips)
    ]
    return [line for line in more if not any(line.sentences < other.sentences for other in more)]


def _number(groups: Iterable[Sequence[Line]], copies: Copies) -> tuple[Item, ...]:
    numbering = Numbering()
    return tuple(numbering.item(make_item(group, copies)) for group in groups)


def _list_trips(known: ArticleAnalysis) -> Iterable[tuple[int, int]]:
    """The sentences of an article that tell of any trip: (article id, sentence number)."""
    for mention in known.analysis.mentions:
        for evidence in (mention.evidence, *mention.more):
            yield (known.article.id, evidence.sentence)


# ---------------------------------------------------------------- what is a point of the agenda


def _is_point(line: Line, visit: Visit) -> bool:
    return _looks_ahead(line, visit) or _names_both(line, visit)


def _looks_ahead(line: Line, visit: Visit) -> bool:
    """Whether it is not told as done, or has a day that is not past when the visit begins."""
    text, article = _quote(line), line.article
    if modality(text, article.language) < Modality.ASSERTED:
        return True
    begins = span(visit.dates)
    days = (
        # A month without its year may be the last one as well as the next.
        span(resolve_dates(found.text, article.published_on, article.language, is_past=True))
        for found in find_dates(text, article.language)
    )
    return any(begins and day and day[1] >= begins[0] for day in days)


def _names_both(line: Line, visit: Visit) -> bool:
    named = _read_names(_quote(line))
    return all(side.is_in(named) for side in _list_sides(visit))


def _quote(line: Line) -> str:
    return " ".join(evidence.quote for evidence in line.fact.evidence)


# ---------------------------------------------------------------- whom it names


@dataclass(frozen=True, slots=True)
class _Named:
    """The countries and the names of a text; a known person stands for the country too."""

    lands: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """The visitor or the host: any of the names, or the country."""

    names: tuple[str, ...]
    land: str | None

    def is_in(self, named: _Named) -> bool:
        if self.land in named.lands:
            return True
        return any(_is_one(mine, name) for mine in self.names for name in named.names)

    def is_like(self, other: "_Side") -> bool:
        if self.land and other.land:
            return self.land == other.land
        return any(_is_one(a, b) for a in self.names for b in other.names)


def _is_one(a: str, b: str) -> bool:
    return same_person(a, b) or same_place(a, b)


def _list_sides(visit: Visit) -> tuple[_Side, _Side]:
    """The visitor with the country he speaks for, and the host with the place."""
    office = next((place.country for place in find_places(visit.visitor)), None)
    host = tuple(filter(None, (visit.host, visit.place)))
    return (
        _Side((visit.visitor,), find_home(visit.visitor) or office),
        _Side(host, get_country(visit.host)),
    )


@lru_cache(maxsize=1024)
def _read_names(text: str) -> _Named:
    names = (*find_names(text), *(person for person, _ in find_people(text)))
    homes = filter(None, map(find_home, names))
    return _Named(frozenset((*homes, *(place.country for place in find_places(text)))), names)


def _is_about(line: Line, visit: Visit, others: Iterable[Visit]) -> bool:
    """Whether an article that tells of several visits speaks of this one where the line stands.

    Whichever visit had its own side named last, at the line or before it, is spoken of.
    """
    mine, theirs = _part_sides(visit, [v for v in others if _tells(line.article, v)])
    if not theirs:
        return True
    last = max(evidence.sentence for evidence in line.fact.evidence)
    for sentence in reversed(line.article.sentences[:last]):
        named = _read_names(sentence.text)
        if any(side.is_in(named) for side in mine):
            return True
        if any(side.is_in(named) for side in theirs):
            return False
    return True


def _tells(article: Article, visit: Visit) -> bool:
    return any(move.article_id == article.id for move in visit.history)


def _part_sides(visit: Visit, others: Iterable[Visit]) -> tuple[list[_Side], list[_Side]]:
    """The sides that only this visit has, and those that only the others have."""
    ours, theirs = list(_list_sides(visit)), [s for other in others for s in _list_sides(other)]
    mine = [side for side in ours if not any(side.is_like(other) for other in theirs)]
    return mine, [side for side in theirs if not any(side.is_like(own) for own in ours)]
