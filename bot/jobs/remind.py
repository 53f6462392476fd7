"""Reminders on time: visits that are near into the outbox, once for each channel."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliver import STALE, make_parts
from bot.errors import BotError, InputError
from bot.jobs.calendar import refresh_calendar
from bot.jobs.silence import complete_look, explain_silence, look_again
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import (
    ArticleAnalysis,
    Author,
    CalendarEntry,
    ChannelRef,
    Item,
    Look,
    Reminder,
    Subscription,
    Topic,
)
from bot.ports import Payloads
from bot.remind.agenda import list_agenda, list_articles
from bot.remind.due import MEMORY, DueReminder, decide_reminders, write_note
from bot.schedule import slot_instant
from bot.stories import group_stories

logger = logging.getLogger(__name__)

AGENDA = timedelta(days=60)
"""How far back the articles are read for what is open about a visit."""
LOOK_EVERY = timedelta(minutes=15)
"""How long a workspace is left alone after a look, unless a channel's hour comes before."""
WORKSPACES_AT_ONCE = 2


async def prepare_reminders(tools: Tools) -> None:
    """Write the reminders that are due into the outbox; one's trouble delays no other."""
    now = tools.clock()
    orders: defaultdict[str, list[Subscription]] = defaultdict(list)
    for order in await tools.store.list_subscriptions():
        if order.has_reminders and order.channel.platform in tools.channels:
            orders[order.workspace].append(order)

    absent = await tools.store.list_absent()

    async def look_at(workspace: str) -> None:
        await _look(tools, workspace, orders[workspace], absent, now)

    waiting = [name for name in orders if now >= tools.rests.get(_rest(name), now)]
    await run_all(waiting, look_at, WORKSPACES_AT_ONCE, unwatched)


async def switch_reminders(
    tools: Tools,
    workspace: str,
    channel: ChannelRef,
    *,
    is_on: bool,
    by: Author | None = None,
) -> Subscription:
    """Post reminders in that channel, or no more; returns its order.

    Raises:
        InputError: the channel has no order.
    """
    orders = await tools.store.list_subscriptions(workspace)
    standing = next((order for order in orders if order.channel == channel), None)
    if standing and is_on and not standing.has_reminders:
        at = tools.clock().isoformat()
        await tools.store.save_choice(workspace, _choice(standing), at)
    is_kept = await tools.store.set_reminders(workspace, channel, is_on=is_on, by=by)
    if standing is None or not is_kept:
        raise InputError("No brief is scheduled in this channel: /schedule set first.")
    tools.rests.pop(_rest(workspace), None)
    return replace(standing, has_reminders=is_on)


def _rest(workspace: str) -> str:
    return f"reminders {workspace}"


def _choice(order: Subscription) -> str:
    """The name under which it is kept when reminders were switched on."""
    return f"reminders of {order.id} since"


async def _look(
    tools: Tools,
    workspace: str,
    orders: Sequence[Subscription],
    absent: Container[str],
    now: datetime,
) -> None:
    """Bring the visits up to date and put what is due for each order into the outbox.

    An order that is silent now is looked at later: then a reminder comes late, or not at all.
    """
    choices = await tools.store.list_choices(workspace)
    heard = [order for order in orders if not explain_silence(order, choices, absent, now)]
    # Also while nothing is posted: what was known by then may be told late.
    entries = () if workspace in absent else await refresh_calendar(tools, workspace, now)
    looks, done = [now + LOOK_EVERY], []

    async def prepare_one(order: Subscription) -> None:
        looks.append(_find_next_hour(order, now))
        await _prepare(tools, order, entries, complete_look(order.look, choices), now)
        done.append(order)

    await run_all(heard, prepare_one, 1, unwatched)
    if len(done) == len(heard):  # what failed is tried again at the next tick
        tools.rests[_rest(workspace)] = min(looks)


def _find_next_hour(order: Subscription, now: datetime) -> datetime:
    """The next moment at which a reminder can come due."""
    days = (now.date() + timedelta(days=days) for days in range(-1, 3))
    hours = (slot_instant(day, order.times[0], order.timezone) for day in days)
    return min(hour for hour in hours if hour > now)


async def _prepare(
    tools: Tools,
    order: Subscription,
    entries: Sequence[CalendarEntry],
    look: Look,
    now: datetime,
) -> None:
    kept = await tools.store.find_choice(order.workspace, _choice(order))
    due = decide_reminders(
        order,
        entries,
        await tools.store.list_reminder_keys(order.id, now - MEMORY),
        now,
        since=datetime.fromisoformat(kept) if kept else order.created_at,
        instant=slot_instant,
    )
    if not due:
        return
    recent = await tools.store.list_analyses(
        order.workspace, tools.engine.name, start_at=now - AGENDA, end_at=now
    )

    saved = []

    async def save_one(one: DueReminder) -> None:
        agenda = await asyncio.to_thread(_write_agenda, one.entry, entries, recent, tools.topics)
        await _save(tools, order, one, agenda, look, now)
        saved.append(one)

    await run_all(due, save_one, 1, unwatched)
    if len(saved) < len(due):
        raise BotError(f"{len(due) - len(saved)} of {len(due)} reminders could not be prepared")


def _write_agenda(
    entry: CalendarEntry,
    entries: Sequence[CalendarEntry],
    recent: Sequence[ArticleAnalysis],
    topics: Sequence[Topic],
) -> tuple[Item, ...]:
    others = [other.visit for other in entries if other.uid != entry.uid]
    own = list_articles(entry.visit, recent)
    stories = group_stories([known.article for known in own])
    return list_agenda(entry.visit, others, own, stories, topics)


async def _save(
    tools: Tools,
    order: Subscription,
    due: DueReminder,
    agenda: Sequence[Item],
    look: Look,
    now: datetime,
) -> None:
    channel = tools.channels[order.channel.platform]

    def render(mark: Callable[[int], str]) -> Payloads:
        return channel.render_reminder(
            due.entry,
            agenda,
            mark(1),
            days=due.days,
            note=write_note(due),
            look=look,
        )

    reminder = _expire(due, now)
    parts = make_parts(reminder, order.channel, render)
    if await look_again(tools, order, now):
        return  # somebody wanted no more of it while it was written
    note = "late" if due.late_by else ""
    if await tools.store.save_delivery(reminder, order.workspace, order.channel, parts, note=note):
        logger.info("reminder.prepared slot=%s parts=%d", reminder.key, len(parts))


def _expire(due: DueReminder, now: datetime) -> Reminder:
    """The reminder, dated so that the outbox gives it up when it must not go out any more."""
    return replace(due.reminder, due_at=min(now, due.until_at - STALE))
