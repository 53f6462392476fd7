"""request → answer by a process of its own, which may die of it or be killed."""

import asyncio
import json
import math
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

_ROOT = Path(__file__).parents[2]
_REAP_S = 0.005
_MAX_ANSWER_BYTES = 64_000_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


class DeadError(Exception):
    """The process went away, or talks nonsense."""


class Worker:
    """One process and the socket to it; ``module`` is what it runs: ``inside.serve``."""

    def __init__(
        self, module: str, *, memory_mb: int, environ: Mapping[str, str] = _NOTHING
    ) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = _start_process(theirs, module, memory_mb, environ)
        self._writer: asyncio.StreamWriter | None = None

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    async def start(self) -> None:
        """Wait until the process has loaded what it needs.

        Raises:
            DeadError: the process ended.
        """
        self._reader, self._writer = await asyncio.open_unix_connection(
            sock=self._socket, limit=_MAX_ANSWER_BYTES
        )
        await self._read_line()

    async def ask(self, header: Mapping[str, object], body: bytes, *, seconds: float) -> bytes:
        """Send a request and return the line that answers it.

        ``seconds`` is how long it may take, by the clock and of the processor. A worker whose
        answer was not awaited must be stopped: that answer would be the next one's.

        Raises:
            DeadError: the process ended.
            TimeoutError: it is still at it.
        """
        assert self._writer is not None
        limits = {"seconds": math.ceil(seconds), "size": len(body)}
        try:
            async with asyncio.timeout(seconds):
                self._writer.write(json.dumps({**header, **limits}).encode() + b"\n" + body)
                await self._writer.drain()
                return await self._read_line()
        except ConnectionError as error:
            raise DeadError from error

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
            raise DeadError from error
        if not line.endswith(b"\n"):
            raise DeadError
        return line


def _start_process(
    stdin: socket.socket, module: str, memory_mb: int, environ: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, str(memory_mb)],
        stdin=stdin.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Nothing of ours: what reads the bytes of strangers holds no secrets.
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", **environ},
        # Ctrl-C is for the program, which then ends its workers.
        start_new_session=True,
    )
