"""Whether a model's server would answer, asked at no cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from fakes.model import Act, FakeModel, Fault
from llm.model_samples import PROMPTS, TOPICS

from bot.errors import ModelError
from bot.llm import checking
from bot.llm.extractive import ExtractiveEngine
from bot.llm.openai import OpenAIEngine


async def test_a_server_that_has_the_model_is_fine(open_engine: Callable[..., Any]) -> None:
    async with FakeModel(lambda _: Act()) as model, open_engine(model) as engine:
        await engine.check()
        assert model.requests == [], "nothing is asked of the model itself"


@pytest.mark.parametrize(
    ("act", "word", "permanent"),
    [
        (Act(status=401, code="invalid_api_key"), "OPENAI_API_KEY", True),
        (Act(status=403), "OPENAI_MODEL", True),
        (Act(status=404, code="model_not_found"), "OPENAI_MODEL", True),
        (Act(status=429), "busy", False),
        (Act(status=503), "status 503", False),
        (Act(fault=Fault.HTML), "OPENAI_BASE_URL", False),
        (Act(fault=Fault.HANG), "in time", False),
    ],
)
async def test_what_is_wrong_is_told_in_one_line(
    open_engine: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    act: Act,
    word: str,
    permanent: bool,
) -> None:
    monkeypatch.setattr(checking, "TIMEOUT_S", 0.5)
    async with FakeModel(lambda _: act) as model, open_engine(model) as engine:
        with pytest.raises(ModelError, match=re.escape(word)) as caught:
            await engine.check()
    assert caught.value.permanent is permanent
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "http://[::1", "nonsense"])
async def test_a_server_that_is_not_there_is_told(address: str) -> None:
    engine = OpenAIEngine("key", address, "small", PROMPTS, TOPICS)
    with pytest.raises(ModelError):
        await engine.check()
    await engine.close()


@pytest.mark.parametrize(("name", "is_there"), [("small", True), ("large", False)])
async def test_a_server_that_only_lists_its_models_is_understood(name: str, is_there: bool) -> None:
    async def list_models(_: web.Request) -> web.Response:
        row = {"id": "small", "object": "model", "created": 1, "owned_by": "me"}
        return web.json_response({"object": "list", "data": [row]})

    app = web.Application()
    app.router.add_get("/v1/models", list_models)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    engine = OpenAIEngine(
        "", f"http://127.0.0.1:{runner.addresses[0][1]}/v1", name, PROMPTS, TOPICS
    )
    try:
        if is_there:
            await engine.check()
        else:
            with pytest.raises(ModelError, match="no such model"):
                await engine.check()
    finally:
        await engine.close()
        await runner.cleanup()


async def test_what_quotes_is_always_there() -> None:
    await ExtractiveEngine(TOPICS).check()
