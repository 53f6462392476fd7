"""From a feed on a real socket to stored articles, good input and bad."""

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
from bot.errors import BotError, InputError
from bot.jobs.gather import extract_new, poll
from bot.model import FeedState, make_author

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
HERE = "console"
BY = make_author(HERE, NOW)


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


async def articles_of(desk: BotCommands, workspace: str = HERE) -> list[str]:
    found = await desk.tools.store.list_articles(
        workspace, start_at=NOW - timedelta(days=900), end_at=NOW + timedelta(days=9)
    )
    return [article.title for article in found]


async def test_a_new_entry_is_read_whole_from_its_page(desk: BotCommands, web: FakeWeb) -> None:
    web.serve("/1", PAGE.format(PARAGRAPH * 2), content_type="text/html")
    url = web.serve(
        "/feed.xml", feed((web.url("/1"), "Tariff deal", "Mon, 10 Mar 2025 08:00:00 +0000"))
    )
    preview = await desk.add_feed(HERE, url, by=BY)
    assert preview.feed.title == "Gazette"
    assert [entry.title for entry in preview.entries] == ["Tariff deal"]
    assert await poll(desk.tools) == 1
    article = await desk.tools.store.find_article(HERE, web.url("/1"))
    assert article is not None
    assert "118 billion dollars" in article.text
    assert "Copyright" not in article.text
    assert not article.is_stub
    for sentence in article.sentences:
        assert article.text[sentence.start : sentence.end] == sentence.text
    assert await extract_new(desk.tools) == 1
    brief = await desk.write_brief(HERE, hours=24, now=NOW)
    assert any("bourbon" in item.text for section in brief.sections for item in section.items)


async def test_a_teaser_whose_page_is_gone_is_kept_and_marked(
    desk: BotCommands, web: FakeWeb
) -> None:
    url = web.serve(
        "/feed.xml", feed((web.url("/gone"), "Lost page", "Mon, 10 Mar 2025 08:00:00 +0000"))
    )
    await desk.add_feed(HERE, url, by=BY)
    await poll(desk.tools)
    article = await desk.tools.store.find_article(HERE, web.url("/gone"))
    assert article is not None
    assert article.is_stub
    assert article.text == "A teaser of the tariff story."


async def test_a_second_poll_asks_conditionally_and_brings_nothing_twice(
    desk: BotCommands, web: FakeWeb
) -> None:
    item = (web.url("/1"), "One", "Mon, 10 Mar 2025 08:00:00 +0000")
    url = web.serve("/feed.xml", feed(item), etag='"v1"')
    await desk.add_feed(HERE, url, by=BY)
    assert await poll(desk.tools) == 1
    assert await poll(desk.tools) == 0, "not due yet"
    pass_time(desk, minutes=31)
    assert await poll(desk.tools) == 0
    assert web.requests[-1].headers["If-None-Match"] == '"v1"'
    # The publisher gives the entry a new date and a new id: still the same article.
    redated = feed(item).replace("08:00:00", "11:00:00").replace("<guid>", "<guid>new-")
    web.serve("/feed.xml", redated, etag='"v2"')
    pass_time(desk, minutes=31)
    assert await poll(desk.tools) == 0
    assert await articles_of(desk) == ["One"]


async def test_a_new_feeds_archive_does_not_flood_todays_brief(
    desk: BotCommands, web: FakeWeb
) -> None:
    old = (web.url("/old"), "Old tariff", "Mon, 03 Feb 2025 08:00:00 +0000")
    url = web.serve("/feed.xml", feed(old))
    await desk.add_feed(HERE, url, by=BY)
    await poll(desk.tools)
    brief = await desk.write_brief(HERE, hours=24, now=NOW)
    assert brief.trust.articles == 0
    assert await articles_of(desk) == ["Old tariff"]


