"""Posting on time: due slots into the outbox, and the outbox into the channels."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliver import deliver, make_parts
from bot.jobs.compose import compose_brief
from bot.jobs.draw import draw_timeline
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import Slot, Subscription
from bot.schedule import LOOK_BACK, decide_due

logger = logging.getLogger(__name__)

MAX_PERIOD = timedelta(days=8)
"""The longest period of a scheduled brief, however long none was posted."""
SETTLING = timedelta(seconds=10)
"""A brief is written this long after its hour, when what was seen before it is surely stored."""
BRIEFS_AT_ONCE = 8
SENDERS = 4


async def prepare_due(tools: Tools) -> None:
    """Write the briefs that are due into the outbox; one's trouble delays no other."""
    now = tools.clock()

    async def prepare_one(subscription: Subscription) -> None:
        await _prepare(tools, subscription, now)

    subscriptions = await tools.store.list_subscriptions()
    await run_all(subscriptions, prepare_one, BRIEFS_AT_ONCE, unwatched)


async def deliver_waiting(tools: Tools) -> int:
    """Send what waits in the outbox; returns how many messages were sent.

    Several senders share the work, so that a channel that hangs holds up one of them.
    """
    sent = await asyncio.gather(
        *(
            deliver(
                store=tools.store,
                channels=tools.channels,
                owner=f"{tools.owner}/{number}",
                clock=tools.clock,
            )
            for number in range(SENDERS)
        )
    )
    return sum(sent)


async def _prepare(tools: Tools, subscription: Subscription, now: datetime) -> None:
    """Put a due brief into the outbox, once; say of missed slots that they were skipped."""
    channel = tools.channels.get(subscription.channel.platform)
    if channel is None:
        return
    known = await tools.store.list_slot_keys(subscription.id, now - LOOK_BACK)
    due = decide_due(subscription, known, now - SETTLING)
    for slot, reason in due.skip:
        await tools.store.skip_slot(slot, subscription, reason)
        logger.warning("slot.skipped slot=%s reason=%s", slot.key, reason)
    if due.post is None:
        return
    brief = await compose_brief(
        tools,
        subscription.workspace,
        start_at=await _start_of(tools, subscription, due.post),
        end_at=due.post.due_at,
        timezone=subscription.timezone,
        tags=subscription.tags,
        seed=f"{due.post.key}|{subscription.channel.platform}|{subscription.channel.channel_id}",
    )
    if due.is_late:
        minutes = round((now - due.post.due_at).total_seconds() / 60)
        late = f"Posted {minutes} minutes late."
        brief = replace(brief, note=f"{late} {brief.note}".strip())
    if subscription.is_weekly:
        picture = await draw_timeline(
            tools, brief.visits, now=brief.end_at, timezone=brief.timezone
        )
        brief = replace(brief, picture=picture)

    def render(mark: Callable[[int], str]) -> tuple[Mapping[str, object], ...]:
        return channel.render_brief(brief, mark)

    parts = make_parts(due.post, subscription.channel, render)
    note = "late" if due.is_late else ""
    await tools.store.save_delivery(due.post, subscription, parts, note=note)


async def _start_of(tools: Tools, subscription: Subscription, slot: Slot) -> datetime:
    """A brief goes on where the last one that was posted ended, so that nothing falls between."""
    last_at = await tools.store.find_last_slot_at(subscription.id, slot.due_at)
    if last_at is None:
        return slot.due_at - timedelta(days=1)
    return max(last_at, slot.due_at - MAX_PERIOD)
