import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_samples import LOOK, new_brief, new_correction
from sqlalchemy import create_engine, text
from store_samples import (
    CHANNEL,
    EVER,
    NOW,
    at,
    get_order,
    new_parts,
    skip,
    slot_of,
    subscribe,
)

from bot.errors import StoreError
from bot.model import Brief, ChannelRef, Correction, DeliveryState, KeptBrief, Look, Subscription
from bot.ports import Store
from bot.store.briefs import _from_json, _to_json

LEASE = timedelta(minutes=2)
LATER = NOW + timedelta(days=99)


async def post(
    store: Store, order: Subscription, day: int = 0, *, parts: int = 1, is_sent: bool = True
) -> str:
    """A brief in the outbox, and posted; its slot's key."""
    slot = slot_of(order, day)
    assert await store.save_delivery(
        slot,
        order.workspace,
        order.channel,
        new_parts(parts),
        brief=new_brief(slot.due_at, note=f"day {day}"),
        look=LOOK,
    )
    for _ in range(parts if is_sent else 0):
        part = await store.claim_part("a", NOW, LEASE)
        assert part is not None
        await store.finish_part(
            part.id, "a", DeliveryState.SENT, message_id=f"m{day}.{part.number}", reason=""
        )
    return slot.key


async def list_all(store: Store, workspace: str | None = None) -> tuple[KeptBrief, ...]:
    return await store.list_briefs(start_at=EVER, end_at=LATER, workspace=workspace)


async def test_a_posted_brief_comes_back_as_it_was_written_but_for_its_picture(
    store: Store,
) -> None:
    key = await post(store, await get_order(store), parts=3)
    assert await list_all(store) == (
        KeptBrief(
            slot_key=key,
            workspace="desk",
            channel=CHANNEL,
            due_at=NOW,
            brief=replace(new_brief(note="day 0"), picture=None),
            look=LOOK,
            message_ids=("m0.1", "m0.2", "m0.3"),
        ),
    )
    (kept,) = await list_all(store)
    assert kept.brief.end_at.utcoffset() == timedelta(hours=2)


async def test_a_plain_look_is_kept_where_none_is_given(store: Store) -> None:
    order = await get_order(store)
    slot = slot_of(order)
    await store.save_delivery(slot, "desk", CHANNEL, new_parts(1), brief=new_brief())
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    await store.finish_part(part.id, "a", DeliveryState.SENT, message_id="m", reason="")
    (kept,) = await list_all(store)
    assert kept.look == Look()


async def test_a_brief_is_listed_once_all_its_parts_are_sent(store: Store) -> None:
    order = await get_order(store)
    await post(store, order, parts=2, is_sent=False)
    for number in (1, 2):
        assert await list_all(store) == ()
        part = await store.claim_part("a", NOW, LEASE)
        assert part is not None
        assert await list_all(store) == ()
        await store.finish_part(
            part.id, "a", DeliveryState.SENT, message_id=f"m{number}", reason=""
        )
    assert [one.message_ids for one in await list_all(store)] == [("m1", "m2")]


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNKNOWN])
async def test_a_brief_that_was_not_posted_whole_is_not_listed(
    store: Store, state: DeliveryState
) -> None:
    await post(store, await get_order(store), parts=2, is_sent=False)
    for outcome in (DeliveryState.SENT, state):
        part = await store.claim_part("a", NOW, LEASE)
        assert part is not None
        await store.finish_part(part.id, "a", outcome, message_id="m", reason="")
    assert await list_all(store) == ()


async def test_briefs_of_a_period_are_listed_oldest_first(store: Store) -> None:
    order = await get_order(store)
    keys = [await post(store, order, day) for day in (0, 1, 2, 3)]
    start_at, end_at = NOW + timedelta(days=1), NOW + timedelta(days=3)
    found = await store.list_briefs(start_at=start_at, end_at=end_at)
    assert [one.slot_key for one in found] == keys[1:3]
    assert await store.list_briefs(start_at=end_at, end_at=start_at) == ()


async def test_briefs_are_listed_for_one_workspace_and_one_channel(store: Store) -> None:
    elsewhere = ChannelRef("discord", "200")
    places = (("desk", CHANNEL), ("desk", elsewhere), ("other", CHANNEL))
    keys = [await post(store, await subscribe(store, *place)) for place in places]
    assert [one.slot_key for one in await list_all(store)] == sorted(keys)
    assert [one.slot_key for one in await list_all(store, "desk")] == keys[:2]
    found = await store.list_briefs(
        start_at=EVER, end_at=LATER, workspace="desk", channel=elsewhere
    )
    assert [one.slot_key for one in found] == [keys[1]]
    of_all = await store.list_briefs(start_at=EVER, end_at=LATER, channel=CHANNEL)
    assert [one.slot_key for one in of_all] == [keys[0], keys[2]]


