"""What fails → one message to a workspace's admins, each thing told once; and orders that rest.

The findings' codes, with the values that their wording may fill in:

``notice.feed_failing``  title, reason, days (how many whole days it has failed)
``notice.order_paused``  order (its number), channel (its id), reason
``notice.unknown_post``  channel (its id), due (ISO 8601, UTC), reason
``notice.failed_post``   channel (its id), due (ISO 8601, UTC), reason
``notice.over_budget``   tokens (the limit of the last 24 hours)
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from bot.deliver import GONE, NOT_IN_TIME, make_parts
from bot.jobs.choices import find_muted_until, find_notices
from bot.jobs.silence import complete_look
from bot.jobs.tools import Tools, run_all, unwatched
from bot.limits import count_tokens_left
from bot.model import DeliveryState, Feed, Finding, Look, Notice, SlotRecord, Subscription
from bot.ports import Payloads

logger = logging.getLogger(__name__)

FAILING = timedelta(days=1)
"""How long a feed fails before admins are told."""
RECENT = timedelta(days=2)
"""How old a delivery may be whose outcome admins are told."""
APART = timedelta(hours=1)
"""Between two messages to the admins of one workspace."""
REFUSALS = 3
"""Briefs refused in a row after which their order rests."""
MAX_SLOTS = 100
MAX_FINDINGS = 20
"""Findings of one message; what has no room is told in the next."""
TOLD = "notices told"
"""The choice under which the names of what was told are kept, while it lasts."""
WORKSPACES_AT_ONCE = 2

News = Mapping[str, Finding]
"""What there is to tell, under names that stay while it lasts."""


async def notify(tools: Tools) -> None:
    """Let orders rest whose channel refuses them, and tell admins what they must know."""
    now, absent = tools.clock(), await tools.store.list_absent()
    failing: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in await tools.store.list_failing(now - FAILING):
        failing[feed.workspace].append(feed)
    orders: defaultdict[str, list[Subscription]] = defaultdict(list)
    for order in await tools.store.list_subscriptions():
        orders[order.workspace].append(order)
    over_budget = await _find_over_budget(tools, now)

    async def look(workspace: str) -> None:
        slots = await tools.store.list_slots(workspace, limit=MAX_SLOTS)
        standing = await _pause_refused(tools, orders[workspace], slots)
        news = {
            **dict(_tell_feed(feed, now) for feed in failing[workspace]),
            **dict(_tell_paused(order) for order in standing if order.paused_for),
            **dict(_tell_slot(slot) for slot in slots if _is_worth_telling(slot, now)),
            **over_budget,
        }
        await _tell(tools, workspace, news, slots, now)

    here = [name for name in {*failing, *orders} if name not in absent]
    await run_all(sorted(here), look, WORKSPACES_AT_ONCE, unwatched)


# ---------------------------------------------------------------- orders that rest


async def _pause_refused(
    tools: Tools, orders: Iterable[Subscription], slots: Sequence[SlotRecord]
) -> tuple[Subscription, ...]:
    """The orders as they stand once those rest that their channel refuses."""
    standing = []
    for order in orders:
        reason = "" if order.paused_for else find_refusal(order, slots)
        if reason:
            await tools.store.pause_subscription(order.id, reason)
            logger.warning("order.paused order=%d reason=%s", order.id, reason)
        standing.append(replace(order, paused_for=reason or order.paused_for))
    return tuple(standing)


def find_refusal(order: Subscription, slots: Iterable[SlotRecord]) -> str:
    """Why an order must rest: its channel is gone, or refused it some times in a row.

    ``slots`` are the newest first; what was before the order was set as it is does not count.
    """
    own = [
        slot
        for slot in slots
        if slot.subscription_id == order.id
        and slot.channel == order.channel
        and slot.due_at >= order.created_at
        and slot.state is not DeliveryState.SKIPPED
    ]
    if any(slot.reason.endswith(GONE) for slot in own):
        return GONE
    last = [slot for slot in own if slot.kind == "brief"][:REFUSALS]
    is_refused = len(last) == REFUSALS and all(map(_is_refused, last))
    return last[0].reason if is_refused else ""


def _is_refused(slot: SlotRecord) -> bool:
    """Whether the platform said no, for good; one that is merely down refuses nothing."""
    return slot.state is DeliveryState.FAILED and slot.reason != NOT_IN_TIME


# ---------------------------------------------------------------- what is told


def _tell_feed(feed: Feed, now: datetime) -> tuple[str, Finding]:
    since = feed.failing_since or now
    values = {"title": feed.title, "reason": feed.reason, "days": str((now - since).days)}
    name = f"feed {feed.id} since {since.isoformat()}"
    return name, Finding("notice.feed_failing", False, values)


def _tell_paused(order: Subscription) -> tuple[str, Finding]:
    name = f"order {order.id} {order.created_at.isoformat()} {order.paused_for}"
    values = {
        "order": str(order.id),
        "channel": order.channel.channel_id,
        "reason": order.paused_for,
    }
    return name, Finding("notice.order_paused", False, values)


def _is_worth_telling(slot: SlotRecord, now: datetime) -> bool:
    is_lost = slot.state is DeliveryState.UNKNOWN or (
        slot.state is DeliveryState.FAILED and not slot.reason.endswith(GONE)
    )
    return is_lost and slot.kind != "notice" and slot.due_at > now - RECENT


def _tell_slot(slot: SlotRecord) -> tuple[str, Finding]:
    code = "unknown_post" if slot.state is DeliveryState.UNKNOWN else "failed_post"
    values = {
        "channel": slot.channel.channel_id,
        "due": slot.due_at.astimezone(UTC).isoformat(timespec="minutes"),
        "reason": slot.reason,
    }
    return f"{code} {slot.key}", Finding(f"notice.{code}", False, values)


async def _find_over_budget(tools: Tools, now: datetime) -> News:
    """That the model's tokens are used up, once a day."""
    if tools.engine is tools.fallback or not tools.limits.tokens_per_day:
        return {}
    usage = await tools.store.count_usage("", "", now)
    if count_tokens_left(usage, tools.limits):
        return {}
    values = {"tokens": f"{tools.limits.tokens_per_day}"}
    return {f"over budget {now.date()}": Finding("notice.over_budget", False, values)}


