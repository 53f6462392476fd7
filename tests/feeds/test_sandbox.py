"""One bad document costs one document: real worker processes, killed for real."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from data import bad_inputs_gen as gen
from feeds.cases import build, cases

from bot.errors import DocumentError
from bot.feeds.sandbox import Sandbox
from bot.model import ParsedFeed, ParsedPage

URL = "http://e.test/feed"
GOOD = gen.items(3)
# Damaged, so that it reaches feedparser, whose regular expression takes minutes for it.
ENDLESS = gen.author_bomb(20_000).replace(b"</item>", b"</broken>")
NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(timeout_s=1.0) as parser:
        yield parser


async def failure(sandbox: Sandbox, body: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        await sandbox.parse_feed(body, url=URL)
    return caught.value


def pids(caplog: pytest.LogCaptureFixture) -> list[int]:
    return [
        int(record.getMessage().partition("pid=")[2])
        for record in caplog.records
        if record.name == "bot.feeds.sandbox"
    ]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("real_starts")
async def test_documents_come_back_as_values(sandbox: Sandbox) -> None:
    feed = await sandbox.parse_feed(GOOD, url=URL, content_type="text/xml")
    page = await sandbox.parse_page(b"<html lang=de><title>T</title></html>", url=URL)
    assert isinstance(feed, ParsedFeed)
    assert [entry.title for entry in feed.entries] == ["t0", "t1", "t2"]
    assert isinstance(page, ParsedPage)
    assert (page.title, page.language) == ("T", "de")


async def test_a_date_crosses_with_its_offset(sandbox: Sandbox) -> None:
    item = b"<title>t</title><pubDate>Tue, 28 Jan 2025 06:10:00 +0530</pubDate>"
    feed = await sandbox.parse_feed(gen.H + gen.item(item) + gen.T, url=URL)
    assert feed.entries[0].published_at is not None
    assert feed.entries[0].published_at.isoformat() == "2025-01-28T06:10:00+05:30"


async def test_allowed_hosts_reach_the_worker() -> None:
    item = gen.item(b"<title>t</title><link>http://127.0.0.1:9/</link>")
    async with Sandbox(allow_hosts=frozenset({"127.0.0.1"})) as parser:
        feed = await parser.parse_feed(gen.H + item + gen.T, url=URL)
    assert feed.entries[0].url == "http://127.0.0.1:9/"


async def test_the_workers_own_refusal_arrives_whole(sandbox: Sandbox) -> None:
    error = await failure(sandbox, b"<html><body>page</body></html>")
    assert (error.reason, error.permanent) == ("not_a_feed", True)
    assert "not a feed" in str(error)
    captcha = await failure(sandbox, b"<title>Just a moment...</title>")
    assert (captcha.reason, captcha.permanent) == ("captcha", False)


@pytest.mark.timeout(30)
async def test_an_endless_document_ends_at_its_limit_and_the_next_is_read(
    sandbox: Sandbox,
) -> None:
    await sandbox.parse_feed(GOOD, url=URL)
    error = await failure(sandbox, ENDLESS)
    assert error.reason == "timeout"
    assert len((await sandbox.parse_feed(GOOD, url=URL)).entries) == 3


async def test_a_bad_document_does_not_stop_the_good_beside_it(sandbox: Sandbox) -> None:
    await asyncio.gather(*(sandbox.parse_feed(GOOD, url=URL) for _ in range(2)))
    bad = asyncio.create_task(failure(sandbox, ENDLESS))
    for _ in range(3):
        await sandbox.parse_feed(GOOD, url=URL)
    assert not bad.done()
    assert (await bad).reason == "timeout"


async def test_the_loop_turns_while_documents_are_read(sandbox: Sandbox) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.005)
            turns += 1

    turning = asyncio.create_task(turn())
    large = gen.pad(4_000_000)
    await asyncio.gather(
        failure(sandbox, ENDLESS), *(sandbox.parse_feed(large, url=URL) for _ in range(4))
    )
    turning.cancel()
    assert turns > 20, "two hundred fit into the second that the endless one takes"


async def test_a_worker_that_is_killed_is_replaced(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await sandbox.parse_feed(GOOD, url=URL)
    reading = asyncio.create_task(failure(sandbox, ENDLESS))
    await asyncio.sleep(0.2)
    os.kill(pids(caplog)[0], signal.SIGKILL)
    error = await reading
    assert (error.reason, str(error).count("\n")) == ("crashed", 0)
    assert len((await sandbox.parse_feed(GOOD, url=URL)).entries) == 3


async def test_a_worker_that_died_while_idle_costs_no_document(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await sandbox.parse_feed(GOOD, url=URL)
    os.kill(pids(caplog)[0], signal.SIGKILL)
    await asyncio.sleep(0.1)
    assert len((await sandbox.parse_feed(GOOD, url=URL)).entries) == 3


async def test_a_document_that_needs_too_much_memory_is_given_up() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [%s{}]}' % (b"{}," * 1_600_000)
    async with Sandbox(timeout_s=5.0, memory_mb=200) as parser:
        await parser.parse_feed(GOOD, url=URL)
        error = await failure(parser, body)
        assert error.reason == "crashed"
        await parser.parse_feed(GOOD, url=URL)


async def test_a_cancelled_document_does_not_answer_the_next_one(sandbox: Sandbox) -> None:
    await sandbox.parse_feed(GOOD, url=URL)
    reading = asyncio.create_task(sandbox.parse_feed(ENDLESS, url=URL))
    await asyncio.sleep(0.1)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert len((await sandbox.parse_feed(GOOD, url=URL)).entries) == 3


async def test_no_worker_starts_before_the_first_document_and_none_outlives_close(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    sandbox = Sandbox(workers=2)
    assert pids(caplog) == []
    await asyncio.gather(*(sandbox.parse_feed(GOOD, url=URL) for _ in range(6)))
    assert 1 <= len(pids(caplog)) <= 2
    await sandbox.close()
    assert not any(is_running(pid) for pid in pids(caplog))


async def test_close_ends_what_is_being_read(sandbox: Sandbox) -> None:
    await sandbox.parse_feed(GOOD, url=URL)
    reading = asyncio.create_task(failure(sandbox, ENDLESS))
    await asyncio.sleep(0.1)
    await sandbox.close()
    assert (await reading).reason == "crashed"


@NEEDS_PROC
@pytest.mark.usefixtures("real_starts")
async def test_a_worker_holds_no_secrets(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    await sandbox.parse_feed(GOOD, url=URL)
    (pid,) = pids(caplog)
    assert b"s3cret" not in Path(f"/proc/{pid}/environ").read_bytes()
    # Standard streams and its socket: nothing of ours is left open in it.
    assert len(list(Path(f"/proc/{pid}/fd").iterdir())) <= 4


def test_workers_end_when_the_program_is_killed() -> None:
    script = textwrap.dedent(
        """
        import asyncio, logging, sys
        from bot.feeds.sandbox import Sandbox
        logging.basicConfig(level=logging.INFO, stream=sys.stdout)
        async def main():
            sandbox = Sandbox()
            await sandbox.parse_page(b"<html><title>x</title></html>", url="http://e.test/")
            print("read", flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        first = program.stdout.readline().decode()
        assert program.stdout.readline() == b"read\n"
        program.kill()
    pid = int(first.partition("pid=")[2])
    deadline_s = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline_s:
        time.sleep(0.02)
    assert not is_running(pid)


def test_a_worker_may_not_use_the_network_or_start_programs() -> None:
    script = textwrap.dedent(
        """
        import os, socket, subprocess
        from bot.workers.inside import limit_process
        limit_process(1024)
        for attempt in (
            lambda: socket.create_connection(("127.0.0.1", 9)),
            lambda: socket.getaddrinfo("example.org", 80),
            lambda: subprocess.run(["true"]),
            lambda: os.fork(),
        ):
            try:
                attempt()
            except PermissionError:
                print("refused")
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "refused\n" * 4


@pytest.fixture(scope="module")
def shared() -> dict[str, bytes]:
    """Each hostile document once, built."""
    documents = {}
    for case in cases("feed_xml", "article_page"):
        value = build(case.values[0])
        if isinstance(value, str | bytes):
            documents[case.id] = value.encode() if isinstance(value, str) else value
    return documents


async def test_every_hostile_document_is_read_or_refused_in_time(shared: dict[str, bytes]) -> None:
    async def reason(parser: Sandbox, name: str, body: bytes) -> str:
        parse = parser.parse_feed if name.startswith("feed") else parser.parse_page
        try:
            await parse(body, url=URL)
        except DocumentError as error:
            return error.reason
        return ""

    async with Sandbox(timeout_s=4.0) as parser:
        reasons = {name: await reason(parser, name, body) for name, body in shared.items()}
    assert len(reasons) > 30
    assert "crashed" not in reasons.values()
    assert {reasons["feed_xml-001"], reasons["feed_xml-002"], reasons["feed_xml-015"]} == {"unsafe"}
    assert reasons["feed_xml-029"] == "not_a_feed"
    assert reasons["article_page-001"] == "too_large"
