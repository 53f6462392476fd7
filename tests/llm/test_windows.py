"""A long article is read whole in several calls, and comes back as one draft."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from fakes.model import Act, Asked, FakeModel, Fault
from hypothesis import given
from hypothesis import strategies as st
from llm.model_samples import FACT, TOPICS, VISIT, make_article, make_reply

from bot.errors import ModelError
from bot.llm.windows import (
    MAX_FACTS,
    WINDOW_CHARACTERS,
    merge_drafts,
    share_drops,
    split_windows,
)
from bot.model import Draft, DraftFact, Drop, Sentence

FILLING = "x" * 970
LONG = make_article(*[f"Sentence {number} of many. {FILLING}" for number in range(1, 61)])


def find_numbers(asked: Asked) -> list[int]:
    return [
        int(number)
        for number in re.findall(r"^\[(\d+)\]", asked.messages[1]["content"], re.MULTILINE)
    ]


async def test_a_long_article_is_read_whole_in_several_calls(
    open_engine: Callable[..., Any],
) -> None:
    def reply(asked: Asked) -> str:
        last = find_numbers(asked)[-1]
        return make_reply({**FACT, "text": f"Up to {last}.", "sentences": [last, 1]})

    async with FakeModel(reply) as model, open_engine(model) as engine:
        draft = await engine.draft(LONG, TOPICS)
    sent = [number for asked in model.requests for number in find_numbers(asked)]
    assert sent == list(range(1, 61))
    assert max(len(asked.messages[1]["content"]) for asked in model.requests) < (
        WINDOW_CHARACTERS * 1.1
    )
    assert draft.tokens == 120 * len(model.requests) == 120 * 3
    # Sentence 1 was given in the first window alone.
    assert [len(fact.sentences) for fact in draft.facts] == [2, 1, 1]


async def test_facts_of_all_windows_are_capped_together_the_most_important_first(
    open_engine: Callable[..., Any],
) -> None:
    def reply(asked: Asked) -> str:
        first = find_numbers(asked)[0]
        facts = [
            {**FACT, "text": f"Window of {first}, rank {rank}.", "sentences": [first]}
            for rank in range(1, 10)
        ]
        visits = [{**VISIT, "place": f"{first}-{n}", "sentences": [first]} for n in range(9)]
        return make_reply(*facts, visits=tuple(visits))

    async with FakeModel(reply) as model, open_engine(model) as engine:
        draft = await engine.draft(LONG, TOPICS)
    firsts = [find_numbers(asked)[0] for asked in model.requests]
    ranks = [(rank, first) for rank in range(1, 5) for first in firsts]
    assert [fact.text for fact in draft.facts] == [
        f"Window of {first}, rank {rank}." for rank, first in ranks
    ]
    assert len(draft.facts) == len(draft.visits) == MAX_FACTS


async def test_what_two_windows_say_is_said_once_with_the_first_ones_sentence(
    open_engine: Callable[..., Any],
) -> None:
    def reply(asked: Asked) -> str:
        first = find_numbers(asked)[0]
        text = "Talia will buy 18 drones." if first == 1 else "TALIA will buy 18 drones"
        other = {**FACT, "tag": "trade", "text": text, "sentences": [first]}
        return make_reply(
            {**FACT, "text": text, "sentences": [first]},
            other,
            visits=({**VISIT, "sentences": [first]},),
        )

    async with FakeModel(reply) as model, open_engine(model) as engine:
        draft = await engine.draft(LONG, TOPICS)
    assert len(model.requests) == 3
    assert [(fact.tag, fact.sentences) for fact in draft.facts] == [
        ("defence", (1,)),
        ("trade", (1,)),
    ]
    assert [visit.sentences for visit in draft.visits] == [(1,)]


async def test_a_drop_is_asked_again_in_its_own_window_only(
    open_engine: Callable[..., Any],
) -> None:
    sentences = [f"{FILLING} {word}." for word in ("Alpha", "Beta", "Gamma") for _ in range(20)]
    sentences[5], sentences[45] = "Kestria buys 12 radars.", "Tovalia lifts its steel quota."
    drops = (
        Drop("trade", "Tovalia doubles its steel quota.", "word", "“doubles” stands nowhere"),
        Drop("trade", "Tovalia ends its steel quota.", "word", "“ends” stands nowhere"),
    )
    async with FakeModel(lambda _: make_reply(FACT)) as model, open_engine(model) as engine:
        await engine.draft(make_article(*sentences), TOPICS, drops=drops)
    (asked,) = model.requests
    assert 46 in find_numbers(asked)
    assert "doubles" in asked.messages[2]["content"]
    assert "ends" in asked.messages[2]["content"]


async def test_a_window_that_fails_fails_the_article_and_all_its_tokens_are_told(
    open_engine: Callable[..., Any],
) -> None:
    acts = iter([Act(make_reply(FACT)), Act("No.", Fault.REFUSE)])
    async with FakeModel(lambda _: next(acts)) as model, open_engine(model) as engine:
        with pytest.raises(ModelError, match="refused to work") as caught:
            await engine.draft(LONG, TOPICS)
    assert caught.value.tokens == 240


@given(st.lists(st.integers(0, WINDOW_CHARACTERS * 2), max_size=12))
def test_windows_hold_every_sentence_once_and_as_many_as_fit(sizes: list[int]) -> None:
    sentences = [Sentence(number, 0, size, "x" * size) for number, size in enumerate(sizes, 1)]
    windows = split_windows(sentences)
    assert [sentence for window in windows for sentence in window] == sentences
    for window in windows:
        size = sum(len(sentence.text) for sentence in window)
        assert len(window) == 1 or size <= WINDOW_CHARACTERS
    for window, after in pairwise(windows):
        assert sum(len(part.text) for part in (*window, after[0])) > WINDOW_CHARACTERS


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=15), max_size=4))
def test_a_merged_draft_repeats_nothing_and_begins_with_what_came_first(
    rows: list[list[str]],
) -> None:
    parts = [Draft(tuple(DraftFact("trade", text, (1,)) for text in row)) for row in rows]
    texts = [fact.text for fact in merge_drafts(parts).facts]
    assert set(texts) == {text for row in rows for text in row}
    assert len(texts) == len(set(texts))
    assert texts[:1] == next(([row[0]] for row in rows if row), [])


def test_a_statement_with_its_words_turned_round_or_of_another_currency_is_another() -> None:
    texts = ["India buys for $4bn.", "For $4bn buys India.", "India buys for €4bn."]
    again = [*texts, "INDIA buys  for $4bn"]
    parts = [Draft((DraftFact("trade", text, (1,)),)) for text in again]
    assert [fact.text for fact in merge_drafts(parts).facts] == texts


def test_every_drop_finds_a_window() -> None:
    windows = split_windows(LONG.sentences)
    drops = [Drop("trade", text, "word", "x") for text in ("", "Nothing of it.", "Sentence 60")]
    shares = share_drops(drops, windows, "en")
    assert sum(map(len, shares)) == 3
    assert drops[2] in shares[-1]
    assert share_drops((), windows, "en") == [[], [], []]
