import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from store_samples import NOW, at, follow, new_analysis, new_article, new_citation, new_turn

from bot.errors import InputError
from bot.model import Turn, Usage, Vote
from bot.ports import Store

DAY = timedelta(days=1)


def let_pass(usage: Usage) -> None:
    """Any number may be asked."""


def at_most(count: int) -> Callable[[Usage], None]:
    def check(usage: Usage) -> None:
        if usage.workspace_day >= count:
            raise InputError("Enough for today")

    return check


async def ask(store: Store, key: str, asked_at: datetime = NOW, **fields: object) -> Turn:
    turn = new_turn(key, asked_at=asked_at, **fields)
    await store.open_turn(turn, let_pass)
    return turn


async def reply(store: Store, key: str, asked_at: datetime = NOW, **fields: object) -> Turn:
    turn = await ask(store, key, asked_at, **fields)
    closed = replace(turn, is_answered=True, answer=f"Answer {key}.", engine="e", tokens=7)
    await store.close_turn(closed, ())
    return closed


def vote_of(
    key: str, member: str = "m1", *, is_good: bool = True, voted_at: datetime = NOW
) -> Vote:
    return Vote(key=key, member=member, is_good=is_good, reason="why", voted_at=voted_at)


# ---------------------------------------------------------------- turns


async def test_a_question_is_kept_as_asked_and_then_with_its_answer(store: Store) -> None:
    turn = await ask(store, "k1")
    assert await store.find_turn("desk", "k1") == turn
    closed = replace(turn, is_answered=True, answer="Yes. [1]", engine="extractive", tokens=12)
    await store.close_turn(closed, [new_citation(1)])
    assert await store.find_turn("desk", "k1") == closed
    assert await store.list_sources("desk", "k1") == (new_citation(1),)


async def test_a_question_is_of_one_workspace(store: Store) -> None:
    await reply(store, "k1", conversation="c")
    assert await store.find_turn("other", "k1") is None
    assert await store.list_turns("other", "c", before=at(1), limit=9) == ()
    assert not await store.save_vote("other", vote_of("k1"))
    assert await store.list_reviews("other", limit=9) == ()
    assert (await store.count_usage("other", "m1", NOW)).member_day == 0
    mine = await ask(store, "k1", workspace="other")
    assert await store.find_turn("other", "k1") == mine


async def test_closing_a_question_of_another_workspace_changes_nothing(store: Store) -> None:
    turn = await ask(store, "k1")
    theirs = replace(turn, workspace="other", answer="Mine now")
    await store.close_turn(theirs, [new_citation(1)])
    assert await store.find_turn("desk", "k1") == turn
    assert await store.list_sources("desk", "k1") == ()


async def test_the_newest_answered_turns_of_a_conversation_come_oldest_first(store: Store) -> None:
    kept = [await reply(store, f"k{n}", at(n), conversation="c") for n in range(5)]
    await reply(store, "other", at(2), conversation="d")
    await ask(store, "waiting", at(3), conversation="c")
    assert await store.list_turns("desk", "c", before=at(4), limit=3) == tuple(kept[1:4])


async def test_that_the_articles_do_not_tell_is_a_reply_and_a_failure_is_none(store: Store) -> None:
    refused = replace(await ask(store, "k1", conversation="c"), answer="They do not tell.")
    await store.close_turn(refused, ())
    await store.close_turn(await ask(store, "k2", conversation="c"), ())
    assert await store.list_turns("desk", "c", before=at(1), limit=9) == (refused,)


# ---------------------------------------------------------------- usage


async def test_usage_is_counted_without_the_question_itself(store: Store) -> None:
    seen = []
    for second in range(3):
        turn = new_turn(f"k{second}", asked_at=NOW + timedelta(seconds=second))
        assert await store.open_turn(turn, seen.append) == seen[-1]
    assert [usage.member_minute for usage in seen] == [0, 1, 2]
    assert [usage.waiting for usage in seen] == [0, 1, 2]


async def test_a_minute_and_a_day_end(store: Store) -> None:
    await ask(store, "old", NOW - DAY)
    await ask(store, "today", NOW - DAY + timedelta(seconds=1))
    await ask(store, "before", at(-1))
    await ask(store, "just now", NOW - timedelta(seconds=59))
    await ask(store, "another's", NOW, member="m2")
    usage = await store.count_usage("desk", "m1", NOW)
    assert (usage.member_minute, usage.member_day, usage.workspace_day) == (1, 3, 4)


