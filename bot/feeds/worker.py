"""Documents in, answers out, over the socket that is its stdin: the process that may be killed.

A request is one line of JSON and then the document; an answer is one line: ``+`` and the
parsed value, or ``-`` and the error, as JSON. It ends when the other side goes away.
"""

import json
import resource
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BufferedRWPair
from typing import Any

from pydantic import TypeAdapter

from bot.errors import DocumentError
from bot.feeds.page import parse_page
from bot.feeds.parse import parse_feed
from bot.model import ParsedFeed, ParsedPage

_PARSERS: dict[str, tuple[Callable[..., object], TypeAdapter[Any]]] = {
    "feed": (parse_feed, TypeAdapter(ParsedFeed)),
    "page": (parse_page, TypeAdapter(ParsedPage)),
}
_FORBIDDEN = frozenset(
    {
        *("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"),
        *("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
    }
)


def main() -> None:
    """Serve the socket on file descriptor 0; the argument is the memory limit in MB."""
    _limit_process(int(sys.argv[1]))
    with socket.socket(fileno=0) as connection, connection.makefile("rwb") as stream:
        _send(stream, b"ready")
        while header := stream.readline():
            request = json.loads(header)
            _limit_seconds(request["seconds"])
            _send(stream, _answer(request, stream.read(request["size"])))


def _answer(request: dict[str, Any], body: bytes) -> bytes:
    parse, adapter = _PARSERS[request["kind"]]
    try:
        value = parse(
            body,
            url=request["url"],
            content_type=request["content_type"],
            allow_hosts=frozenset(request["allow_hosts"]),
        )
    except DocumentError as error:
        fields = {"message": str(error), "reason": error.reason, "permanent": error.permanent}
        return b"-" + json.dumps(fields).encode()
    # Any other error ends the process: nobody knows what state it is in.
    return b"+" + adapter.dump_json(value)


def _send(stream: BufferedRWPair, line: bytes) -> None:
    stream.write(line + b"\n")
    stream.flush()


def _limit_process(memory_mb: int) -> None:
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)
    # Some systems know a limit and don't let it be set.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_seconds(seconds: int) -> None:
    """Give this document its processor time: the limit counts from the process's start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a parser may not use {event}")


if __name__ == "__main__":
    with suppress(BrokenPipeError, ConnectionResetError):
        main()
