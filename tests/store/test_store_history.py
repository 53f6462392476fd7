"""Who changed what of the configuration, and when."""

import pytest
from store_samples import CHANNEL, at, author, follow, follow_by, subscribe

from bot.errors import InputError
from bot.model import ConfigEdit, ConfigKind
from bot.ports import Store

PLAIN_LOOK = {"form": "message", "length": "standard", "style": "cited", "forum_tags": []}
FEED_VALUE = {"title": "News", "outlet": "News", "tier": 2, "is_paused": False, "tags": []}


async def list_edits(store: Store, workspace: str = "desk") -> list[tuple[ConfigEdit, ...]]:
    return [one.edits for one in await store.list_config_changes(workspace, limit=99)]


async def test_a_feed_is_recorded_by_its_title_as_followed_paused_and_left(store: Store) -> None:
    feed = await follow_by(store, author("b1"))
    await store.pause_feed("desk", feed.id, is_paused=True, by=author("b2"))
    await store.remove_feed("desk", feed.id, by=author("b3"))
    value = FEED_VALUE | {"tags": ["trade"]}
    paused = value | {"is_paused": True}
    steps = ((paused, None), (value, paused), (None, value))
    assert await list_edits(store) == [
        (ConfigEdit(kind=ConfigKind.FEED, name="News", before=before, after=after),)
        for before, after in steps
    ]


async def test_an_order_is_recorded_by_its_number(store: Store) -> None:
    order = await subscribe(store, by=author("b1"))
    await store.set_reminders("desk", CHANNEL, is_on=True, by=author("b2"))
    await store.remove_subscription("desk", order.id, by=author("b3"))
    value = {
        "platform": "discord",
        "channel_id": "100",
        "timezone": "Europe/Oslo",
        "times": ["06:00", "18:30"],
        "weekdays": [1, 2, 3, 4, 5],
        "tags": ["trade"],
        "has_reminders": False,
        "look": PLAIN_LOOK,
        "skips_quiet": False,
        "alerts_per_day": 0,
    }
    reminding = value | {"has_reminders": True}
    steps = ((reminding, None), (value, reminding), (None, value))
    assert await list_edits(store) == [
        (ConfigEdit(kind=ConfigKind.SCHEDULE, name=f"{order.id}", before=before, after=after),)
        for before, after in steps
    ]


async def test_a_choice_is_recorded_by_its_name(store: Store) -> None:
    await store.save_choice("desk", "language", "fr", by=author("b1"))
    await store.save_choice("desk", "language", "en", by=author("b2"))
    await store.drop_choice("desk", "language", by=author("b3"))
    french, english = {"value": "fr"}, {"value": "en"}
    steps = ((english, None), (french, english), (None, french))
    assert await list_edits(store) == [
        (ConfigEdit(kind=ConfigKind.CHOICE, name="language", before=before, after=after),)
        for before, after in steps
    ]


async def test_who_changed_it_and_when_is_kept_newest_first_and_no_more_than_asked(
    store: Store,
) -> None:
    for number, member in enumerate(("discord:1", "console", "discord:2")):
        by = author(f"b{number}", member, number)
        await store.save_choice("desk", f"c{number}", "x", by=by)
    changes = await store.list_config_changes("desk", limit=2)
    assert [(one.batch, one.member, one.at) for one in changes] == [
        ("b2", "discord:2", at(2)),
        ("b1", "console", at(1)),
    ]
    assert {(one.undone_by, one.undone_at) for one in changes} == {("", None)}
    assert await store.list_config_changes("other", limit=9) == ()
    assert await store.list_config_changes("desk", limit=0) == ()


async def test_batches_that_ran_at_once_are_told_apart(store: Store) -> None:
    for name, batch in (("a", "b1"), ("b", "b2"), ("c", "b1"), ("d", "b3")):
        await store.save_choice("desk", name, "x", by=author(batch))
    await store.save_choice("other", "e", "x", by=author("b1"))
    changes = await store.list_config_changes("desk", limit=2)
    assert [(one.batch, [edit.name for edit in one.edits]) for one in changes] == [
        ("b3", ["d"]),
        ("b1", ["a", "c"]),
    ]


async def test_what_nobody_does_or_changes_nothing_or_waits_is_not_recorded(store: Store) -> None:
    feed, order = await follow(store), await subscribe(store)
    await store.save_choice("desk", "language", "fr")
    by = author("b1", minutes=5)
    await follow(store)
    await follow_by(store, by)
    await store.pause_feed("desk", feed.id, is_paused=False, by=by)
    await store.pause_feed("desk", 999, is_paused=True, by=by)
    await store.remove_feed("desk", 999, by=by)
    await store.remove_feed("other", feed.id, by=by)
    await subscribe(store, now=at(5), order_id=order.id, by=by)
    await store.pause_subscription(order.id, "no rights")
    await store.remove_subscription("desk", 999, by=by)
    await store.remove_subscription("other", order.id, by=by)
    await store.set_reminders("desk", CHANNEL, is_on=False, by=by)
    await store.save_choice("desk", "language", "fr", by=by)
    await store.drop_choice("desk", "nothing", by=by)
    await store.save_choice("desk", "pending:a", "{}", by=by)
    await store.drop_choice("desk", "pending:a", by=by)
    assert await list_edits(store) == []
    assert await list_edits(store, "other") == []


async def test_what_is_refused_is_not_recorded(store: Store) -> None:
    with pytest.raises(InputError):
        await subscribe(store, order_id=999, by=author("b1"))
    assert await list_edits(store) == []