async def test_a_question_left_without_an_answer_waits_five_minutes(store: Store) -> None:
    await ask(store, "left", at(-5))
    await ask(store, "waiting", at(-4.9))
    await reply(store, "answered", at(-1))
    await store.close_turn(await ask(store, "failed", at(-1)), ())
    assert (await store.count_usage("desk", "m1", NOW)).waiting == 1


async def test_tokens_are_of_the_workspace_and_of_all_with_what_articles_took(
    store: Store,
) -> None:
    feed = await follow(store)
    articles = [new_article(f"https://news.test/{n}", f"Text {n}.") for n in range(2)]
    await store.save_articles(feed.id, articles)
    for article, when in zip(articles, (NOW, NOW - DAY), strict=True):
        analysis = replace(new_analysis(article.text_hash), tokens=100)
        await store.save_analysis(analysis, when)
    await reply(store, "k1")
    await reply(store, "k2", workspace="other")
    await reply(store, "old", NOW - DAY)
    usage = await store.count_usage("desk", "m1", NOW)
    assert (usage.tokens, usage.tokens_of_all) == (7, 114)


async def test_a_question_that_is_refused_is_not_kept(store: Store) -> None:
    with pytest.raises(InputError, match="Enough"):
        await store.open_turn(new_turn("k1"), at_most(0))
    assert await store.find_turn("desk", "k1") is None
    assert (await store.count_usage("desk", "m1", NOW)).workspace_day == 0


async def test_of_many_at_once_no_more_pass_than_may(store: Store) -> None:
    tried = await asyncio.gather(
        *(store.open_turn(new_turn(f"k{n}"), at_most(3)) for n in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Usage) for one in tried) == 3
    assert sum(isinstance(one, InputError) for one in tried) == 17


RACER = """
import asyncio, sys, time
from store_samples import new_turn
from bot.errors import InputError
from bot.store import open_store

def check(usage):
    time.sleep(0.2)  # long enough for the other to count meanwhile, if it could
    if usage.member_minute >= 1:
        raise InputError("one a minute")

async def race():
    store = open_store(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        await store.open_turn(new_turn(sys.argv[2]), check)
        print("passed")
    except InputError:
        print("refused")
    await store.close()

asyncio.run(race())
"""


def test_two_processes_do_not_both_slip_under_a_limit_of_one(sqlite_url: str) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, sqlite_url, key],
            env={"PYTHONPATH": ":".join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for key in ("k1", "k2")
    ]
    assert [racer.stdout.readline() for racer in racers if racer.stdout] == ["ready\n"] * 2
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert sorted(racer.communicate()[0] for racer in racers) == ["passed\n", "refused\n"]


# ---------------------------------------------------------------- votes and time


async def test_a_second_vote_of_a_member_replaces_the_first(store: Store) -> None:
    turn = await reply(store, "k1")
    assert await store.save_vote("desk", vote_of("k1"))
    second = vote_of("k1", is_good=False, voted_at=at(2))
    assert await store.save_vote("desk", second)
    others = vote_of("k1", "m2", voted_at=at(1))
    assert await store.save_vote("desk", others)
    (review,) = await store.list_reviews("desk", limit=9)
    assert (review.turn, review.votes) == (turn, (second, others))


async def test_the_answer_voted_on_last_is_reviewed_first(store: Store) -> None:
    for n, key in enumerate(("k1", "k2", "k3")):
        await reply(store, key)
        await store.save_vote("desk", vote_of(key, voted_at=at(n)))
    await store.save_vote("desk", vote_of("k1", "m2", voted_at=at(9)))
    await reply(store, "unvoted")
    reviews = await store.list_reviews("desk", limit=2)
    assert [review.turn.key for review in reviews] == ["k1", "k3"]


async def test_a_vote_on_nothing_is_not_kept(store: Store) -> None:
    assert not await store.save_vote("desk", vote_of("unknown"))
    assert await store.list_reviews("desk", limit=9) == ()


async def test_old_questions_go_with_their_votes_and_the_others_stay(store: Store) -> None:
    await reply(store, "old", at(-1))
    kept = await reply(store, "new", NOW)
    for key in ("old", "new"):
        await store.save_vote("desk", vote_of(key))
    assert await store.forget_turns(NOW, erased_before=NOW) == 1
    assert await store.find_turn("desk", "old") is None
    assert [review.turn for review in await store.list_reviews("desk", limit=9)] == [kept]
    assert await store.forget_turns(NOW, erased_before=NOW) == 0
