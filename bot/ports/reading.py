"""What is kept of the news: feeds, their articles and what engines made of those, as Protocols."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Analysis,
    Article,
    ArticleAnalysis,
    Author,
    Feed,
    NewArticle,
    Poll,
    Searched,
)


class FeedStore(Protocol):
    """Feeds. A URL is polled once for all; a workspace sees the feeds it follows."""

    async def add_feed(
        self,
        workspace: str,
        url: str,
        *,
        title: str,
        outlet: str,
        tier: int,
        now: datetime,
        is_manual: bool = False,
        tags: Sequence[str] = (),
        by: Author | None = None,
    ) -> Feed:
        """Follow ``url``; following it twice changes nothing and returns what stands."""

    async def remove_feed(self, workspace: str, feed_id: int, *, by: Author | None = None) -> None:
        """Stop following; articles stay, unseen by this workspace."""

    async def pause_feed(
        self, workspace: str, feed_id: int, *, is_paused: bool, by: Author | None = None
    ) -> None:
        """Stop or go on polling for this workspace."""

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """What the workspace follows, by title."""

    async def list_due_feeds(
        self, now: datetime, *, limit: int, workspace: str | None = None
    ) -> tuple[Feed, ...]:
        """Feeds to poll now, longest due first: each URL once, not manual.

        Nor such as everybody who follows them has paused, or left.
        """

    async def save_poll(self, feed_id: int, poll: Poll) -> None:
        """Keep the outcome of a poll.

        A failing state adds to ``failures`` and begins ``failing_since``; others clear both.
        """

    async def list_failing(self, before: datetime) -> tuple[Feed, ...]:
        """Feeds failing since before a moment, once for each workspace that follows them.

        Without those that it has paused, or that has left.
        """


class ArticleStore(Protocol):
    """Articles: one per canonical URL, with versions; seen through the feeds one follows."""

    async def list_known(self, feed_id: int, ids: Iterable[str]) -> frozenset[str]:
        """Those of the given guids and URLs that this feed has brought before."""

    async def save_articles(self, feed_id: int, articles: Sequence[NewArticle]) -> int:
        """Store what is new or changed, all or nothing; returns how many were."""

    async def list_articles(
        self, workspace: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[Article, ...]:
        """Newest versions with ``start_at < seen_at <= end_at``, oldest first.

        An article whose text changed appears at the moment its newest version was seen.
        """

    async def find_article(self, workspace: str, url: str) -> Article | None:
        """The newest version under that canonical URL."""

    async def search(
        self,
        workspace: str,
        terms: Sequence[Sequence[str]],
        *,
        as_of: datetime,
        since: datetime | None = None,
        limit: int,
    ) -> tuple[tuple[Article, float], ...]:
        """Articles with any of the terms, best first, with a score (greater is better).

        A term is a group of alternatives, words or phrases, and an article has it if it has
        any of them; a ``*`` at an alternative's end stands for any ending of its last word
        (after at least three letters), no other character is syntax. Many and rare terms
        count most; among equals the newer is first. ``since`` is the earliest publication.
        """

    async def list_recent(
        self, workspace: str, *, as_of: datetime, languages: Collection[str], limit: int
    ) -> tuple[Article, ...]:
        """The articles in those languages that were published last, newest first."""

    async def list_by_url(
        self, workspace: str, urls: Collection[str], *, as_of: datetime
    ) -> tuple[Article, ...]:
        """What the articles under those canonical URLs show, in the order of the URLs."""

    async def count_searched(self, workspace: str, *, as_of: datetime) -> Searched:
        """What a search of this workspace looks through; of very many articles about how many."""


class FactStore(Protocol):
    """What engines made of texts: shared by text, prompt version and engine."""

    async def list_unread(
        self,
        engine: str,
        prompt_version: str,
        *,
        limit: int,
        workspace: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Article, ...]:
        """One article per text that this engine has not analysed, newest first."""

    async def save_analysis(self, analysis: Analysis, now: datetime) -> None:
        """Keep an analysis, in place of an older one of the same engine and prompt."""

    async def list_analyses(
        self, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_articles``, with each text's analysis.

        ``engine``'s newest one, else the newest of any engine; texts without are left out.
        """

    async def list_told(
        self, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_analyses``, only those that tell of a visit."""
