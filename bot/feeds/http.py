"""URL → bytes: from public addresses only, politely, within limits of time, size and hops."""

import asyncio
import logging
import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FetchError, InputError
from bot.feeds.challenge import is_challenge
from bot.feeds.dns import ThreadsResolver
from bot.feeds.pace import Pace
from bot.feeds.urls import PrivateAddressError, check_url, is_public, join_url
from bot.model import Fetched

logger = logging.getLogger(__name__)

_MAX_HOPS = 5
_CHUNK_BYTES = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"
)
_REASONS = {401: "blocked", 403: "blocked", 404: "missing", 410: "gone", 429: "blocked"}
_REASONS |= {451: "blocked"}
_PUTTING_OFF = (429, 503)
_TELLING = {
    "blocked": "The site refuses robots (HTTP {status}). Ask its owner, or use another feed.",
    "missing": "There is nothing at this address (HTTP {status}). Look for the feed's new address.",
    "gone": "The site says that this address is gone for good. Remove the feed.",
    "server": "The site answered with an error (HTTP {status}). It will be tried again.",
}
# In this order: the first class that fits tells most.
_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (TimeoutError, "timeout", "The site took too long to answer."),
    (aiohttp.InvalidURL, "bad_url", "That is not a web address."),
    (aiohttp.ClientSSLError, "unreachable", "The site's certificate is not valid for it."),
    (aiohttp.ClientConnectorDNSError, "unreachable", "No site has that name. Check the spelling."),
    (aiohttp.ClientConnectionError, "unreachable", "The site can't be reached."),
    (aiohttp.ClientError, "server", "The site's answer breaks the rules of HTTP."),
)


class GuardedFetcher:
    """Keeps ``ports.Fetcher``. One request at once and ``pause_s`` between starts per host.

    Hosts of ``allow_hosts`` are the operator's own: they may be private, on any port, and
    are asked without a pause. Waiting for a host does not count against ``timeout_s``.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_hosts: frozenset[str] = frozenset(),
        timeout_s: float = 20.0,
        max_bytes: int = 5_000_000,
        pause_s: float = 1.0,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT}
        self._allow_hosts = allow_hosts
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._pace = Pace(pause_s)
        self._resolver = resolver or ThreadsResolver()
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """GET ``url``; a 304 comes back with an empty body.

        Raises:
            FetchError: ``reason`` is one of bad_url, blocked_address, unreachable, timeout,
                too_large, redirect, blocked, missing, gone, server.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        left_s = self._timeout_s
        clock = asyncio.get_running_loop().time
        target = self._check("", url)
        for _ in range(_MAX_HOPS + 1):
            async with self._pace.keep(self._host_to_spare(target)):
                start_s = clock()
                answer = await self._ask(target, headers, left_s)
            left_s -= clock() - start_s
            if isinstance(answer, Fetched):
                logger.info("url.fetched host=%s status=%s", URL(target).host, answer.status)
                return answer
            target = self._check(target, answer)
        raise FetchError(
            f"The address redirects more than {_MAX_HOPS} times.",
            reason="redirect",
            permanent=False,
        )

    async def close(self) -> None:
        """Let go of connections and threads."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()
        await self._resolver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _check(self, base: str, link: str) -> str:
        """The checked URL of ``link``, typed (no base) or met in a redirect of ``base``."""
        try:
            if base:
                return join_url(base, link, allow_hosts=self._allow_hosts)
            return check_url(link, allow_hosts=self._allow_hosts)
        except PrivateAddressError as error:
            raise FetchError(str(error), reason="blocked_address", permanent=True) from error
        except InputError as error:
            if base:
                raise FetchError(
                    f"The address redirects to where it can't be followed. {error}",
                    reason="redirect",
                ) from error
            raise FetchError(str(error), reason="bad_url", permanent=True) from error

    def _host_to_spare(self, url: str) -> str | None:
        host = URL(url).raw_host or ""
        return None if host in self._allow_hosts else host

    def _session(self, url: str) -> aiohttp.ClientSession:
        """The session for a host: only those of ``allow_hosts`` get unguarded sockets."""
        is_guarded = URL(url).raw_host not in self._allow_hosts
        if is_guarded not in self._sessions:
            connector = aiohttp.TCPConnector(
                resolver=self._resolver,
                use_dns_cache=False,
                force_close=True,
                socket_factory=_open_public_socket if is_guarded else None,
            )
            self._sessions[is_guarded] = aiohttp.ClientSession(
                connector=connector,
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
            )
        return self._sessions[is_guarded]

    async def _ask(self, url: str, headers: Mapping[str, str], timeout_s: float) -> Fetched | str:
        """One request: the answer, or where it redirects to."""
        try:
            async with (
                asyncio.timeout(timeout_s),
                self._session(url).get(
                    URL(url, encoded=True), headers=headers, allow_redirects=False
                ) as response,
            ):
                return await self._read(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _explain(error) from error

    async def _read(self, response: aiohttp.ClientResponse) -> Fetched | str:
        if response.status in _REDIRECTS:
            return response.headers.get("Location", "")
        if response.status == 304:
            return _fetched(response, b"")
        if not 200 <= response.status < 300:
            raise await _refusal(response)
        return _fetched(response, await self._read_body(response))

    async def _read_body(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        if (response.content_length or 0) <= self._max_bytes:
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                body += chunk
                if len(body) > self._max_bytes:
                    break
            else:
                return bytes(body)
        response.close()
        raise FetchError(
            f"The answer is larger than {self._max_bytes / 1_000_000:g} MB.", reason="too_large"
        )


class _BlockedAddressError(OSError):
    """A host name led to an address that is not public."""


def _open_public_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """Make the socket for an address that was resolved, the last moment to refuse it."""
    family, kind, proto, _, address = info
    if not is_public(str(address[0])):
        raise _BlockedAddressError("not a public address")
    return socket.socket(family, kind, proto)


def _fetched(response: aiohttp.ClientResponse, body: bytes) -> Fetched:
    return Fetched(
        url=str(response.url),
        status=response.status,
        body=body,
        content_type=response.headers.get("Content-Type", ""),
        etag=_resendable(response.headers.get("ETag", "")),
        last_modified=_resendable(response.headers.get("Last-Modified", "")),
    )


def _resendable(value: str) -> str:
    """A header value that can be sent back, or "" for one that would break the request."""
    return value if value.isascii() and value.isprintable() else ""


async def _refusal(response: aiohttp.ClientResponse) -> FetchError:
    status = response.status
    reason = _REASONS.get(status, "server" if status >= 400 else "redirect")
    if status == 503 and is_challenge(
        (await response.content.read(_CHUNK_BYTES)).decode(errors="replace")
    ):
        reason = "blocked"
    telling = _TELLING.get(reason, "The site answered in a way that can't be followed.")
    return FetchError(
        telling.format(status=status),
        reason=reason,
        permanent=reason == "gone",
        retry_after=response.headers.get("Retry-After", "") if status in _PUTTING_OFF else "",
    )


def _explain(error: Exception) -> FetchError:
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(
        error.os_error, _BlockedAddressError
    ):
        message = "The host name leads into a private network."
        return FetchError(message, reason="blocked_address", permanent=True)
    for kind, reason, message in _FAILURES:
        if isinstance(error, kind):
            return FetchError(message, reason=reason, permanent=reason == "bad_url")
    raise error
