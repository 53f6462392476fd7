"""article + sentence → numbered citation: one number for one sentence throughout a text."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.model import Article, Citation, Contradiction, Item, Move

PRIMARY = 1
"""The tier of a government or an international body."""


def cite(article: Article, number: int, quote: str) -> Citation:
    """The citation of one sentence of an article, not yet numbered."""
    return Citation(
        n=0,
        article_id=article.id,
        article_url=article.url,
        outlet=article.outlet,
        title=article.title,
        published_at=article.published_at,
        sentence=number,
        quote=quote,
        tier=article.tier,
    )


def cite_move(move: Move) -> Citation:
    """The citation of the sentence that moved a visit, not yet numbered."""
    return Citation(
        n=0,
        article_id=move.article_id,
        article_url=move.article_url,
        outlet=move.outlet,
        title=move.title,
        published_at=move.at,
        sentence=move.sentence,
        quote=move.quote,
        tier=move.tier,
    )


def cite_whole(move: Move) -> tuple[Citation, ...]:
    """The citations of every sentence that a move rests on, the telling one first."""
    told = cite_move(move)
    return (told, *(replace(told, sentence=e.sentence, quote=e.quote) for e in move.more))


class Standing(StrEnum):
    """How one of two that disagree stands to the other."""

    NEWER = "newer"
    OLDER = "older"
    SAME_TIME = "same time"
    PRIMARY = "primary source"


def list_standings(side: Item, other: Item) -> tuple[Standing, ...]:
    """Which of the two is newer, and whether this one is from a primary source."""
    ours, theirs = (
        max((cited.published_at for cited in item.citations), default=None)
        for item in (side, other)
    )
    if ours is None or theirs is None or ours == theirs:
        age = Standing.SAME_TIME
    else:
        age = Standing.NEWER if ours > theirs else Standing.OLDER
    is_primary = any(cited.tier == PRIMARY for cited in side.citations)
    return (age, Standing.PRIMARY) if is_primary else (age,)


def rank_side(side: Item, other: Item) -> str:
    """``newer`` or ``older, primary source``: how one of two stands to the other, in English."""
    return ", ".join(list_standings(side, other))


def group_by_article(citations: Iterable[Citation]) -> tuple[tuple[Citation, ...], ...]:
    """The citations of each article together, in order of first use."""
    groups: dict[int, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.article_id, []).append(citation)
    return tuple(tuple(group) for group in groups.values())


class Numbering:
    """Gives each cited sentence its number, in order of first use."""

    def __init__(self) -> None:
        self._numbered: dict[tuple[int, int], Citation] = {}

    def number(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations with their numbers, each sentence once."""
        return tuple({numbered.n: numbered for numbered in map(self._one, citations)}.values())

    def _one(self, citation: Citation) -> Citation:
        key = (citation.article_id, citation.sentence)
        return self._numbered.setdefault(key, replace(citation, n=len(self._numbered) + 1))

    def item(self, item: Item) -> Item:
        """The item with its citations numbered, and those of what it replaces."""
        return replace(item, citations=self.number(item.citations), was=self.number(item.was))

    def pair(self, pair: Contradiction) -> Contradiction:
        """Both sides of a contradiction with their citations numbered."""
        return replace(pair, first=self.item(pair.first), second=self.item(pair.second))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that were numbered, in order."""
        return tuple(self._numbered.values())
