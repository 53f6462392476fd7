"""Requests in, answers out, over the socket that is its stdin: the process that may be killed.

A request is one line of JSON and then its body; an answer is one line. It ends when the other
side goes away.
"""

import json
import resource
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BufferedRWPair
from typing import Any

Answer = Callable[[dict[str, Any], bytes], bytes]
"""request, body → the line that answers it; an error ends the process."""

_FORBIDDEN = frozenset(
    {
        *("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"),
        *("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
    }
)


def serve(answer: Answer) -> None:
    """Answer requests until nobody asks any more; the program's argument is the limit in MB."""
    limit_process(int(sys.argv[1]))
    with suppress(BrokenPipeError, ConnectionResetError):
        _serve(answer)


def _serve(answer: Answer) -> None:
    with socket.socket(fileno=0) as connection, connection.makefile("rwb") as stream:
        _send(stream, b"ready")
        while header := stream.readline():
            request = json.loads(header)
            _limit_seconds(request["seconds"])
            _send(stream, answer(request, stream.read(request["size"])))


def limit_process(memory_mb: int) -> None:
    """No network, no programs, no files written, and no more memory than that, from now on."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)
    # Some systems know a limit and don't let it be set.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(stream: BufferedRWPair, line: bytes) -> None:
    stream.write(line + b"\n")
    stream.flush()


def _limit_seconds(seconds: int) -> None:
    """Give this request its processor time: the limit counts from the process's start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a worker may not use {event}")
