from store_samples import CHANNEL, NOW, at, follow, slot_of, subscribe

from bot.model import ChannelRef
from bot.ports import Store


async def test_an_order_comes_back_as_it_was_given(store: Store) -> None:
    order = await subscribe(store)
    assert (order.workspace, order.channel, order.timezone) == ("desk", CHANNEL, "Europe/Oslo")
    assert (order.times, order.weekdays) == (("06:00", "18:30"), (1, 2, 3, 4, 5))
    assert (order.tags, order.created_at) == (("trade",), NOW)
    assert await store.list_subscriptions() == (order,)


async def test_a_second_order_replaces_the_first_and_counts_from_its_own_moment(
    store: Store,
) -> None:
    first = await subscribe(store)
    second = await store.save_subscription(
        "desk", CHANNEL, timezone="UTC", times=("12:00",), weekdays=(7,), tags=(), now=at(60)
    )
    assert (second.id, second.times, second.tags) == (first.id, ("12:00",), ())
    assert second.created_at == at(60)
    assert await store.list_subscriptions("desk") == (second,)


async def test_each_channel_has_its_own_order(store: Store) -> None:
    await subscribe(store)
    await subscribe(store, channel=ChannelRef("slack", "100"))
    await subscribe(store, channel=ChannelRef("discord", "200"))
    assert len(await store.list_subscriptions("desk")) == 3
    assert await store.list_subscriptions("other") == ()


async def test_a_removed_order_is_gone(store: Store) -> None:
    await subscribe(store)
    assert await store.remove_subscription("desk", CHANNEL)
    assert not await store.remove_subscription("desk", CHANNEL)
    assert await store.list_subscriptions() == ()


async def test_the_id_of_a_removed_order_never_comes_back(store: Store) -> None:
    first = await subscribe(store)
    await store.skip_slot(slot_of(first), first, "quiet")
    await store.remove_subscription("desk", CHANNEL)
    second = await subscribe(store)
    assert second.id != first.id
    assert await store.skip_slot(slot_of(second), second, "quiet")


async def test_removing_an_order_leaves_feeds_alone(store: Store) -> None:
    feed = await follow(store)
    await subscribe(store)
    await store.remove_subscription("desk", CHANNEL)
    assert await store.list_feeds("desk") == (feed,)


async def test_reminders_are_off_until_they_are_set_on(store: Store) -> None:
    order = await subscribe(store)
    assert not order.has_reminders
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True]
    assert await store.set_reminders("desk", CHANNEL, is_on=False)
    assert await store.list_subscriptions() == (order,)


async def test_reminders_need_an_order_of_that_very_channel(store: Store) -> None:
    await subscribe(store)
    await subscribe(store, channel=ChannelRef("discord", "200"))
    assert not await store.set_reminders("other", CHANNEL, is_on=True)
    assert not await store.set_reminders("desk", ChannelRef("slack", "100"), is_on=True)
    assert await store.set_reminders("desk", CHANNEL, is_on=True)
    assert [one.has_reminders for one in await store.list_subscriptions()] == [True, False]


async def test_setting_a_schedule_again_keeps_its_reminders(store: Store) -> None:
    await subscribe(store)
    await store.set_reminders("desk", CHANNEL, is_on=True)
    assert (await subscribe(store, now=at(60))).has_reminders
    await store.remove_subscription("desk", CHANNEL)
    assert not (await subscribe(store)).has_reminders
