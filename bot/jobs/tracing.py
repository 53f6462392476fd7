"""URL → trace: from the feed that brought it to the line that it is, or why it is none."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.brief import Material, decide_brief
from bot.jobs.compose import REPEATS, cap, write_period
from bot.jobs.post import MAX_PERIOD, find_start
from bot.jobs.tools import Tools
from bot.lines import Decision
from bot.model import (
    Article,
    ArticleAnalysis,
    Brief,
    DeliveryState,
    Feed,
    KeptBrief,
    SlotRecord,
    Subscription,
    Trace,
)
from bot.schedule import list_slots
from bot.stories import group_stories
from bot.why import (
    explain_analysis,
    explain_article,
    explain_brief,
    explain_story,
    explain_unknown,
    tell_moment,
)

MAX_ORDERS = 10
"""Orders of which it is told what their briefs made of the article."""
MAX_SLOTS = 200
MAX_SKIPPED = 3
"""Skipped or failed slots of one order that are named."""
_NOT_POSTED = (DeliveryState.SKIPPED, DeliveryState.FAILED)
_MOMENT = timedelta(microseconds=1)


async def trace_article(tools: Tools, workspace: str, url: str, now: datetime) -> Trace:
    """What became of an article, in the order in which it happened, and in each order's brief."""
    article = await tools.store.find_article(workspace, url.strip())
    feeds = await tools.store.list_feeds(workspace)
    if article is None:
        return explain_unknown(url.strip(), len(feeds))
    feed = next((one for one in feeds if one.id == article.feed_id), None)
    steps = await _trace_reading(tools, workspace, article, feed, now)
    orders = await tools.store.list_subscriptions(workspace)
    slots = await tools.store.list_slots(workspace, limit=MAX_SLOTS) if orders else ()
    periods = _Periods(tools, workspace)
    for order in orders[:MAX_ORDERS]:
        name = f"order {order.id} (channel {order.channel.channel_id})"
        told = await _trace_order(tools, periods, order, article, slots, now)
        steps += [f"{name}: {step}" for step in told]
    if len(orders) > MAX_ORDERS:
        steps.append(f"{len(orders) - MAX_ORDERS} more orders were not looked at")
    if not orders:
        steps += await _trace_day(tools, workspace, article, now)
    return Trace(url=article.url, steps=tuple(steps))


class _Periods:
    """What the briefs of a period are made of: read once for all orders that have that period."""

    def __init__(self, tools: Tools, workspace: str) -> None:
        self._tools = tools
        self._workspace = workspace
        self._read: dict[tuple[datetime, datetime], Material] = {}

    async def decide(
        self, order: Subscription, start_at: datetime, end_at: datetime
    ) -> tuple[Brief, tuple[Decision, ...]]:
        """The order's brief of the period, and what became of each line."""
        period = start_at, end_at
        if period not in self._read:
            written = await write_period(
                self._tools, self._workspace, start_at=start_at, end_at=end_at
            )
            self._read[period] = written.material
        material = replace(
            self._read[period],
            topics=[
                cap(topic, order.look.length)
                for topic in self._tools.topics
                if not order.tags or topic.tag in order.tags
            ],
            timezone=order.timezone,
        )
        return await asyncio.to_thread(decide_brief, material)


async def _trace_reading(
    tools: Tools, workspace: str, article: Article, feed: Feed | None, now: datetime
) -> list[str]:
    """From the feed to the facts."""
    found = await tools.store.list_analyses(
        workspace,
        tools.engine.name,
        start_at=article.seen_at - _MOMENT,
        end_at=article.seen_at,
    )
    own = next((known for known in found if known.article.id == article.id), None)
    near = await tools.store.list_articles(
        workspace,
        start_at=article.seen_at - REPEATS,
        end_at=min(now, article.seen_at + timedelta(days=2)),
    )
    stories = await asyncio.to_thread(group_stories, near)
    rates = await asyncio.to_thread(tools.rate, article, tools.topics) if _is_quoted(own) else {}
    return [
        *explain_article(article, feed),
        explain_story(article, stories, near),
        *explain_analysis(own, feed, tools.topics, rates),
    ]


