"""What a question looks for, where vectors are slow, missing or can't be kept."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from asking_samples import DRONES, HERE, NOW, open_desk

from bot import searching
from bot.errors import StoreError
from bot.jobs.tools import Tools
from bot.relevance.question import read_question
from bot.searching import Found, find_articles
from bot.vectors import DIMENSIONS


class SlowEmbedder:
    """Takes its time with questions, or with articles."""

    name = "slow/1"

    def __init__(self, *, question: float = 0.0, article: float = 0.0) -> None:
        self._seconds = {True: question, False: article}

    async def embed(self, texts: Sequence[str], *, is_question: bool = False) -> tuple[bytes, ...]:
        await asyncio.sleep(self._seconds[is_question])
        return tuple(bytes([1 + len(text) % 100] * DIMENSIONS) for text in texts)

    async def close(self) -> None:
        pass


@pytest.fixture
async def tools(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[Tools]:
    async with open_desk(seeded_folder, tmp_path) as desk:
        yield desk.tools


async def find(tools: Tools, embedder: SlowEmbedder | None) -> Found:
    question = read_question(DRONES)
    return await find_articles(
        question, workspace=HERE, store=tools.store, embedder=embedder, now=NOW
    )


async def test_a_question_whose_vector_does_not_come_is_found_by_words(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(searching, "PATIENCE_S", 0.05)
    async with asyncio.timeout(10):
        found = await find(tools, SlowEmbedder(question=60))
    assert found == await find(tools, None)
    assert found.articles
    assert "question.words_alone error=TimeoutError" in caplog.text


async def test_sentences_whose_vectors_do_not_come_are_done_without(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(searching, "PATIENCE_S", 0.05)
    async with asyncio.timeout(10):
        found = await find(tools, SlowEmbedder(article=60))
    assert found.articles
    assert "question.some_without_vectors error=TimeoutError" in caplog.text


async def test_vectors_that_can_not_be_kept_serve_this_question(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    async def refuse(text_hash: str, model: str, rows: bytes) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(tools.store, "save_vectors", refuse)
    found = await find(tools, SlowEmbedder())
    assert any(found.similarities[0].values())
    assert "error=StoreError reason=The disk is full." in caplog.text
