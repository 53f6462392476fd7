"""The calendars over a real socket: what opens them, what nobody learns, what reaches no log."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.errors import SettingsError, StoreError
from bot.web import server
from bot.web.server import WebServer

TOKEN = "T" * 20 + "-secret_of-the-desk0123"
OTHER = "N" * len(TOKEN)
FILE = "BEGIN:VCALENDAR\r\nX-NAME:नमस्ते\r\nEND:VCALENDAR\r\n".encode()


class Desk:
    """A server with one calendar, and a browser without cookies."""

    def __init__(self, browser: aiohttp.ClientSession) -> None:
        self.tokens = {TOKEN: "discord:1"}
        self.files: list[bytes | Exception] = [FILE]
        self.asked: list[str] = []
        self.written = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.browser = browser
        self.trouble = ""
        self.server = WebServer(
            0,
            "127.0.0.1",
            find_workspace=self.find,
            read_calendar=self.read,
            find_trouble=lambda: self.trouble,
        )

    async def find(self, token: str) -> str | None:
        self.asked.append(token)
        return self.tokens.get(token)

    async def read(self, workspace: str) -> bytes:
        assert workspace == "discord:1"
        await self.gate.wait()
        self.written += 1
        file = self.files[0]
        if isinstance(file, Exception):
            raise file
        return file

    async def get(self, path: str, method: str = "GET", **headers: str):  # type: ignore[no-untyped-def]
        url = f"http://127.0.0.1:{self.server.port}{path}"
        async with self.browser.request(method, url, headers=headers) as response:
            return response, await response.read()

    async def get_raw(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return answer


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with aiohttp.ClientSession() as browser:
        desk = Desk(browser)
        await desk.server.start()
        yield desk
        await desk.server.close()


async def test_a_token_opens_its_calendar(desk: Desk) -> None:
    response, body = await desk.get(f"/calendar/{TOKEN}.ics")
    assert (response.status, body) == (200, FILE)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, max-age=60"
    assert "visits.ics" in response.headers["Content-Disposition"]


async def test_the_head_of_a_calendar_has_no_body(desk: Desk) -> None:
    response, body = await desk.get(f"/calendar/{TOKEN}.ics", "HEAD")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(FILE))


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}', "*"])
async def test_what_did_not_change_is_not_sent_again(desk: Desk, sent: str) -> None:
    etag = (await desk.get(f"/calendar/{TOKEN}.ics"))[0].headers["ETag"]
    asking = {"If-None-Match": sent.format(etag)}
    response, body = await desk.get(f"/calendar/{TOKEN}.ics", **asking)
    assert (response.status, body, response.headers["ETag"]) == (304, b"", etag)
    stale, body = await desk.get(f"/calendar/{TOKEN}.ics", **{"If-None-Match": '"other"'})
    assert (stale.status, body) == (200, FILE)


async def test_a_calendar_is_written_once_a_minute_however_often_it_is_read(desk: Desk) -> None:
    desk.gate.clear()
    reading = [asyncio.create_task(desk.get(f"/calendar/{TOKEN}.ics")) for _ in range(8)]
    await asyncio.sleep(0.1)
    desk.gate.set()
    assert [body for _, body in await asyncio.gather(*reading)] == [FILE] * 8
    desk.files[0] = b"new"
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[1] == FILE
    assert desk.written == 1


async def test_a_calendar_is_written_anew_after_that_minute(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "KEPT_SECONDS", -1.0)
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[1] == FILE
    desk.files[0] = b"new"
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[1] == b"new"


async def test_a_token_that_was_renewed_opens_nothing_from_that_moment(desk: Desk) -> None:
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[0].status == 200
    desk.tokens = {OTHER: "discord:1"}
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[0].status == 404
    assert (await desk.get(f"/calendar/{OTHER}.ics"))[0].status == 200


async def test_whatever_is_not_there_is_not_there_in_one_and_the_same_way(desk: Desk) -> None:
    paths = (
        f"/calendar/{OTHER}.ics",
        f"/calendar/{TOKEN}",
        f"/calendar/{TOKEN[:-1]}.ics",
        f"/calendar/{TOKEN}.ICS",
        f"/calendar/{TOKEN}.ics/",
        "/calendar/.ics",
        "/calendar/x.ics",
        "/calendar/..%2f..%2fetc%2fpasswd.ics",
        "/calendar/%00.ics",
        "/calendar/",
        "/metrics",
        "/",
    )
    shapes = set()
    for path in paths:
        for method in ("GET", "HEAD"):
            response, body = await desk.get(path, method)
            headers = {name: value for name, value in response.headers.items() if name != "Date"}
            assert response.status == 404, path
            shapes.add((method, body, tuple(sorted(headers.items()))))
    assert len(shapes) == 2
    assert desk.written == 0


async def test_only_reading_is_allowed(desk: Desk) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        for path in (f"/calendar/{TOKEN}.ics", f"/calendar/{OTHER}.ics", "/healthz"):
            assert (await desk.get(path, method))[0].status == 405
    assert desk.asked == []


async def test_health_is_told_to_anyone(desk: Desk) -> None:
    response, body = await desk.get("/healthz")
    assert (response.status, body) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


async def test_a_bot_that_is_not_well_says_why(desk: Desk) -> None:
    desk.trouble = "Discord's gateway has not been heard for 200 seconds"
    response, body = await desk.get("/healthz")
    assert (response.status, body) == (503, f"{desk.trouble}\n".encode())
    assert response.headers["Cache-Control"] == "no-store"
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[0].status == 200


@pytest.mark.parametrize("path", [f"/calendar/{TOKEN}.ics", "/healthz", "/nothing"])
async def test_every_answer_says_what_browsers_must_not_do(desk: Desk, path: str) -> None:
    headers = (await desk.get(path))[0].headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (StoreError("The database is locked by another process: try again"), 503, "locked"),
        (RuntimeError(f"bug {TOKEN}"), 500, "calendar.broken error=RuntimeError"),
    ],
)
async def test_a_calendar_that_cannot_be_written_says_so_and_works_again_later(
    desk: Desk, caplog: pytest.LogCaptureFixture, fault: Exception, status: int, said: str
) -> None:
    desk.files[0] = fault
    response, body = await desk.get(f"/calendar/{TOKEN}.ics")
    assert response.status == status
    assert b"locked" not in body
    assert b"bug" not in body
    assert response.headers["Cache-Control"] == "no-store"
    assert said in caplog.text
    assert TOKEN not in caplog.text
    desk.files[0] = FILE
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[0].status == 200


async def test_too_many_at_once_are_asked_to_come_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "AT_ONCE", 2)
    desk.gate.clear()
    waiting = [asyncio.create_task(desk.get(f"/calendar/{TOKEN}.ics")) for _ in range(2)]
    await asyncio.sleep(0.1)
    response, _ = await desk.get(f"/calendar/{TOKEN}.ics")
    assert (response.status, response.headers["Retry-After"]) == (503, "60")
    assert (await desk.get("/healthz"))[0].status == 200
    desk.gate.set()
    assert [got.status for got, _ in await asyncio.gather(*waiting)] == [200, 200]
    assert (await desk.get(f"/calendar/{TOKEN}.ics"))[0].status == 200


async def test_no_token_reaches_a_log_even_of_a_broken_request(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await desk.get(f"/calendar/{TOKEN}.ics")
    await desk.get(f"/calendar/{OTHER}.ics")
    path = f"/calendar/{TOKEN}.ics".encode()
    for request in (
        b"GET " + path + b" HTTP/9.9\r\n\r\n",
        b"GET " + path + b" nonsense\r\n\r\n",
        b"\x16\x03\x01" + path + b"\r\n\r\n",
        b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 10_000 + b"\r\n\r\n",
        b"GET " + path + b"?" + b"z" * 10_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        answer = await desk.get_raw(request)
        assert b" 400 " in answer.split(b"\r\n")[0]
    await desk.get("/healthz")
    out, err = capfd.readouterr()
    for token in (TOKEN, OTHER):
        assert token not in caplog.text + out + err


async def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = WebServer(port, "127.0.0.1", find_workspace=never, read_calendar=never)
        with pytest.raises(SettingsError, match=f"METRICS_PORT {port} .*Address already in use"):
            await desk.start()


async def test_an_address_that_is_not_ours_is_told_in_one_line() -> None:
    desk = WebServer(0, "203.0.113.7", find_workspace=never, read_calendar=never)
    with pytest.raises(SettingsError, match=r"203\.0\.113\.7 can't be opened"):
        await desk.start()


async def never(_asked: str) -> bytes:
    raise AssertionError("nobody asks")
