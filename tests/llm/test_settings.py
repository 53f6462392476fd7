"""Servers that turn down what others need: a call goes without, and later ones at once."""

from collections.abc import Callable
from typing import Any

import pytest
from fakes.model import Act, FakeModel
from llm.model_samples import ARTICLE, DRAFT, PROMPTS, TOPICS

from bot.errors import ModelError


@pytest.mark.parametrize(
    ("setting", "kinds"),
    [
        ("schema", ("chat", "responses")),
        ("temperature", ("chat", "responses")),
        ("max_tokens", ("chat",)),
    ],
)
async def test_a_setting_that_a_server_refuses_is_left_out_from_then_on(
    kind: str, open_engine: Callable[..., Any], setting: str, kinds: tuple[str, ...]
) -> None:
    async with (
        FakeModel(lambda _: DRAFT, refuses=[setting]) as model,
        open_engine(model) as engine,
    ):
        drafts = [await engine.draft(ARTICLE, TOPICS) for _ in range(2)]
    assert [len(draft.facts) for draft in drafts] == [1, 1]
    assert len(model.requests) == (3 if kind in kinds else 2)
    last = model.requests[-1]
    assert '"additionalProperties":false' in last.messages[0]["content"]
    assert (last.schema is None) == (setting == "schema")
    assert ("temperature" not in last.body) == (setting == "temperature")
    limits = last.body.keys() & {"max_tokens", "max_completion_tokens", "max_output_tokens"}
    old = {"chat": "max_tokens", "responses": "max_output_tokens"}[kind]
    is_renamed = kind == "chat" and setting == "max_tokens"
    assert limits == {"max_completion_tokens" if is_renamed else old}
    assert last.body[limits.pop()] == PROMPTS.extract.settings.max_output_tokens


async def test_a_server_may_refuse_every_setting(open_engine: Callable[..., Any]) -> None:
    everything = ["schema", "temperature", "max_tokens"]
    async with (
        FakeModel(lambda _: DRAFT, refuses=everything) as model,
        open_engine(model) as engine,
    ):
        assert len((await engine.draft(ARTICLE, TOPICS)).facts) == 1


@pytest.mark.parametrize("code", ["context_length_exceeded", "content_filter"])
async def test_a_text_that_is_turned_down_costs_one_call_and_no_setting(
    open_engine: Callable[..., Any], code: str
) -> None:
    acts = iter([Act(status=400, code=code), Act(DRAFT)])
    async with FakeModel(lambda _: next(acts)) as model, open_engine(model) as engine:
        with pytest.raises(ModelError, match=r"longer than the model|content filter"):
            await engine.draft(ARTICLE, TOPICS)
        await engine.draft(ARTICLE, TOPICS)
    first, second = model.requests
    assert first.body == second.body


async def test_a_complaint_about_something_else_changes_no_later_call(
    open_engine: Callable[..., Any],
) -> None:
    acts = iter([Act(status=400), Act(status=400), Act(status=400), Act(DRAFT)])
    async with FakeModel(lambda _: next(acts)) as model, open_engine(model) as engine:
        with pytest.raises(ModelError, match="status 400"):
            await engine.draft(ARTICLE, TOPICS)
        await engine.draft(ARTICLE, TOPICS)
    assert model.requests[0].body == model.requests[3].body
