"""What comes in: feeds polled, single texts read, new texts analysed."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.extract import extract
from bot.ingest import ingest, make_article
from bot.jobs.tools import Progress, Tools, run_all, unwatched
from bot.model import Article, Feed, NewArticle, Reading

logger = logging.getLogger(__name__)

FEEDS_AT_ONCE = 8
ARTICLES_AT_ONCE = 4
MAX_FEEDS = 500
MAX_ARTICLES = 2000
MAX_MODEL_FAILURES = 3
"""Failures in a row after which the model is left alone for a while."""
MODEL_REST = timedelta(minutes=5)
TEXT_REST = timedelta(hours=1)
"""How long a text that the model failed on is not offered to it again."""


async def poll(
    tools: Tools, *, workspace: str | None = None, progress: Progress = unwatched
) -> int:
    """Fetch the feeds that are due and analyse what they brought; returns how many articles.

    One feed's trouble is that feed's state, and stops no other.
    """
    now = tools.clock()
    feeds = await tools.store.list_due_feeds(now, limit=MAX_FEEDS, workspace=workspace)
    counts: list[int] = []

    async def poll_one(feed: Feed) -> None:
        counts.append(
            await ingest(
                feed,
                store=tools.store,
                fetcher=tools.fetcher,
                parser=tools.parser,
                clock=tools.clock,
                interval=tools.poll_interval,
            )
        )

    await run_all(feeds, poll_one, FEEDS_AT_ONCE, progress)
    return sum(counts)


async def read(tools: Tools, workspace: str, readings: Iterable[Reading]) -> tuple[int, int]:
    """Take in single texts, all or none; returns how many were given and how many are new.

    A text that says when it was published counts as seen then, so that old ones fill old
    periods.

    Raises:
        DocumentError: one of them is empty.
    """
    now = tools.clock()
    articles = [_take_in(reading, now) for reading in readings]
    feed = await tools.store.add_feed(
        workspace,
        f"read:{workspace}",
        title="Read by hand",
        outlet="",
        tier=2,
        now=now,
        is_manual=True,
    )
    return len(articles), await tools.store.save_articles(feed.id, articles)


def _take_in(reading: Reading, now: datetime) -> NewArticle:
    article = make_article(reading, seen_at=now)
    return replace(article, seen_at=min(now, article.published_at))


@dataclass(slots=True)
class _Streak:
    """Failures in a row; once there were too many, a late success changes nothing."""

    is_resting: bool
    failures: int = 0

    def note(self, *, has_failed: bool) -> None:
        self.failures = self.failures + 1 if has_failed else 0
        self.is_resting = self.is_resting or self.failures >= MAX_MODEL_FAILURES

    def has_ended(self) -> bool:
        return self.is_resting


async def extract_new(
    tools: Tools,
    *,
    workspace: str | None = None,
    since: datetime | None = None,
    progress: Progress = unwatched,
) -> int:
    """Analyse the texts that the engine has not read yet; returns how many."""
    engine, now = tools.engine.name, tools.clock()
    streak, count = _Streak(_is_resting(tools, engine, now)), 0

    async def extract_one(article: Article) -> None:
        if streak.has_ended():
            return
        analysis = await extract(
            article, engine=tools.engine, fallback=tools.fallback, topics=tools.topics
        )
        if analysis.note:
            tools.rests[article.text_hash] = now + TEXT_REST
        streak.note(has_failed=bool(analysis.note))
        await tools.store.save_analysis(analysis, tools.clock())

    if not streak.has_ended():
        async with tools.turns[engine]:
            unread = await tools.store.list_unread(
                engine,
                tools.engine.prompt_version,
                limit=MAX_ARTICLES,
                workspace=workspace,
                since=since,
            )
            fit = [text for text in unread if not _is_resting(tools, text.text_hash, now)]
            count = len(fit)
            await run_all(fit, extract_one, ARTICLES_AT_ONCE, progress)
        if streak.has_ended():
            tools.rests[engine] = now + MODEL_REST
            logger.warning("model.left_alone engine=%s until=%s", engine, tools.rests[engine])
    if streak.has_ended():
        count += await extract_new(
            quoting(tools), workspace=workspace, since=since, progress=progress
        )
    return count


def _is_resting(tools: Tools, name: str, now: datetime) -> bool:
    return name in tools.rests and now < tools.rests[name]


def quoting(tools: Tools) -> Tools:
    """The same tools with the engine that needs no model."""
    return replace(tools, engine=tools.fallback)
