from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, text
from store_samples import CHANNEL, NOW, at, follow, skip, slot_of, subscribe

from bot.errors import InputError
from bot.model import ChannelRef, Form, Length, Look, Style, Subscription
from bot.ports import Store

ELSEWHERE = ChannelRef("discord", "200")
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


async def test_an_order_comes_back_as_it_was_given(store: Store) -> None:
    order = await subscribe(store)
    assert (order.workspace, order.channel, order.timezone) == ("desk", CHANNEL, "Europe/Oslo")
    assert (order.times, order.weekdays) == (("06:00", "18:30"), (1, 2, 3, 4, 5))
    assert (order.tags, order.created_at) == (("trade",), NOW)
    assert (order.look, order.skips_quiet, order.alerts_per_day) == (Look(), False, 0)
    assert (order.paused_for, order.has_reminders) == ("", False)
    assert await store.list_subscriptions() == (order,)


async def test_an_order_keeps_how_its_briefs_look_but_not_what_the_workspace_chose(
    store: Store,
) -> None:
    look = Look(
        form=Form.FORUM,
        length=Length.LONG,
        style=Style.COMPACT,
        language="fr",
        mentions=(("trade", "9"),),
        forum_tags=("Daily", "Trade"),
    )
    order = await store.save_subscription(
        "desk",
        CHANNEL,
        timezone="UTC",
        times=("06:00",),
        weekdays=(1,),
        tags=(),
        now=NOW,
        look=look,
        skips_quiet=True,
        alerts_per_day=3,
    )
    assert order.look == Look(
        form=Form.FORUM, length=Length.LONG, style=Style.COMPACT, forum_tags=("Daily", "Trade")
    )
    assert (order.skips_quiet, order.alerts_per_day) == (True, 3)
    assert await store.list_subscriptions("desk") == (order,)


async def test_a_channel_may_have_several_orders_listed_oldest_first(store: Store) -> None:
    orders = [await subscribe(store, now=at(-minutes)) for minutes in range(3)]
    assert len({order.id for order in orders}) == 3
    assert await store.list_subscriptions("desk") == tuple(orders)


async def test_a_changed_order_keeps_its_number_and_reminders_and_counts_anew(
    store: Store,
) -> None:
    first, other = await subscribe(store), await subscribe(store)
    await store.set_reminders("desk", CHANNEL, is_on=True)
    await store.pause_subscription(first.id, "no rights")
    second = await store.save_subscription(
        "desk",
        ELSEWHERE,
        timezone="UTC",
        times=("12:00",),
        weekdays=(7,),
        tags=(),
        now=at(60),
        order_id=first.id,
    )
    assert (second.id, second.times, second.tags) == (first.id, ("12:00",), ())
    assert (second.channel, second.created_at) == (ELSEWHERE, at(60))
    assert (second.has_reminders, second.paused_for) == (True, "")
    assert await store.list_subscriptions("desk") == (second, other)


@pytest.mark.parametrize("order_id", [0, -1, 999])
async def test_an_order_that_there_is_not_cannot_be_changed(store: Store, order_id: int) -> None:
    with pytest.raises(InputError, match=f"no order {order_id}"):
        await subscribe(store, order_id=order_id)
    assert await store.list_subscriptions() == ()


async def test_the_order_of_another_workspace_cannot_be_changed_or_removed(store: Store) -> None:
    theirs = await subscribe(store, "other")
    with pytest.raises(InputError):
        await subscribe(store, "desk", order_id=theirs.id)
    assert not await store.remove_subscription("desk", theirs.id)
    assert await store.list_subscriptions() == (theirs,)


async def test_each_channel_has_its_own_orders(store: Store) -> None:
    await subscribe(store)
    await subscribe(store, channel=ChannelRef("slack", "100"))
    await subscribe(store, channel=ELSEWHERE)
    assert len(await store.list_subscriptions("desk")) == 3
    assert await store.list_subscriptions("other") == ()


async def test_a_removed_order_is_gone_and_the_channels_others_stay(store: Store) -> None:
    gone, left = await subscribe(store), await subscribe(store)
    assert await store.remove_subscription("desk", gone.id)
    assert not await store.remove_subscription("desk", gone.id)
    assert await store.list_subscriptions() == (left,)


async def test_the_id_of_a_removed_order_never_comes_back(store: Store) -> None:
    first = await subscribe(store)
    await skip(store, slot_of(first), first, "quiet")
    await store.remove_subscription("desk", first.id)
    second = await subscribe(store)
    assert second.id != first.id
    assert await skip(store, slot_of(second), second, "quiet")


