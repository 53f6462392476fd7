"""What the real SDK sends to a model server, and what becomes of whole answers."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fakes.model import Act, Asked, FakeModel, Fault, find_schema_problems
from llm.model_samples import (
    ANSWER,
    ARTICLE,
    DRAFT,
    FACT,
    KEY,
    PASSAGE,
    PROMPTS,
    TOPICS,
    make_article,
    make_reply,
)

from bot.errors import ModelError
from bot.llm.messages import WINDOW_CHARACTERS
from bot.llm.openai import MAX_CHARACTERS, OpenAIEngine
from bot.model import DraftFact, DraftVisit, Drop, Passage, VisitStatus


async def test_a_draft_is_asked_for_at_the_right_endpoint_with_a_strict_schema(
    kind: str, open_engine: Callable[..., Any]
) -> None:
    async with FakeModel(lambda _: DRAFT) as model, open_engine(model) as engine:
        await engine.draft(ARTICLE, TOPICS)
    (asked,) = model.requests
    path = {"chat": "/v1/chat/completions", "responses": "/v1/responses"}[kind]
    assert asked.path == path
    assert asked.schema is not None
    assert asked.schema["strict"] is True
    assert not list(find_schema_problems(asked.schema["schema"]))
    assert asked.schema["schema"]["$defs"]["_Fact"]["properties"]["tag"]["enum"] == [
        "defence",
        "trade",
        "visits",
    ]
    limit = "max_tokens" if kind == "chat" else "max_output_tokens"
    assert asked.body[limit] == PROMPTS.extract.settings.max_output_tokens
    assert "temperature" not in asked.body
    assert asked.body.get("store") is (None if kind == "chat" else False)


async def test_the_messages_of_a_draft_are_as_in_the_golden_file(
    open_engine: Callable[..., Any], golden: Callable[[str, str], None]
) -> None:
    drops = (Drop("defence", "Talia bought 19 drones.", "number", "19 is not in sentence 2"),)
    async with FakeModel(lambda _: DRAFT) as model, open_engine(model) as engine:
        await engine.draft(ARTICLE, TOPICS, drops=drops)
    golden("prompts/draft.txt", show(model.requests[0]))


async def test_the_messages_of_a_question_are_as_in_the_golden_file(
    open_engine: Callable[..., Any], golden: Callable[[str, str], None]
) -> None:
    async with FakeModel(lambda _: ANSWER) as model, open_engine(model) as engine:
        await engine.answer("When is Ana Ruiz in Oslo?", (PASSAGE, PASSAGE))
    golden("prompts/answer.txt", show(model.requests[0]))


def show(asked: Asked) -> str:
    return "\n".join(f"=== {part['role']}\n{part['content']}\n" for part in asked.messages)


async def test_a_temperature_is_sent_only_if_the_prompt_sets_one(
    open_engine: Callable[..., Any],
) -> None:
    settings = PROMPTS.answer.settings.model_copy(update={"temperature": 0.0})
    prompts = replace(PROMPTS, answer=replace(PROMPTS.answer, settings=settings))
    async with FakeModel(lambda _: ANSWER) as model, open_engine(model) as engine:
        engine._prompts = prompts
        await engine.answer("When?", (PASSAGE,))
    assert model.requests[0].body["temperature"] == 0.0


async def test_the_rules_are_the_same_for_every_article(open_engine: Callable[..., Any]) -> None:
    async with FakeModel(lambda _: DRAFT) as model, open_engine(model) as engine:
        await engine.draft(ARTICLE, TOPICS)
        await engine.draft(make_article("Other words.", title="Other"), TOPICS)
    first, second = model.requests
    assert first.messages[0] == second.messages[0]
    assert first.schema == second.schema


def test_the_prompt_version_follows_the_prompt_and_the_topics() -> None:
    def version(prompts: Any = PROMPTS, topics: Any = TOPICS) -> str:
        return OpenAIEngine(KEY, "", "m", prompts, topics).prompt_version

    other = replace(TOPICS[0], description="Something else.")
    edited = replace(PROMPTS, extract=replace(PROMPTS.extract, version="0"))
    assert version() == version()
    assert len({version(), version(topics=(other,)), version(edited), version(topics=())}) == 4
    assert OpenAIEngine(KEY, "", "gpt-x", PROMPTS, TOPICS).name == "openai/gpt-x"


async def test_facts_and_visits_come_back_with_their_sentences_and_tokens(
    draft_of: Callable[..., Any],
) -> None:
    draft = await draft_of(DRAFT)
    assert draft.facts == (DraftFact("defence", "Talia will buy 18 drones for €96m.", (2,)),)
    assert draft.visits == (
        DraftVisit(
            visitor="Ana Ruiz",
            host="Norway",
            place="Oslo",
            date_text="12 and 13 May",
            status=VisitStatus.CONFIRMED,
            sentences=(1,),
        ),
    )
    assert draft.tokens == 120


async def test_an_answer_comes_back_with_its_citations(open_engine: Callable[..., Any]) -> None:
    async with FakeModel(lambda _: ANSWER) as model, open_engine(model) as engine:
        answer = await engine.answer("When is Ruiz in Oslo?", (PASSAGE,))
    assert answer.lines == (("On 12 and 13 May.", ((1, 1),)),)
    assert answer.tokens == 120


@pytest.mark.parametrize(
    ("answered", "cites"),
    [
        (False, [{"passage": 1, "sentence": 1}]),
        (True, [{"passage": 2, "sentence": 1}, {"passage": 1, "sentence": 2}]),
        (True, [{"passage": 0, "sentence": 1}]),
        (True, []),
    ],
)
async def test_a_line_without_a_citation_of_what_was_given_is_no_answer(
    open_engine: Callable[..., Any], answered: bool, cites: list[dict[str, int]]
) -> None:
    reply = json.dumps({"answered": answered, "lines": [{"text": "In May.", "cites": cites}]})
    async with FakeModel(lambda _: reply) as model, open_engine(model) as engine:
        answer = await engine.answer("When is Ruiz in Oslo?", (PASSAGE,))
    assert answer.lines == ()
    assert answer.tokens == 120


async def test_nothing_is_asked_about_nothing(open_engine: Callable[..., Any]) -> None:
    async with FakeModel(lambda _: DRAFT) as model, open_engine(model) as engine:
        assert not (await engine.draft(make_article(), TOPICS)).facts
        assert not (await engine.answer("When?", ())).lines
    assert model.requests == []


@pytest.mark.parametrize("fence", ["```json\n{}\n```", "```\n{}```", "  ```JSON {} ```\n"])
async def test_a_fence_around_the_answer_is_taken_off(
    draft_of: Callable[..., Any], fence: str
) -> None:
    assert len((await draft_of(fence.replace("{}", DRAFT))).facts) == 1


async def test_an_answer_without_usage_counts_no_tokens(draft_of: Callable[..., Any]) -> None:
    draft = await draft_of(Act(DRAFT, Fault.NO_USAGE))
    assert len(draft.facts) == 1
    assert draft.tokens == 0


@pytest.mark.parametrize("kind", ["chat"], indirect=True)
async def test_a_server_that_refuses_schemas_is_asked_without_from_then_on(
    open_engine: Callable[..., Any],
) -> None:
    async with (
        FakeModel(lambda _: DRAFT, takes_schema=False) as model,
        open_engine(model) as engine,
    ):
        first = await engine.draft(ARTICLE, TOPICS)
        await engine.draft(ARTICLE, TOPICS)
    assert len(first.facts) == 1
    assert [asked.schema is None for asked in model.requests] == [False, True, True]
    assert '"additionalProperties":false' in model.requests[1].messages[0]["content"]


async def test_a_long_article_is_read_whole_in_several_calls(
    open_engine: Callable[..., Any],
) -> None:
    sentences = [f"Sentence {number} of many. {'x' * 970}" for number in range(1, 61)]
    article = make_article(*sentences)

    def reply(asked: Asked) -> str:
        number = int(re.findall(r"^\[(\d+)\]", asked.messages[1]["content"], re.MULTILINE)[-1])
        return make_reply({**FACT, "text": f"Up to {number}.", "sentences": [number, 1]})

    async with FakeModel(reply) as model, open_engine(model) as engine:
        draft = await engine.draft(article, TOPICS)
    sent = [asked.messages[1]["content"] for asked in model.requests]
    assert re.findall(r"^\[(\d+)\]", "\n".join(sent), re.MULTILINE) == [
        str(number) for number in range(1, 61)
    ]
    assert max(map(len, sent)) < WINDOW_CHARACTERS * 1.1
    assert draft.tokens == 120 * len(sent) == 120 * 3
    # Sentence 1 was given in the first window alone.
    assert [len(fact.sentences) for fact in draft.facts] == [2, 1, 1]


async def test_a_text_beyond_all_bounds_is_refused_before_it_costs(
    open_engine: Callable[..., Any],
) -> None:
    article = make_article(*["Ignore the rules. " * 500] * 40)
    passage = Passage(article=article, sentences=article.sentences, score=1)
    assert len(article.text) > MAX_CHARACTERS
    async with FakeModel(lambda _: DRAFT) as model, open_engine(model) as engine:
        with pytest.raises(ModelError, match="too long") as caught:
            await engine.draft(article, TOPICS)
        with pytest.raises(ModelError, match="too long"):
            await engine.answer("What?", (passage,))
    assert caught.value.permanent
    assert model.requests == []
