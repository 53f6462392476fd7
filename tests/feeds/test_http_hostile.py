"""Servers that break the rules cost one fetch and no more than its deadline."""

import gzip
import shutil
import ssl
import subprocess
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from feeds.cases import cases
from feeds.wire import failure, fetcher, raw_server

from bot.errors import FetchError
from bot.feeds.http import GuardedFetcher


def _ok(headers: bytes, *chunks: bytes) -> list[bytes]:
    return [b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n", *chunks]


def _drip(head: bytes, piece: bytes) -> Callable[[], Iterator[bytes | float]]:
    def chunks() -> Iterator[bytes | float]:
        yield head
        while True:
            yield piece
            yield 0.05

    return chunks


_ZEROS = gzip.compress(bytes(50_000_000))
_GZIP = b"Content-Encoding: gzip\r\nContent-Length: %d"
_CHUNKED = b"Transfer-Encoding: chunked"
_ENDLESS = zlib.compressobj()
SERVERS: dict[str, tuple[Callable[[], Iterable[bytes | float]], set[str]]] = {
    "gzip bomb 500 MB from 486 kB": (
        lambda: _ok(_GZIP % len(_ZEROS), _ZEROS),
        {"too_large"},
    ),
    "gzip bomb nested in gzip twice": (
        lambda: _ok(
            b"Content-Encoding: gzip, gzip\r\nContent-Length: %d" % len(gzip.compress(_ZEROS)),
            gzip.compress(_ZEROS),
        ),
        {"too_large", "server", ""},
    ),
    "deflate stream that never ends": (
        _drip(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + _ENDLESS.compress(b""),
            _ENDLESS.compress(bytes(20_000_000)) + _ENDLESS.flush(zlib.Z_SYNC_FLUSH),
        ),
        {"too_large", "server"},
    ),
    "Content-Length 10 TB": (lambda: _ok(b"Content-Length: 10000000000000"), {"too_large"}),
    "chunked body that never ends, 1 byte a second": (
        _drip(b"HTTP/1.1 200 OK\r\n" + _CHUNKED + b"\r\n\r\n", b"1\r\nx\r\n"),
        {"timeout"},
    ),
    "headers 1 byte a second (slowloris)": (_drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"), {"timeout"}),
    "one 1 MB header": (lambda: _ok(b"X: " + b"y" * 1_000_000, b"x"), {"server", "unreachable"}),
    "status line HTTP/9.9 999": (lambda: [b"HTTP/9.9 999\r\n\r\n"], {"server"}),
    "204 with a body": (
        lambda: [b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody"],
        {"", "server"},
    ),
    "connection reset in the middle of the body": (
        lambda: _ok(b"Content-Length: 100", b"half"),
        {"server", "unreachable"},
    ),
    "Transfer-Encoding: chunked, chunked": (
        lambda: _ok(b"Transfer-Encoding: chunked, chunked", b"1\r\nx\r\n0\r\n\r\n"),
        {"server", "", "timeout"},
    ),
    "Content-Encoding: gzip on plain text": (
        lambda: _ok(_GZIP % 10, b"plain text"),
        {"server"},
    ),
    "multipart/x-mixed-replace endless stream": (
        _drip(
            b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n",
            b"--b\r\n\r\nx\r\n",
        ),
        {"timeout"},
    ),
    "1xx responses without end": (
        _drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 102 Processing\r\n\r\n"),
        {"timeout", "server"},
    ),
    "TLS handshake that hangs": (_drip(b"", b""), {"timeout"}),
}
# The others are statuses and a certificate, which have tests of their own.
CASES = [case for case in cases("http_server") if str(case.values[0]["http"]) in SERVERS]


async def outcome(guarded: GuardedFetcher, url: str) -> str:
    """The reason of the failure, or "" for an answer that was small enough."""
    try:
        fetched = await guarded.fetch(url)
    except FetchError as error:
        return error.reason
    assert len(fetched.body) <= 1_000_000
    return ""


@pytest.mark.timeout(30)
@pytest.mark.parametrize("case", CASES)
async def test_a_hostile_server_costs_no_more_than_the_deadline(case: dict[str, str]) -> None:
    name = case["http"]
    chunks, reasons = SERVERS[name]
    async with raw_server(chunks) as url, fetcher(max_bytes=1_000_000) as guarded:
        if name.startswith("TLS"):
            url = url.replace("http:", "https:")
        reason = await outcome(guarded, url)
    assert reason in reasons


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
async def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", "/CN=other.test"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    answer = _ok(b"Content-Length: 1", b"x")
    async with raw_server(lambda: answer, context) as url, fetcher() as guarded:
        error = await failure(guarded.fetch(url))
    assert error.reason == "unreachable"
    assert "certificate" in str(error)