def _is_quoted(found: ArticleAnalysis | None) -> bool:
    """Whether the engine that quotes read it: of it alone is known how it chooses."""
    return found is not None and found.analysis.engine == "extractive"


async def _trace_order(
    tools: Tools,
    periods: _Periods,
    order: Subscription,
    article: Article,
    slots: Sequence[SlotRecord],
    now: datetime,
) -> list[str]:
    """What an order's brief made of the article, or which brief it waits for."""
    own = [
        slot
        for slot in reversed(slots)
        if slot.subscription_id == order.id
        and slot.kind == "brief"
        and slot.due_at >= article.seen_at
    ]
    posted = next((slot for slot in own if slot.state not in _NOT_POSTED), None)
    missed = [slot for slot in own if slot.state in _NOT_POSTED]
    missed = [slot for slot in missed if posted is None or slot.due_at < posted.due_at]
    steps = [
        f"the brief of {tell_moment(slot.due_at)} was {slot.state}: {slot.reason}"
        for slot in missed[-MAX_SKIPPED:]
    ]
    last_at = await tools.store.find_last_slot_at(order.id, article.seen_at)
    if last_at and article.published_at <= last_at:
        steps.append(f"the brief of {tell_moment(last_at)} was posted before it was first seen")
    if posted:
        return [*steps, *await _trace_posted(tools, periods, order, article, posted)]
    return [*steps, *await _trace_waiting(tools, periods, order, article, now)]


async def _trace_posted(
    tools: Tools, periods: _Periods, order: Subscription, article: Article, slot: SlotRecord
) -> list[str]:
    """What the brief made of it that was posted next, as it was kept or as it would be again."""
    kept = await _find_kept(tools, order, slot)
    start_at = kept.brief.start_at if kept else await find_start(tools, order, slot.due_at)
    name = f"brief of {tell_moment(slot.due_at)}"
    if article.seen_at <= start_at:
        return [f"no brief covers the time when it was first seen; the next one was the {name}"]
    written, decisions = await periods.decide(order, start_at, slot.due_at)
    steps = explain_brief(article, kept.brief if kept else written, decisions)
    return [f"{name}: {step}" for step in steps]


async def _find_kept(tools: Tools, order: Subscription, slot: SlotRecord) -> KeptBrief | None:
    kept = await tools.store.list_briefs(
        start_at=slot.due_at,
        end_at=slot.due_at + _MOMENT,
        workspace=order.workspace,
        channel=slot.channel,
    )
    return next((one for one in kept if one.slot_key == slot.key), None)


async def _trace_waiting(
    tools: Tools, periods: _Periods, order: Subscription, article: Article, now: datetime
) -> list[str]:
    """What the next brief would make of it."""
    start_at = await find_start(tools, order, now)
    if article.seen_at <= start_at:
        return ["no brief of this order covers the time when it was first seen"]
    if order.paused_for:
        name = f"not posted: this order is paused: {order.paused_for}; now it would be"
    else:
        coming = list_slots(order, now, now + MAX_PERIOD)
        due = tell_moment(coming[0].due_at) if coming else "a later day"
        name = f"not posted yet; the next brief is due {due}, and would be now"
    written, decisions = await periods.decide(order, start_at, now)
    return [f"{name}: {step}" for step in explain_brief(article, written, decisions)]


async def _trace_day(tools: Tools, workspace: str, article: Article, now: datetime) -> list[str]:
    """What a plain brief of a day makes of it: of the last one, or the one it was seen on."""
    day = timedelta(days=1)
    end_at = now if article.seen_at > now - day else article.seen_at + day / 2
    written = await write_period(tools, workspace, start_at=end_at - day, end_at=end_at)
    name = f"no brief is scheduled here; a brief of the day up to {tell_moment(end_at)}"
    return [f"{name}: {x}" for x in explain_brief(article, written.brief, written.decisions)]
