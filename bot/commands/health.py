"""Commands on health: why an article was in a brief or not, how all stands, what is wrong.

The codes of what was checked, with the names of their values; those with * are not fine, and
have a remedy. Sizes are whole megabytes, ``reason`` is an English line.

    database {size}                     how large it is
    database_failed* {reason}           it can't be read
    disk {free}                         room is left for it
    disk_low* {free}                    less than 200 MB are left for it
    model {engine}                      it would answer
    model_failed* {engine, reason}      it would not; sentences are quoted meanwhile
    model_none                          no model is set: sentences are quoted
    embedding                           questions are also looked for by meaning
    embedding_off                       meaning search is off on this machine
    feeds {count}                       so many are followed
    feeds_none*                         none is followed
    feed_failing* {title, reason}       one line for each
    orders {count}                      so many are set
    orders_none*                        none is set: nothing is ever posted
    order_paused* {number, channel, reason}
    order_zone* {number, channel, zone} the machine does not know its time zone
    notices {channel}                   where admins are told of what fails
    notices_none*                       nowhere
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import InputError, ModelError, StoreError
from bot.jobs import choices, tracing
from bot.jobs.tools import Tools
from bot.model import Feed, Finding, Status, Subscription, Trace
from bot.schedule.zones import check_timezone

MEGABYTE = 1_000_000
LEAST_FREE = 200 * MEGABYTE
"""With less room than this on its disk the database is in danger."""
MAX_SLOTS = 10


@dataclass(frozen=True)
class HealthCommands:
    """The part of ``ports.Commands`` that tells how all stands."""

    tools: Tools

    async def get_status(self, workspace: str, *, now: datetime) -> Status:
        """What was posted, what fails, what the model may still spend."""
        store, engine = self.tools.store, self.tools.engine.name
        feeds = await self._list_polled(workspace)
        chosen = await store.list_choices(workspace)
        usage = await store.count_usage(workspace, "", now)
        rests_until = self.tools.rests.get(engine)
        return Status(
            as_of=now,
            orders=await store.list_subscriptions(workspace),
            slots=await store.list_slots(workspace, limit=MAX_SLOTS),
            feed_count=len(feeds),
            feeds_troubled=tuple(filter(_is_troubled, feeds)),
            engine=engine,
            model_rests_until=rests_until if rests_until and rests_until > now else None,
            tokens_today=usage.tokens_of_all,
            tokens_per_day=self.tools.limits.tokens_per_day or None,
            muted_until=choices.find_muted_until(chosen, now),
            notices=choices.find_notices(chosen),
        )

    async def find_problems(self, workspace: str, *, now: datetime) -> tuple[Finding, ...]:
        """Database, model, feeds, orders and notices, each fine or not; no platform's rights."""
        database = await self._check_database()
        if not database[0].is_ok:
            return database
        orders = await self.tools.store.list_subscriptions(workspace)
        chosen = await self.tools.store.list_choices(workspace)
        notices = choices.find_notices(chosen)
        return (
            *database,
            await self._check_model(),
            Finding("embedding" if self.tools.embedder else "embedding_off", is_ok=True),
            *_check_feeds(await self._list_polled(workspace)),
            *_check_orders(orders),
            Finding("notices", is_ok=True, values={"channel": notices.channel_id})
            if notices
            else Finding("notices_none", is_ok=False),
        )

    async def _check_database(self) -> tuple[Finding, ...]:
        try:
            size = await self.tools.store.measure()
        except StoreError as error:
            return (Finding("database_failed", is_ok=False, values={"reason": str(error)}),)
        used = Finding("database", is_ok=True, values={"size": _megabytes(size.used)})
        if size.free is None:
            return (used,)
        is_ok = size.free >= LEAST_FREE
        free = {"free": _megabytes(size.free)}
        return used, Finding("disk" if is_ok else "disk_low", is_ok=is_ok, values=free)

    async def _check_model(self) -> Finding:
        engine = self.tools.engine
        if engine is self.tools.fallback:
            return Finding("model_none", is_ok=True)
        try:
            await engine.check()
        except ModelError as error:
            values = {"engine": engine.name, "reason": str(error)}
            return Finding("model_failed", is_ok=False, values=values)
        return Finding("model", is_ok=True, values={"engine": engine.name})

    async def _list_polled(self, workspace: str) -> list[Feed]:
        """The workspace's feeds, without what was taken in by hand."""
        feeds = await self.tools.store.list_feeds(workspace)
        return [feed for feed in feeds if not feed.is_manual]

    async def trace(self, workspace: str, url: str, *, now: datetime) -> Trace:
        """Why an article was or was not in the workspace's briefs."""
        return await tracing.trace_article(self.tools, workspace, url, now)


def _check_feeds(feeds: Sequence[Feed]) -> Iterator[Finding]:
    if not feeds:
        yield Finding("feeds_none", is_ok=False)
        return
    yield Finding("feeds", is_ok=True, values={"count": str(len(feeds))})
    for feed in filter(_is_troubled, feeds):
        values = {"title": feed.title, "reason": feed.reason or feed.state.value}
        yield Finding("feed_failing", is_ok=False, values=values)


def _is_troubled(feed: Feed) -> bool:
    return feed.state.is_failing and not feed.is_paused


def _check_orders(orders: Sequence[Subscription]) -> Iterator[Finding]:
    if not orders:
        yield Finding("orders_none", is_ok=False)
        return
    yield Finding("orders", is_ok=True, values={"count": str(len(orders))})
    for order in orders:
        named = {"number": str(order.id), "channel": order.channel.channel_id}
        if order.paused_for:
            values = {**named, "reason": order.paused_for}
            yield Finding("order_paused", is_ok=False, values=values)
        if not _is_zone_known(order.timezone):
            values = {**named, "zone": order.timezone}
            yield Finding("order_zone", is_ok=False, values=values)


def _is_zone_known(name: str) -> bool:
    try:
        return check_timezone(name) == name
    except InputError:
        return False


def _megabytes(size: int) -> str:
    return str(size // MEGABYTE)
