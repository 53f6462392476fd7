"""Why an article was in a brief or not: told from what the brief itself decided."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from posting_samples import FRIGATE, HERE, NOW, SIX, TARIFF, Desk
from stage_samples import settings_for

from bot.app import open_tools
from bot.jobs import compose
from bot.jobs.tracing import trace_article
from bot.model import Length, Look
from bot.why import explain_article

LATER = SIX + timedelta(seconds=20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AROUND = (
    "It had been discussed in parliament since last winter, and both coasts had asked for it."
    " Workers in Mumbai cheered when they heard of it."
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_tools(settings_for(tmp_path)) as tools:
        yield Desk(tools)


async def trace(desk: Desk, url: str) -> str:
    found = await trace_article(desk.tools, HERE, url, desk.clock())
    assert found.url == url
    assert all(step and "\n" not in step for step in found.steps)
    return "\n".join(found.steps)


async def test_what_no_feed_brought_is_told_so(desk: Desk) -> None:
    await desk.feed()
    told = await trace(desk, "https://gazette.example/none")
    assert told.startswith("not fetched: none of the feeds followed here (1)")


async def test_a_line_that_was_posted_is_named_with_its_brief_and_place(desk: Desk) -> None:
    await desk.order()
    url = await desk.bring(f"{TARIFF} {AROUND}")
    await desk.post(LATER)
    told = await trace(desk, url)
    assert "fetched: Gazette, published 2025-03-10 12:00 UTC" in told
    assert "by the feed “Gazette”" in told
    assert "gazette.example/feed" not in told, "its address may hold a key"
    assert "story: no other article of those days" in told
    assert "kept under trade (sentence 1): India will cut" in told
    assert (
        "order 1 (channel desk): brief of 2025-03-11 06:00 UTC: shown as line 1 of Trade: India"
        in told
    )


async def test_a_copy_names_whom_it_copies(desk: Desk) -> None:
    await desk.order()
    await desk.bring(f"{TARIFF} {AROUND}")
    desk.clock.advance(minutes=5)
    copy = await desk.bring(f"{TARIFF} {AROUND}", by="herald", title="Copied")
    await desk.post(LATER)
    told = await trace(desk, copy)
    assert "copies of its text: Gazette" in told
    assert "copy of Gazette (https://gazette.example/" in told
    assert "which is line 1 of Trade" in told


async def test_what_was_said_before_names_when_and_by_whom(desk: Desk) -> None:
    await desk.order()
    await desk.bring(f"{TARIFF} {AROUND}")
    await desk.post(LATER)
    again = await desk.bring(f"{TARIFF} Nobody in the gallery was surprised.", by="herald")
    await desk.post(LATER + DAY)
    told = await trace(desk, again)
    assert "said before, on 2025-03-10 12:00 UTC by Gazette" in told


async def test_what_is_over_the_cap_names_its_place_and_the_cap(desk: Desk) -> None:
    await desk.order(look=Look(length=Length.SHORT))
    urls = []
    for number, what in enumerate(("steel", "soybeans", "whisky", "copper", "cotton")):
        line = f"India will raise its tariff on {what} to {11 + number} per cent, a minister said."
        urls.append(await desk.bring(line, by=f"paper{number}"))
        desk.clock.advance(minutes=1)
    await desk.post(LATER)
    traces = [await trace(desk, url) for url in urls]
    assert sum("shown as line" in told for told in traces) == 3
    over = [told for told in traces if "over the cap: line" in told]
    assert len(over) == 2
    assert all("of at most 3 in Trade" in told for told in over)


async def test_a_topic_that_the_order_or_the_feed_does_not_have_is_named(desk: Desk) -> None:
    await desk.order(tags=("defence",))
    url = await desk.bring(TARIFF)
    await desk.post(LATER)
    assert "its topic trade is not in this order: India will cut" in await trace(desk, url)
    await desk.feed("herald", tags=["visits"])
    other = await desk.bring(FRIGATE, by="herald")
    await desk.post(LATER + DAY)
    assert "its feed is followed for visits only" in await trace(desk, other)


async def test_what_was_seen_after_its_brief_waits_for_the_next(desk: Desk) -> None:
    await desk.order()
    await desk.bring(FRIGATE)
    await desk.post(LATER)
    url = await desk.bring(TARIFF)
    told = await trace(desk, url)
    assert "not posted yet; the next brief is due 2025-03-12 06:00 UTC" in told
    assert "not analysed yet" in told


async def test_skipped_and_paused_briefs_are_told_with_their_reasons(desk: Desk) -> None:
    order = await desk.order()
    await desk.bring(FRIGATE)
    await desk.post(LATER)
    url = await desk.bring(TARIFF)
    await desk.store.pause_subscription(order.id, "the channel is gone")
    await desk.post(LATER + DAY)
    told = await trace(desk, url)
    assert "the brief of 2025-03-12 06:00 UTC was skipped: paused: the channel is gone" in told
    assert "this order is paused: the channel is gone" in told


async def test_each_order_is_told_of_and_without_one_a_plain_day(desk: Desk) -> None:
    url = await desk.bring(TARIFF)
    await desk.commands.write_brief(HERE, hours=1, now=NOW)
    told = await trace(desk, url)
    assert "no brief is scheduled here; a brief of the day up to 2025-03-10 12:00 UTC" in told
    assert "shown as line 1 of Trade" in told
    for name in ("one", "two"):
        await desk.order(name)
    told = await trace(desk, url)
    assert "order 1 (channel one): " in told
    assert "order 2 (channel two): " in told


async def test_a_feed_titled_by_its_address_is_named_by_its_outlet(desk: Desk) -> None:
    url = await desk.bring(TARIFF)
    article = await desk.store.find_article(HERE, url)
    (feed,) = await desk.store.list_feeds(HERE)
    assert article is not None
    keyed = replace(feed, title="https://gazette.example/feed?key=SECRET")
    told = " ".join(explain_article(article, keyed))
    assert "by the feed “Gazette”" in told
    assert "SECRET" not in told


async def test_orders_of_one_period_read_two_years_once_and_are_told_each_their_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, tags in (("one", ("trade",)), ("two", ("defence",)), ("three", ())):
        await desk.order(name, tags=tags)
    url = await desk.bring(f"{TARIFF} {AROUND}")
    await desk.post(LATER)
    periods, read = [], compose.write_period

    async def count(*args: Any, **period: Any) -> compose.Written:
        periods.append(period)
        return await read(*args, **period)

    monkeypatch.setattr("bot.jobs.tracing.write_period", count)
    told = await trace(desk, url)
    assert len(periods) == 1
    assert "order 1 (channel one): brief of 2025-03-11 06:00 UTC: shown as line 1" in told
    assert "its topic trade is not in this order: India will cut" in told
    assert "order 3 (channel three): brief of 2025-03-11 06:00 UTC: shown as line 1" in told


async def test_a_text_of_nothing_tells_how_near_a_line_was(desk: Desk) -> None:
    await desk.order()
    url = await desk.bring("The garden show opened on Monday. Roses won the first prize again.")
    await desk.post(LATER)
    told = await trace(desk, url)
    assert "no line under trade: " in told
    assert "in no brief: no sentence belongs to a topic" in told


async def test_an_article_of_long_ago_is_told_without_a_brief(desk: Desk) -> None:
    url = await desk.bring(TARIFF)
    desk.clock.advance(days=40)
    await desk.order()
    told = await trace(desk, url)
    assert "no brief of this order covers the time when it was first seen" in told


async def test_a_trace_asks_no_model_and_keeps_nothing(desk: Desk) -> None:
    await desk.order()
    url = await desk.bring(TARIFF)
    before = await desk.store.list_unread("extractive", "1", limit=9)
    await trace(desk, url)
    assert await desk.store.list_unread("extractive", "1", limit=9) == before
    assert await desk.slots() == []
