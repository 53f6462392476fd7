"""What can't wait for the next brief → the outbox: each thing once for ever, so many a day."""

import asyncio
import logging
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime, time
from hashlib import blake2b
from zoneinfo import ZoneInfo

from bot.changes import describe_visit
from bot.citations import PRIMARY
from bot.deliver import make_parts
from bot.jobs.calendar import refresh_calendar
from bot.jobs.choices import MUTED, UNMUTED
from bot.jobs.compose import REPEATS, Written, analyse, write_period
from bot.jobs.post import MAX_PERIOD, SETTLING, find_start
from bot.jobs.silence import complete_look, explain_silence, look_again
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import (
    Alert,
    CalendarEntry,
    Change,
    Item,
    Length,
    Look,
    Subscription,
    Visit,
    VisitDates,
)
from bot.ports import Payloads
from bot.schedule import LOOK_BACK, decide_due
from bot.text.dates import span

logger = logging.getLogger(__name__)

PRESSING = frozenset(
    {Change.CONFIRMED, Change.CANCELLED, Change.POSTPONED, Change.MOVED, Change.REVERSED}
)
"""What a reader wants to know at once, if a source says so that can be relied on."""
RELIABLE = PRIMARY + 1
"""The lowest tier of such a source: a wire or a quality outlet."""
MANY_OUTLETS = 3
"""Outlets from which a thing is large, whatever it is."""
ORDERS_AT_ONCE = 2


async def prepare_alerts(tools: Tools) -> None:
    """Write what can't wait into the outbox; one order's trouble delays no other."""
    now, absent = tools.clock(), await tools.store.list_absent()
    orders = [
        order
        for order in await tools.store.list_subscriptions()
        if order.alerts_per_day and order.channel.platform in tools.channels
    ]

    async def look(order: Subscription) -> None:
        await _look(tools, order, absent, now)

    await run_all(orders, look, ORDERS_AT_ONCE, unwatched)


async def _look(tools: Tools, order: Subscription, absent: Container[str], now: datetime) -> None:
    """Look through what came since the last look, if anything did."""
    end_at, rest = now - SETTLING, f"alerts {order.id} {order.created_at.isoformat()}"
    choices = await tools.store.list_choices(order.workspace)
    if explain_silence(order, choices, absent, now) or await _is_brief_due(tools, order, now):
        return
    start_at = max(await find_start(tools, order, end_at), *_list_bounds(order, choices))
    looked_at = max(start_at, tools.rests.get(rest, start_at))
    if looked_at >= end_at:
        return
    # Most looks find nothing new: they cost a few short questions to the database.
    if await tools.store.list_articles(order.workspace, start_at=looked_at, end_at=end_at):
        await analyse(tools, order.workspace, start_at - REPEATS)
        written = await write_period(
            tools,
            order.workspace,
            start_at=start_at,
            end_at=end_at,
            timezone=order.timezone,
            tags=order.tags,
            length=Length.LONG,
        )
        await _tell(tools, order, written, choices, now)
    tools.rests[rest] = end_at


async def _is_brief_due(tools: Tools, order: Subscription, now: datetime) -> bool:
    """Whether a brief is about to be written that will tell all there is."""
    known = await tools.store.list_slot_keys(order.id, now - LOOK_BACK)
    return decide_due(order, known, now).post is not None


def _list_bounds(order: Subscription, choices: Mapping[str, str]) -> list[datetime]:
    """Moments before which nothing is told: alerts were not wanted then."""
    ends = filter(None, (choices.get(MUTED), choices.get(UNMUTED)))
    return [order.created_at, *map(datetime.fromisoformat, ends)]


async def _count_today(tools: Tools, order: Subscription, now: datetime) -> int:
    """How many alerts came due on the order's own day."""
    local = now.astimezone(ZoneInfo(order.timezone))
    midnight = datetime.combine(local.date(), time.min, local.tzinfo)
    return len(await tools.store.list_alert_keys(order.id, midnight))


# ---------------------------------------------------------------- what can't wait


def list_pressing(items: Sequence[Item]) -> list[Item]:
    """The changes that a reliable source tells, and what many outlets tell."""
    return [item for item in items if _is_pressing(item) or _is_large(item)]


def _is_pressing(item: Item) -> bool:
    is_reliable = any(cited.tier <= RELIABLE for cited in item.citations)
    # Of facts only what is taken back; what becomes of visits the ledger tells.
    is_told = bool(item.about) or item.change is Change.REVERSED
    return item.change in PRESSING and is_told and is_reliable


