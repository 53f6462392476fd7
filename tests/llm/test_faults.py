"""A model server that fails, or a model that does not answer: an error that says what to do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fakes.model import Act, FakeModel, Fault
from llm.model_samples import (
    ARTICLE,
    DRAFT,
    KEY,
    PASSAGE,
    PROMPTS,
    TOPICS,
)

from bot.errors import ModelError
from bot.llm.openai import OpenAIEngine


@pytest.mark.parametrize(
    ("act", "word", "permanent"),
    [
        (Act(DRAFT, Fault.CUT), "cut off", False),
        (Act('{"facts": [{"tag": "def', Fault.CUT), "cut off", False),
        (Act(DRAFT, Fault.FILTER), "content filter", False),
        (Act("I can't help with that.", Fault.REFUSE), "refused to work", False),
        (Act("", Fault.FAIL), "The model", False),
        (Act("", Fault.NO_CHOICES), "The model", False),
        (Act("", Fault.NO_CONTENT), "empty", False),
        (Act(DRAFT, Fault.UNFINISHED), "The model", False),
        (Act("x" * 2_000_001), "far too long", False),
        (Act('{"facts": [{"tag": 1}, 7], "visits": []}'), "not the JSON", False),
        (Act("", Fault.HTML), "OPENAI_BASE_URL", False),
        (Act(""), "empty", False),
        (Act("I read the article and liked it."), "not the JSON", False),
        (Act('{"facts": []}'), "not the JSON", False),
        (Act('{"articles": [1, 2]}'), "not the JSON", False),
        (Act(DRAFT[:-2]), "not the JSON", False),
        (Act(f"{DRAFT} And more."), "not the JSON", False),
        (Act("[" * 100_000), "not the JSON", False),
        (Act("null"), "not the JSON", False),
        (Act(status=400), "status 400", False),
        (Act(status=400, code="context_length_exceeded"), "longer context", True),
        (Act(status=400, message="This model's maximum context length is 9"), "longer", True),
        (Act(status=400, code="content_filter"), "content filter", False),
        (Act(status=401, code="invalid_api_key"), "OPENAI_API_KEY", True),
        (Act(status=403), "OPENAI_MODEL", True),
        (Act(status=404, code="model_not_found"), "OPENAI_MODEL", True),
        (Act(status=429, code="rate_limit_exceeded"), "busy", False),
        (Act(status=429, code="insufficient_quota"), "no credit", True),
        (Act(status=500), "status 500", False),
        (Act(status=503), "status 503", False),
    ],
)
async def test_all_but_a_whole_answer_is_an_error_that_says_what_to_do(
    draft_of: Callable[..., Any], act: Act, word: str, permanent: bool
) -> None:
    with pytest.raises(ModelError, match=re.escape(word)) as caught:
        await draft_of(act)
    assert caught.value.permanent is permanent
    assert KEY not in str(caught.value)
    assert "Talia" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "act",
    [
        Act("I can't help with that.", Fault.REFUSE),
        Act(DRAFT, Fault.CUT),
        Act(DRAFT, Fault.FILTER),
        Act("I read the article and liked it."),
        Act(" "),
        Act("x" * 2_000_001),
    ],
    ids=lambda act: f"{act.fault} {act.content[:9]}",
)
async def test_what_a_useless_answer_cost_is_counted(
    open_engine: Callable[..., Any], act: Act
) -> None:
    async with FakeModel(lambda _: act) as model, open_engine(model) as engine:
        with pytest.raises(ModelError) as caught:
            await engine.draft(ARTICLE, TOPICS)
        assert caught.value.tokens == 120
        with pytest.raises(ModelError) as caught:
            await engine.answer("When?", (PASSAGE,))
        assert caught.value.tokens == 120


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "5",
        "{}",
        "{broken",
        "[" * 100_000,
        "1" * 10_000,
        '{"choices": null, "status": "completed"}',
        '{"choices": [null], "status": "completed", "output": [null]}',
        '{"choices": [{}], "status": "completed", "output": "x"}',
        '{"choices": [{"message": {"content": 5}}]}',
        '{"status": "completed", "output": [{"type": "message", "content": null}]}',
        '{"status": "incomplete", "incomplete_details": "x", "output": []}',
        '{"error": {"message": "no"}}',
    ],
)
async def test_a_body_of_another_kind_never_raises_anything_else(
    draft_of: Callable[..., Any], body: str
) -> None:
    with pytest.raises(ModelError):
        await draft_of(Act(body, Fault.RAW))


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
async def test_a_server_that_never_ends_is_left_in_time(
    open_engine: Callable[..., Any], fault: Fault
) -> None:
    async with (
        FakeModel(lambda _: Act(DRAFT, fault)) as model,
        open_engine(model, timeout=0.2) as engine,
    ):
        with pytest.raises(ModelError, match="in time") as caught:
            await engine.draft(ARTICLE, TOPICS)
    assert caught.value.permanent is False


@pytest.mark.parametrize(
    "base_url",
    ["http://127.0.0.1:1/v1", "http://u:hunter2@127.0.0.1:1/v1", "http://[::1/v1", "nowhere"],
)
async def test_an_address_where_nobody_listens_is_an_error(base_url: str) -> None:
    engine = OpenAIEngine("", base_url, "m", PROMPTS, TOPICS, timeout=1, max_retries=0)
    with pytest.raises(ModelError, match="OPENAI_BASE_URL") as caught:
        await engine.draft(ARTICLE, TOPICS)
    assert "hunter2" not in str(caught.value)
    await engine.close()


async def test_a_failing_server_is_tried_again_but_a_refused_key_is_not(
    open_engine: Callable[..., Any],
) -> None:
    acts = iter([Act(status=500), Act(DRAFT), Act(status=401)])
    async with (
        FakeModel(lambda _: next(acts)) as model,
        open_engine(model, max_retries=1) as engine,
    ):
        assert len((await engine.draft(ARTICLE, TOPICS)).facts) == 1
        with pytest.raises(ModelError):
            await engine.draft(ARTICLE, TOPICS)
    assert len(model.requests) == 3


async def test_neither_key_nor_article_reach_the_log(
    draft_of: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await draft_of(DRAFT)
    with pytest.raises(ModelError):
        await draft_of(Act(status=401))
    assert "model.answered model=some-model tokens=120" in caplog.text
    assert KEY not in caplog.text
    assert "Talia" not in caplog.text
