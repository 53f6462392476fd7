"""The guarded fetch, over real sockets: good answers, refusals, politeness."""

import asyncio
import socket

import pytest
from fakes.web import FakeWeb
from feeds.wire import Names, failure, fetcher, raw_server

from bot.feeds.pace import Pace


async def test_a_feed_comes_back_with_what_the_next_poll_needs(web: FakeWeb) -> None:
    url = web.serve(
        "/feed", "<rss/>", content_type="application/rss+xml; charset=utf-8", etag='"7"'
    )
    async with fetcher() as guarded:
        fetched = await guarded.fetch(url)
        again = await guarded.fetch(url, etag=fetched.etag)
    assert (fetched.status, fetched.body, fetched.etag) == (200, b"<rss/>", '"7"')
    assert fetched.content_type == "application/rss+xml; charset=utf-8"
    assert (again.status, again.body) == (304, b"")
    assert web.requests[0].headers["User-Agent"] == "briefing-bot/test"


async def test_a_feed_without_etag_is_asked_for_by_its_date(web: FakeWeb) -> None:
    date = "Tue, 28 Jan 2025 06:00:00 GMT"
    url = web.serve("/feed", "x", last_modified=date)
    async with fetcher() as guarded:
        fetched = await guarded.fetch(url)
        again = await guarded.fetch(url, last_modified=fetched.last_modified)
    assert (fetched.last_modified, again.status) == (date, 304)


async def test_a_redirect_is_followed_and_the_last_url_told(web: FakeWeb) -> None:
    web.serve("/new?a=1", "x", etag='"1"')
    web.redirect("/old", "/new?a=1#part", status=301)
    async with fetcher() as guarded:
        fetched = await guarded.fetch(web.url("/old"))
        again = await guarded.fetch(web.url("/old"), etag='"1"')
    assert (fetched.url, fetched.body, again.status) == (web.url("/new?a=1"), b"x", 304)


async def test_cookies_are_neither_kept_nor_sent(web: FakeWeb) -> None:
    url = web.serve("/feed", "x", headers={"Set-Cookie": "id=1"})
    async with fetcher() as guarded:
        await guarded.fetch(url)
        await guarded.fetch(url)
    assert all("Cookie" not in request.headers for request in web.requests)


async def test_an_etag_that_would_break_the_next_request_is_forgotten() -> None:
    answer = b"HTTP/1.1 200 OK\r\nETag: \xff\xfe\r\nContent-Length: 1\r\n\r\nx"
    async with raw_server(lambda: [answer]) as url, fetcher() as guarded:
        fetched = await guarded.fetch(url)
        assert (await guarded.fetch(url, etag=fetched.etag)).body == b"x"
    assert fetched.etag == ""


# ---------------------------------------------------------------- bad answers


@pytest.mark.parametrize(
    ("status", "reason", "permanent"),
    [
        (401, "blocked", False),
        (403, "blocked", False),
        (404, "missing", False),
        (406, "server", False),
        (410, "gone", True),
        (429, "blocked", False),
        (451, "blocked", False),
        (500, "server", False),
        (503, "server", False),
        (300, "redirect", False),
    ],
)
async def test_a_refusal_has_its_reason(
    status: int, reason: str, permanent: bool, web: FakeWeb
) -> None:
    web.serve("/feed", "no", status=status)
    async with fetcher() as guarded:
        error = await failure(guarded.fetch(web.url("/feed")))
    assert (error.reason, error.permanent) == (reason, permanent)


@pytest.mark.parametrize(
    ("status", "told"), [(429, "120"), (503, "Wed, 21 Oct 2026 07:28:00 GMT"), (500, "")]
)
async def test_when_a_site_wants_to_be_asked_again_is_told(
    status: int, told: str, web: FakeWeb
) -> None:
    headers = {"Retry-After": told or "120"}
    url = web.serve("/feed", "no", status=status, headers=headers)
    async with fetcher() as guarded:
        assert (await failure(guarded.fetch(url))).retry_after == told


async def test_a_robot_check_with_503_is_a_block(web: FakeWeb) -> None:
    url = web.serve("/feed", "<title>Just a moment...</title>", 503, "text/html")
    async with fetcher() as guarded:
        assert (await failure(guarded.fetch(url))).reason == "blocked"


async def test_a_url_that_is_none_is_told_so() -> None:
    async with fetcher() as guarded:
        error = await failure(guarded.fetch("gopher://example.com/"))
    assert (error.reason, error.permanent) == ("bad_url", True)


async def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    async with fetcher() as guarded:
        error = await failure(guarded.fetch(f"http://127.0.0.1:{port}/"))
    assert (error.reason, error.permanent) == ("unreachable", False)


async def test_the_deadline_spans_all_hops() -> None:
    """Each hop by itself would be in time."""
    answers = [b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"] * 3
    answers.append(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    coming = iter(answers)
    async with raw_server(lambda: [0.2, next(coming)]) as url, fetcher(timeout_s=0.6) as guarded:
        error = await failure(guarded.fetch(url))
    assert error.reason == "timeout"


# ---------------------------------------------------------------- politeness


async def test_one_host_is_asked_with_a_pause_and_another_meanwhile() -> None:
    names = Names({"a.test": [["10.0.0.1"]], "b.test": [["10.0.0.1"]]})
    async with fetcher(frozenset(), pause_s=0.2, resolver=names) as guarded:
        urls = ["http://a.test/1", "http://a.test/2", "http://a.test/3", "http://b.test/"]
        await asyncio.gather(*(failure(guarded.fetch(url)) for url in urls))
    a = [at_s for host, at_s in names.asked if host == "a.test"]
    b = [at_s for host, at_s in names.asked if host == "b.test"]
    assert a[1] - a[0] >= 0.19
    assert a[2] - a[1] >= 0.19
    assert b[0] - a[0] < 0.15


async def test_fifty_feeds_of_one_host_start_one_at_a_time_and_hold_up_no_other() -> None:
    names = Names({"a.test": [["10.0.0.1"]], "b.test": [["10.0.0.1"]]})
    async with fetcher(frozenset(), pause_s=0.02, resolver=names) as guarded:
        many = [failure(guarded.fetch(f"http://a.test/{number}")) for number in range(50)]
        await asyncio.gather(*many, failure(guarded.fetch("http://b.test/")))
    a = [at_s for host, at_s in names.asked if host == "a.test"]
    assert len(a) == 50
    assert a[-1] - a[0] >= 49 * 0.019
    (b,) = (at_s for host, at_s in names.asked if host == "b.test")
    assert b - a[0] < 0.5


async def test_waiting_for_a_host_does_not_use_up_the_deadline() -> None:
    names = Names({"a.test": [["10.0.0.1"]]})
    async with fetcher(frozenset(), pause_s=0.3, timeout_s=0.2, resolver=names) as guarded:
        errors = await asyncio.gather(*(failure(guarded.fetch("http://a.test/")) for _ in range(3)))
    assert [error.reason for error in errors] == ["blocked_address"] * 3


async def test_hosts_of_long_ago_are_forgotten_and_busy_ones_are_not() -> None:
    pace = Pace(pause_s=0.0)
    async with pace.keep("busy.test"):
        for number in range(1500):
            async with pace.keep(f"{number}.test"):
                pass
        assert len(pace._hosts) < 1100
        waiting = asyncio.create_task(_take(pace, "busy.test"))
        await asyncio.sleep(0.01)
        assert not waiting.done()
    await waiting


async def _take(pace: Pace, host: str) -> None:
    async with pace.keep(host):
        pass
