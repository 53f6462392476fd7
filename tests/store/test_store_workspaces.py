from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from store_samples import EVER, NOW, at, follow, new_article, new_citation, new_turn, subscribe

from bot.errors import StoreError
from bot.model import Vote
from bot.ports import Store
from bot.store import open_store

CITATION = new_citation(1)


async def test_an_absence_is_kept_from_its_first_moment_until_it_ends(store: Store) -> None:
    assert await store.list_absent() == {}
    assert await store.save_absence("desk", NOW)
    assert not await store.save_absence("desk", at(5))
    assert await store.save_absence("other", at(1))
    assert await store.list_absent() == {"desk": NOW, "other": at(1)}
    assert await store.end_absence("desk")
    assert not await store.end_absence("desk")
    assert await store.list_absent() == {"other": at(1)}
    assert await store.save_absence("desk", at(9))
    assert (await store.list_absent())["desk"] == at(9)


async def test_an_absence_changes_nothing_of_what_a_workspace_has(store: Store) -> None:
    feed, order = await follow(store), await subscribe(store)
    await store.save_articles(feed.id, [new_article()])
    await store.save_choice("desk", "language", "fr")
    await store.save_absence("desk", NOW)
    assert await store.list_feeds("desk") == (feed,)
    assert await store.list_subscriptions("desk") == (order,)
    assert await store.find_choice("desk", "language") == "fr"
    assert await store.find_article("desk", new_article().url) is not None


async def test_workspaces_are_those_with_a_feed_an_order_or_a_choice(store: Store) -> None:
    assert await store.list_workspaces() == ()
    await follow(store, "feeds")
    order = await subscribe(store, "orders")
    await store.save_choice("choices", "language", "fr")
    await store.save_choice("new", "locale", "fr")
    await follow(store, "all")
    await subscribe(store, "all")
    await store.save_choice("all", "language", "fr")
    await store.save_absence("absent", NOW)
    await store.save_absence("feeds", NOW)
    assert await store.list_workspaces() == ("all", "choices", "feeds", "orders")
    await store.remove_subscription("orders", order.id)
    assert await store.list_workspaces() == ("all", "choices", "feeds")


async def ask(store: Store, key: str, member: str, workspace: str = "desk") -> None:
    turn = new_turn(key, workspace=workspace, member=member)
    await store.open_turn(turn, lambda usage: None)
    await store.close_turn(turn, [CITATION])


def vote_of(member: str, key: str) -> Vote:
    return Vote(key=key, member=member, is_good=True, reason="", voted_at=NOW)


async def test_who_asks_and_forgets_again_and_again_gets_no_further(store: Store) -> None:
    for n in range(3):
        turn = new_turn(f"k{n}", member="m1")
        await store.open_turn(turn, lambda usage: None)
        await store.close_turn(replace(turn, answer="Yes. [1]", tokens=7), [CITATION])
        await store.erase_member("desk", "m1")
    usage = await store.count_usage("desk", "m1", NOW)
    counted = (usage.member_minute, usage.member_day, usage.workspace_day)
    assert (*counted, usage.waiting, usage.tokens, usage.tokens_of_all) == (3, 3, 3, 0, 21, 21)
    assert await store.forget_turns(EVER, erased_before=NOW) == 0
    assert await store.forget_turns(EVER, erased_before=at(1)) == 3


async def test_an_answer_that_comes_after_forgetting_is_not_kept(store: Store) -> None:
    turn = new_turn("k1", member="m1", conversation="c")
    await store.open_turn(turn, lambda usage: None)
    await store.erase_member("desk", "m1")
    await store.close_turn(replace(turn, answer="Yes. [1]", tokens=7), [CITATION])
    assert await store.find_turn("desk", "k1") is None
    assert await store.list_turns("desk", "c", before=at(1), limit=9) == ()
    assert await store.list_sources("desk", "k1") == ()
    assert not await store.save_vote("desk", vote_of("m1", "k1"))
    usage = await store.count_usage("desk", "m1", NOW)
    assert (usage.waiting, usage.tokens) == (0, 7)


async def test_a_member_is_forgotten_with_questions_answers_and_votes(store: Store) -> None:
    await ask(store, "mine", "m1")
    await ask(store, "theirs", "m2")
    await ask(store, "mine", "m1", workspace="other")
    for member in ("m1", "m2"):
        for key in ("mine", "theirs"):
            await store.save_vote("desk", vote_of(member, key))
    await store.save_vote("other", vote_of("m1", "mine"))
    # Of "mine" the question, its sources and both votes; of "theirs" one vote.
    assert await store.erase_member("desk", "m1") == 5
    assert await store.erase_member("desk", "m1") == 0
    assert await store.find_turn("desk", "mine") is None
    assert await store.list_sources("desk", "mine") == ()
    (review,) = await store.list_reviews("desk", limit=9)
    assert (review.turn.key, [one.member for one in review.votes]) == ("theirs", ["m2"])
    assert await store.list_sources("desk", "theirs") == (CITATION,)
    assert await store.find_turn("other", "mine") is not None
    assert len(await store.list_reviews("other", limit=9)) == 1


async def test_a_member_nobody_knows_is_forgotten_at_once(store: Store) -> None:
    await ask(store, "k1", "m1")
    for workspace, member in (("desk", "m9"), ("desk", ""), ("nobody", "m1")):
        assert await store.erase_member(workspace, member) == 0
    assert await store.find_turn("desk", "k1") is not None


async def test_the_size_is_of_the_files_and_grows_with_them(store: Store, url: str) -> None:
    before = await store.measure()
    file = Path(str(make_url(url).database))
    assert before.used >= file.stat().st_size > 0
    assert before.free is not None
    assert before.free > 0
    feed = await follow(store)
    long = [new_article(f"https://news.test/{n}", f"{n} {'word ' * 9000}") for n in range(20)]
    await store.save_articles(feed.id, long)
    assert (await store.measure()).used - before.used > 20 * 40_000


async def test_a_database_that_cannot_be_written_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_text("no database, but long enough to be read as one " * 99)
    for file, saying in (("junk.db", "not a database"), ("none/x.db", "can't be opened")):
        broken = open_store(f"sqlite:///{tmp_path}/{file}")
        with pytest.raises(StoreError, match=saying):
            await broken.measure()
        await broken.close()
