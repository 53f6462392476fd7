"""What the outbox holds besides briefs, and what may be asked of its parts."""

from datetime import timedelta

import pytest
from kept_samples import alert_of, new_notice
from store_samples import (
    CHANNEL,
    NOW,
    at,
    get_order,
    keep,
    new_parts,
    reminder_of,
    skip,
    slot_of,
    subscribe,
)

from bot.model import ChannelRef, DeliveryState
from bot.ports import Store

LEASE = timedelta(minutes=2)
DAY = timedelta(days=1)


async def send_next(store: Store, message_id: str) -> None:
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    await store.finish_part(part.id, "a", DeliveryState.SENT, message_id=message_id, reason="")


async def test_an_alert_is_posted_once(store: Store) -> None:
    order = await get_order(store)
    assert await keep(store, alert_of(order), order, new_parts(1))
    assert not await keep(store, alert_of(order), order, new_parts(2))
    assert not await skip(store, alert_of(order), order, "the cap")
    await send_next(store, "m1")
    assert await store.claim_part("a", NOW, LEASE) is None


async def test_a_notice_goes_to_its_channel_without_any_order_once(store: Store) -> None:
    admins = ChannelRef("discord", "9")
    notice = new_notice()
    assert await store.save_delivery(notice, "desk", admins, new_parts(1), note="n")
    assert not await store.save_delivery(notice, "desk", admins, new_parts(1))
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    assert (part.slot_key, part.channel) == (notice.key, admins)
    (record,) = await store.list_slots("desk", limit=9)
    assert (record.kind, record.subscription_id, record.reason) == ("notice", 0, "n")
    assert await store.list_slots("other", limit=9) == ()


async def test_each_kind_is_known_by_its_own_keys_and_shown_with_its_name(store: Store) -> None:
    order = await get_order(store)
    slot, reminder, alert, notice = (
        slot_of(order), reminder_of(order, 1), alert_of(order, day=2), new_notice(day=3),
    )  # fmt: skip
    for due in (slot, reminder, alert, notice):
        assert await keep(store, due, order, new_parts(1))
    assert await store.list_slot_keys(order.id, NOW) == {slot.key}
    assert await store.list_reminder_keys(order.id, NOW) == {reminder.key}
    assert await store.list_alert_keys(order.id, NOW) == {alert.key}
    shown = [(one.key, one.kind) for one in await store.list_slots("desk", limit=9)]
    assert shown == [
        (notice.key, "notice"),
        (alert.key, "alert"),
        (reminder.key, "reminder"),
        (slot.key, "brief"),
    ]


async def test_alerts_are_known_since_a_moment_for_one_order(store: Store) -> None:
    order, other = await subscribe(store), await subscribe(store)
    keys = [alert_of(order, f"a{day}", day).key for day in range(3)]
    for day in range(3):
        await keep(store, alert_of(order, f"a{day}", day), order, new_parts(1))
    assert await store.list_alert_keys(order.id, NOW + DAY) == frozenset(keys[1:])
    assert await store.list_alert_keys(order.id, NOW + 3 * DAY) == frozenset()
    assert await store.list_alert_keys(other.id, NOW) == frozenset()


async def test_alerts_and_notices_never_count_as_briefs(store: Store) -> None:
    order = await get_order(store)
    await keep(store, slot_of(order), order, new_parts(1))
    await keep(store, alert_of(order, day=1), order, new_parts(1))
    await keep(store, new_notice(day=1), order, new_parts(1))
    assert await store.find_last_slot_at(order.id, NOW + 2 * DAY) == NOW
    assert await store.find_last_slot_at(0, NOW + 2 * DAY) is None


async def test_a_skipped_alert_says_why(store: Store) -> None:
    order = await get_order(store)
    assert await skip(store, alert_of(order), order, "the cap of the day")
    (record,) = await store.list_slots("desk", limit=9)
    assert (record.state, record.reason, record.kind) == (
        DeliveryState.SKIPPED, "the cap of the day", "alert",
    )  # fmt: skip
    assert await store.list_alert_keys(order.id, NOW) == {alert_of(order).key}


async def test_later_parts_know_the_first_message(store: Store) -> None:
    order = await get_order(store)
    await keep(store, slot_of(order), order, new_parts(3))
    first = await store.claim_part("a", NOW, LEASE)
    assert first is not None
    assert first.first_message_id == ""
    await store.finish_part(first.id, "a", DeliveryState.SENT, message_id="m1", reason="")
    for number in (2, 3):
        part = await store.claim_part("a", NOW, LEASE)
        assert part is not None
        assert (part.number, part.first_message_id) == (number, "m1")
        await store.finish_part(
            part.id, "a", DeliveryState.SENT, message_id=f"m{number}", reason=""
        )


async def test_the_first_message_is_that_of_the_same_delivery(store: Store) -> None:
    order = await get_order(store)
    await keep(store, slot_of(order), order, new_parts(1))
    await send_next(store, "of another")
    await keep(store, slot_of(order, 1), order, new_parts(2))
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    assert part.first_message_id == ""


async def test_a_part_is_found_as_it_was_rendered_whatever_became_of_it(store: Store) -> None:
    order = await get_order(store)
    slot = slot_of(order)
    await keep(store, slot, order, new_parts(2))
    ready = await store.find_part(slot.key, 1)
    assert ready is not None
    assert (ready.state, ready.tries, ready.first_try_at) == (DeliveryState.READY, 0, NOW)
    assert (ready.payload, ready.channel) == ({"content": "part 1"}, CHANNEL)
    await send_next(store, "m1")
    sent, second = await store.find_part(slot.key, 1), await store.find_part(slot.key, 2)
    assert sent is not None
    assert second is not None
    assert (sent.state, sent.first_message_id) == (DeliveryState.SENT, "m1")
    assert (second.state, second.first_message_id) == (DeliveryState.READY, "m1")


@pytest.mark.parametrize("number", [0, -1, 3])
async def test_a_part_that_there_is_not_is_not_found(store: Store, number: int) -> None:
    order = await get_order(store)
    await keep(store, slot_of(order), order, new_parts(2))
    assert await store.find_part(slot_of(order).key, number) is None
    assert await store.find_part("nothing", 1) is None


async def test_a_reclaimed_part_knows_the_first_message_still(store: Store) -> None:
    order = await get_order(store)
    await keep(store, slot_of(order), order, new_parts(2))
    await send_next(store, "m1")
    await store.claim_part("a", NOW, LEASE)
    again = await store.claim_part("b", at(5), LEASE)
    assert again is not None
    assert (again.tries, again.first_message_id) == (2, "m1")
