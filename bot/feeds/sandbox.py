"""Hostile document → parsed value or DocumentError: one bad document costs one document."""

import asyncio
import json
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.errors import DocumentError
from bot.model import ParsedFeed, ParsedPage
from bot.workers.outside import DeadError, Worker

logger = logging.getLogger(__name__)

_START_S = 30.0
_FEED = TypeAdapter(ParsedFeed)
_PAGE = TypeAdapter(ParsedPage)
T = TypeVar("T")


class Sandbox:
    """Keeps ``ports.Parser`` with worker processes, which start when they are first needed.

    A document has ``timeout_s`` seconds and its worker ``memory_mb`` MB; a worker that
    overruns or dies is replaced. Links to ``allow_hosts`` may be private.
    """

    def __init__(
        self,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        workers: int = 2,
        timeout_s: float = 5.0,
        memory_mb: int = 1024,
    ) -> None:
        self._allow_hosts = sorted(allow_hosts)
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._slots = asyncio.Semaphore(workers)
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []

    async def parse_feed(self, body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
        """Read RSS, Atom or JSON Feed.

        Raises:
            DocumentError: ``reason`` is timeout, crashed, or one that ``parse.py`` gives.
        """
        return await self._parse("feed", _FEED, body, url, content_type)

    async def parse_page(self, body: bytes, *, url: str, content_type: str = "") -> ParsedPage:
        """Read an HTML page.

        Raises:
            DocumentError: ``reason`` is timeout, crashed, or one that ``page.py`` gives.
        """
        return await self._parse("page", _PAGE, body, url, content_type)

    async def close(self) -> None:
        """End all workers; what they are at fails as crashed."""
        self._idle.clear()
        while self._workers:
            await self._workers.pop().stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _parse(
        self, kind: str, adapter: TypeAdapter[T], body: bytes, url: str, content_type: str
    ) -> T:
        request = {
            "kind": kind,
            "url": url,
            "content_type": content_type,
            "allow_hosts": self._allow_hosts,
        }
        async with self._slots:
            answer = await self._ask(request, body)
        try:
            if answer.startswith(b"-"):
                raise DocumentError(**json.loads(answer[1:]))
            return adapter.validate_json(answer[1:])
        except ValidationError as error:
            raise _crashed() from error

    async def _ask(self, request: Mapping[str, object], body: bytes) -> bytes:
        worker = await self._take()
        is_whole = False
        try:
            answer = await worker.ask(request, body, seconds=self._timeout_s)
            is_whole = True
        except TimeoutError as error:
            message = f"The document took longer than {self._timeout_s:g} s to read."
            raise DocumentError(message, reason="timeout") from error
        except DeadError as error:
            raise _crashed() from error
        finally:
            # Cancelled ones too: what they would answer later belongs to nobody.
            if is_whole:
                self._idle.append(worker)
            else:
                self._workers.discard(worker)
                await worker.stop()
        return answer

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._workers.discard(worker)
            await worker.stop()
        worker = Worker("bot.feeds.worker", memory_mb=self._memory_mb)
        self._workers.add(worker)
        try:
            async with asyncio.timeout(_START_S):
                await worker.start()
            logger.info("sandbox.started pid=%s", worker.pid)
        except BaseException as error:
            self._workers.discard(worker)
            await worker.stop()
            if isinstance(error, TimeoutError | DeadError):
                message = "The process that reads documents can't be started."
                raise DocumentError(message, reason="crashed", permanent=False) from error
            raise
        return worker


def _crashed() -> DocumentError:
    return DocumentError("The document broke the process that read it.", reason="crashed")