async def test_briefs_are_looked_at_so_often_and_each_time_after_longer(store: Store) -> None:
    order = await get_order(store)
    keys = [await post(store, order, day) for day in range(4)]
    hour, now = timedelta(hours=1), NOW + timedelta(days=3, hours=1)

    async def list_keys() -> list[str]:
        due_by = (now - hour, now - timedelta(days=2))
        found = await store.list_unchecked(start_at=NOW + timedelta(days=1), due_by=due_by)
        return [one.slot_key for one in found]

    assert await list_keys() == keys[1:], "the first is too old"
    for key in keys:
        await store.save_check(key, ())
    assert await list_keys() == keys[1:2], "the second look comes two days later"
    await store.save_check(keys[1], ())
    assert await list_keys() == [], "there is no third"
    assert await store.list_unchecked(start_at=EVER, due_by=()) == ()


async def test_a_brief_that_was_not_posted_whole_is_not_looked_at(store: Store) -> None:
    await post(store, await get_order(store), is_sent=False)
    assert await store.list_unchecked(start_at=EVER, due_by=[LATER]) == ()


async def test_a_delivery_without_a_brief_keeps_none(store: Store) -> None:
    order = await get_order(store)
    await skip(store, slot_of(order), order, "quiet")
    await store.save_delivery(slot_of(order, 1), "desk", CHANNEL, new_parts(1))
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    await store.finish_part(part.id, "a", DeliveryState.SENT, message_id="m", reason="")
    assert await list_all(store) == ()


async def test_a_second_delivery_of_a_slot_leaves_the_first_brief(store: Store) -> None:
    order = await get_order(store)
    key = await post(store, order)
    assert not await store.save_delivery(
        slot_of(order), "desk", CHANNEL, new_parts(1), brief=new_brief(note="again")
    )
    assert [(one.slot_key, one.brief.note) for one in await list_all(store)] == [(key, "day 0")]


async def test_a_delivery_that_is_refused_keeps_no_brief(store: Store) -> None:
    order = await get_order(store)
    with pytest.raises(StoreError):
        await store.save_delivery(
            slot_of(order), "desk", CHANNEL, new_parts(1) * 2, brief=new_brief()
        )
    assert await store.list_slots("desk", limit=9) == ()
    await post(store, order)


async def test_a_look_at_its_sources_is_counted_and_what_it_found_kept(store: Store) -> None:
    order = await get_order(store)
    key, other = await post(store, order), await post(store, order, 1)
    await store.save_check(key, ())
    await store.save_check(key, [new_correction(1), new_correction(2)])
    first, second = await list_all(store)
    assert (first.checks, first.corrections) == (2, (new_correction(1), new_correction(2)))
    assert (second.slot_key, second.checks, second.corrections) == (other, 0, ())
    await store.save_check("nothing", (new_correction(),))
    assert len(await list_all(store)) == 2


async def test_briefs_due_before_a_moment_are_forgotten_and_stay_posted(store: Store) -> None:
    order = await get_order(store)
    keys = [await post(store, order, day) for day in range(3)]
    assert await store.forget_briefs(NOW + timedelta(days=2)) == 2
    assert await store.forget_briefs(NOW + timedelta(days=2)) == 0
    assert [one.slot_key for one in await list_all(store)] == keys[2:]
    assert len(await store.list_slots("desk", limit=9)) == 3
    assert not await store.save_delivery(
        slot_of(order), "desk", CHANNEL, new_parts(1), brief=new_brief()
    )


async def test_a_brief_of_an_older_release_lacks_what_that_did_not_know(
    store: Store, url: str
) -> None:
    await post(store, await get_order(store))
    engine = create_engine(url)
    with engine.begin() as db:
        held = json.loads(db.execute(text("SELECT brief FROM brief")).scalar_one())
        for name in ("timezone", "note", "key", "picture"):
            del held[name]
        for citation in held["sections"][0]["items"][0]["citations"]:
            del citation["tier"]
        told = {"brief": json.dumps(held), "look": '{"form": "forum"}'}
        db.execute(text("UPDATE brief SET brief = :brief, look = :look"), told)
    engine.dispose()
    (kept,) = await list_all(store)
    assert (kept.brief.timezone, kept.brief.key, kept.look.form) == ("UTC", "", "forum")
    assert {one.tier for one in kept.brief.sections[0].items[0].citations} == {3}


@given(
    st.text(st.characters(exclude_categories=())), st.datetimes(), st.integers(-12 * 60, 14 * 60)
)
def test_any_brief_and_any_correction_come_back(words: str, moment: datetime, minutes: int) -> None:
    noticed_at = NOW.replace(microsecond=moment.microsecond) + timedelta(minutes=minutes)
    brief = replace(new_brief(at(minutes), note=words), picture=None, engine=words)
    assert _from_json(Brief, _to_json(Brief, brief)) == brief
    corrections = (Correction(1, words, words, "", noticed_at),)
    shape = tuple[Correction, ...]
    assert _from_json(shape, _to_json(shape, corrections)) == corrections
