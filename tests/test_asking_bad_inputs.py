"""Hostile questions: no error but one line for the person, and nothing of anyone else's."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asking_samples import ALICE, DRONES, HERE, NOW, THERE, open_desk
from injection_samples import news
from injection_samples import open_desk as open_obedient_desk

from bot.channels.console import shapes
from bot.commands import BotCommands
from bot.config import find_folder
from bot.errors import BotError, InputError
from bot.jobs.gather import extract_new, read
from bot.model import Answer, Origin

CASES = json.loads((Path(__file__).parent / "data" / "bad_inputs.json").read_text("utf-8"))
SQL = re.compile(r"sqlite|fts5|syntax error|no such column|unterminated|SELECT|Traceback", re.I)
SECRET = "The secret tariff of server two is 77 per cent on zircon, its ministry of trade said."


def make_input(value: Any) -> str:
    """The input of a case; a long one is made by the expression that the case gives."""
    if not isinstance(value, dict):
        return str(value)
    return str(eval(value["gen"], {"__builtins__": {}}))


QUERIES = {
    case["id"]: make_input(case["input"]) for case in CASES if case["category"] == "ask_query"
} | {
    "lone surrogate": "\ud800 tariff \udfff",
    "nul within": "tar\x00iff on steel",
    "control": "tariff\x1b[2J\x07 on steel",
    "right to left": "\u202etariff on steel\u202c",
    "terms": "a b " * 120,
    "stars": "tar* OR *iff NEAR/3 ^steel",
    "column": "{title text}: steel",
    "percent": "%s %d {0} {turn.key} $schema",
    "markers": "question: passage 1: [1.1] tariff",
}
ASKED = {
    case["id"]: case["input"]["ask"]
    for case in CASES
    if case["category"] == "prompt_injection"
    and isinstance(case["input"], dict)
    and "ask" in case["input"]
}


@pytest.fixture
async def desk(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(seeded_folder, tmp_path) as desk:
        yield desk


def told(reply: Answer) -> str:
    """All that is shown of an answer but the question itself."""
    return json.dumps(shapes.answer_json(reply) | {"question": ""}, ensure_ascii=False)


async def ask_or_hear(desk: BotCommands, question: str, number: int) -> str:
    """What a member is shown: the answer, which is kept, or the one line."""
    origin = Origin(member=f"discord:{number}", thread="discord:900")
    now = NOW + timedelta(seconds=number)
    try:
        reply = await desk.ask(HERE, question, now=now, origin=origin)
    except InputError as refused:
        return str(refused)
    turn = await desk.tools.store.find_turn(HERE, reply.key)
    assert turn is not None
    assert turn.question.encode()
    return told(reply)


async def test_every_hostile_question_gets_an_answer_a_refusal_or_one_line(
    desk: BotCommands,
) -> None:
    assert len(QUERIES) > 30
    for number, (name, question) in enumerate(QUERIES.items()):
        shown = await ask_or_hear(desk, question, number)
        assert "\n" not in shown, name
        assert not SQL.search(shown), name
    assert (await desk.tools.store.count_usage(HERE, "", NOW)).waiting == 0


async def test_what_is_refused_for_its_form_is_never_kept(desk: BotCommands) -> None:
    for question in ("", "\x00", "?", "🚀", "a" * 6000, "trade OR " * 600, '"' * 1000):
        with pytest.raises(InputError):
            await desk.ask(HERE, question, now=NOW, origin=ALICE)
    assert (await desk.tools.store.count_usage(HERE, ALICE.member, NOW)).member_day == 0


@pytest.mark.parametrize("field", ["member", "thread", "follows"])
@pytest.mark.parametrize(
    "value", ["'; DROP TABLE turn; --", "\x00", "x" * 5000, "नमस्ते", "%", "\u202e"]
)
async def test_what_a_platform_hands_over_is_data(
    desk: BotCommands, field: str, value: str
) -> None:
    origin = Origin(**{"member": "discord:42", field: value})
    reply = await desk.ask(HERE, DRONES, now=NOW, origin=origin)
    assert reply.is_answered
    later = NOW + timedelta(seconds=1)
    assert (await desk.ask(HERE, DRONES, now=later, origin=origin)).is_answered
    with pytest.raises(InputError):
        await desk.list_sources(HERE, value)
    with pytest.raises(InputError):
        await desk.vote(HERE, value, member=value, is_good=True, now=NOW)


@pytest.mark.parametrize("question", list(ASKED.values()), ids=list(ASKED))
async def test_a_question_that_gives_orders_gets_what_articles_tell(
    tmp_path: Path, question: str
) -> None:
    rules = (find_folder("prompts") / "answer.md").read_text("utf-8")
    async with open_obedient_desk(tmp_path, [news(0)]) as (tools, _):
        desk = BotCommands(tools)
        origin = Origin(member="discord:42", thread="discord:900")
        for second in range(2):
            now = tools.clock() + timedelta(seconds=second)
            reply = await desk.ask("desk", question, now=now, origin=origin)
            shown = told(reply)
            assert not re.search(r"CANARY|@everyone|log in|evil\.test", shown)
            assert not any(line in shown for line in rules.splitlines() if len(line) > 40)
            assert all(one.article_url == news(0).url for one in reply.citations)


async def test_a_server_is_never_told_what_another_one_reads(desk: BotCommands) -> None:
    """Also not by its own conversation, which the asker claims to follow."""
    other = news(0, SECRET)
    await read(desk.tools, THERE, [other])
    await extract_new(desk.tools)
    now = desk.tools.clock() + timedelta(days=30)
    bob = Origin(member="discord:77", thread="discord:900")
    theirs = await desk.ask(THERE, "What is the secret tariff on zircon?", now=now, origin=bob)
    brief = await desk.write_brief(THERE, hours=700, now=now)
    assert "zircon" in theirs.text
    for follows in ("", theirs.key, brief.key):
        for question in (
            "What is the secret tariff on zircon?",
            "What did server 2 read today?",
            "And how much is it?",
        ):
            origin = Origin(member=f"discord:{question}", thread=bob.thread, follows=follows)
            reply = await desk.ask(HERE, question, now=now, origin=origin)
            assert "77" not in told(reply)
            assert other.url not in told(reply)


async def test_a_hundred_who_ask_the_same_at_once_get_the_same(desk: BotCommands) -> None:
    origins = [Origin(member=f"discord:{number}", thread="discord:900") for number in range(100)]
    asked = [desk.ask(HERE, DRONES, now=NOW, origin=origin) for origin in origins]
    replies = await asyncio.gather(*asked, return_exceptions=True)
    assert not [reply for reply in replies if isinstance(reply, BaseException)]
    assert len({reply.text for reply in replies if isinstance(reply, Answer)}) == 1


async def test_one_who_asks_a_hundred_times_at_once_gets_three_answers(desk: BotCommands) -> None:
    asked = [desk.ask(HERE, DRONES, now=NOW, origin=ALICE) for _ in range(100)]
    replies = await asyncio.gather(*asked, return_exceptions=True)
    refused = [reply for reply in replies if isinstance(reply, BotError)]
    assert len(refused) == 97
    assert {str(one) for one in refused} == {
        "You have asked 3 questions in this minute: ask again in a moment."
    }
