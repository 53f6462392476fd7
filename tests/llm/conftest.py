"""An engine at the fake server, on each of the two endpoints."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fakes.model import Act, FakeModel
from llm.model_samples import ARTICLE, KEY, PROMPTS, TOPICS

from bot.llm.openai import OpenAIEngine
from bot.model import Article


@pytest.fixture(params=["chat", "responses"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def open_engine(kind: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """An engine at the fake server; with no base URL the SDK takes it from the environment."""

    @asynccontextmanager
    async def open_at(model: FakeModel, **settings: Any) -> AsyncIterator[OpenAIEngine]:
        monkeypatch.setenv("OPENAI_BASE_URL", model.base_url)
        engine = OpenAIEngine(
            KEY,
            model.base_url if kind == "chat" else "",
            "some-model",
            PROMPTS,
            TOPICS,
            **{"timeout": 5.0, "max_retries": 0, **settings},
        )
        try:
            yield engine
        finally:
            await engine.close()

    return open_at


@pytest.fixture
def draft_of(open_engine: Callable[..., Any]) -> Callable[..., Any]:
    """What the engine makes of an article when the server answers with ``reply``."""

    async def draft(reply: str | Act, article: Article = ARTICLE) -> Any:
        async with FakeModel(lambda _: reply) as model, open_engine(model) as engine:
            return await engine.draft(article, TOPICS)

    return draft
