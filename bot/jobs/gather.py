"""What comes in: feeds polled, single texts read, new texts analysed."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

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
"""Failures in a row after which the model is left alone for this run."""


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
                now=now,
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


async def extract_new(
    tools: Tools,
    *,
    workspace: str | None = None,
    since: datetime | None = None,
    progress: Progress = unwatched,
) -> int:
    """Analyse the texts that the engine has not read yet; returns how many."""
    articles = await tools.store.list_unread(
        tools.engine.name,
        tools.engine.prompt_version,
        limit=MAX_ARTICLES,
        workspace=workspace,
        since=since,
    )

    failures = 0

    async def extract_one(article: Article) -> None:
        nonlocal failures
        if failures >= MAX_MODEL_FAILURES:
            return
        analysis = await extract(
            article, engine=tools.engine, fallback=tools.fallback, topics=tools.topics
        )
        failures = failures + 1 if analysis.note else 0
        await tools.store.save_analysis(analysis, tools.clock())

    await run_all(articles, extract_one, ARTICLES_AT_ONCE, progress)
    if failures >= MAX_MODEL_FAILURES and tools.engine is not tools.fallback:
        logger.warning("model.left_alone failures_in_a_row=%d", failures)
        await extract_new(quoting(tools), workspace=workspace, since=since, progress=progress)
    return len(articles)


def quoting(tools: Tools) -> Tools:
    """The same tools with the engine that needs no model."""
    return replace(tools, engine=tools.fallback)
