"""visit, answer × passages → both sides, where sources disagree or what they tell has changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.changes import describe_state, find_standing
from bot.citations import cite, cite_whole, rank_side
from bot.conflicts import is_dispute
from bot.lines import Copies
from bot.model import (
    OFF,
    Article,
    Citation,
    Contradiction,
    Item,
    Move,
    Passage,
    Sentence,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.text.account import Account
from bot.text.cues import LANGUAGES
from bot.text.dates import span
from bot.text.differ import Difference, find_difference
from bot.text.subject import name_subject
from bot.text.taken_back import Kind

ONE_EVENT = timedelta(days=7)
"""Articles found for one question tell of one event if they were published within it."""
MOST = 2
"""Pairs that one answer shows."""

Lines = tuple[tuple[str, tuple[Citation, ...]], ...]
"""Texts, each with what it cites."""


# ---------------------------------------------------------------- visits


def list_disputes(visits: Sequence[Visit], since: datetime, copies: Copies) -> list[Contradiction]:
    """Reports after ``since`` that say otherwise than a visit stands, each beside what stands."""
    return [
        show_dispute(visit, move)
        for visit in visits
        for move in list_rivals(visit, copies)
        if move.at > since
    ]


def list_rivals(visit: Visit, copies: Copies) -> list[Move]:
    """The reports of other sources that were not obeyed and truly say otherwise, newest first.

    Of several that say the same the newest stands for all.
    """
    standing = find_standing(visit)
    text = copies.get(standing.article_id, frozenset({standing.article_id}))
    rivals: dict[tuple[VisitStatus, VisitDates], Move] = {}
    for move in visit.alternatives:
        if move.article_id not in text and _is_rival(move, visit):
            rivals.setdefault((move.status, move.dates), move)
    return list(rivals.values())


def _is_rival(move: Move, visit: Visit) -> bool:
    """Whether both can't be true: off or on, another date, or doubt about what is confirmed."""
    if (move.status in OFF) != (visit.status in OFF):
        return True
    told, stands = span(move.dates), span(visit.dates)
    if told and stands and (told[1] < stands[0] or stands[1] < told[0]):
        return True
    is_doubt = move.status is VisitStatus.POSSIBLE
    return is_doubt and visit.status is VisitStatus.CONFIRMED


def show_dispute(visit: Visit, move: Move) -> Contradiction:
    """A report beside what stands, the newer first."""
    sides = [find_standing(visit), move]
    newer, older = sorted(sides, key=lambda side: side.at, reverse=True)
    place = f"{visit.place}, {visit.host}" if visit.place else visit.host
    return Contradiction(
        subject=f"{visit.visitor} → {place}", first=_show_side(newer), second=_show_side(older)
    )


def _show_side(move: Move) -> Item:
    return Item(text=move.quote, citations=cite_whole(move))


def show_rivals(visit: Visit) -> Lines:
    """Where a visit stands beside each report that says otherwise, with who and when."""
    shown: list[tuple[str, tuple[Citation, ...]]] = []
    for move in list_rivals(visit, {})[:MOST]:
        standing = Item(text=describe_state(visit), citations=cite_whole(find_standing(visit)))
        rival = Item(text=describe_state(move), citations=cite_whole(move))
        shown += _show("Sources disagree on this visit:", standing, rival)
    return tuple(shown)


# ---------------------------------------------------------------- facts


class _Said(NamedTuple):
    article: Article
    number: int
    account: Account

    @property
    def item(self) -> Item:
        """The sentence as one side."""
        cited = cite(self.article, self.number, self.account.text)
        return Item(text=f"“{self.account.text}”", citations=(cited,))


def show_conflicts(cited: Iterable[Citation], passages: Sequence[Passage]) -> Lines:
    """What an answer cites beside what other articles say otherwise, with who and when."""
    keys = {(citation.article_id, citation.sentence) for citation in cited}
    said = list(_list_said(passages))
    shown: dict[frozenset[int], Lines] = {}
    for ours in said:
        if (ours.article.id, ours.number) not in keys:
            continue
        for other in said:
            pair = frozenset((ours.article.id, other.article.id))
            if len(pair) == 2 and pair not in shown and (lines := _show_conflict(ours, other)):
                shown[pair] = lines
    return tuple(line for lines in list(shown.values())[:MOST] for line in lines)


def _list_said(passages: Iterable[Passage]) -> Iterator[_Said]:
    """Every sentence of the passages once, in languages whose words we know."""
    found: dict[tuple[int, int], tuple[Article, Sentence]] = {
        (passage.article.id, sentence.number): (passage.article, sentence)
        for passage in passages
        if passage.article.language in LANGUAGES
        for sentence in passage.sentences
    }
    for article, sentence in found.values():
        account = Account(sentence.text, article.language, article.published_on)
        yield _Said(article, sentence.number, account)


def _show_conflict(a: _Said, b: _Said) -> Lines:
    older, newer = sorted((a, b), key=lambda said: said.article.published_at)
    gap = newer.article.published_at - older.article.published_at
    difference = find_difference(newer.account, older.account, is_one_event=gap <= ONE_EVENT)
    if difference is None:
        return ()
    articles, accounts = (newer.article, older.article), (newer.account, older.account)
    subject = name_subject(*accounts)
    if is_dispute(articles, accounts, difference, is_one_period=True):
        return _show(f"Sources disagree ({subject}):", newer.item, older.item)
    if _is_change(difference):
        return _show(f"This has changed ({subject}):", newer.item, older.item)
    return ()


def _is_change(difference: Difference) -> bool:
    return difference.kind in (Kind.VALUE, Kind.TIME) or difference.is_newer_denying


def _show(heading: str, first: Item, second: Item) -> Lines:
    """A heading, and below it the two sides, the newer one first."""
    sides = [(first, rank_side(first, second)), (second, rank_side(second, first))]
    sides.sort(key=lambda side: _age(side[0]), reverse=True)
    told = (
        (f"{rank.capitalize()} – {_who(item)}: {item.text}", item.citations) for item, rank in sides
    )
    return ((heading, ()), *told)


def _age(item: Item) -> datetime:
    return max(citation.published_at for citation in item.citations)


def _who(item: Item) -> str:
    """``Meridian Wire, 28 January 2025``."""
    cited = item.citations[0]
    return f"{cited.outlet}, {cited.published_at:%-d %B %Y}"
