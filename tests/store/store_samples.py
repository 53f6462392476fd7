"""Values that the tests of the store keep and find again."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.model import (
    Analysis,
    Author,
    CalendarEntry,
    ChannelRef,
    Citation,
    Due,
    Evidence,
    Fact,
    Feed,
    Move,
    NewArticle,
    NewPart,
    Precision,
    Reminder,
    Sentence,
    Slot,
    Subscription,
    Turn,
    Visit,
    VisitDates,
    VisitStatus,
)
from bot.ports import Store

NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
EVER = datetime(1, 1, 1, tzinfo=UTC)
CHANNEL = ChannelRef("discord", "100")


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def new_article(
    url: str = "https://news.test/1",
    text: str = "The minister flew to Oslo. Talks begin today.",
    *,
    title: str = "Minister in Oslo",
    seen_at: datetime = NOW,
    guid: str = "",
    outlet: str = "News",
    is_stub: bool = False,
) -> NewArticle:
    return NewArticle(
        url=url,
        guid=guid or url,
        outlet=outlet,
        title=title,
        text=text,
        text_hash=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        sentences=tuple(cut(text)),
        language="en",
        published_at=seen_at - timedelta(hours=1),
        published_on=date(2026, 3, 10),
        seen_at=seen_at,
        is_stub=is_stub,
    )


def cut(text: str) -> Iterable[Sentence]:
    start = 0
    for number, words in enumerate(text.split(". "), start=1):
        yield Sentence(number, start, start + len(words), words)
        start += len(words) + 2


async def follow(
    store: Store,
    workspace: str = "desk",
    url: str = "https://news.test/feed",
    *,
    title: str = "News",
    outlet: str = "News",
    tier: int = 2,
    now: datetime = NOW,
    is_manual: bool = False,
) -> Feed:
    return await store.add_feed(
        workspace, url, title=title, outlet=outlet, tier=tier, now=now, is_manual=is_manual
    )


async def follow_by(store: Store, by: Author, url: str = "https://news.test/feed") -> Feed:
    return await store.add_feed(
        "desk", url, title="News", outlet="News", tier=2, now=by.at, tags=("trade",), by=by
    )


def new_analysis(
    text_hash: str, engine: str = "extractive", prompt_version: str = "p1", note: str = ""
) -> Analysis:
    fact = Fact(tag="trade", text=note, evidence=(), engine=engine)
    return Analysis(
        text_hash=text_hash,
        engine=engine,
        prompt_version=prompt_version,
        facts=(fact,),
        mentions=(),
        drops=(),
        note=note,
    )


async def subscribe(
    store: Store,
    workspace: str = "desk",
    channel: ChannelRef = CHANNEL,
    now: datetime = NOW,
    *,
    order_id: int | None = None,
    by: Author | None = None,
) -> Subscription:
    return await store.save_subscription(
        workspace,
        channel,
        timezone="Europe/Oslo",
        times=("06:00", "18:30"),
        weekdays=(1, 2, 3, 4, 5),
        tags=("trade",),
        now=now,
        order_id=order_id,
        by=by,
    )


async def get_order(
    store: Store, workspace: str = "desk", channel: ChannelRef = CHANNEL
) -> Subscription:
    """The channel's oldest order, made if it has none."""
    orders = await store.list_subscriptions(workspace)
    mine = [order for order in orders if order.channel == channel]
    return mine[0] if mine else await subscribe(store, workspace, channel)


async def keep(
    store: Store, due: Due, order: Subscription, parts: Sequence[NewPart], note: str = ""
) -> bool:
    """Put what is due into the outbox, for the channel of the order."""
    return await store.save_delivery(due, order.workspace, order.channel, parts, note=note)


async def skip(store: Store, due: Due, order: Subscription, reason: str) -> bool:
    return await store.skip_slot(due, order.workspace, order.channel, reason)


def author(batch: str, member: str = "discord:1", minutes: float = 0) -> Author:
    return Author(member, at(minutes), batch)


def slot_of(order: Subscription, day: int = 0, local_time: str = "06:00") -> Slot:
    due_at = NOW + timedelta(days=day)
    return Slot(order.id, due_at.date(), local_time, due_at)


def new_parts(count: int) -> tuple[NewPart, ...]:
    return tuple(
        NewPart(number, {"content": f"part {number}"}, f"nonce-{number}")
        for number in range(1, count + 1)
    )


def reminder_of(order: Subscription, day: int = 0) -> Reminder:
    due_at = NOW + timedelta(days=day)
    return Reminder(order.id, "a1b2", due_at.date() + timedelta(days=3), 3, due_at)


def new_visit(visitor: str = "Anna Berg") -> Visit:
    dates = VisitDates("2026-04-14", "2026-04-16", Precision.DAY)
    move = Move(
        at=NOW,
        status=VisitStatus.PLANNED,
        dates=dates,
        article_id=1,
        article_url="https://news.test/1",
        outlet="News",
        title="Minister to Tokyo",
        sentence=2,
        quote=f"{visitor} will visit Tokyo from 14 to 16 April.",
        more=(Evidence(3, "It lasts two days."),),
        tier=2,
    )
    return Visit(
        key="k",
        visitor=visitor,
        host="Japan",
        place="Tokyo",
        dates=dates,
        status=VisitStatus.PLANNED,
        history=(move,),
        purpose="talks on trade",
    )


def new_entry(uid: str, *, sequence: int = 0, is_withdrawn: bool = False) -> CalendarEntry:
    return CalendarEntry(
        uid=uid,
        sequence=sequence,
        changed_at=NOW,
        visit=new_visit(),
        is_withdrawn=is_withdrawn,
    )


def new_turn(
    key: str,
    *,
    workspace: str = "desk",
    conversation: str = "",
    member: str = "m1",
    asked_at: datetime = NOW,
) -> Turn:
    return Turn(
        key=key,
        workspace=workspace,
        conversation=conversation or key,
        member=member,
        question=f"What of {key}?",
        asked_at=asked_at,
    )


def new_citation(n: int, quote: str = "Talks begin today.") -> Citation:
    return Citation(
        n=n,
        article_id=n,
        article_url=f"https://news.test/{n}",
        outlet="News",
        title="Minister in Oslo",
        published_at=NOW,
        sentence=2,
        quote=quote,
        tier=2,
    )
