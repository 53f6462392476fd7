"""Killed at any point and started again: no part lost, none posted twice."""

import asyncio
import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from calendar_samples import CONFIRMED, entry, move, visit
from date_samples import dates
from fakes.forks import forks, start_server
from fakes.outbox_worker import PARTS, Crash, SocketPlatform, subscriptions, work

from bot.deliver import LEASE, NONCE_WINDOW
from bot.model import CalendarEntry
from bot.store import open_store, upgrade

SIX = datetime(2026, 6, 3, 6, tzinfo=UTC)
POINTS = (
    "before the row",
    "after the row",
    "before the claim",
    "after the claim",
    "as the request leaves",
    "before the answer is read",
    "after the answer",
    "after the outcome",
)


async def run_until_killed_or_done(*args: object) -> bool:
    start_server()
    process = forks.Process(target=work, args=args)
    process.start()
    await asyncio.to_thread(process.join)
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL)
    return code == 0


async def assert_all_posted_once(url: str, platform: SocketPlatform, channels: int) -> None:
    posted: dict[str, list[str]] = {str(n): [] for n in range(1, channels + 1)}
    for message in platform.messages:
        posted[message["channel"]].append(message["payload"]["text"])
    in_order = [f"part {number}" for number in range(1, PARTS + 1)]
    assert posted == dict.fromkeys(posted, in_order)
    store = open_store(url)
    states = [record.state for record in await store.list_slots("w", limit=1000)]
    await store.close()
    assert states == ["sent"] * channels
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def live_through(
    url: str,
    channels: int,
    crashes: Iterator[Crash],
    down: timedelta,
    entries: tuple[CalendarEntry, ...] = (),
) -> int:
    """Start again after every kill until nothing is left to do; returns how many there were."""
    upgrade(url)
    orders = subscriptions(channels, SIX - timedelta(days=1))
    async with SocketPlatform().serve() as platform:
        for kills, crash in enumerate(crashes):
            now = SIX + kills * down
            is_done = await run_until_killed_or_done(
                url, platform.port, orders, now, crash, entries
            )
            await platform.settle()
            if is_done:
                await assert_all_posted_once(url, platform, channels)
                return kills
            if down > NONCE_WINDOW:
                platform.forget_nonces()
    raise AssertionError("never done")


@pytest.mark.parametrize(
    "down",
    [LEASE + timedelta(seconds=1), NONCE_WINDOW + timedelta(seconds=1)],
    ids=["nonces known", "nonces forgotten"],
)
@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_any_point_loses_nothing_and_posts_nothing_twice(
    tmp_path: Path, point: str, down: timedelta
):
    url = f"sqlite:///{tmp_path}/outbox.db"
    crashes = (Crash(point, nth) for nth in count(1))
    assert await live_through(url, 2, crashes, down) > 0


async def test_kills_at_random_points_lose_nothing_and_post_nothing_twice(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/outbox.db"
    chance = random.Random(7)
    crashes = (Crash(chance.choice(POINTS[2:]), chance.randint(1, 6)) for _ in count())
    assert await live_through(url, 15, crashes, NONCE_WINDOW + timedelta(seconds=1)) > 5


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_any_point_loses_no_reminder_and_posts_none_twice(
    tmp_path: Path, point: str
):
    url = f"sqlite:///{tmp_path}/outbox.db"
    crashes = (Crash(point, nth) for nth in count(1))
    near = entry(visit(move(1, CONFIRMED, dates("2026-06-06"))))
    down = NONCE_WINDOW + timedelta(seconds=1)
    assert await live_through(url, 1, crashes, down, (near,)) > 0
