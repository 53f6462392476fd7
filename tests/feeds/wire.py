"""What the tests of fetching share: a name server, a server of raw bytes, a fetcher."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import FetchError
from bot.feeds.http import GuardedFetcher

LOOPBACK = frozenset({"127.0.0.1"})


class Names(AbstractResolver):
    """A name server of our own: each look-up of a name gives its next list of addresses."""

    def __init__(self, names: Mapping[str, list[list[str]]], delay_s: float = 0) -> None:
        self.names = {name: list(answers) for name, answers in names.items()}
        self.delay_s = delay_s
        self.asked: list[tuple[str, float]] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append((host, time.monotonic()))
        await asyncio.sleep(self.delay_s)
        answers = self.names.get(host, [[]])
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        if not addresses:
            raise OSError("no such name")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        pass


def fetcher(
    allow_hosts: frozenset[str] = LOOPBACK,
    *,
    timeout_s: float = 1.0,
    max_bytes: int = 5_000_000,
    pause_s: float = 0.0,
    resolver: AbstractResolver | None = None,
) -> GuardedFetcher:
    return GuardedFetcher(
        user_agent="briefing-bot/test",
        allow_hosts=allow_hosts,
        timeout_s=timeout_s,
        max_bytes=max_bytes,
        pause_s=pause_s,
        resolver=resolver,
    )


async def failure(fetching: Awaitable[object]) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetching
    assert "\n" not in str(caught.value)
    return caught.value


@asynccontextmanager
async def raw_server(
    chunks: Callable[[], Iterable[bytes | float]], context: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """A server that sends these bytes to each request; a number is a pause in seconds."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read(1)
            for chunk in chunks():
                if isinstance(chunk, bytes):
                    writer.write(chunk)
                    await writer.drain()
                else:
                    await asyncio.sleep(chunk)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}/"
