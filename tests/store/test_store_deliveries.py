from datetime import timedelta

import pytest
from store_samples import NOW, at, get_order, keep, new_parts, reminder_of, skip, slot_of, subscribe

from bot.errors import StoreError
from bot.model import ChannelRef, DeliveryState, Part, SlotRecord
from bot.ports import Store

LEASE = timedelta(seconds=120)
SENT, FAILED, UNKNOWN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN


async def deliver(store: Store, parts: int = 2, *, day: int = 0, note: str = "") -> str:
    order = await get_order(store)
    slot = slot_of(order, day)
    assert await keep(store, slot, order, new_parts(parts), note=note)
    return slot.key


async def claim(store: Store, owner: str = "a", minutes: float = 0) -> Part:
    part = await store.claim_part(owner, at(minutes), LEASE)
    assert part is not None
    return part


async def finish(
    store: Store, part: Part, state: DeliveryState, owner: str = "a", reason: str = ""
) -> bool:
    message_id = f"m{part.number}" if state is SENT else ""
    return await store.finish_part(part.id, owner, state, message_id=message_id, reason=reason)


async def record(store: Store) -> SlotRecord:
    (only,) = await store.list_slots("desk", limit=9)
    return only


async def test_a_claimed_part_is_what_was_rendered(store: Store) -> None:
    key = await deliver(store)
    part = await claim(store)
    assert (part.slot_key, part.number, part.nonce) == (key, 1, "nonce-1")
    assert part.payload == {"content": "part 1"}
    assert part.channel == ChannelRef("discord", "100")
    assert (part.state, part.first_try_at, part.tries) == (DeliveryState.SENDING, NOW, 1)


async def test_nothing_is_claimed_where_nothing_is_ready(store: Store) -> None:
    assert await store.claim_part("a", NOW, LEASE) is None


async def test_a_second_delivery_of_a_slot_is_refused_and_leaves_nothing(store: Store) -> None:
    await deliver(store, 1)
    order = await get_order(store)
    assert not await keep(store, slot_of(order), order, new_parts(3))
    assert not await skip(store, slot_of(order), order, "late")
    assert await finish(store, await claim(store), SENT)
    assert await store.claim_part("a", NOW, LEASE) is None
    assert (await record(store)).state is SENT


async def test_a_delivery_with_two_parts_of_one_number_leaves_nothing(store: Store) -> None:
    order = await get_order(store)
    with pytest.raises(StoreError):
        await keep(store, slot_of(order), order, new_parts(2) + new_parts(1))
    assert await store.list_slots("desk", limit=9) == ()
    assert await keep(store, slot_of(order), order, new_parts(1))


async def test_a_delivery_without_parts_is_refused(store: Store) -> None:
    order = await get_order(store)
    with pytest.raises(StoreError, match="skip"):
        await keep(store, slot_of(order), order, ())
    assert await store.list_slots("desk", limit=9) == ()


async def test_a_part_waits_until_the_part_before_it_is_sent(store: Store) -> None:
    await deliver(store, 2)
    first = await claim(store)
    assert await store.claim_part("b", NOW, LEASE) is None
    await finish(store, first, SENT)
    assert (await claim(store, "b")).number == 2


async def test_one_channels_wait_holds_up_no_other(store: Store) -> None:
    await deliver(store, 2)
    other = await subscribe(store, channel=ChannelRef("discord", "200"))
    await keep(store, slot_of(other), other, new_parts(1))
    await claim(store)
    assert (await claim(store, "b")).channel.channel_id == "200"


async def test_the_longest_due_slot_goes_first(store: Store) -> None:
    later = await deliver(store, 1, day=1)
    sooner = await deliver(store, 1, day=0)
    assert [(await claim(store)).slot_key for _ in range(2)] == [sooner, later]


async def test_a_part_is_taken_again_when_its_lease_has_ended(store: Store) -> None:
    await deliver(store, 1)
    await claim(store, "a")
    assert await store.claim_part("b", NOW + LEASE - timedelta(microseconds=1), LEASE) is None
    again = await claim(store, "b", 2)
    assert (again.first_try_at, again.tries) == (NOW, 2)


async def test_who_lost_the_lease_cannot_record_an_outcome(store: Store) -> None:
    await deliver(store, 1)
    part = await claim(store, "a")
    await claim(store, "b", 2)
    assert not await finish(store, part, FAILED, "a", "late")
    assert (await record(store)).state is DeliveryState.SENDING
    assert await finish(store, part, SENT, "b")
    assert not await finish(store, part, FAILED, "b", "twice")
    assert (await record(store)).message_ids == ("m1",)


