"""No request reaches an address that is not public: an audit hook sees what is connected to."""

import ipaddress
import sys
from collections.abc import Iterator

import pytest
from fakes.web import FakeWeb
from feeds.cases import cases
from feeds.wire import LOOPBACK, Names, failure, fetcher

_connected: list[tuple[str, int]] | None = None


def _watch(event: str, args: tuple[object, ...]) -> None:
    """Note each connection, and stop those that would leave this machine."""
    if event == "socket.connect" and _connected is not None and isinstance(args[1], tuple):
        host, port = args[1][:2]
        _connected.append((host, port))
        if host != "127.0.0.1":
            raise ConnectionRefusedError("tests stay on this machine")


sys.addaudithook(_watch)


@pytest.fixture
def connected() -> Iterator[list[tuple[str, int]]]:
    """The addresses that sockets of this process were connected to."""
    global _connected
    _connected = []
    yield _connected
    _connected = None


def is_non_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not ip.is_global or ip.is_multicast


@pytest.mark.parametrize("url", cases("ssrf_url", "ssrf_encoding", "ssrf_hostname"))
async def test_a_private_target_is_never_connected_to(
    url: str, connected: list[tuple[str, int]]
) -> None:
    async with fetcher(frozenset()) as web:
        error = await failure(web.fetch(url))
    assert (error.reason, error.permanent, connected) == ("blocked_address", True, [])


@pytest.mark.parametrize("case", cases("ssrf_dns"))
async def test_a_name_that_leads_inside_is_never_connected_to(
    case: dict[str, object], connected: list[tuple[str, int]]
) -> None:
    names = Names(
        {"evil.test": [case.get("dns", ["93.184.215.14"])]},
        delay_s=min(case.get("dns_delay_s", 0), 5),
    )
    async with fetcher(resolver=names, timeout_s=0.3) as web:
        error = await failure(web.fetch(str(case["url"])))
    assert not [host for host, _ in connected if is_non_public(host)]
    assert error.reason in {"blocked_address", "unreachable", "timeout"}
    if len(case.get("dns", [])) == 1:
        assert error.reason == "blocked_address"


@pytest.mark.parametrize("case", cases("ssrf_redirect"))
async def test_each_hop_is_checked_like_the_first(
    case: dict[str, dict[str, object]], web: FakeWeb, connected: list[tuple[str, int]]
) -> None:
    start = web.url("/start", host="open.test")
    answer = case["http"]
    if "redirect_loop" in answer:
        web.redirect("/start", start)
    else:
        web.redirect("/start", answer["location"], answer["status"])
    names = Names({"open.test": [["127.0.0.1"]]})
    async with fetcher(frozenset({"open.test"}), resolver=names) as guarded:
        error = await failure(guarded.fetch(start))
    assert error.reason in {"blocked_address", "redirect"}
    assert len(web.requests) == (6 if "redirect_loop" in answer else 1)
    assert set(connected) == {("127.0.0.1", int(start.split(":")[2][:-6]))}


async def test_an_allowed_address_does_not_open_it_to_other_names(
    web: FakeWeb, connected: list[tuple[str, int]]
) -> None:
    web.serve("/feed", "x")
    names = Names({"evil.test": [["127.0.0.1"]]})
    async with fetcher(LOOPBACK, resolver=names) as guarded:
        error = await failure(guarded.fetch("http://evil.test/feed"))
    assert (error.reason, connected) == ("blocked_address", [])


async def test_a_name_that_changes_its_answer_is_checked_at_each_connection(
    connected: list[tuple[str, int]],
) -> None:
    names = Names({"evil.test": [["93.184.215.14"], ["127.0.0.1"]]})
    async with fetcher(frozenset(), resolver=names) as guarded:
        first = await failure(guarded.fetch("http://evil.test/"))
        second = await failure(guarded.fetch("http://evil.test/"))
    assert (first.reason, second.reason) == ("unreachable", "blocked_address")
    assert [host for host, _ in connected] == ["93.184.215.14"]


async def test_a_proxy_of_the_environment_is_not_used(
    web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", web.url(""))
    async with fetcher(frozenset()) as guarded:
        await failure(guarded.fetch("http://nowhere.invalid/feed"))
    assert web.requests == []
