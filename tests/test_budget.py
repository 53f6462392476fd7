"""The tokens of the day: when they are used up articles are quoted, and the brief says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asking_samples import HERE
from fakes.model import Asked, FakeModel
from fakes.outbox import SetClock
from fakes.scripted import ScriptedChannel
from stage_samples import load_readings, settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.jobs.gather import ARTICLES_AT_ONCE, extract_new, read
from bot.jobs.post import SETTLING, prepare_due
from bot.jobs.tools import Tools, run_all, unwatched
from bot.model import OVER_BUDGET, ArticleAnalysis, ChannelRef, make_author
from bot.model.facts import Analysis

NOW = datetime(2025, 2, 16, tzinfo=UTC)
EACH = 120
"""What the model takes for an article."""


def say_nothing(asked: Asked) -> str:
    return '{"facts": [], "visits": []}'


async def heard(tools: Tools) -> list[Analysis]:
    found: tuple[ArticleAnalysis, ...] = await tools.store.list_analyses(
        HERE, tools.engine.name, start_at=NOW - timedelta(days=90), end_at=NOW
    )
    return [known.analysis for known in found]


@pytest.mark.parametrize("budget", [EACH * 5, 1])
async def test_the_model_reads_until_the_tokens_are_used_up_and_the_rest_is_quoted(
    tmp_path: Path, budget: int
) -> None:
    async with FakeModel(say_nothing) as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=budget
        )
        async with open_tools(settings, clock=SetClock(NOW)) as tools:
            await read(tools, HERE, load_readings())
            await extract_new(tools)
            asked = len(model.requests)
            assert asked <= budget // EACH + ARTICLES_AT_ONCE
            quoted = [one for one in await heard(tools) if one.engine == "extractive"]
            assert len(quoted) == 13 - asked
            assert {one.note for one in quoted} == {OVER_BUDGET}

            assert await extract_new(tools) == 0
            assert len(model.requests) == asked


async def test_runs_at_once_share_one_budget(tmp_path: Path) -> None:
    async with FakeModel(say_nothing) as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=EACH * 2
        )
        async with open_tools(settings, clock=SetClock(NOW)) as tools:
            await read(tools, HERE, load_readings())
            await run_all([1, 2, 3], lambda _: extract_new(tools), 3, unwatched)
            assert len(model.requests) <= 2 + ARTICLES_AT_ONCE


async def test_a_day_later_the_model_reads_what_was_quoted(tmp_path: Path) -> None:
    async with FakeModel(say_nothing) as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=EACH * 5
        )
        clock = SetClock(NOW)
        async with open_tools(settings, clock=clock) as tools:
            await read(tools, HERE, load_readings())
            for _ in range(6):
                await extract_new(tools)
                clock.advance(hours=25)
            assert {one.engine for one in await heard(tools)} == {"openai/test"}
            assert {one.note for one in await heard(tools)} == {""}


async def test_with_the_tokens_used_up_at_0559_the_brief_of_0600_is_posted_and_says_so(
    tmp_path: Path,
) -> None:
    async with FakeModel(say_nothing) as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=EACH
        )
        clock = SetClock(NOW)
        async with open_tools(settings, clock=clock) as bare:
            channel = ScriptedChannel()
            tools = replace(bare, channels={"scripted": channel})
            place = ChannelRef("scripted", "5")
            await BotCommands(tools).set_schedule(
                HERE, place, times="06:00", timezone="UTC", by=make_author("console", clock.now)
            )
            six = NOW + timedelta(hours=6)
            clock.now = six - timedelta(minutes=1)
            readings = [
                replace(reading, published_at=six - timedelta(hours=hours))
                for hours, reading in enumerate(load_readings()[:6], 1)
            ]
            await read(tools, HERE, readings[:1])
            await extract_new(tools)
            assert len(model.requests) == 1
            await read(tools, HERE, readings[1:])
            clock.now = six + SETTLING
            await prepare_due(tools)
            (slot,) = await tools.store.list_slots(HERE, limit=5)
            assert (slot.state, slot.due_at) == ("ready", six)
            brief = await BotCommands(tools).write_brief(HERE, hours=24, now=six)
    assert len(model.requests) == 1
    assert "tokens of the day are used up: 5 of 6 articles are quoted" in brief.note
    assert "nothing usable" not in brief.note
    assert any(section.items for section in brief.sections)


async def test_why_an_article_was_quoted_is_told(tmp_path: Path) -> None:
    async with FakeModel(say_nothing) as model:
        settings = settings_for(
            tmp_path, openai_base_url=model.base_url, openai_model="test", tokens_per_day=1
        )
        async with open_tools(settings, clock=SetClock(NOW)) as tools:
            readings = load_readings()
            await read(tools, HERE, readings)
            await extract_new(tools)
            desk = BotCommands(tools)
            steps = [
                step
                for one in readings
                for step in (await desk.trace(HERE, one.url, now=NOW)).steps
            ]
    assert f"quoted: {OVER_BUDGET}" in steps
    assert not any("nothing usable" in step for step in steps)