async def test_a_site_address_finds_the_feed_it_announces(desk: BotCommands, web: FakeWeb) -> None:
    feed_url = web.serve("/rss.xml", feed((web.url("/1"), "One", "")))
    site = web.serve(
        "/",
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>'
        "<body><p>Welcome to the gazette.</p></body></html>",
        content_type="text/html",
    )
    preview = await desk.add_feed(HERE, site, by=BY)
    assert preview.feed.url == feed_url


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        ("<html><body><p>Just a page.</p></body></html>", "text/html", "no feed"),
        (
            "<html><head><title>Just a moment...</title></head><body>Checking your browser before "
            "accessing the site. Enable JavaScript and cookies to continue</body></html>",
            "text/html",
            "human",
        ),
        ("{}", "application/json", "feed"),
        ("", "application/xml", "nothing.*another"),
    ],
)
async def test_what_is_no_feed_is_refused_in_one_line_and_nothing_is_stored(
    desk: BotCommands, web: FakeWeb, body: str, content_type: str, words: str
) -> None:
    url = web.serve("/x", body, content_type=content_type)
    with pytest.raises(BotError, match=f"(?i){words}") as caught:
        await desk.add_feed(HERE, url, by=BY)
    assert "\n" not in str(caught.value)
    assert await desk.list_feeds(HERE) == ()


async def test_a_feed_that_breaks_is_a_state_and_stops_no_other(
    desk: BotCommands, web: FakeWeb
) -> None:
    good = (web.url("/1"), "Good", "Mon, 10 Mar 2025 08:00:00 +0000")
    for name in ("a", "b", "c"):
        await desk.add_feed(HERE, web.serve(f"/{name}.xml", feed(good)), by=BY, title=name)
    web.serve("/a.xml", "<html><body>We have moved</body></html>", content_type="text/html")
    web.serve("/b.xml", "", status=503)
    assert await poll(desk.tools) == 1
    states = {found.title: found.state for found in await desk.list_feeds(HERE)}
    assert states["a"] is FeedState.NOT_A_FEED
    assert states["b"].is_failing
    assert states["c"] is FeedState.OK
    reasons = [found.reason for found in await desk.list_feeds(HERE) if found.state.is_failing]
    assert all(reasons)
    brief = await desk.write_brief(HERE, hours=24, now=NOW)
    assert set(brief.trust.feeds_failing) == {"a", "b"}


async def test_a_failing_feed_is_asked_less_and_less_often(desk: BotCommands, web: FakeWeb) -> None:
    url = web.serve("/a.xml", feed((web.url("/1"), "Good", "")))
    await desk.add_feed(HERE, url, by=BY)
    web.serve("/a.xml", "", status=500)
    await poll(desk.tools)
    waits = []
    for _ in range(8):
        (found,) = await desk.list_feeds(HERE)
        assert found.next_poll_at is not None
        clock = desk.tools.clock
        assert isinstance(clock, SetClock)
        waits.append(found.next_poll_at - clock.now)
        clock.now = found.next_poll_at
        await poll(desk.tools)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=1)
    assert waits[-1] == timedelta(days=1)


@pytest.mark.parametrize("url", ["", "nonsense", "http://localhost/feed", "file:///etc/passwd"])
async def test_an_address_that_may_not_be_fetched_is_refused(desk: BotCommands, url: str) -> None:
    with pytest.raises(BotError):
        await desk.add_feed(HERE, url, by=BY)


async def test_feeds_are_found_by_number_address_or_title(desk: BotCommands, web: FakeWeb) -> None:
    preview = await desk.add_feed(HERE, web.serve("/a.xml", feed()), by=BY, title="Mine")
    assert (await desk.get_feed(HERE, "mine")).id == preview.feed.id
    assert (await desk.get_feed(HERE, str(preview.feed.id))).id == preview.feed.id
    with pytest.raises(InputError, match="list of feeds"):
        await desk.remove_feed(HERE, "other", by=BY)
    removed = await desk.remove_feed(HERE, preview.feed.url, by=BY)
    assert removed.title == "Mine"
    assert await desk.list_feeds(HERE) == ()


async def test_a_workspace_sees_nothing_of_anothers_feeds(desk: BotCommands, web: FakeWeb) -> None:
    item = (web.url("/1"), "Secret tariff", "Mon, 10 Mar 2025 08:00:00 +0000")
    await desk.add_feed("discord:1", web.serve("/a.xml", feed(item)), by=BY)
    await poll(desk.tools)
    await extract_new(desk.tools)
    assert await articles_of(desk, "discord:1") == ["Secret tariff"]
    assert await articles_of(desk, "discord:2") == []
    assert (await desk.write_brief("discord:2", hours=24, now=NOW)).trust.articles == 0
    reply = await desk.ask("discord:2", "What is the secret tariff?", now=NOW)
    assert not reply.is_answered
    assert reply.citations == ()
    assert (
        (await desk.trace("discord:2", web.url("/1"), now=NOW)).steps[0].startswith("not fetched")
    )
