"""What goes out: the ledger, and the brief of a period."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.brief import Material, write_brief
from bot.jobs.gather import extract_new, quoting
from bot.jobs.sources import keep_sources
from bot.jobs.tools import Progress, Tools, unwatched
from bot.model import ArticleAnalysis, Brief, Feed, Topic, Visit
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger, list_open

logger = logging.getLogger(__name__)

REPEATS = timedelta(days=7)
"""A line of these days before a period is not said again in it."""
LEDGER = timedelta(days=2 * 366)
"""How far back the ledger reads."""
MODEL_SECONDS = 120
"""How long a brief waits for the model before it quotes instead."""


async def list_visits(tools: Tools, workspace: str, now: datetime) -> tuple[Visit, ...]:
    """The ledger as of ``now``: every visit the workspace's articles tell of."""
    told = await tools.store.list_told(
        workspace, tools.engine.name, start_at=now - LEDGER, end_at=now
    )
    return await asyncio.to_thread(_build_ledger, told, now)


def _build_ledger(told: Sequence[ArticleAnalysis], now: datetime) -> tuple[Visit, ...]:
    """The ledger without what a copy of a text only repeats, as a brief of that moment has it."""
    recent = [known.article for known in told if known.article.seen_at > now - REPEATS]
    return build_ledger(forget_retold(told, group_stories(recent)), now)


async def _list_analyses(
    tools: Tools, workspace: str, start_at: datetime, end_at: datetime
) -> tuple[ArticleAnalysis, ...]:
    return await tools.store.list_analyses(
        workspace, tools.engine.name, start_at=start_at, end_at=end_at
    )


async def compose_brief(
    tools: Tools,
    workspace: str,
    *,
    start_at: datetime,
    end_at: datetime,
    timezone: str = "UTC",
    tags: Sequence[str] = (),
    progress: Progress = unwatched,
    seed: str = "",
) -> Brief:
    """The brief of a period, its sources kept under its key; unread texts are analysed first.

    The same ``seed`` and the same sources give the same key; without one the key is random.
    """
    await _analyse(tools, workspace, start_at - REPEATS, progress)
    heard = await _list_analyses(tools, workspace, end_at - LEDGER, end_at)
    before = await _list_analyses(tools, workspace, start_at - LEDGER, start_at)
    feeds = await tools.store.list_feeds(workspace)
    topics = [topic for topic in tools.topics if not tags or topic.tag in tags]

    brief = await asyncio.to_thread(
        _compose, heard, before, feeds, topics, tools.engine.name, start_at, end_at, timezone
    )
    return await keep_sources(tools, workspace, brief, seed)


async def _analyse(tools: Tools, workspace: str, since: datetime, progress: Progress) -> None:
    """Analyse what is left; when the model takes too long, quote, so that the brief is on time."""
    try:
        async with asyncio.timeout(MODEL_SECONDS):
            await extract_new(tools, workspace=workspace, since=since, progress=progress)
    except TimeoutError:
        logger.warning("model.too_slow seconds=%d", MODEL_SECONDS)
        await extract_new(quoting(tools), workspace=workspace, since=since, progress=progress)


def _compose(
    heard: Sequence[ArticleAnalysis],
    before: Sequence[ArticleAnalysis],
    feeds: Sequence[Feed],
    topics: Sequence[Topic],
    engine: str,
    start_at: datetime,
    end_at: datetime,
    timezone: str,
) -> Brief:
    recent = [known for known in heard if known.article.seen_at > start_at - REPEATS]
    stories = group_stories([known.article for known in recent])
    visits = build_ledger(forget_retold(heard, stories), end_at)
    return write_brief(
        Material(
            start_at=start_at,
            end_at=end_at,
            timezone=timezone,
            topics=topics,
            analyses=[known for known in recent if known.article.seen_at > start_at],
            earlier=[known for known in before if known.article.seen_at > start_at - REPEATS],
            stories=stories,
            visits_before=build_ledger(forget_retold(before, stories), start_at),
            visits_now=visits,
            visits_open=list_open(visits, end_at),
            feeds=feeds,
            engine=engine,
            earlier_at=max((known.article.seen_at for known in before), default=None),
        )
    )
