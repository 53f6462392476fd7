"""HTTP → the bot's health and its calendars: read only, by links that nobody can guess."""

import asyncio
import logging
import os
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from bot.errors import BotError, SettingsError

logger = logging.getLogger(__name__)

KEPT_SECONDS = 60.0
"""How long a calendar is answered as it was written."""
AT_ONCE = 32
"""More requests for calendars than this wait for nothing: they are asked to come back."""

_READERS = 2
_MAX_LINE = 4096
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
# What aiohttp has to say of a broken request may quote its first line, and so a token.
_SILENT = logging.Logger("bot.web.silent", level=logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class _Written:
    body: bytes
    etag: str
    until: float


class WebServer:
    """Answers ``/healthz`` and ``/calendar/<token>.ics``; no token ever reaches a log.

    ``find_workspace`` says whose calendar a token opens, ``read_calendar`` writes the
    calendar of a workspace; ``find_trouble`` says in one line why the bot is not well, or
    nothing.
    """

    def __init__(
        self,
        port: int,
        host: str,
        *,
        find_workspace: Callable[[str], Awaitable[str | None]],
        read_calendar: Callable[[str], Awaitable[bytes]],
        find_trouble: Callable[[], str] = str,
    ) -> None:
        self._port = port
        self._host = host
        self._find_workspace = find_workspace
        self._read_calendar = read_calendar
        self._find_trouble = find_trouble
        self._written: dict[str, _Written] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._readers = asyncio.Semaphore(_READERS)
        self._busy = 0
        self._runner = web.AppRunner(
            self._make_app(),
            access_log=None,
            logger=_SILENT,
            max_line_size=_MAX_LINE,
            max_field_size=_MAX_LINE,
            shutdown_timeout=5,
        )

    async def start(self) -> None:
        """Listen.

        Raises:
            SettingsError: the port or the address can't be had.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.close()
            has_number = error.errno is not None and error.errno > 0
            reason = os.strerror(error.errno or 0) if has_number else error.strerror
            raise SettingsError(
                f"METRICS_PORT {self._port} on {self._host} can't be opened: {reason}. "
                "Choose another port, or leave METRICS_PORT empty."
            ) from error
        logger.info("web.listening host=%s port=%d", self._host, self.port)

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._runner.addresses[0][1]
        return port

    async def close(self) -> None:
        """Stop listening; what is being answered has a few seconds."""
        await self._runner.cleanup()

    def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[_guard], client_max_size=1024)
        app.router.add_get("/healthz", self._tell_health)
        app.router.add_get("/calendar/{token:[A-Za-z0-9_-]{20,100}}.ics", self._send_calendar)
        app.on_response_prepare.append(_hide_server)
        return app

    async def _tell_health(self, _request: web.Request) -> web.Response:
        trouble = self._find_trouble()
        status, text = (503, trouble) if trouble else (200, "ok")
        return web.Response(status=status, text=f"{text}\n", headers={"Cache-Control": "no-store"})

    async def _send_calendar(self, request: web.Request) -> web.StreamResponse:
        if self._busy >= AT_ONCE:
            raise web.HTTPServiceUnavailable
        self._busy += 1
        try:
            written = await self._find_calendar(request.match_info["token"])
        finally:
            self._busy -= 1
        headers = {"Cache-Control": "private, max-age=60", "ETag": f'"{written.etag}"'}
        if any(known.value in ("*", written.etag) for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = "text/calendar; charset=utf-8"
        headers["Content-Disposition"] = 'attachment; filename="visits.ics"'
        return web.Response(body=written.body, headers=headers)

    async def _find_calendar(self, token: str) -> _Written:
        # Few at once, so that those who guess tokens don't keep the bot from its database.
        async with self._readers:
            workspace = await self._find_workspace(token)
        if workspace is None:
            raise web.HTTPNotFound
        async with self._locks[workspace]:
            now = asyncio.get_running_loop().time()
            kept = self._written.get(workspace)
            if kept is None or kept.until <= now:
                body = await self._read_calendar(workspace)
                kept = _Written(body, sha256(body).hexdigest()[:32], now + KEPT_SECONDS)
                fresh = {name: one for name, one in self._written.items() if one.until > now}
                self._written = fresh | {workspace: kept}
            return kept


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """One shape for every refusal, and the headers that every answer carries."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        response = _refuse(refusal.status, refusal.reason)
        if "Allow" in refusal.headers:
            response.headers["Allow"] = refusal.headers["Allow"]
    except BotError as error:
        logger.warning("calendar.failed reason=%s", error)
        response = _refuse(503, "Service Unavailable")
    except Exception as error:  # a bug of ours must not show its inside to whoever asks
        # Nor to who reads the log: its message may quote the link.
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("calendar.broken error=%s\n%s", type(error).__name__, frames)
        response = _refuse(500, "Internal Server Error")
    response.headers.update(_HEADERS)
    return response


def _refuse(status: int, reason: str) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = "60"
    return web.Response(status=status, text=f"{reason}\n", headers=headers)


async def _hide_server(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
