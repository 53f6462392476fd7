"""Questions whose model hangs, or who is called off, hold up nobody else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from asking_samples import (
    ALICE,
    DRONES,
    HERE,
    NOW,
    HangingEngine,
    PacedEngine,
    RefusingEngine,
    open_desk,
    with_engine,
)

from bot.answer import QUOTED
from bot.commands import BotCommands
from bot.jobs import asking
from bot.jobs.tools import Tools
from bot.model import Origin


@pytest.fixture
async def desk(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(seeded_folder, tmp_path) as desk:
        yield desk


def get_engine(desk: BotCommands) -> PacedEngine:
    assert isinstance(desk.tools.engine, PacedEngine)
    return desk.tools.engine


async def count_waiting(tools: Tools) -> int:
    return (await tools.store.count_usage(HERE, "", NOW)).waiting


async def wait_until_asked(engine: PacedEngine, times: int) -> None:
    async with asyncio.timeout(10):
        while len(engine.order) < times:
            await asyncio.sleep(0.01)


async def test_a_model_that_hangs_is_quoted_over_and_left_alone(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MODEL_SECONDS", 0.05)
    monkeypatch.setattr(asking, "SLOW_SECONDS", 0.04)
    desk = with_engine(desk, HangingEngine)
    for _ in range(2):
        reply = await desk.ask(HERE, DRONES, now=NOW)
        assert (reply.is_answered, reply.engine, reply.note) == (True, "extractive", QUOTED)
    assert len(get_engine(desk).order) == 1
    assert desk.tools.rests == {"hanging": NOW + asking.MODEL_REST}
    desk.tools.rests["hanging"] = NOW
    await desk.ask(HERE, DRONES, now=NOW)
    assert len(get_engine(desk).order) == 2, "after the rest it is asked again"


async def test_a_longer_rest_is_not_cut_short(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MODEL_SECONDS", 0.2)
    monkeypatch.setattr(asking, "SLOW_SECONDS", 0.1)
    desk = with_engine(desk, HangingEngine)
    asked = asyncio.create_task(desk.ask(HERE, DRONES, now=NOW))
    await wait_until_asked(get_engine(desk), 1)
    desk.tools.rests["hanging"] = until = NOW + timedelta(minutes=5)
    await asked
    assert desk.tools.rests == {"hanging": until}


async def test_a_model_that_refuses_one_question_at_once_is_asked_the_next(
    desk: BotCommands,
) -> None:
    desk = with_engine(desk, RefusingEngine)
    for _ in range(2):
        assert (await desk.ask(HERE, DRONES, now=NOW)).note == QUOTED
    assert len(get_engine(desk).order) == 2
    assert desk.tools.rests == {}


async def test_a_question_called_off_is_closed_wherever_it_stands(desk: BotCommands) -> None:
    desk = with_engine(desk, HangingEngine)
    origins = [Origin(member=f"discord:{number}") for number in range(4)]
    asked = [asyncio.create_task(desk.ask(HERE, DRONES, now=NOW, origin=one)) for one in origins]
    await wait_until_asked(get_engine(desk), 2)
    async with asyncio.timeout(10):
        while await count_waiting(desk.tools) < len(asked):
            await asyncio.sleep(0.01)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert all(task.cancelled() for task in asked)
    assert await count_waiting(desk.tools) == 0


async def test_a_question_called_off_at_any_step_waits_no_longer(desk: BotCommands) -> None:
    for step in range(0, 40, 3):
        origin = Origin(member=f"discord:{step}")
        asked = asyncio.create_task(desk.ask(HERE, DRONES, now=NOW, origin=origin))
        await asyncio.sleep(step / 1000)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert await count_waiting(desk.tools) == 0


async def test_a_question_called_off_leaves_its_member_the_next(desk: BotCommands) -> None:
    hanging = with_engine(desk, HangingEngine)
    for _ in range(2):
        asked = asyncio.create_task(hanging.ask(HERE, DRONES, now=NOW, origin=ALICE))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    assert (await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)).is_answered
