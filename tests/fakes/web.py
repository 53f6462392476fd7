"""A web server on loopback for tests: fixed answers, redirects, conditional GET, hanging."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from aiohttp import web


class Request(NamedTuple):
    """A request that came in; ``path`` is with its query."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class _Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False

    def is_known_to(self, request: web.Request) -> bool:
        etag, date = self.headers.get("ETag"), self.headers.get("Last-Modified")
        return bool(
            (etag and request.headers.get("If-None-Match") == etag)
            or (date and request.headers.get("If-Modified-Since") == date)
        )


class FakeWeb:
    """``async with FakeWeb() as web``; ``serve`` again to change an answer; 404 for the rest."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._answers: dict[str, _Answer] = {}
        self._closing = asyncio.Event()
        self._port = 0

    def url(self, path: str, *, host: str = host) -> str:
        """The URL of ``path``; ``host`` is another name under which a test reaches it."""
        return f"http://{host}:{self._port}{path}"

    def serve(
        self,
        path: str,
        body: str | bytes,
        status: int = 200,
        content_type: str = "application/xml",
        headers: Mapping[str, str] | None = None,
        etag: str = "",
        last_modified: str = "",
    ) -> str:
        """Answer ``path`` with ``body``; returns its URL."""
        sent = {"Content-Type": content_type, **(headers or {})}
        sent |= {"ETag": etag} if etag else {}
        sent |= {"Last-Modified": last_modified} if last_modified else {}
        raw = body.encode() if isinstance(body, str) else body
        self._answers[path] = _Answer(raw, status, sent)
        return self.url(path)

    def redirect(self, path: str, to: str | None, status: int = 302) -> str:
        """Answer ``path`` with a redirect, without a ``Location`` if ``to`` is None."""
        self._answers[path] = _Answer(status=status, headers={"Location": to} if to else {})
        return self.url(path)

    def hang(self, path: str) -> str:
        """Never answer ``path``."""
        self._answers[path] = _Answer(hangs=True)
        return self.url(path)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Request(request.path_qs, dict(request.headers)))
        answer = self._answers.get(request.path_qs) or self._answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        if answer.hangs:
            await self._closing.wait()
        if answer.is_known_to(request):
            return web.Response(status=304, headers=answer.headers)
        return web.Response(body=answer.body, status=answer.status, headers=answer.headers)
