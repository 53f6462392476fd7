"""Questions of members: counted, joined to their conversation, answered in order, kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asking_samples import (
    ALICE,
    DRONES,
    HERE,
    NOW,
    THERE,
    BrokenEngine,
    DeafEmbedder,
    PacedEngine,
    open_desk,
    open_model_desk,
    with_engine,
)
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.errors import InputError
from bot.jobs.asking import FORGETS, MAX_TURNS, NO_TOKENS, find_context
from bot.jobs.tools import Tools
from bot.limits import QUEUE
from bot.model import Origin, Turn

THREAD = Origin(member="discord:42", thread="discord:900")
NOTHING = '{"answered": false, "lines": []}'


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
async def desk(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(seeded_folder, tmp_path) as desk:
        yield desk


async def kept(tools: Tools, key: str, workspace: str = HERE) -> Turn:
    turn = await tools.store.find_turn(workspace, key)
    assert turn is not None
    return turn


# ---------------------------------------------------------------- what is kept


async def test_an_answer_is_kept_with_its_question_and_sources(desk: BotCommands) -> None:
    reply = await desk.ask(HERE, f"  {DRONES}\n", now=NOW, origin=ALICE)
    assert reply.is_answered
    turn = await kept(desk.tools, reply.key)
    assert (turn.question, turn.answer, turn.engine) == (DRONES, reply.text, "extractive")
    assert (turn.member, turn.conversation, turn.is_answered) == ("discord:42", reply.key, True)
    assert await desk.list_sources(HERE, reply.key) == reply.citations


async def test_a_question_is_looked_for_by_meaning_too(desk: BotCommands) -> None:
    embedder = DeafEmbedder()
    hearing = BotCommands(replace(desk.tools, embedder=embedder))
    assert (await hearing.ask(HERE, DRONES, now=NOW, origin=ALICE)).is_answered
    assert embedder.questions


async def test_nothing_is_kept_at_the_command_line(desk: BotCommands) -> None:
    reply = await desk.ask(HERE, DRONES, now=NOW)
    assert reply.is_answered
    assert reply.key == ""
    assert (await desk.tools.store.count_usage(HERE, "", NOW)).workspace_day == 0


async def test_a_thread_is_kept_without_a_member_and_without_limits(desk: BotCommands) -> None:
    for second in range(5):
        reply = await desk.ask(HERE, DRONES, now=later(second), origin=Origin(thread="demo"))
    assert (await kept(desk.tools, reply.key)).conversation == "demo"


async def test_a_question_that_says_nothing_is_refused_before_it_is_kept(
    desk: BotCommands,
) -> None:
    with pytest.raises(InputError, match="few words"):
        await desk.ask(HERE, " ?! ", now=NOW, origin=ALICE)
    assert (await desk.tools.store.count_usage(HERE, ALICE.member, NOW)).member_day == 0


async def test_a_question_whose_answering_fails_waits_no_longer(desk: BotCommands) -> None:
    broken = with_engine(desk, BrokenEngine)
    with pytest.raises(ValueError, match="a bug"):
        await broken.ask(HERE, DRONES, now=NOW, origin=ALICE)
    usage = await desk.tools.store.count_usage(HERE, ALICE.member, NOW)
    assert (usage.waiting, usage.member_day) == (0, 1)


async def test_a_question_left_by_a_crash_waits_five_minutes_no_longer(desk: BotCommands) -> None:
    turn = Turn(
        key="left", workspace=HERE, conversation="left", member="m", question="?", asked_at=NOW
    )
    await desk.tools.store.open_turn(turn, lambda usage: None)
    for minutes, waiting in ((4, 1), (6, 0)):
        at = NOW + timedelta(minutes=minutes)
        assert (await desk.tools.store.count_usage(HERE, "m", at)).waiting == waiting


# ---------------------------------------------------------------- conversations


async def test_a_question_that_follows_an_answer_goes_on_from_its_turns(desk: BotCommands) -> None:
    first = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    reply = replace(ALICE, member="discord:43", follows=first.key)
    second = await desk.ask(HERE, "Did Modi get to Washington?", now=later(1), origin=reply)
    assert (await kept(desk.tools, second.key)).conversation == first.key
    context = await find_context(desk.tools, HERE, replace(ALICE, follows=second.key), later(2))
    assert [turn.key for turn in context.turns] == [first.key, second.key]
    assert not context.about


async def test_in_a_thread_questions_follow_one_another_without_a_reply(desk: BotCommands) -> None:
    first = await desk.ask(HERE, DRONES, now=NOW, origin=THREAD)
    context = await find_context(desk.tools, HERE, THREAD, later(1))
    assert [turn.key for turn in context.turns] == [first.key]
    elsewhere = await find_context(desk.tools, HERE, replace(THREAD, thread="x"), later(1))
    assert elsewhere.turns == ()


async def test_a_reply_counts_more_than_the_thread_it_stands_in(desk: BotCommands) -> None:
    first = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    context = await find_context(desk.tools, HERE, replace(THREAD, follows=first.key), later(1))
    assert context.conversation == first.key


async def test_a_question_that_follows_a_brief_is_about_its_articles(desk: BotCommands) -> None:
    brief = await desk.write_brief(HERE, hours=24 * 8, now=NOW)
    cited = {citation.article_url for citation in await desk.list_sources(HERE, brief.key)}
    context = await find_context(desk.tools, HERE, replace(ALICE, follows=brief.key), NOW)
    assert context.about == cited
    assert (context.conversation, context.turns) == ("", ())
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=replace(ALICE, follows=brief.key))
    assert (await kept(desk.tools, reply.key)).conversation == reply.key


async def test_an_unknown_key_is_no_context(desk: BotCommands) -> None:
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=replace(ALICE, follows="no such key"))
    assert reply.is_answered
    assert (await kept(desk.tools, reply.key)).conversation == reply.key


async def test_no_conversation_and_no_source_crosses_the_wall(desk: BotCommands) -> None:
    answered = await desk.ask(HERE, DRONES, now=NOW, origin=THREAD)
    brief = await desk.write_brief(HERE, hours=24 * 8, now=NOW)
    for key in (answered.key, brief.key):
        origin = replace(THREAD, follows=key)
        context = await find_context(desk.tools, THERE, origin, later(1))
        assert (context.turns, context.about, context.conversation) == (
            (),
            frozenset(),
            "discord:900",
        )
        with pytest.raises(InputError, match="No sources are kept"):
            await desk.list_sources(THERE, key)
        with pytest.raises(InputError, match="not kept any more"):
            await desk.vote(THERE, key, member="discord:42", is_good=True, now=NOW)
        there = await desk.ask(THERE, "And when was that?", now=later(2), origin=origin)
        assert not there.is_answered
        assert not there.citations
    assert await desk.list_reviews(THERE) == ()


async def test_it_says_once_that_it_remembers_no_more_than_the_last_questions(
    desk: BotCommands,
) -> None:
    notes = []
    for number in range(MAX_TURNS + 4):
        origin = replace(THREAD, member=f"discord:{number}")
        notes.append((await desk.ask(HERE, DRONES, now=later(number), origin=origin)).note)
    assert [FORGETS in note for note in notes] == [
        number == MAX_TURNS + 1 for number in range(MAX_TURNS + 4)
    ]
    context = await find_context(desk.tools, HERE, THREAD, later(60))
    assert len(context.turns) == MAX_TURNS


# ---------------------------------------------------------------- limits


async def test_the_fourth_question_of_a_minute_gets_one_line_and_is_not_kept(
    desk: BotCommands,
) -> None:
    for second in range(3):
        await desk.ask(HERE, DRONES, now=later(second), origin=ALICE)
    with pytest.raises(InputError, match="You have asked 3 questions in this minute"):
        await desk.ask(HERE, DRONES, now=later(3), origin=ALICE)
    await desk.ask(HERE, DRONES, now=later(3), origin=replace(ALICE, member="discord:43"))
    await desk.ask(THERE, DRONES, now=later(3), origin=ALICE)
    await desk.ask(HERE, DRONES, now=later(61), origin=ALICE)
    usage = await desk.tools.store.count_usage(HERE, ALICE.member, later(62))
    assert (usage.member_day, usage.workspace_day) == (4, 5)


async def test_limits_are_counted_over_restarts(seeded_folder: Path, tmp_path: Path) -> None:
    async with open_desk(seeded_folder, tmp_path) as desk:
        await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    settings = settings_for(tmp_path, server_questions_per_day=1)
    async with open_tools(settings, clock=SetClock(NOW)) as tools:
        desk = BotCommands(tools)
        with pytest.raises(InputError, match="1 question was asked here in 24 hours"):
            await desk.ask(HERE, DRONES, now=later(90), origin=ALICE)
        await desk.ask(HERE, DRONES, now=NOW + timedelta(days=1, seconds=1), origin=ALICE)


async def test_when_too_many_wait_one_more_is_told_so(desk: BotCommands) -> None:
    for number in range(QUEUE):
        turn = Turn(
            key=f"k{number}",
            workspace=HERE,
            conversation="",
            member=f"m{number}",
            question="?",
            asked_at=NOW,
        )
        await desk.tools.store.open_turn(turn, lambda usage: None)
    with pytest.raises(InputError, match="Many questions wait here just now"):
        await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
    assert (await desk.ask(THERE, DRONES, now=NOW, origin=ALICE)).key


async def test_a_hundred_at_once_are_all_answered_a_few_at_a_time(desk: BotCommands) -> None:
    paced = with_engine(desk, PacedEngine)
    engine = paced.tools.engine
    assert isinstance(engine, PacedEngine)
    asked = [
        paced.ask(HERE, DRONES, now=NOW, origin=Origin(member=f"discord:{number}"))
        for number in range(100)
    ]
    replies = await asyncio.gather(*asked)
    assert all(reply.is_answered for reply in replies)
    assert len({reply.key for reply in replies}) == 100
    assert engine.most <= 2
    assert (await desk.tools.store.count_usage(HERE, "", NOW)).waiting == 0


# ---------------------------------------------------------------- the budget of tokens


@pytest.mark.parametrize("budget", ["workspace_tokens_per_day", "tokens_per_day"])
async def test_beyond_the_budget_the_built_in_engine_answers_and_says_so(
    seeded_folder: Path, tmp_path: Path, budget: str
) -> None:
    async with open_model_desk(seeded_folder, tmp_path, lambda asked: NOTHING, **{budget: 120}) as (
        desk,
        model,
    ):
        first = await desk.ask(HERE, DRONES, now=NOW, origin=ALICE)
        assert (first.tokens, first.engine, first.note) == (120, "openai/test", "")
        asked = len(model.requests)
        second = await desk.ask(HERE, DRONES, now=later(1), origin=ALICE)
        assert (second.is_answered, second.engine, second.note) == (True, "extractive", NO_TOKENS)
        there = await desk.ask(THERE, DRONES, now=later(2), origin=ALICE)
        assert (there.note == NO_TOKENS) == (budget == "tokens_per_day")
        next_day = await desk.ask(HERE, DRONES, now=NOW + timedelta(hours=25), origin=ALICE)
        assert next_day.engine == "openai/test"
        assert len(model.requests) == asked + 1


async def test_the_budget_holds_for_those_that_wait(seeded_folder: Path, tmp_path: Path) -> None:
    async with open_model_desk(
        seeded_folder, tmp_path, lambda asked: NOTHING, workspace_tokens_per_day=120
    ) as (desk, model):
        origins = [Origin(member=f"discord:{number}") for number in range(20)]
        asked = [desk.ask(HERE, DRONES, now=NOW, origin=origin) for origin in origins]
        replies = await asyncio.gather(*asked)
    assert len(model.requests) <= 2
    assert sum(reply.note == NO_TOKENS for reply in replies) >= 18


async def test_without_a_model_no_budget_is_told_of(desk: BotCommands) -> None:
    limits = replace(desk.tools.limits, tokens_per_day=1, workspace_tokens_per_day=1)
    poor = BotCommands(replace(desk.tools, limits=limits))
    assert (await poor.ask(HERE, DRONES, now=NOW, origin=ALICE)).note == ""
