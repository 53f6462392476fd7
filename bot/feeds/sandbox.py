"""Hostile document → parsed value or DocumentError: one bad document costs one document."""

import asyncio
import json
import logging
import math
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.errors import DocumentError
from bot.model import ParsedFeed, ParsedPage

logger = logging.getLogger(__name__)

_START_S = 30.0
_REAP_S = 0.005
_MAX_ANSWER_BYTES = 64_000_000
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
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []

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
            "seconds": math.ceil(self._timeout_s),
            "size": len(body),
        }
        async with self._slots:
            answer = await self._ask(json.dumps(request).encode() + b"\n" + body)
        try:
            if answer.startswith(b"-"):
                raise DocumentError(**json.loads(answer[1:]))
            return adapter.validate_json(answer[1:])
        except ValidationError as error:
            raise _crashed() from error

    async def _ask(self, request: bytes) -> bytes:
        worker = await self._take()
        is_whole = False
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await worker.ask(request)
            is_whole = True
        except TimeoutError as error:
            message = f"The document took longer than {self._timeout_s:g} s to read."
            raise DocumentError(message, reason="timeout") from error
        except _DeadError as error:
            raise _crashed() from error
        finally:
            # Cancelled ones too: what they would answer later belongs to nobody.
            if is_whole:
                self._idle.append(worker)
            else:
                self._workers.discard(worker)
                await worker.stop()
        return answer

    async def _take(self) -> "_Worker":
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._workers.discard(worker)
            await worker.stop()
        worker = _Worker(self._memory_mb)
        self._workers.add(worker)
        try:
            async with asyncio.timeout(_START_S):
                await worker.start()
        except BaseException as error:
            self._workers.discard(worker)
            await worker.stop()
            if isinstance(error, TimeoutError | _DeadError):
                message = "The process that reads documents can't be started."
                raise DocumentError(message, reason="crashed", permanent=False) from error
            raise
        return worker


class _DeadError(Exception):
    """The worker went away, or talks nonsense."""


class _Worker:
    """One process and the socket to it."""

    def __init__(self, memory_mb: int) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = _start_process(theirs, memory_mb)
        self._writer: asyncio.StreamWriter | None = None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    async def start(self) -> None:
        """Wait until the process has loaded what it needs."""
        self._reader, self._writer = await asyncio.open_unix_connection(
            sock=self._socket, limit=_MAX_ANSWER_BYTES
        )
        await self._read_line()
        logger.info("sandbox.started pid=%s", self._process.pid)

    async def ask(self, request: bytes) -> bytes:
        """Send a request and return the line that answers it.

        Raises:
            _DeadError: the process ended.
        """
        assert self._writer is not None
        try:
            self._writer.write(request)
            await self._writer.drain()
        except ConnectionError as error:
            raise _DeadError from error
        return await self._read_line()

    async def stop(self) -> None:
        """Kill the process and let go of all that it held; twice does no harm."""
        self._process.kill()
        if self._writer is None:
            self._socket.close()
        else:
            self._writer.transport.abort()
            with suppress(OSError):
                await self._writer.wait_closed()
        # Killed, it is gone in milliseconds; waiting in a thread would take longer.
        while self._process.poll() is None:  # noqa: ASYNC110
            await asyncio.sleep(_REAP_S)

    async def _read_line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except (ConnectionError, ValueError) as error:
            raise _DeadError from error
        if not line.endswith(b"\n"):
            raise _DeadError
        return line


def _start_process(stdin: socket.socket, memory_mb: int) -> "subprocess.Popen[bytes]":
    root = Path(__file__).parents[2]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "bot.feeds.worker", str(memory_mb)],
        stdin=stdin.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Nothing of ours: what reads hostile documents holds no secrets.
        env={"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        # Ctrl-C is for the program, which then ends its workers.
        start_new_session=True,
    )


def _crashed() -> DocumentError:
    return DocumentError("The document broke the process that read it.", reason="crashed")