async def test_who_never_held_a_part_cannot_record_an_outcome(store: Store) -> None:
    await deliver(store, 2)
    part = await claim(store, "a")
    assert not await store.finish_part(part.id + 1, "a", SENT, message_id="m", reason="")
    assert not await store.finish_part(999, "a", SENT, message_id="m", reason="")


@pytest.mark.parametrize("state", [FAILED, UNKNOWN])
async def test_a_part_that_failed_or_is_unknown_stops_those_after_it(
    store: Store, state: DeliveryState
) -> None:
    await deliver(store, 3)
    await finish(store, await claim(store), SENT)
    await finish(store, await claim(store), state, reason="no rights")
    assert await store.claim_part("a", at(60), LEASE) is None
    found = await record(store)
    assert (found.state, found.reason, found.message_ids) == (state, "no rights", ("m1",))


async def test_a_part_given_back_as_ready_is_taken_at_once(store: Store) -> None:
    await deliver(store, 1)
    await finish(store, await claim(store), DeliveryState.READY, reason="busy")
    again = await claim(store, "b", 1)
    assert (again.first_try_at, again.tries) == (NOW, 2)


async def test_a_slot_shows_its_worst_part(store: Store) -> None:
    key = await deliver(store, 2, note="no model today")
    assert (await record(store)).state is DeliveryState.READY
    first = await claim(store)
    assert (await record(store)).state is DeliveryState.SENDING
    await finish(store, first, SENT)
    assert (await record(store)).state is DeliveryState.READY
    await finish(store, await claim(store), SENT)
    assert await record(store) == SlotRecord(
        key=key,
        workspace="desk",
        channel=ChannelRef("discord", "100"),
        due_at=NOW,
        state=SENT,
        reason="no model today",
        message_ids=("m1", "m2"),
        subscription_id=(await get_order(store)).id,
        kind="brief",
    )


async def test_a_skipped_slot_says_why_and_is_not_posted(store: Store) -> None:
    order = await get_order(store)
    assert await skip(store, slot_of(order), order, "the bot was off")
    assert not await keep(store, slot_of(order), order, new_parts(1))
    found = await record(store)
    assert (found.state, found.reason) == (DeliveryState.SKIPPED, "the bot was off")
    assert await store.claim_part("a", at(60), LEASE) is None


async def test_slots_are_listed_newest_first_and_no_more_than_asked(store: Store) -> None:
    keys = [await deliver(store, 1, day=day) for day in range(3)]
    assert [found.key for found in await store.list_slots("desk", limit=2)] == [keys[2], keys[1]]


async def test_slots_that_have_a_row_are_known_by_their_keys(store: Store) -> None:
    keys = [await deliver(store, 1, day=day) for day in range(3)]
    order = await get_order(store)
    assert await store.list_slot_keys(order.id, NOW + timedelta(days=1)) == frozenset(keys[1:])
    assert await store.list_slot_keys(order.id + 1, NOW) == frozenset()


async def test_the_last_slot_is_the_newest_that_was_not_skipped(store: Store) -> None:
    await deliver(store, 1, day=0)
    order = await get_order(store)
    await skip(store, slot_of(order, 1), order, "quiet")
    assert await store.find_last_slot_at(order.id, at(0) + timedelta(days=2)) == NOW
    assert await store.find_last_slot_at(order.id, NOW) is None
    assert await store.find_last_slot_at(order.id + 1, at(60)) is None


async def test_a_reminder_is_posted_once_like_a_brief(store: Store) -> None:
    order = await get_order(store)
    reminder = reminder_of(order)
    assert await keep(store, reminder, order, new_parts(1))
    assert not await keep(store, reminder, order, new_parts(1))
    part = await claim(store)
    assert part.slot_key == reminder.key
    assert await finish(store, part, SENT)
    assert (await record(store)).message_ids == ("m1",)


async def test_a_reminder_never_counts_as_a_brief(store: Store) -> None:
    brief = await deliver(store, 1, day=0)
    order = await get_order(store)
    reminder = reminder_of(order, 1)
    await keep(store, reminder, order, new_parts(1))
    assert await store.find_last_slot_at(order.id, NOW + timedelta(days=2)) == NOW
    assert await store.list_slot_keys(order.id, NOW) == frozenset({brief})
    assert await store.list_reminder_keys(order.id, NOW) == frozenset({reminder.key})
    assert await store.list_reminder_keys(order.id, NOW + timedelta(days=2)) == frozenset()
    assert await store.list_reminder_keys(order.id + 1, NOW) == frozenset()


async def test_people_see_briefs_and_reminders_in_one_list(store: Store) -> None:
    brief = await deliver(store, 1, day=0)
    order = await get_order(store)
    reminder = reminder_of(order, 1)
    await keep(store, reminder, order, new_parts(1))
    assert [one.key for one in await store.list_slots("desk", limit=9)] == [reminder.key, brief]