async def test_removing_an_order_leaves_feeds_alone(store: Store) -> None:
    feed = await follow(store)
    order = await subscribe(store)
    await store.remove_subscription("desk", order.id)
    assert await store.list_feeds("desk") == (feed,)


async def test_a_paused_order_says_why_until_it_goes_on(store: Store) -> None:
    order, other = await subscribe(store), await subscribe(store)
    await store.pause_subscription(order.id, "the channel is gone")
    paused, still = await store.list_subscriptions("desk")
    assert (paused.paused_for, still) == ("the channel is gone", other)
    await store.pause_subscription(order.id, "")
    assert await store.list_subscriptions("desk") == (order, other)
    await store.pause_subscription(999, "nobody has this number")
    assert await store.list_subscriptions("desk") == (order, other)


async def test_reminders_are_off_until_they_are_set_on(store: Store) -> None:
    order = await subscribe(store)
    assert not order.has_reminders
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True]
    assert await store.set_reminders("desk", CHANNEL, is_on=False)
    assert await store.list_subscriptions() == (order,)


async def test_reminders_need_an_order_of_that_very_channel(store: Store) -> None:
    await subscribe(store)
    await subscribe(store, channel=ELSEWHERE)
    assert not await store.set_reminders("other", CHANNEL, is_on=True)
    assert not await store.set_reminders("desk", ChannelRef("slack", "100"), is_on=True)
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True, False]


async def test_the_oldest_order_of_a_channel_carries_its_reminders_alone(
    store: Store, url: str
) -> None:
    orders = [await subscribe(store) for _ in range(3)]
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text("UPDATE subscription SET has_reminders = 1"))
    engine.dispose()
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True, False, False]
    await store.remove_subscription("desk", orders[0].id)
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True, False]
    assert await store.set_reminders("desk", CHANNEL, is_on=False)
    assert not any(one.has_reminders for one in await store.list_subscriptions())


async def test_setting_a_schedule_again_keeps_its_reminders(store: Store) -> None:
    order = await subscribe(store)
    await store.set_reminders("desk", CHANNEL, is_on=True)
    assert (await subscribe(store, now=at(60), order_id=order.id)).has_reminders
    await store.remove_subscription("desk", order.id)
    assert not (await subscribe(store)).has_reminders


@pytest.mark.parametrize(
    ("seconds", "stood_since", "counts_since"),
    [
        (4, NOW - DAY, at(0) - TICK),
        (59.9, NOW - DAY, at(0) - TICK),
        (60, NOW - DAY, at(1)),
        (4, at(0.05), at(0.05)),
        (-1, NOW - DAY, at(-1 / 60)),
    ],
)
async def test_an_order_that_is_changed_in_the_minute_of_its_slot_keeps_that_slot(
    store: Store, seconds: float, stood_since: datetime, counts_since: datetime
) -> None:
    order = await set_order(store, stood_since)  # 06:00 is now
    changed_at = NOW + timedelta(seconds=seconds)
    changed = await set_order(store, changed_at, order_id=order.id, times=("06:00", "18:00"))
    assert changed.created_at == counts_since


@pytest.mark.parametrize(
    "changes",
    [{"times": ("07:00",)}, {"timezone": "Europe/Lisbon"}, {"weekdays": (1, 3)}],
)
async def test_an_order_that_gives_up_the_slot_of_this_minute_counts_from_now(
    store: Store, changes: dict[str, object]
) -> None:
    order = await set_order(store, NOW - DAY)
    changed = await set_order(store, at(0.1), order_id=order.id, **changes)
    assert changed.created_at == at(0.1)


async def test_an_order_that_rested_or_has_an_unknown_zone_counts_from_when_it_is_changed(
    store: Store,
) -> None:
    order, lost = await set_order(store, NOW - DAY), await set_order(store, NOW, timezone="Mars/X")
    await store.pause_subscription(order.id, "the channel is gone")
    assert (await set_order(store, at(0.1), order_id=order.id)).created_at == at(0.1)
    changed = await set_order(store, at(0.1), order_id=lost.id, timezone="Mars/X")
    assert changed.created_at == at(0.1)


async def set_order(
    store: Store, now: datetime, order_id: int | None = None, **changes: object
) -> Subscription:
    """An order of a brief at six on any day."""
    values = {"timezone": "UTC", "times": ("06:00",), "weekdays": (1, 2, 3, 4, 5, 6, 7)}
    return await store.save_subscription(
        "desk",
        CHANNEL,
        tags=(),
        now=now,
        order_id=order_id,
        **(values | changes),  # type: ignore[arg-type]
    )
