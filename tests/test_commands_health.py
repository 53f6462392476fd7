"""Health by command: how all stands, what is wrong, and why an article was in a brief or not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from commands_samples import DESK, HERE, NOW, OTHER, STORY, THERE, by, open_desk, opml
from fakes.model import Act, FakeModel

from bot.commands import BotCommands, health
from bot.errors import StoreError
from bot.jobs.gather import extract_new, read
from bot.model import FeedState, Finding, Poll, Reading, StoreSize


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[BotCommands]:
    async with open_desk(tmp_path) as desk:
        yield desk


async def problems(desk: BotCommands, workspace: str = HERE) -> dict[str, Finding]:
    found = await desk.find_problems(workspace, now=NOW)
    return {finding.code: finding for finding in found}


async def fail(desk: BotCommands, feed_id: int, reason: str = "It answers 500.") -> None:
    poll = Poll(
        state=FeedState.UNREACHABLE,
        reason=reason,
        polled_at=NOW,
        next_poll_at=NOW + timedelta(hours=1),
    )
    await desk.tools.store.save_poll(feed_id, poll)


async def begin(desk: BotCommands, workspace: str = HERE, title: str = "A") -> int:
    """Follow a feed and set an order; returns the feed's id."""
    document = opml((title, f"https://a.example/{title}", ""))
    await desk.import_feeds(workspace, document, by=by(desk))
    await desk.set_schedule(workspace, DESK, times="06:00", timezone="UTC", by=by(desk))
    return (await desk.list_feeds(workspace))[0].id


# ---------------------------------------------------------------- what is wrong


async def test_an_empty_server_is_told_what_it_lacks(desk: BotCommands) -> None:
    found = await problems(desk)
    wrong = {code for code, finding in found.items() if not finding.is_ok}
    assert wrong == {"feeds_none", "orders_none", "notices_none"}
    assert {"database", "disk", "model_none"} <= found.keys()
    assert int(found["database"].values["size"]) >= 0


async def test_a_server_that_is_set_up_lacks_nothing(desk: BotCommands) -> None:
    await begin(desk)
    await desk.set_notices(HERE, OTHER, by=by(desk))
    found = await problems(desk)
    assert all(finding.is_ok for finding in found.values()), found
    assert found["feeds"].values == {"count": "1"}
    assert found["orders"].values == {"count": "1"}
    assert found["notices"].values == {"channel": "11"}


async def test_each_feed_that_fails_is_named_here_and_nowhere_else(desk: BotCommands) -> None:
    await fail(desk, await begin(desk))
    await begin(desk, THERE, "B")
    found = await problems(desk)
    assert not found["feed_failing"].is_ok
    assert found["feed_failing"].values == {"title": "A", "reason": "It answers 500."}
    assert "feed_failing" not in await problems(desk, THERE)
    await desk.pause_feed(HERE, "A", is_paused=True, by=by(desk))
    assert "feed_failing" not in await problems(desk)


async def test_an_order_that_rests_or_has_no_zone_here_is_named(desk: BotCommands) -> None:
    await begin(desk)
    (order,) = await desk.list_schedules(HERE)
    await desk.tools.store.pause_subscription(order.id, "the channel is gone")
    named = {"number": str(order.id), "channel": "10"}
    found = await problems(desk)
    assert found["order_paused"].values == {**named, "reason": "the channel is gone"}
    await desk.save_order(replace(order, timezone="Mars/Base"), by=by(desk))
    found = await problems(desk)
    assert "order_paused" not in found, "a changed order goes on"
    assert found["order_zone"].values == {**named, "zone": "Mars/Base"}


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        (StoreSize(5_400_000, 900_000_000), {"database": True, "disk": True}),
        (StoreSize(5_400_000, 199_000_000), {"database": True, "disk_low": False}),
        (StoreSize(5_400_000, None), {"database": True}),
    ],
)
async def test_room_that_runs_out_is_told(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch, size: StoreSize, codes: dict[str, bool]
) -> None:
    async def measure() -> StoreSize:
        return size

    monkeypatch.setattr(desk.tools.store, "measure", measure)
    found = await problems(desk)
    named = {code: one.is_ok for code, one in found.items() if code.startswith(("da", "di"))}
    assert named == codes
    assert found["database"].values == {"size": "5"}


