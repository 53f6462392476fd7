"""Taking back what was changed of the configuration: all of a batch, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from store_samples import CHANNEL, NOW, at, author, follow, follow_by, slot_of, subscribe

from bot.errors import InputError
from bot.model import Author, ChannelRef, ConfigKind, Form, Look
from bot.ports import Store


async def test_a_feed_that_was_left_is_followed_again_as_it_was(store: Store) -> None:
    feed = await follow_by(store, author("b1"))
    await store.pause_feed("desk", feed.id, is_paused=True)
    (paused,) = await store.list_feeds("desk")
    await store.remove_feed("desk", feed.id, by=author("b2"))
    await store.undo_config_change("desk", "b2", by=author("b3"))
    assert await store.list_feeds("desk") == (paused,)


async def test_a_feed_that_was_added_is_left_again_by_its_workspace_alone(store: Store) -> None:
    feed = await follow(store, "other")
    await follow_by(store, author("b1"))
    await store.undo_config_change("desk", "b1", by=author("b2"))
    assert await store.list_feeds("desk") == ()
    assert await store.list_feeds("other") == (feed,)


async def test_an_order_comes_back_under_its_number_and_counts_from_now(store: Store) -> None:
    order = await store.save_subscription(
        "desk",
        CHANNEL,
        timezone="UTC",
        times=("06:00",),
        weekdays=(1,),
        tags=("trade",),
        now=NOW,
        look=Look(form=Form.FORUM, forum_tags=("Daily",)),
        skips_quiet=True,
        alerts_per_day=2,
    )
    await store.set_reminders("desk", CHANNEL, is_on=True)
    await store.pause_subscription(order.id, "the channel is gone")
    await store.remove_subscription("desk", order.id, by=author("b1"))
    newer = await subscribe(store)
    await store.undo_config_change("desk", "b1", by=author("b2", minutes=60))
    back = replace(order, has_reminders=True, created_at=at(60))
    assert await store.list_subscriptions("desk") == (back, newer)
    assert (await subscribe(store)).id == newer.id + 1


async def test_a_changed_order_is_as_it_was_counts_from_now_and_goes_on(store: Store) -> None:
    order = await subscribe(store)
    await store.save_subscription(
        "desk",
        ChannelRef("discord", "200"),
        timezone="UTC",
        times=("12:00",),
        weekdays=(7,),
        tags=(),
        now=at(5),
        order_id=order.id,
        by=author("b1"),
    )
    await store.pause_subscription(order.id, "no rights in 200")
    await store.undo_config_change("desk", "b1", by=author("b2", minutes=60))
    assert await store.list_subscriptions("desk") == (replace(order, created_at=at(60)),)


async def test_a_look_that_is_taken_back_at_the_orders_hour_loses_no_brief(store: Store) -> None:
    six = NOW.replace(hour=5)  # in Oslo
    await subscribe(store, now=at(-600))
    await store.set_reminders("desk", CHANNEL, is_on=True, by=author("b2"))
    by = Author(member="discord:5", batch="b3", at=six + timedelta(seconds=4))
    await store.undo_config_change("desk", "b2", by=by)
    (back,) = await store.list_subscriptions("desk")
    assert back.created_at == six - timedelta(microseconds=1)


async def test_slots_that_an_order_had_are_still_known_when_it_comes_back(store: Store) -> None:
    order = await subscribe(store)
    await store.skip_slot(slot_of(order), "desk", CHANNEL, "quiet")
    await store.remove_subscription("desk", order.id, by=author("b1"))
    await store.undo_config_change("desk", "b1", by=author("b2"))
    assert not await store.skip_slot(slot_of(order), "desk", CHANNEL, "again")


async def test_an_undoing_is_a_change_that_says_whose_it_is(store: Store) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    undone = await store.undo_config_change("desk", "b1", by=author("b2", "console", 5))
    undoing, first = await store.list_config_changes("desk", limit=9)
    assert undone == first
    assert (first.member, first.undone_by, first.undone_at) == ("discord:1", "console", at(5))
    assert (undoing.batch, undoing.member, undoing.at) == ("b2", "console", at(5))
    assert (undoing.edits[0].before, undoing.edits[0].after) == ({"value": "fr"}, None)
    assert await store.find_choice("desk", "language") is None


async def test_an_undoing_can_be_undone_and_that_too(store: Store) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    for batch, value in (("b1", None), ("u1", "fr"), ("u2", None), ("u3", "fr")):
        following = {"b1": "u1", "u1": "u2", "u2": "u3", "u3": "u4"}[batch]
        await store.undo_config_change("desk", batch, by=author(following))
        assert await store.find_choice("desk", "language") == value


async def change_all(store: Store, by: Author) -> None:
    """One of everything that a set-up changes, and a choice twice."""
    await follow_by(store, by)
    await follow_by(store, by, "https://second.test/feed")
    await subscribe(store, by=by)
    await store.save_choice("desk", "language", "fr", by=by)
    await store.save_choice("desk", "language", "en", by=by)
    await store.set_reminders("desk", CHANNEL, is_on=True, by=by)


async def test_a_batch_is_one_change_and_undone_as_a_whole(store: Store) -> None:
    await store.save_choice("desk", "language", "es")
    await change_all(store, author("b1"))
    (change,) = await store.list_config_changes("desk", limit=9)
    assert [edit.kind for edit in change.edits] == [
        ConfigKind.FEED,
        ConfigKind.FEED,
        ConfigKind.SCHEDULE,
        ConfigKind.CHOICE,
        ConfigKind.CHOICE,
        ConfigKind.SCHEDULE,
    ]
    await store.undo_config_change("desk", "b1", by=author("b2"))
    assert await store.list_feeds("desk") == ()
    assert await store.list_subscriptions("desk") == ()
    assert await store.list_choices("desk") == {"language": "es"}
    await store.undo_config_change("desk", "b2", by=author("b3", minutes=9))
    assert len(await store.list_feeds("desk")) == 2
    (order,) = await store.list_subscriptions("desk")
    assert (order.has_reminders, order.created_at) == (True, at(9))
    assert await store.list_choices("desk") == {"language": "en"}


async def test_a_batch_of_which_one_thing_changed_since_is_left_alone(store: Store) -> None:
    await change_all(store, author("b1"))
    (feed, _) = await store.list_feeds("desk")
    await store.pause_feed("desk", feed.id, is_paused=True)
    before = (await store.list_feeds("desk"), await store.list_subscriptions("desk"))
    with pytest.raises(InputError, match="“News” was changed again since") as caught:
        await store.undo_config_change("desk", "b1", by=author("b2"))
    assert "\n" not in str(caught.value)
    assert (await store.list_feeds("desk"), await store.list_subscriptions("desk")) == before
    (change,) = await store.list_config_changes("desk", limit=9)
    assert change.undone_at is None
    await store.pause_feed("desk", feed.id, is_paused=False)
    await store.undo_config_change("desk", "b1", by=author("b2"))


@pytest.mark.parametrize("kind", ["gone", "there again", "something else"])
async def test_what_changed_since_is_not_undone_whatever_it_became(store: Store, kind: str) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    if kind == "gone":
        await store.drop_choice("desk", "language")
    elif kind == "there again":
        await store.drop_choice("desk", "language", by=author("b2"))
        await store.save_choice("desk", "language", "es")
        with pytest.raises(InputError, match="“language” was changed"):
            await store.undo_config_change("desk", "b2", by=author("u1"))
    else:
        await store.save_choice("desk", "language", "es")
    standing = await store.list_choices("desk")
    with pytest.raises(InputError, match="“language” was changed"):
        await store.undo_config_change("desk", "b1", by=author("u1"))
    assert await store.list_choices("desk") == standing


async def test_a_change_that_came_to_the_same_again_can_be_undone(store: Store) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    await store.save_choice("desk", "language", "es", by=author("b2"))
    await store.undo_config_change("desk", "b2", by=author("b3"))
    await store.undo_config_change("desk", "b1", by=author("b4"))
    assert await store.list_choices("desk") == {}


async def test_an_order_that_was_only_paused_since_can_be_undone(store: Store) -> None:
    order = await subscribe(store, by=author("b1"))
    await store.pause_subscription(order.id, "no rights")
    await store.undo_config_change("desk", "b1", by=author("b2"))
    assert await store.list_subscriptions("desk") == ()


async def test_a_change_is_undone_once(store: Store) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    await store.undo_config_change("desk", "b1", by=author("b2"))
    with pytest.raises(InputError, match="undone already"):
        await store.undo_config_change("desk", "b1", by=author("b3"))
    assert len(await store.list_config_changes("desk", limit=9)) == 2


@pytest.mark.parametrize("batch", ["", "nothing", "' OR 1", "b1 "])
async def test_a_change_that_there_is_not_cannot_be_undone(store: Store, batch: str) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    with pytest.raises(InputError, match="no such change"):
        await store.undo_config_change("desk", batch, by=author("b2"))


async def test_a_workspace_cannot_undo_the_change_of_another(store: Store) -> None:
    await store.save_choice("other", "language", "fr", by=author("b1"))
    await store.save_choice("desk", "language", "es", by=author("b1"))
    await store.drop_choice("desk", "language")
    with pytest.raises(InputError):
        await store.undo_config_change("third", "b1", by=author("b2"))
    await store.undo_config_change("other", "b1", by=author("b2"))
    assert await store.list_choices("other") == {}
    (change,) = await store.list_config_changes("desk", limit=9)
    assert change.undone_at is None


async def test_a_change_of_a_release_that_knew_less_can_be_undone(store: Store, url: str) -> None:
    order = await subscribe(store)
    await store.remove_subscription("desk", order.id, by=author("b1"))
    await store.save_choice("desk", "language", "fr")
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(
            text(
                "UPDATE config_edit SET before = json_remove(before, '$.skips_quiet',"
                " '$.alerts_per_day', '$.look')"
            )
        )
    engine.dispose()
    await store.undo_config_change("desk", "b1", by=author("b2", minutes=3))
    assert await store.list_subscriptions("desk") == (replace(order, created_at=at(3)),)
    await store.undo_config_change("desk", "b2", by=author("b3"))
    assert await store.list_subscriptions("desk") == ()
