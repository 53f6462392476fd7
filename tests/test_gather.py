"""Analysing: a model that fails is left alone for a while, and nothing is left unread."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fakes.model import Act, Asked, FakeModel
from fakes.outbox import SetClock
from stage_samples import load_readings, settings_for
from yarl import URL

from bot.app import open_tools
from bot.errors import FetchError
from bot.jobs.gather import extract_new, poll, read
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import Fetched

NOW = datetime(2025, 3, 1, tzinfo=UTC)


@asynccontextmanager
async def desk_with(
    folder: Path, reply: Callable[[Asked], str | Act]
) -> AsyncIterator[tuple[Tools, FakeModel]]:
    """The seeds, read but not analysed, and a model that answers so."""
    async with FakeModel(reply) as model:
        settings = settings_for(folder, openai_base_url=model.base_url, openai_model="test")
        async with open_tools(settings, clock=SetClock(NOW)) as tools:
            await read(tools, "console", load_readings())
            yield tools, model


async def heard(tools: Tools) -> dict[str, int]:
    """How many articles each engine has analysed."""
    start_at = datetime(2024, 1, 1, tzinfo=UTC)
    found = await tools.store.list_analyses(
        "console", tools.engine.name, start_at=start_at, end_at=NOW
    )
    engines = [known.analysis.engine for known in found]
    return {engine: engines.count(engine) for engine in engines}


async def test_a_model_that_is_down_is_left_alone_and_every_article_is_quoted(
    tmp_path: Path,
) -> None:
    async with desk_with(tmp_path, lambda asked: Act(status=404, code="model_not_found")) as (
        tools,
        model,
    ):
        await extract_new(tools)
        assert await heard(tools) == {"extractive": 13}
        asked = len(model.requests)
        assert asked < 13
        await extract_new(tools)
        assert len(model.requests) == asked, "not asked again while it rests"


async def test_a_model_that_comes_back_is_asked_again_and_its_word_is_taken(
    tmp_path: Path,
) -> None:
    replies = iter([Act(status=404)] * 4)
    fine = '{"facts": [], "visits": []}'
    async with desk_with(tmp_path, lambda asked: next(replies, fine)) as (tools, _):
        await extract_new(tools)
        clock = tools.clock
        assert isinstance(clock, SetClock)
        clock.advance(hours=2)
        await extract_new(tools)
        assert await heard(tools) == {"openai/test": 13}


async def test_two_runs_at_once_read_each_text_once(tmp_path: Path) -> None:
    async with desk_with(tmp_path, lambda asked: '{"facts": [], "visits": []}') as (tools, model):
        await run_all([1, 2, 3], lambda _: extract_new(tools), 3, unwatched)
        assert len(model.requests) == 13


async def test_a_bug_in_one_piece_of_work_stops_no_other(tmp_path: Path) -> None:
    done: list[int] = []

    async def work(piece: int) -> None:
        if piece == 1:
            raise ValueError("a bug")
        done.append(piece)

    await run_all([1, 2, 3], work, 2, unwatched)
    assert done == [2, 3]


class _Slow:
    """Keeps ``ports.Fetcher``: notes who is asked, and how many at once, and has nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.busy: dict[str, int] = {}
        self.most = 0

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        host = URL(url).host or ""
        self.asked.append(host)
        self.busy[host] = self.busy.get(host, 0) + 1
        self.most = max(self.most, self.busy[host])
        await asyncio.sleep(0.002)
        self.busy[host] -= 1
        raise FetchError("It is down.", reason="server")


async def test_a_host_with_fifty_feeds_takes_one_place_and_others_have_their_turns(
    tmp_path: Path,
) -> None:
    slow, done = _Slow(), list[tuple[int, int]]()
    async with open_tools(settings_for(tmp_path), clock=SetClock(NOW)) as bare:
        tools = replace(bare, fetcher=slow)
        for host, count in (("many", 50), *((f"few{n}", 2) for n in range(12))):
            for number in range(count):
                await tools.store.add_feed(
                    "console",
                    f"https://{host}.example/{number}",
                    title=f"{host} {number}",
                    outlet="",
                    tier=2,
                    now=NOW,
                )
        await poll(tools, progress=lambda *at: done.append(at))
    assert len(slow.asked) == 74
    assert slow.most == 1
    assert len(set(slow.asked[:13])) == 13, "everybody's first before anybody's second"
    assert slow.asked[-20:] == ["many.example"] * 20
    assert (done[0], done[-1]) == ((0, 74), (74, 74))
    assert [count for count, _ in done] == list(range(75))
