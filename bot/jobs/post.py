"""Posting on time: due slots into the outbox, and the outbox into the channels."""

import asyncio
import logging
from collections.abc import Callable, Container
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliver import deliver, make_parts
from bot.jobs.compose import REPEATS, analyse, write_period
from bot.jobs.draw import draw_timeline
from bot.jobs.silence import NOTHING_NEW, REMOVED, complete_look, explain_silence, look_again
from bot.jobs.sources import keep_sources
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import Brief, Slot, Subscription
from bot.ports import Payloads
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
    now, absent = tools.clock(), await tools.store.list_absent()

    async def prepare_one(order: Subscription) -> None:
        await _prepare(tools, order, absent, now)

    orders = await tools.store.list_subscriptions()
    await run_all(orders, prepare_one, BRIEFS_AT_ONCE, unwatched)


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


async def _prepare(
    tools: Tools, order: Subscription, absent: Container[str], now: datetime
) -> None:
    """Put a due brief into the outbox, once; say of other slots why they were skipped."""
    if order.channel.platform not in tools.channels:
        return
    known = await tools.store.list_slot_keys(order.id, now - LOOK_BACK)
    due = decide_due(order, known, now - SETTLING)
    for slot, reason in due.skip:
        await _skip(tools, order, slot, reason)
    if due.post is None:
        return
    choices = await tools.store.list_choices(order.workspace)
    if reason := explain_silence(order, choices, absent, due.post.due_at):
        await _skip(tools, order, due.post, reason)
        return
    brief = await _write(tools, order, due.post)
    # Somebody may have wanted no more of it while it was written.
    reason = await look_again(tools, order, due.post.due_at)
    if reason == REMOVED:
        return  # nothing more is kept of an order or a workspace that is gone
    is_left_out = order.skips_quiet and brief.is_quiet and not brief.contradictions
    if reason or is_left_out:
        await _skip(tools, order, due.post, reason or NOTHING_NEW)
        return
    if due.is_late:
        minutes = round((now - due.post.due_at).total_seconds() / 60)
        brief = replace(brief, note=f"Posted {minutes} minutes late. {brief.note}".strip())
    await _save(tools, order, due.post, brief, "late" if due.is_late else "")


async def _skip(tools: Tools, order: Subscription, slot: Slot, reason: str) -> None:
    await tools.store.skip_slot(slot, order.workspace, order.channel, reason)
    logger.warning("slot.skipped slot=%s reason=%s", slot.key, reason)


async def _write(tools: Tools, order: Subscription, slot: Slot) -> Brief:
    """The brief of a slot, its sources not kept yet; once a week with a picture."""
    start_at = await find_start(tools, order, slot.due_at)
    await analyse(tools, order.workspace, start_at - REPEATS)
    written = await write_period(
        tools,
        order.workspace,
        start_at=start_at,
        end_at=slot.due_at,
        timezone=order.timezone,
        tags=order.tags,
        length=order.look.length,
    )
    brief = written.brief
    if not order.is_weekly:
        return brief
    picture = await draw_timeline(tools, brief.visits, now=brief.end_at, timezone=brief.timezone)
    return replace(brief, picture=picture)


async def _save(tools: Tools, order: Subscription, slot: Slot, brief: Brief, note: str) -> None:
    channel = tools.channels[order.channel.platform]
    seed = f"{slot.key}|{order.channel.platform}|{order.channel.channel_id}"
    brief = await keep_sources(tools, order.workspace, brief, seed)
    choices = await tools.store.list_choices(order.workspace)
    told = [section.tag for section in brief.sections if section.items]
    look = complete_look(order.look, choices, told)

    def render(mark: Callable[[int], str]) -> Payloads:
        return channel.render_brief(brief, mark, look)

    parts = await asyncio.to_thread(make_parts, slot, order.channel, render)
    await tools.store.save_delivery(
        slot, order.workspace, order.channel, parts, note=note, brief=brief, look=look
    )


async def find_start(tools: Tools, order: Subscription, end_at: datetime) -> datetime:
    """A brief goes on where the last one that was posted ended, so that nothing falls between."""
    last_at = await tools.store.find_last_slot_at(order.id, end_at)
    return max(last_at, end_at - MAX_PERIOD) if last_at else end_at - timedelta(days=1)
