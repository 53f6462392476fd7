"""Members who ask at a desk that has read the demo's articles, with or without a model."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fakes.model import Act, Asked, FakeModel
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.errors import EmbedError, ModelError
from bot.jobs.tools import Tools
from bot.model import DraftAnswer, Origin, Passage

NOW = datetime(2025, 2, 16, tzinfo=UTC)
DRONES = "How much was India's Predator drone contract worth?"
HERE, THERE = "console", "discord:2"
"""The workspace that has the demo's articles, and one that has nothing."""
ALICE = Origin(member="discord:42")


@asynccontextmanager
async def open_desk(
    seeded_folder: Path, folder: Path, **settings: object
) -> AsyncIterator[BotCommands]:
    """The commands on a copy of the seeded database, at ``NOW``; words alone find."""
    shutil.copytree(seeded_folder, folder, dirs_exist_ok=True)
    async with open_tools(settings_for(folder, **settings), clock=SetClock(NOW)) as tools:
        yield BotCommands(replace(tools, embedder=None))


@asynccontextmanager
async def open_model_desk(
    seeded_folder: Path, folder: Path, reply: Callable[[Asked], str | Act], **settings: object
) -> AsyncIterator[tuple[BotCommands, FakeModel]]:
    """As ``open_desk``, with a model that answers so; each of its answers takes 120 tokens."""
    async with FakeModel(reply) as model:
        named = {"openai_base_url": model.base_url, "openai_model": "test"}
        async with open_desk(seeded_folder, folder, **named, **settings) as desk:
            yield desk, model


class PacedEngine:
    """Quotes as the built-in engine does, a moment later; counts what it has in hand at once."""

    name = "paced"
    prompt_version = "1"

    def __init__(self, tools: Tools) -> None:
        self._inner = tools.fallback
        self.draft = tools.fallback.draft
        self.check = tools.fallback.check
        self.now = self.most = 0
        self.order: list[str] = []

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        self.order.append(question)
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.001)
        self.now -= 1
        return await self._inner.answer(question, passages)


class HangingEngine(PacedEngine):
    """Never answers."""

    name = "hanging"

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        self.order.append(question)
        await asyncio.Event().wait()
        raise AssertionError


class RefusingEngine(PacedEngine):
    """Gives nothing usable, at once."""

    name = "refusing"

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        self.order.append(question)
        raise ModelError("Refused.")


class BrokenEngine(PacedEngine):
    """Trips over a bug of its own."""

    name = "broken"

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        raise ValueError("a bug")


class DeafEmbedder:
    """Makes no vectors, and remembers which questions it was asked for."""

    name = "deaf"

    def __init__(self) -> None:
        self.questions: list[str] = []

    async def embed(self, texts: Sequence[str], *, is_question: bool = False) -> tuple[bytes, ...]:
        if is_question:
            self.questions += texts
        raise EmbedError("There is nothing here that makes vectors.", permanent=True)

    async def close(self) -> None:
        pass


def with_engine(desk: BotCommands, make: Callable[[Tools], PacedEngine]) -> BotCommands:
    """The same commands with another engine."""
    return BotCommands(replace(desk.tools, engine=make(desk.tools)))
