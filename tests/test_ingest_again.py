"""What a feed brings again under another name, and when one that fails is asked again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.outbox import SetClock
from fakes.web import FakeWeb
from feed_samples import PAGE, PARAGRAPH, feed
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.jobs.gather import poll
from bot.model import make_author

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
HERE = "console"
BY = make_author("console", NOW)
LONG_AGO = "Mon, 10 Mar 2025 08:00:00 +0000"


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with FakeWeb() as server:
        yield server


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_tools(settings_for(tmp_path), clock=SetClock(NOW)) as tools:
        yield BotCommands(tools)


def pass_time(desk: BotCommands, **by: float) -> None:
    clock = desk.tools.clock
    assert isinstance(clock, SetClock)
    clock.advance(**by)


async def test_an_entry_under_another_address_and_id_brings_no_article_and_is_read_once(
    desk: BotCommands, web: FakeWeb
) -> None:
    for path in ("/1", "/moved"):
        web.serve(path, PAGE.format(PARAGRAPH * 2), content_type="text/html")
    url = web.serve("/feed.xml", feed((web.url("/1"), "Tariff deal", LONG_AGO)))
    await desk.add_feed(HERE, url, by=BY)
    assert await poll(desk.tools) == 1
    moved = feed((web.url("/moved"), "Tariff deal", "Tue, 11 Mar 2025 08:00:00 +0000"))
    for _ in range(3):
        web.serve("/feed.xml", moved)
        pass_time(desk, minutes=31)
        assert await poll(desk.tools) == 0
    found = await desk.tools.store.list_articles(
        HERE, start_at=NOW - timedelta(days=9), end_at=NOW + timedelta(days=9)
    )
    assert [article.title for article in found] == ["Tariff deal"]
    assert [request.path for request in web.requests].count("/moved") == 1


async def test_the_same_title_over_another_text_is_another_article(
    desk: BotCommands, web: FakeWeb
) -> None:
    web.serve("/1", PAGE.format(PARAGRAPH * 2), content_type="text/html")
    other = PARAGRAPH.replace("bourbon to 100", "cheese to 20")
    web.serve("/2", PAGE.format(other * 2), content_type="text/html")
    url = web.serve("/feed.xml", feed((web.url("/1"), "Tariff deal", LONG_AGO)))
    await desk.add_feed(HERE, url, by=BY)
    await poll(desk.tools)
    web.serve("/feed.xml", feed((web.url("/2"), "Tariff deal", LONG_AGO)))
    pass_time(desk, minutes=31)
    assert await poll(desk.tools) == 1


async def test_one_text_twice_in_a_document_is_one_article(desk: BotCommands, web: FakeWeb) -> None:
    for path in ("/1", "/2"):
        web.serve(path, PAGE.format(PARAGRAPH * 2), content_type="text/html")
    items = [(web.url(path), "Tariff deal", LONG_AGO) for path in ("/1", "/2")]
    await desk.add_feed(HERE, web.serve("/feed.xml", feed(*items)), by=BY)
    assert await poll(desk.tools) == 1


async def test_the_same_text_in_another_feed_is_that_feeds_article(
    desk: BotCommands, web: FakeWeb
) -> None:
    for path in ("/1", "/2"):
        web.serve(path, PAGE.format(PARAGRAPH * 2), content_type="text/html")
    for name in ("a", "b"):
        await desk.add_feed(HERE, web.serve(f"/{name}.xml", feed()), by=BY, title=name)
    await poll(desk.tools)
    web.serve("/a.xml", feed((web.url("/1"), "Tariff deal", LONG_AGO)))
    web.serve("/b.xml", feed((web.url("/2"), "Tariff deal", LONG_AGO)))
    pass_time(desk, minutes=31)
    assert await poll(desk.tools) == 2


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ("7200", 2),
        ("Mon, 10 Mar 2025 17:00:00 GMT", 5),
        ("60", 1),
        ("999999999", 24),
        ("Mon, 10 Mar 2031 17:00:00 GMT", 24),
        ("Mon, 10 Mar 2003 17:00:00 GMT", 1),
        ("soon", 1),
        ("-5", 1),
        ("", 1),
        ("Wed, 21 Oct 0 07:28:00 +9999", 1),
    ],
)
async def test_a_site_that_asks_to_wait_is_not_asked_before_but_within_a_day(
    desk: BotCommands, web: FakeWeb, told: str, hours: int
) -> None:
    url = web.serve("/a.xml", feed((web.url("/1"), "Good", "")))
    await desk.add_feed(HERE, url, by=BY)
    web.serve("/a.xml", "", status=429, headers={"Retry-After": told})
    await poll(desk.tools)
    (found,) = await desk.list_feeds(HERE)
    assert found.next_poll_at == NOW + timedelta(hours=hours)
    assert found.failing_since == NOW


async def test_since_when_a_feed_fails_is_kept_until_it_is_read_again(
    desk: BotCommands, web: FakeWeb
) -> None:
    url = web.serve("/a.xml", feed((web.url("/1"), "Good", "")))
    await desk.add_feed(HERE, url, by=BY)
    web.serve("/a.xml", "", status=500)
    for _ in range(2):
        await poll(desk.tools)
        (found,) = await desk.list_feeds(HERE)
        assert found.failing_since == NOW
        pass_time(desk, hours=3)
    web.serve("/a.xml", feed((web.url("/1"), "Good", "")))
    await poll(desk.tools)
    (found,) = await desk.list_feeds(HERE)
    assert found.failing_since is None
