"""A model that answers with nonsense of the right form: it is cut, taken out or left out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fakes.model import FakeModel
from llm.model_samples import FACT, PASSAGE, VISIT, make_reply

from bot.llm.shapes import MAX_READ


async def test_an_unknown_tag_is_left_to_those_who_count_drops_an_unknown_state_goes(
    draft_of: Callable[..., Any],
) -> None:
    reply = make_reply(
        {**FACT, "tag": "CANARY-CHARLIE"}, FACT, visits=({**VISIT, "status": "certain"},)
    )
    draft = await draft_of(reply)
    assert [fact.tag for fact in draft.facts] == ["CANARY-CHARLIE", "defence"]
    assert draft.visits == ()


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ([2, 99], (2,)),
        ([2, 2], (2,)),
        (["2", 1], (2, 1)),
        ([99], ()),
        ([], ()),
        ([0, -1, 10**30], ()),
        ([1, 2], (1, 2)),
        (list(range(10_000)), (1, 2)),
    ],
    ids=lambda value: str(value)[:20],
)
async def test_sentence_numbers_that_were_not_given_are_taken_out(
    draft_of: Callable[..., Any], numbers: list[Any], kept: tuple[int, ...]
) -> None:
    draft = await draft_of(
        make_reply({**FACT, "sentences": numbers}, visits=({**VISIT, "sentences": numbers},))
    )
    assert [fact.sentences for fact in draft.facts] == [kept]
    assert [visit.sentences for visit in draft.visits] == [kept]


@pytest.mark.parametrize(
    "junk",
    [
        7,
        None,
        [],
        {},
        {**FACT, "sentences": ["two"]},
        {**FACT, "sentences": 2},
        {**FACT, "text": None},
        {**FACT, "text": " \u200b"},
    ],
    ids=str,
)
async def test_an_item_that_is_junk_spoils_no_other(
    draft_of: Callable[..., Any], junk: Any
) -> None:
    draft = await draft_of(make_reply(junk, FACT, visits=(junk, VISIT)))
    assert len(draft.facts) == len(draft.visits) == 1


async def test_too_many_facts_are_cut_and_repeats_told_once(draft_of: Callable[..., Any]) -> None:
    many = [{**FACT, "text": f"Fact {number}."} for number in range(10_000)]
    assert len((await draft_of(make_reply(*many, visits=(VISIT,) * 5_000))).facts) == 12
    assert len((await draft_of(make_reply(*[FACT] * 30))).facts) == 1


async def test_a_text_without_end_is_cut_and_shows_it(draft_of: Callable[..., Any]) -> None:
    (fact,) = (await draft_of(make_reply({**FACT, "text": "word " * 40_000}))).facts
    assert len(fact.text) <= MAX_READ
    assert fact.text.endswith("…")


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("On 12 and 13 May.", True),
        ("See https://evil.test/x", False),
        ("![x](HTTP://evil.test)", False),
        ("www.evil.test", False),
        (" ", False),
        ("In May. " * 60, False),
    ],
)
async def test_a_line_of_an_answer_with_a_link_without_words_or_without_end_is_left_out(
    open_engine: Callable[..., Any], text: str, is_kept: bool
) -> None:
    lines = [{"text": text, "cites": [{"passage": 1, "sentence": 1}]}]
    reply = json.dumps({"answered": True, "lines": lines})
    async with FakeModel(lambda _: reply) as model, open_engine(model) as engine:
        assert bool((await engine.answer("When?", (PASSAGE,))).lines) is is_kept


async def test_what_a_reader_can_not_see_is_taken_out_of_a_fact(
    draft_of: Callable[..., Any],
) -> None:
    hidden = "Talia\u200b will\n\nbuy \u202e18\U000e0041 drones\x07."
    (fact,) = (await draft_of(make_reply({**FACT, "text": hidden}))).facts
    assert fact.text == "Talia will buy 18 drones."


@pytest.mark.parametrize("key", ["visitor", "host"])
async def test_a_visit_without_its_parts_is_dropped(draft_of: Callable[..., Any], key: str) -> None:
    assert (await draft_of(make_reply(visits=({**VISIT, key: " "},)))).visits == ()
