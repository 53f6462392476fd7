"""Several who write at once, and one that is killed while it writes."""

import asyncio
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path

import crash_writer
import pytest
from fakes.forks import forks, start_server
from sqlalchemy import create_engine, text
from store_samples import CHANNEL, EVER, NOW, at, keep, new_article, new_parts, slot_of, subscribe

from bot.model import DeliveryState
from bot.ports import Store
from bot.store import open_store

LEASE = timedelta(minutes=10)


OWNERS = ("a", "b")


def claim_all(url: str, owner: str) -> list[int]:
    """Claim and finish until nothing is left, as two coroutines, when both owners are here."""

    async def work(store: Store, claimed: list[int]) -> None:
        while part := await store.claim_part(owner, NOW, LEASE):
            claimed.append(part.id)
            assert await store.finish_part(
                part.id, owner, DeliveryState.SENT, message_id="m", reason=""
            )

    async def run() -> list[int]:
        store, claimed = open_store(url), list[int]()
        await store.save_mark(owner, "here")
        while not all([await store.find_mark(each) for each in OWNERS]):
            await asyncio.sleep(0.01)
        await asyncio.gather(work(store, claimed), work(store, claimed))
        await store.close()
        return claimed

    return asyncio.run(run())


async def test_two_hundred_parts_are_claimed_once_each_by_two_processes(
    url: str, store: Store
) -> None:
    order = await subscribe(store)
    for day in range(100):
        await keep(store, slot_of(order, day), order, new_parts(2))
    start_server()
    with ProcessPoolExecutor(2, mp_context=forks) as processes:
        claims = [processes.submit(claim_all, url, owner) for owner in OWNERS]
        claimed = Counter(part_id for claim in claims for part_id in claim.result())
    assert len(claimed) == 200
    assert set(claimed.values()) == {1}


async def test_a_hundred_writers_of_one_process_all_get_their_turn(store: Store) -> None:
    await asyncio.gather(*(store.save_mark(f"m{n}", "x") for n in range(100)))
    found = await asyncio.gather(*(store.find_mark(f"m{n}") for n in range(100)))
    assert set(found) == {"x"}


async def test_only_one_of_many_keeps_a_slot(store: Store) -> None:
    order = await subscribe(store)
    kept = await asyncio.gather(
        *(keep(store, slot_of(order), order, new_parts(2)) for _ in range(20))
    )
    assert kept.count(True) == 1


async def test_orders_that_are_made_at_once_each_have_their_own_number(store: Store) -> None:
    orders = await asyncio.gather(*(subscribe(store, channel=CHANNEL) for _ in range(20)))
    assert len({order.id for order in orders}) == 20


def kill_after(url: str, lines: int) -> int:
    """Run the writer, kill -9 it in the middle of its next work; days it said were kept."""
    writer = subprocess.Popen(
        [sys.executable, str(Path(crash_writer.__file__)), url], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline() for _ in range(lines)]
    writer.kill()
    said += writer.stdout.readlines()
    writer.stdout.close()
    writer.wait()
    return len(said)


@pytest.mark.parametrize("lines", [1, 3, 8])
async def test_a_killed_writer_leaves_nothing_by_halves(url: str, store: Store, lines: int) -> None:
    kept = kill_after(url, lines)
    articles = await store.list_articles("desk", start_at=EVER, end_at=at(60))
    hits = await store.search("desk", [["text"]], as_of=at(60), limit=10_000)
    slots = await store.list_slots("desk", limit=1000)
    assert len(articles) % crash_writer.BATCH == 0
    assert len(articles) >= kept * crash_writer.BATCH
    assert len(hits) == len(articles)
    assert len(slots) >= kept
    engine = create_engine(url)
    with engine.connect() as db:
        assert db.scalar(text("SELECT count(*) FROM part")) == len(slots) * crash_writer.PARTS
    engine.dispose()


async def test_a_call_that_is_given_up_is_kept_whole_or_not_at_all(store: Store) -> None:
    order = await subscribe(store)
    call = asyncio.create_task(keep(store, slot_of(order), order, new_parts(3)))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await keep(store, slot_of(order), order, new_parts(3))
    for number in (1, 2, 3):
        part = await store.claim_part("a", NOW, LEASE)
        assert part is not None
        assert part.number == number
        await store.finish_part(part.id, "a", DeliveryState.SENT, message_id="m", reason="")
    assert await store.claim_part("a", NOW, LEASE) is None


async def test_articles_saved_by_two_at_once_are_new_once(store: Store) -> None:
    feed = await store.add_feed(
        "desk", "https://news.test/feed", title="", outlet="", tier=3, now=NOW
    )
    batch = [new_article(f"https://news.test/{n}", f"Text {n}.") for n in range(50)]
    saved = await asyncio.gather(*(store.save_articles(feed.id, batch) for _ in range(4)))
    assert sum(saved) == 50
