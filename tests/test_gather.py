"""Analysing: a model that fails is left alone for a while, and nothing is left unread."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fakes.model import Act, Asked, FakeModel
from fakes.outbox import SetClock
from stage_samples import load_readings, settings_for

from bot.app import open_tools
from bot.jobs.gather import extract_new, read
from bot.jobs.tools import Tools, run_all, unwatched

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
