"""Feeds that fail, the topics of feeds, and feeds of workspaces that the bot has left."""

from datetime import timedelta

from store_samples import NOW, at, follow

from bot.model import FeedState, Poll
from bot.ports import Store

DAY = timedelta(days=1)


async def poll(store: Store, feed_id: int, state: FeedState, minutes: float = 0) -> None:
    outcome = Poll(state=state, reason="", polled_at=at(minutes), next_poll_at=at(minutes + 30))
    await store.save_poll(feed_id, outcome)


async def test_a_feed_keeps_the_topics_it_is_followed_for_in_each_workspace(store: Store) -> None:
    url = "https://news.test/feed"
    tagged = await store.add_feed(
        "desk", url, title="", outlet="", tier=3, now=NOW, tags=("trade", "defence")
    )
    plain = await follow(store, "other", url)
    assert tagged.tags == ("trade", "defence")
    assert (plain.id, plain.tags) == (tagged.id, ())
    assert [feed.tags for feed in await store.list_feeds("desk")] == [("trade", "defence")]
    assert [feed.tags for feed in await store.list_due_feeds(NOW, limit=9)] == [
        ("trade", "defence")
    ]


async def test_a_feed_fails_since_the_first_failure_in_a_row(store: Store) -> None:
    feed = await follow(store)
    assert feed.failing_since is None
    for minutes, state in ((0, FeedState.TIMEOUT), (30, FeedState.GONE), (60, FeedState.BLOCKED)):
        await poll(store, feed.id, state, minutes)
    (failing,) = await store.list_feeds("desk")
    assert (failing.failing_since, failing.failures) == (NOW, 3)
    await poll(store, feed.id, FeedState.EMPTY, 90)
    (well,) = await store.list_feeds("desk")
    assert (well.failing_since, well.failures) == (None, 0)
    await poll(store, feed.id, FeedState.UNREACHABLE, 120)
    (again,) = await store.list_feeds("desk")
    assert (again.failing_since, again.failures) == (at(120), 1)


async def test_failing_feeds_are_listed_longest_first_once_for_each_who_follows_them(
    store: Store,
) -> None:
    late = await follow(store, url="https://late.test/feed")
    early = await follow(store, url="https://early.test/feed")
    well = await follow(store, url="https://well.test/feed")
    await follow(store, "other", "https://early.test/feed", title="Theirs")
    await poll(store, late.id, FeedState.GONE, 60)
    await poll(store, early.id, FeedState.GONE, 0)
    await poll(store, well.id, FeedState.OK, 0)
    failing = await store.list_failing(at(61))
    assert [(feed.workspace, feed.url, feed.failing_since) for feed in failing] == [
        ("desk", early.url, NOW),
        ("other", early.url, NOW),
        ("desk", late.url, at(60)),
    ]
    assert [feed.title for feed in failing] == ["News", "Theirs", "News"]
    assert [feed.id for feed in await store.list_failing(at(60))] == [early.id] * 2
    assert await store.list_failing(NOW) == ()


async def test_a_failing_feed_is_not_listed_where_it_is_paused_left_or_not_followed(
    store: Store,
) -> None:
    for workspace in ("desk", "paused", "gone", "left"):
        feed = await follow(store, workspace)
    await poll(store, feed.id, FeedState.GONE)
    await store.pause_feed("paused", feed.id, is_paused=True)
    await store.save_absence("gone", NOW)
    await store.remove_feed("left", feed.id)
    assert [one.workspace for one in await store.list_failing(at(1))] == ["desk"]
    await store.end_absence("gone")
    assert [one.workspace for one in await store.list_failing(at(1))] == ["desk", "gone"]


async def test_a_feed_is_not_polled_for_a_workspace_that_the_bot_has_left(store: Store) -> None:
    await follow(store, "desk", url="https://a.test/feed")
    await follow(store, "other", url="https://b.test/feed")
    await store.save_absence("desk", NOW)
    assert [feed.workspace for feed in await store.list_due_feeds(NOW, limit=9)] == ["other"]
    assert await store.list_due_feeds(NOW, limit=9, workspace="desk") == ()
    assert len(await store.list_feeds("desk")) == 1
    await store.end_absence("desk")
    due = await store.list_due_feeds(NOW, limit=9)
    assert [feed.workspace for feed in due] == ["desk", "other"]


async def test_a_feed_is_polled_for_those_who_stay(store: Store) -> None:
    feed = await follow(store, "desk")
    await follow(store, "second", title="Second", now=at(1))
    await follow(store, "third", title="Third", now=at(2))
    await store.save_absence("desk", NOW)
    (due,) = await store.list_due_feeds(at(9), limit=9)
    assert (due.id, due.workspace, due.title) == (feed.id, "second", "Second")
    await store.pause_feed("second", feed.id, is_paused=True)
    (due,) = await store.list_due_feeds(at(9), limit=9)
    assert due.workspace == "third"
    await store.save_absence("third", NOW)
    assert await store.list_due_feeds(at(9), limit=9) == ()