async def test_a_database_that_can_not_be_read_is_the_only_thing_told(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def measure() -> StoreSize:
        raise StoreError("The database is locked: stop the other program.")

    monkeypatch.setattr(desk.tools.store, "measure", measure)
    found = await problems(desk)
    assert list(found) == ["database_failed"]
    assert found["database_failed"].values == {
        "reason": "The database is locked: stop the other program."
    }


async def test_the_model_is_asked_whether_it_would_answer(tmp_path: Path) -> None:
    act = Act("{}")
    async with FakeModel(lambda _: act) as model:
        settings = {"openai_base_url": model.base_url, "openai_model": "small"}
        async with open_desk(tmp_path, **settings) as desk:
            found = await problems(desk)
            assert found["model"].values == {"engine": "openai/small"}
            act = Act(status=401, code="invalid_api_key")
            failed = (await problems(desk))["model_failed"]
    assert not failed.is_ok
    assert failed.values["engine"] == "openai/small"
    assert "OPENAI_API_KEY" in failed.values["reason"]


async def test_meaning_search_that_is_off_is_told_and_is_no_fault(desk: BotCommands) -> None:
    off = BotCommands(replace(desk.tools, embedder=None))
    assert (await problems(off))["embedding_off"].is_ok


def test_every_code_stands_in_the_list_that_its_wording_follows() -> None:
    source = Path(health.__file__).read_text("utf-8")
    listed = {
        line.split()[0].rstrip("*") for line in (health.__doc__ or "").splitlines()[5:] if line
    }
    used = {word for word in listed if f'"{word}"' in source}
    assert listed == used


# ---------------------------------------------------------------- how all stands


async def test_the_status_tells_orders_feeds_and_what_is_quiet(desk: BotCommands) -> None:
    await fail(desk, await begin(desk))
    until = await desk.mute(HERE, 3, by=by(desk))
    await desk.set_notices(HERE, OTHER, by=by(desk))
    status = await desk.get_status(HERE, now=NOW)
    assert (status.as_of, status.orders) == (NOW, await desk.list_schedules(HERE))
    assert (status.feed_count, [feed.title for feed in status.feeds_troubled]) == (1, ["A"])
    assert (status.engine, status.model_rests_until) == ("extractive", None)
    assert (status.tokens_today, status.tokens_per_day) == (0, 5_000_000)
    assert (status.muted_until, status.notices, status.slots) == (until, OTHER, ())
    other = await desk.get_status(THERE, now=NOW)
    assert (other.orders, other.feed_count, other.feeds_troubled) == ((), 0, ())
    assert (other.muted_until, other.notices) == (None, None)


async def test_a_model_that_rests_is_told_while_it_does(desk: BotCommands) -> None:
    until = NOW + timedelta(minutes=5)
    desk.tools.rests[desk.tools.engine.name] = until
    assert (await desk.get_status(HERE, now=NOW)).model_rests_until == until
    assert (await desk.get_status(HERE, now=until)).model_rests_until is None


async def test_without_a_limit_none_is_told(tmp_path: Path) -> None:
    async with open_desk(tmp_path, tokens_per_day=0) as desk:
        assert (await desk.get_status(HERE, now=NOW)).tokens_per_day is None


async def test_why_an_article_was_read_is_told_where_it_is_seen(desk: BotCommands) -> None:
    url = "https://gazette.example/1"
    reading = Reading(
        url=url, guid="", outlet="Gazette", title="T", text=STORY, language="en", published_at=NOW
    )
    await read(desk.tools, HERE, [reading])
    await extract_new(desk.tools)
    steps = (await desk.trace(HERE, f" {url} ", now=NOW)).steps
    assert any(step.startswith("kept under trade") for step in steps)
    assert (await desk.trace(THERE, url, now=NOW)).steps[0].startswith("not fetched")