# ---------------------------------------------------------------- telling it


async def _tell(
    tools: Tools, workspace: str, news: News, slots: Sequence[SlotRecord], now: datetime
) -> None:
    """Put one message with what is new into the outbox; without a place for it nothing is told."""
    choices = await tools.store.list_choices(workspace)
    told = frozenset(json.loads(choices.get(TOLD, "[]")))
    new = sorted(news.keys() - told)[:MAX_FINDINGS]
    place = find_notices(choices)
    channel = tools.channels.get(place.platform) if place else None
    if channel is None or place is None or find_muted_until(choices, now):
        return
    is_apart = all(slot.kind != "notice" or slot.due_at <= now - APART for slot in slots)
    if new and is_apart:
        look = complete_look(Look(), choices)

        def render(mark: Callable[[int], str]) -> Payloads:
            return channel.render_notice([news[name] for name in new], mark(1), look)

        notice = Notice(workspace, _name(new), now)
        parts = await asyncio.to_thread(make_parts, notice, place, render)
        if await tools.store.save_delivery(notice, workspace, place, parts):
            logger.info("notice.prepared workspace=%s findings=%d", workspace, len(new))
        told |= frozenset(new)
    lasting = sorted(told & news.keys())
    if lasting != json.loads(choices.get(TOLD, "[]")):
        await tools.store.save_choice(workspace, TOLD, json.dumps(lasting))


def _name(names: Sequence[str]) -> str:
    """The same for the same things, so that a crash between telling and keeping repeats nothing."""
    return blake2b("\n".join(names).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
