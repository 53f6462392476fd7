"""What goes out: the ledger, and the brief of a period."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.brief import Material, decide_brief
from bot.jobs.gather import extract_new, quoting
from bot.jobs.sources import keep_sources
from bot.jobs.tools import Progress, Tools, unwatched
from bot.lines import Decision
from bot.model import Analysis, ArticleAnalysis, Brief, Feed, Length, Topic, Visit
from bot.stories import forget_retold, group_stories
from bot.visits import build_ledger, list_open

logger = logging.getLogger(__name__)

REPEATS = timedelta(days=7)
"""A line of these days before a period is not said again in it."""
LEDGER = timedelta(days=2 * 366)
"""How far back the ledger reads."""
SHORT_LINES = 3
"""Lines of one section of a short brief."""
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


@dataclass(frozen=True, slots=True)
class Written:
    """A brief, what it was made of, and what became of each line; its sources are not kept."""

    brief: Brief
    material: Material
    decisions: tuple[Decision, ...]


async def compose_brief(
    tools: Tools,
    workspace: str,
    *,
    start_at: datetime,
    end_at: datetime,
    timezone: str = "UTC",
    tags: Sequence[str] = (),
    length: Length = Length.STANDARD,
    progress: Progress = unwatched,
) -> Brief:
    """The brief of a period, its sources kept under its key; unread texts are analysed first."""
    await analyse(tools, workspace, start_at - REPEATS, progress)
    written = await write_period(
        tools,
        workspace,
        start_at=start_at,
        end_at=end_at,
        timezone=timezone,
        tags=tags,
        length=length,
    )
    return await keep_sources(tools, workspace, written.brief)


async def write_period(
    tools: Tools,
    workspace: str,
    *,
    start_at: datetime,
    end_at: datetime,
    timezone: str = "UTC",
    tags: Sequence[str] = (),
    length: Length = Length.STANDARD,
) -> Written:
    """The brief of a period, from what is analysed by now."""
    heard = await _list_analyses(tools, workspace, end_at - LEDGER, end_at)
    before = await _list_analyses(tools, workspace, start_at - LEDGER, start_at)
    feeds = await tools.store.list_feeds(workspace)
    topics = [cap(topic, length) for topic in tools.topics if not tags or topic.tag in tags]

    return await asyncio.to_thread(
        _compose, heard, before, feeds, topics, tools.engine.name, start_at, end_at, timezone
    )


def cap(topic: Topic, length: Length) -> Topic:
    """The topic with as many lines as a section of a brief of that length may have."""
    lines = {
        Length.SHORT: min(SHORT_LINES, topic.max_items),
        Length.LONG: 2 * topic.max_items,
    }
    return replace(topic, max_items=lines.get(length, topic.max_items))


async def analyse(
    tools: Tools, workspace: str, since: datetime, progress: Progress = unwatched
) -> None:
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
) -> Written:
    heard, before = (keep_followed(known, feeds) for known in (heard, before))
    recent = [known for known in heard if known.article.seen_at > start_at - REPEATS]
    stories = group_stories([known.article for known in recent])
    visits = build_ledger(forget_retold(heard, stories), end_at)
    material = Material(
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
    brief, decisions = decide_brief(material)
    return Written(brief, material, decisions)


def keep_followed(
    analyses: Sequence[ArticleAnalysis], feeds: Sequence[Feed]
) -> list[ArticleAnalysis]:
    """The analyses without facts of topics that their feed is not followed for; visits stay."""
    tags = {feed.id: frozenset(feed.tags) for feed in feeds if feed.tags}
    return [
        replace(known, analysis=_keep_tags(known.analysis, tags[known.article.feed_id]))
        if known.article.feed_id in tags
        else known
        for known in analyses
    ]


def _keep_tags(analysis: Analysis, tags: frozenset[str]) -> Analysis:
    return replace(analysis, facts=tuple(fact for fact in analysis.facts if fact.tag in tags))
