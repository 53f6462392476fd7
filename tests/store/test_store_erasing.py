"""A workspace that asks to be forgotten: nothing of it stays, nothing of others goes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from kept_samples import new_brief, new_notice
from sqlalchemy import create_engine, inspect, text
from store_samples import (
    CHANNEL,
    EVER,
    NOW,
    at,
    author,
    follow,
    keep,
    new_analysis,
    new_article,
    new_citation,
    new_entry,
    new_parts,
    new_turn,
    slot_of,
    subscribe,
)

from bot.errors import StoreError
from bot.model import DeliveryState, Feed, FeedState, Poll, Vote
from bot.ports import Store
from bot.store.schema import metadata
from bot.vectors import DIMENSIONS

SHARED = "https://shared.test/feed"
SHARED_URL = "https://shared.test/1"
LEASE = timedelta(minutes=2)

Row = tuple[object, ...]


def read_all(url: str) -> dict[str, set[Row]]:
    """Every row of every table of ours."""
    engine = create_engine(url)
    with engine.connect() as db:
        names = [name for name in inspect(db).get_table_names() if name in metadata.tables]
        found = {
            name: set(map(tuple, db.execute(text(f'SELECT * FROM "{name}"')))) for name in names
        }
    engine.dispose()
    assert found.keys() == metadata.tables.keys()
    return found


def mentions(row: Row, word: str) -> bool:
    return any(word in str(value) for value in row)


async def save(store: Store, feed: Feed, url: str, words: str) -> None:
    """An article with its analysis and its vectors."""
    article = new_article(url, f"{words}. Talks begin today.", title=words, outlet=words)
    await store.save_articles(feed.id, [article])
    await store.save_analysis(new_analysis(article.text_hash, note=words), NOW)
    rows = np.full((2, DIMENSIONS), 7, np.int8).tobytes()
    await store.save_vectors(article.text_hash, "e5", rows)


async def fill_feeds(store: Store, name: str) -> None:
    """What a workspace reads: with others, alone, and by hand."""
    shared = await follow(store, name, SHARED, title=f"{name}'s name for it")
    await save(store, shared, SHARED_URL, "told to all")
    own = await follow(store, name, f"https://{name}.test/feed")
    await save(store, own, f"https://{name}.test/1", f"only {name} reads this")
    # Its own feed brings what another feed brought, under the same URL and with the same text.
    await save(store, own, SHARED_URL, "told to all")
    await save(store, own, f"https://{name}.test/copy", "told to all")
    by_hand = await follow(store, name, f"read:{name}", is_manual=True)
    await save(store, by_hand, f"https://secret.test/{name}", f"read by {name} alone")
    left = await store.add_feed(
        name, f"https://left.test/{name}", title=name, outlet="", tier=3, now=NOW, by=author("f1")
    )
    await save(store, left, f"https://left.test/{name}/1", f"left by {name}")
    await store.remove_feed(name, left.id, by=author("f2"))


async def fill(store: Store, name: str, *, key: str = "k1") -> None:
    """Something of everything that a workspace may have; no two questions ever have one key."""
    await fill_feeds(store, name)
    order = await subscribe(store, name, by=author("o1"))
    await store.save_delivery(
        slot_of(order), name, CHANNEL, new_parts(2), brief=new_brief(note=name)
    )
    await keep(store, slot_of(order, 1), order, new_parts(1), note=name)
    await store.skip_slot(slot_of(order, 2), name, CHANNEL, "quiet")
    await store.save_delivery(new_notice(workspace=name), name, CHANNEL, new_parts(1))
    await store.save_choice(name, "language", "fr", by=author("c1"))
    await store.update_calendar(name, lambda standing: [new_entry(f"{name}-1")])
    await store.save_calendar_token(name, f"token of {name}", is_new=False)
    await store.open_turn(new_turn(key, workspace=name), lambda usage: None)
    await store.close_turn(new_turn(key, workspace=name), [new_citation(1)])
    await store.save_vote(name, Vote(key=key, member="m2", is_good=True, reason="", voted_at=NOW))
    await store.save_absence(name, NOW)


async def look(store: Store, name: str) -> list[object]:
    """All that a workspace gets to see of what it has."""
    period = {"start_at": EVER, "end_at": at(99)}
    question = np.full(DIMENSIONS, 7, np.int8).tobytes()
    return [
        await store.list_feeds(name),
        await store.list_articles(name, **period),
        # How good a match is depends on all there is; which is better does not.
        [one for one, _ in await store.search(name, [["talks"]], as_of=at(99), limit=99)],
        await store.list_analyses(name, "extractive", **period),
        # All are as near.
        {one.url for one in await store.find_nearest(name, "e5", question, as_of=at(99), limit=99)},
        await store.list_subscriptions(name),
        await store.list_slots(name, limit=99),
        await store.list_choices(name),
        await store.list_calendar(name),
        await store.list_reviews(name, limit=99),
        await store.list_sources(name, "k1"),
        await store.list_config_changes(name, limit=99),
        name in await store.list_absent(),
        name in await store.list_workspaces(),
    ]


async def test_nothing_of_a_forgotten_workspace_stays_in_any_table(store: Store, url: str) -> None:
    await fill(store, "desk")
    filled = {name for name, rows in read_all(url).items() if rows}
    assert filled == metadata.tables.keys() - {"mark"}, "every table is tried"
    count = sum(map(len, read_all(url).values()))
    assert await store.erase_workspace("desk") == count
    left = {name: rows for name, rows in read_all(url).items() if rows}
    # What stays is one row of each that has nothing in it but its number, and what limits count.
    ((workspace, key, conversation, member, question, *_, answer, engine, _),) = left.pop("turn")
    assert (workspace, key, member) == ("desk", "k1", "m1")
    assert (conversation, question, answer, engine) == ("", "", "", "")
    assert {name: len(rows) for name, rows in left.items()} == {"feed": 1, "article": 1, "text": 1}
    assert not any(
        mentions(row, word)
        for rows in left.values()
        for row in rows
        for word in ("desk", "http", "told", "m1")
    )
    assert await store.erase_workspace("desk") == 0


async def test_what_was_spent_before_counts_on_after_forgetting(store: Store) -> None:
    feed = await follow(store, "desk", "https://desk.test/feed")
    articles = [new_article(f"https://desk.test/{n}", f"Told {n}.") for n in range(2)]
    await store.save_articles(feed.id, articles)
    for article in articles:
        await store.save_analysis(replace(new_analysis(article.text_hash), tokens=100), NOW)
    await store.open_turn(new_turn("k1", workspace="desk"), lambda usage: None)
    before = await store.count_usage("desk", "m1", NOW)
    assert (before.member_day, before.tokens_of_all) == (1, 200)
    await store.erase_workspace("desk")
    assert await store.count_usage("desk", "m1", NOW) == before
    assert await store.forget_turns(EVER, erased_before=at(1)) == 3
    assert (await store.count_usage("desk", "m1", NOW)).tokens_of_all == 0


async def test_what_others_have_and_see_is_not_touched(store: Store, url: str) -> None:
    await fill(store, "other")
    await fill(store, "desk")
    before, seen = read_all(url), await look(store, "other")
    await store.erase_workspace("desk")
    after = read_all(url)
    # What limits count.
    after["turn"] = {row for row in after["turn"] if not mentions(row, "desk")}
    assert await look(store, "other") == seen
    for name, rows in before.items():
        kept = {row for row in rows if not mentions(row, "desk")}
        assert after[name] >= {row for row in rows if mentions(row, "other")}
        assert not any(mentions(row, "desk") for row in after[name]), name
        assert after[name] - rows == {row for row in after[name] if mentions(row, "erased:")}
        if "workspace" in metadata.tables[name].c:
            assert after[name] == kept
    empty: list[object] = [
        (), (), [], (), set(), (), (), {}, (), (), (), (), False, False,
    ]  # fmt: skip
    assert await look(store, "desk") == empty


async def test_when_the_last_reader_is_forgotten_shared_articles_go_too(
    store: Store, url: str
) -> None:
    for name in ("desk", "other"):
        await fill(store, name)
    await store.erase_workspace("desk")
    found = await store.find_article("other", SHARED_URL)
    assert found is not None
    await store.erase_workspace("other")
    rows = read_all(url)
    assert {name for name, some in rows.items() if some} <= {"feed", "article", "text", "turn"}
    assert not any(mentions(row, "told") for row in rows["text"])


async def test_the_index_of_words_forgets_them_and_stays_whole(store: Store, url: str) -> None:
    for name in ("desk", "other"):
        await fill(store, name)
    await store.erase_workspace("desk")
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(
            text("INSERT INTO text_search (text_search, rank) VALUES ('integrity-check', 1)")
        )
        matching = "SELECT count(*) FROM text_search WHERE text_search MATCH '{}'"
        counts = [db.scalar(text(matching.format(word))) for word in ("desk", "other", "talks")]
    engine.dispose()
    # "only other reads", "read by other", "left by other", and what is told to all.
    assert counts == [0, 3, 4]


async def test_a_feed_that_another_may_follow_again_by_undoing_stays(
    store: Store, url: str
) -> None:
    feed = await follow(store, "desk", SHARED)
    await save(store, feed, SHARED_URL, "told to all")
    await follow(store, "other", SHARED)
    await store.remove_feed("other", feed.id, by=author("b1"))
    await store.erase_workspace("desk")
    assert await store.find_article("other", SHARED_URL) is None
    await store.undo_config_change("other", "b1", by=author("b2"))
    assert await store.find_article("other", SHARED_URL) is not None
    await store.erase_workspace("other")
    assert len(read_all(url)["version"]) == 0


async def test_numbers_of_what_is_gone_are_not_given_again(store: Store) -> None:
    await fill(store, "desk")
    feeds = await store.list_feeds("desk")
    articles = await store.list_articles("desk", start_at=EVER, end_at=at(99))
    part = await store.claim_part("a", NOW, LEASE)
    assert part is not None
    await store.erase_workspace("desk")
    await fill(store, "new")
    again = await store.list_articles("new", start_at=EVER, end_at=at(99))
    assert {one.id for one in articles}.isdisjoint(one.id for one in again)
    assert {one.id for one in feeds}.isdisjoint(one.id for one in await store.list_feeds("new"))
    assert not await store.finish_part(part.id, "a", DeliveryState.SENT, message_id="m", reason="")
    claimed = await store.claim_part("a", NOW, LEASE)
    assert claimed is not None
    assert claimed.id > part.id


async def test_who_polls_a_feed_that_is_gone_brings_nothing_to_another(store: Store) -> None:
    feed = await follow(store, "desk", "https://desk.test/feed")
    await store.erase_workspace("desk")
    other = await follow(store, "other", "https://other.test/feed")
    with pytest.raises(StoreError):
        await store.save_articles(feed.id - 1, [new_article()])
    await store.save_articles(feed.id, [new_article()])
    outcome = Poll(state=FeedState.GONE, reason="", polled_at=NOW, next_poll_at=NOW)
    await store.save_poll(feed.id, outcome)
    assert await store.list_articles("other", start_at=EVER, end_at=at(99)) == ()
    assert await store.list_feeds("other") == (other,)
    assert [one.id for one in await store.list_due_feeds(at(99), limit=9)] == [other.id]


async def test_vectors_in_memory_are_not_taken_for_those_of_a_new_text(store: Store) -> None:
    question = np.full(DIMENSIONS, 7, np.int8).tobytes()
    feed = await follow(store, "desk")
    await save(store, feed, "https://desk.test/1", "near the question")
    assert len(await store.find_nearest("desk", "e5", question, as_of=at(9), limit=9)) == 1
    await store.erase_workspace("desk")
    other = await follow(store, "other", "https://other.test/feed")
    far, near = (new_article(f"https://o.test/{n}", f"{n} way.") for n in ("far", "near"))
    await store.save_articles(other.id, [far, near])
    for article, value in ((far, -7), (near, 6)):
        rows = np.full((1, DIMENSIONS), value, np.int8).tobytes()
        await store.save_vectors(article.text_hash, "e5", rows)
    found = await store.find_nearest("other", "e5", question, as_of=at(9), limit=9)
    assert [one.url for one in found] == [near.url, far.url]


async def test_a_workspace_that_is_forgotten_may_begin_again(store: Store) -> None:
    await fill(store, "desk")
    seen = await look(store, "desk")
    await store.erase_workspace("desk")
    await fill(store, "desk", key="k2")
    again = await look(store, "desk")
    assert [type(one) for one in again] == [type(one) for one in seen]
    assert len(again[1]) == len(seen[1])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "nobody", "%", "'; DROP TABLE feed; --"])
async def test_a_workspace_that_nobody_knows_has_nothing_to_forget(
    store: Store, url: str, name: str
) -> None:
    await fill(store, "desk")
    unread = await follow(store, "other", "https://unread.test/feed")
    await store.remove_feed("other", unread.id)
    before = read_all(url)
    assert await store.erase_workspace(name) == 0
    assert read_all(url) == before


async def test_many_articles_are_forgotten_at_once(store: Store, url: str) -> None:
    feed = await follow(store, "desk")
    many = [new_article(f"https://desk.test/{n}", f"Text {n}.") for n in range(2_500)]
    await store.save_articles(feed.id, many)
    erased, _ = await asyncio.gather(
        store.erase_workspace("desk"), follow(store, "other", "https://other.test/feed")
    )
    assert erased == 2 + 3 * 2_500
    assert len(read_all(url)["text"]) == 1
