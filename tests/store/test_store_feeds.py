from datetime import timedelta

import pytest
from store_samples import NOW, at, follow

from bot.errors import StoreError
from bot.model import FeedState, Poll
from bot.ports import Store


def poll(state: FeedState = FeedState.OK, *, minutes: float = 0, etag: str = "") -> Poll:
    return Poll(
        state=state,
        reason=state.value,
        polled_at=at(minutes),
        next_poll_at=at(minutes + 30),
        etag=etag,
        last_modified="Tue",
    )


async def test_a_followed_feed_comes_back_as_it_was_given(store: Store) -> None:
    feed = await follow(store)
    assert (feed.workspace, feed.url, feed.title, feed.outlet, feed.tier) == (
        "desk", "https://news.test/feed", "News", "News", 2,
    )  # fmt: skip
    assert feed.state is FeedState.NEW
    assert not feed.is_paused
    assert not feed.is_manual
    assert feed.next_poll_at == NOW
    assert await store.list_feeds("desk") == (feed,)


async def test_following_twice_changes_nothing(store: Store) -> None:
    first = await follow(store)
    again = await follow(store, title="Other", outlet="Other", tier=1, now=at(5))
    assert again == first


async def test_a_url_has_one_feed_and_each_workspace_its_own_title(store: Store) -> None:
    here = await follow(store, "desk", title="Ours", tier=1)
    there = await follow(store, "other", title="Theirs", tier=3)
    assert here.id == there.id
    assert [(feed.title, feed.tier) for feed in await store.list_feeds("other")] == [("Theirs", 3)]


async def test_feeds_are_listed_by_title_whatever_its_case(store: Store) -> None:
    for title in ("beta", "Alpha", "Émile", "gamma", "Delta"):
        await follow(store, url=f"https://{title}.test/feed", title=title)
    titles = [feed.title for feed in await store.list_feeds("desk")]
    assert titles == ["Alpha", "beta", "Delta", "gamma", "Émile"]


async def test_a_removed_feed_is_gone_for_one_workspace_only(store: Store) -> None:
    feed = await follow(store, "desk")
    await follow(store, "other")
    await store.remove_feed("desk", feed.id)
    assert await store.list_feeds("desk") == ()
    assert len(await store.list_feeds("other")) == 1


async def test_a_workspace_cannot_remove_or_pause_the_feed_of_another(store: Store) -> None:
    feed = await follow(store, "other")
    await store.remove_feed("desk", feed.id)
    await store.pause_feed("desk", feed.id, is_paused=True)
    assert await store.list_feeds("other") == (feed,)


async def test_a_feed_is_due_once_for_all_who_follow_it(store: Store) -> None:
    await follow(store, "desk")
    await follow(store, "other", now=at(1))
    due = await store.list_due_feeds(at(2), limit=10)
    assert [feed.workspace for feed in due] == ["desk"]


async def test_a_feed_is_due_once_even_if_two_followed_it_at_one_moment(store: Store) -> None:
    await follow(store, "desk")
    await follow(store, "other")
    assert len(await store.list_due_feeds(NOW, limit=10)) == 1


async def test_the_longest_due_feed_comes_first_and_no_more_than_asked(store: Store) -> None:
    for minutes in (3, 1, 2):
        await follow(store, url=f"https://{minutes}.test/feed", now=at(minutes))
    due = await store.list_due_feeds(at(5), limit=2)
    assert [feed.url for feed in due] == ["https://1.test/feed", "https://2.test/feed"]
    assert await store.list_due_feeds(at(0), limit=10) == ()


async def test_a_feed_is_polled_until_all_have_paused_it(store: Store) -> None:
    feed = await follow(store, "desk")
    await follow(store, "other")
    await store.pause_feed("desk", feed.id, is_paused=True)
    assert [feed.workspace for feed in await store.list_due_feeds(NOW, limit=10)] == ["other"]
    assert await store.list_due_feeds(NOW, limit=10, workspace="desk") == ()
    await store.pause_feed("other", feed.id, is_paused=True)
    assert await store.list_due_feeds(NOW, limit=10) == ()
    await store.pause_feed("desk", feed.id, is_paused=False)
    assert len(await store.list_due_feeds(NOW, limit=10, workspace="desk")) == 1


async def test_due_feeds_of_one_workspace_are_those_it_follows(store: Store) -> None:
    await follow(store, "desk", url="https://a.test/feed")
    await follow(store, "other", url="https://b.test/feed")
    await follow(store, "other", url="https://a.test/feed", now=at(1))
    due = await store.list_due_feeds(at(2), limit=10, workspace="other")
    assert {(feed.workspace, feed.url) for feed in due} == {
        ("other", "https://a.test/feed"),
        ("other", "https://b.test/feed"),
    }


async def test_a_feed_nobody_follows_is_not_polled(store: Store) -> None:
    feed = await follow(store)
    await store.remove_feed("desk", feed.id)
    assert await store.list_due_feeds(at(9), limit=10) == ()


async def test_a_manual_feed_is_never_due(store: Store) -> None:
    feed = await follow(store, url="read:desk", is_manual=True)
    assert feed.is_manual
    assert await store.list_due_feeds(NOW + timedelta(days=9), limit=10) == ()


async def test_a_poll_is_kept_and_failures_are_counted_until_one_succeeds(store: Store) -> None:
    feed = await follow(store)
    await store.save_poll(feed.id, poll(FeedState.OK, etag="e1"))
    await store.save_poll(feed.id, poll(FeedState.TIMEOUT, minutes=30))
    await store.save_poll(feed.id, poll(FeedState.GONE, minutes=60))
    (failing,) = await store.list_feeds("desk")
    assert (failing.state, failing.reason, failing.failures) == (FeedState.GONE, "gone", 2)
    assert failing.succeeded_at == NOW
    assert failing.next_poll_at == at(90)
    await store.save_poll(feed.id, poll(FeedState.EMPTY, minutes=90, etag="e2"))
    (well,) = await store.list_feeds("desk")
    assert (well.failures, well.succeeded_at, well.etag) == (0, at(90), "e2")
    assert well.last_modified == "Tue"


async def test_a_workspace_needs_a_name(store: Store) -> None:
    with pytest.raises(StoreError):
        await follow(store, "")


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="zone"):
        await follow(store, now=NOW.replace(tzinfo=None))
    assert await store.list_feeds("desk") == ()


@pytest.mark.parametrize("feed_id", [0, -1, 999])
async def test_an_id_that_nobody_has_changes_nothing(store: Store, feed_id: int) -> None:
    feed = await follow(store)
    await store.remove_feed("desk", feed_id)
    await store.pause_feed("desk", feed_id, is_paused=True)
    assert await store.list_feeds("desk") == (feed,)


async def test_an_id_beyond_all_numbers_of_the_database_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.remove_feed("desk", 10**30)