def _is_large(item: Item) -> bool:
    return len({cited.outlet for cited in item.citations}) >= MANY_OUTLETS


def list_names(
    item: Item, visits: Sequence[Visit], entries: Sequence[CalendarEntry]
) -> tuple[str, ...]:
    """The name under which a thing is told once for ever, then those it may have been told under.

    Visits go by their name in calendars, and may have been told with a date less exact; anything
    else by its first article, which may have been another one before a source came late.
    """
    if item.about and item.change:
        told = set(item.about.split("; "))
        meant = [visit for visit in visits if describe_visit(visit) in told]
        if meant:
            return _list_visit_names(item.change, meant, entries)
    cited = sorted(item.citations, key=lambda cited: (cited.published_at, cited.article_id))
    return tuple(f"{one.article_id}/{one.sentence}" for one in cited)


def _list_visit_names(
    change: Change, visits: Sequence[Visit], entries: Sequence[CalendarEntry]
) -> tuple[str, ...]:
    what = change.name.lower()
    names = sorted(f"{_name_visit(visit, entries)}/{visit.dates.start}" for visit in visits)
    own = f"{what}/{'+'.join(names)}"
    if len(visits) > 1:
        return (own,)
    uid = _name_visit(visits[0], entries)
    told = (move.dates for move in visits[0].history)
    earlier = (x.start for x in told if _is_within(visits[0].dates, x))
    return (own, *(f"{what}/{uid}/{start}" for start in earlier))


def _is_within(dates: VisitDates, told: VisitDates) -> bool:
    """Whether nothing else is told, at most more exactly."""
    days, before = span(dates), span(told)
    return before is None or (days is not None and before[0] <= days[0] <= days[1] <= before[1])


def _name_visit(visit: Visit, entries: Sequence[CalendarEntry]) -> str:
    """The visit's uid; of one that no calendar has, its visitor and host."""
    who = (visit.visitor, visit.host)
    by_key = (entry.uid for entry in entries if entry.visit.key == visit.key)
    by_who = (x.uid for x in entries if (x.visit.visitor, x.visit.host) == who)
    unknown = blake2b(repr(who).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return next(by_key, None) or next(by_who, unknown)


# ---------------------------------------------------------------- telling it


async def _tell(
    tools: Tools,
    order: Subscription,
    written: Written,
    choices: Mapping[str, str],
    now: datetime,
) -> None:
    """Put what is pressing and was not shown into the outbox, as much as the day may have.

    What is too much is left to the brief: tomorrow it would be no news.
    """
    pressing = [
        (section.tag, item)
        for section in written.brief.sections
        for item in list_pressing(section.items)
    ]
    if not pressing:
        return
    shown = await _list_shown(tools, order, now)
    known = await tools.store.list_alert_keys(order.id, now - MAX_PERIOD)
    entries = await refresh_calendar(tools, order.workspace, now)
    if await look_again(tools, order, now):
        return  # while all this was read, somebody wanted no more of it
    left = order.alerts_per_day - await _count_today(tools, order, now)
    for tag, item in pressing:
        if shown.intersection((cited.article_id, cited.sentence) for cited in item.citations):
            continue
        names = list_names(item, written.material.visits_now, entries)
        alert, *others = (Alert(order.id, name, now) for name in names)
        if known.intersection(one.key for one in (alert, *others)):
            continue
        if left > 0:
            look = complete_look(order.look, choices, [tag])
            left -= await _save(tools, order, alert, item, look)
        else:
            reason = f"more than {order.alerts_per_day} alerts that day"
            await tools.store.skip_slot(alert, order.workspace, order.channel, reason)


async def _list_shown(
    tools: Tools, order: Subscription, now: datetime
) -> frozenset[tuple[int, int]]:
    """The sentences that the channel's posted briefs tell: (article id, sentence)."""
    kept = await tools.store.list_briefs(
        start_at=now - MAX_PERIOD, end_at=now, workspace=order.workspace, channel=order.channel
    )
    items = (item for one in kept for section in one.brief.sections for item in section.items)
    return frozenset((cited.article_id, cited.sentence) for x in items for cited in x.citations)


async def _save(tools: Tools, order: Subscription, alert: Alert, item: Item, look: Look) -> bool:
    channel = tools.channels[order.channel.platform]

    def render(mark: Callable[[int], str]) -> Payloads:
        return channel.render_alert([item], mark(1), look)

    parts = await asyncio.to_thread(make_parts, alert, order.channel, render)
    is_new = await tools.store.save_delivery(alert, order.workspace, order.channel, parts)
    if is_new:
        logger.info("alert.prepared slot=%s", alert.key)
    return is_new
