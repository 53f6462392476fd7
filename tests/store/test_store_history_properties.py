"""Whatever admins do, taking it all back in reverse gives what there was."""

import asyncio
import itertools
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import NOW, author, follow, subscribe

from bot.model import Author, ChannelRef, Form, Look
from bot.ports import Store
from bot.store import open_store

Step = Callable[[Store, str, Author], Awaitable[object]]
CHANNELS = [ChannelRef("discord", name) for name in ("100", "200")]
NUMBERS = itertools.count()
SMALL = st.integers(0, 2)


def add_feed(number: int, tags: list[str]) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        url = f"https://{number}.test/feed"
        title = f"{number} {tags}"
        await store.add_feed(
            workspace, url, title=title, outlet="", tier=3, now=NOW, tags=tags, by=by
        )

    return step


def touch_feed(number: int, what: str) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        feeds = await store.list_feeds(workspace)
        if not feeds:
            return
        feed_id = feeds[number % len(feeds)].id
        if what == "remove":
            await store.remove_feed(workspace, feed_id, by=by)
        else:
            await store.pause_feed(workspace, feed_id, is_paused=what == "pause", by=by)

    return step


def set_order(number: int | None, channel: ChannelRef, form: Form, alerts: int) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        orders = await store.list_subscriptions(workspace)
        order_id = orders[number % len(orders)].id if orders and number is not None else None
        await store.save_subscription(
            workspace,
            channel,
            timezone="UTC",
            times=("06:00",),
            weekdays=(1,),
            tags=(),
            now=by.at,
            order_id=order_id,
            look=Look(form=form),
            alerts_per_day=alerts,
            by=by,
        )

    return step


def remove_order(number: int) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        orders = await store.list_subscriptions(workspace)
        if orders:
            await store.remove_subscription(workspace, orders[number % len(orders)].id, by=by)

    return step


def set_reminders(channel: ChannelRef, is_on: bool) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        await store.set_reminders(workspace, channel, is_on=is_on, by=by)

    return step


def choose(name: str, value: str | None) -> Step:
    async def step(store: Store, workspace: str, by: Author) -> None:
        if value is None:
            await store.drop_choice(workspace, name, by=by)
        else:
            await store.save_choice(workspace, name, value, by=by)

    return step


STEPS = st.one_of(
    st.builds(add_feed, SMALL, st.lists(st.sampled_from(["trade", "defence"]), max_size=1)),
    st.builds(touch_feed, SMALL, st.sampled_from(["remove", "pause", "resume"])),
    st.builds(
        set_order, st.none() | SMALL, st.sampled_from(CHANNELS), st.sampled_from(Form), SMALL
    ),
    st.builds(remove_order, SMALL),
    st.builds(set_reminders, st.sampled_from(CHANNELS), st.booleans()),
    st.builds(choose, st.sampled_from("ab"), st.none() | st.text(max_size=3)),
)


async def snapshot(store: Store, workspace: str) -> object:
    """The configuration, but for the moment from which an order counts."""
    orders = await store.list_subscriptions(workspace)
    return (
        await store.list_feeds(workspace),
        tuple(replace(order, created_at=NOW) for order in orders),
        await store.list_choices(workspace),
    )


async def run(store: Store, workspace: str, batches: list[list[Step]]) -> None:
    await follow(store, workspace, "https://0.test/feed")
    order = await subscribe(store, workspace)
    await store.set_reminders(workspace, order.channel, is_on=True)
    await store.save_choice(workspace, "a", "x")
    states = [await snapshot(store, workspace)]
    for number, steps in enumerate(batches):
        for step in steps:
            await step(store, workspace, author(f"b{number}", minutes=number))
        states.append(await snapshot(store, workspace))
    recorded = {one.batch for one in await store.list_config_changes(workspace, limit=999)}
    for number in reversed(range(len(batches))):
        assert await snapshot(store, workspace) == states.pop()
        if f"b{number}" in recorded:
            await store.undo_config_change(workspace, f"b{number}", by=author(f"u{number}"))
    assert [await snapshot(store, workspace)] == states
    changes = await store.list_config_changes(workspace, limit=999)
    assert {one.batch for one in changes if one.undone_at} == recorded


@pytest.fixture(scope="module")
def shared_url(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database for all examples: each has a workspace of its own."""
    return f"sqlite:///{shutil.copy(empty_sqlite, tmp_path_factory.mktemp('history'))}"


@settings(max_examples=60, deadline=None)
@given(batches=st.lists(st.lists(STEPS, min_size=1, max_size=4), max_size=8))
def test_any_changes_undone_in_reverse_give_what_there_was(
    shared_url: str, batches: list[list[Step]]
) -> None:
    async def try_out() -> None:
        store = open_store(shared_url)
        await run(store, f"w{next(NUMBERS)}", batches)
        await store.close()

    asyncio.run(try_out())
