"""Set-up by command: from nothing to feeds, an order and a brief, in one step, undone as one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from commands_samples import DESK, HERE, NOW, OTHER, THERE, by, open_desk, opml, serve_feed
from fakes.web import FakeWeb

from bot.commands import BotCommands, setting_up
from bot.errors import InputError
from bot.model import Form, Length, Look, SetupPlan

PLAN = SetupPlan(
    channel=DESK,
    timezone="paris",
    times="weekdays at 7am",
    tags=("trade",),
    starters=("first",),
    language="fr",
)


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with FakeWeb() as server:
        yield server


@pytest.fixture
async def desk(tmp_path: Path, web: FakeWeb) -> AsyncIterator[BotCommands]:
    """A desk with one set to begin with: a feed that works, and one that is not there."""
    rows = (("A", serve_feed(web, "a"), "trade,visits"), ("B", web.url("/b.xml"), ""))
    starters = tmp_path / "starters.opml"
    starters.write_bytes(opml(*rows, group="First"))
    async with open_desk(tmp_path, starters_file=starters) as desk:
        yield desk


async def test_a_set_up_makes_everything_and_shows_a_brief(desk: BotCommands) -> None:
    author = by(desk)
    report = await desk.set_up(HERE, PLAN, by=author)
    order = report.order
    assert (order.channel, order.times, order.timezone) == (DESK, ("07:00",), "Europe/Paris")
    assert (order.weekdays, order.tags) == ((1, 2, 3, 4, 5), ("trade",))
    assert report.feeds == ("A", "B")
    assert report.batch == author.batch
    feeds = await desk.list_feeds(HERE)
    assert [(feed.title, feed.outlet, feed.tier, feed.tags) for feed in feeds] == [
        ("A", "A Ltd", 2, ("trade", "visits")),
        ("B", "B Ltd", 2, ()),
    ]
    settings = await desk.get_settings(HERE)
    assert (settings.language, settings.timezone) == ("fr", "Europe/Paris")
    now = await desk.write_brief(HERE, hours=24, now=author.at)
    assert now.timezone == "Europe/Paris"
    (section,) = report.preview.sections
    assert (section.tag, report.preview.timezone) == ("trade", "Europe/Paris")
    assert any("bourbon" in item.text for item in section.items)
    assert report.preview.start_at == NOW - timedelta(days=1)


async def test_a_feed_that_never_answers_is_not_waited_for(
    desk: BotCommands, web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.hang("/b.xml")
    monkeypatch.setattr(setting_up, "POLL_SECONDS", 5)
    report = await desk.set_up(HERE, PLAN, by=by(desk))
    assert "bourbon" in str(report.preview.sections)
    assert [feed.state for feed in await desk.list_feeds(HERE)] == ["ok", "new"]


async def test_a_set_up_is_undone_as_one(desk: BotCommands) -> None:
    report = await desk.set_up(HERE, PLAN, by=by(desk))
    (change,) = await desk.list_history(HERE)
    assert change.batch == report.batch
    await desk.undo(HERE, report.batch, by=by(desk))
    assert await desk.list_feeds(HERE) == ()
    assert await desk.list_schedules(HERE) == ()
    assert (await desk.get_settings(HERE)).language == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"timezone": "Lodnon"}, "not a time zone"),
        ({"timezone": "x\x00"}, "not a time zone"),
        ({"times": "soon"}, "No time was given"),
        ({"times": ""}, "No time was given"),
        ({"tags": ("trade", "sport")}, "no topic “sport”"),
        ({"starters": ("first", "Second")}, "no set of feeds “Second”"),
        ({"language": "tlh"}, "no language “tlh”"),
    ],
)
async def test_what_the_plan_gets_wrong_changes_nothing(
    desk: BotCommands, web: FakeWeb, wrong: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError, match=says) as refusal:
        await desk.set_up(HERE, replace(PLAN, **wrong), by=by(desk))  # type: ignore[arg-type]
    assert len(str(refusal.value).splitlines()) == 1
    assert await desk.list_workspaces() == ()
    assert web.requests == []


async def test_a_second_set_up_changes_the_channels_order_and_adds_what_is_missing(
    desk: BotCommands,
) -> None:
    first = await desk.set_up(HERE, replace(PLAN, starters=()), by=by(desk))
    assert first.feeds == ()
    second = await desk.set_up(HERE, replace(PLAN, times="8", timezone=""), by=by(desk))
    assert second.order.id == first.order.id
    assert (second.order.times, second.order.timezone) == (("08:00",), "Europe/Paris")
    assert second.feeds == ("A", "B")
    assert (await desk.set_up(HERE, PLAN, by=by(desk))).feeds == ()


async def test_a_second_set_up_leaves_how_the_order_looks(desk: BotCommands) -> None:
    look = Look(form=Form.THREAD, length=Length.SHORT)
    made = await desk.set_schedule(
        HERE, DESK, times="06:00", look=look, skips_quiet=True, alerts_per_day=3, by=by(desk)
    )
    order = (await desk.set_up(HERE, PLAN, by=by(desk))).order
    assert (order.id, order.times, order.look) == (made.id, ("07:00",), look)
    assert (order.skips_quiet, order.alerts_per_day) == (True, 3)


async def test_with_several_orders_a_set_up_asks_which_one(desk: BotCommands) -> None:
    for times in ("06:00", "18:00"):
        await desk.set_schedule(
            HERE, OTHER, times=times, timezone="UTC", is_another=True, by=by(desk)
        )
    with pytest.raises(InputError, match=r"several orders.*/schedule set"):
        await desk.set_up(HERE, replace(PLAN, channel=OTHER), by=by(desk))
    assert await desk.list_feeds(HERE) == ()


async def test_a_server_that_is_full_follows_none_of_a_set(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.following.MAX_FEEDS", 1)
    with pytest.raises(InputError, match="choose fewer"):
        await desk.set_up(HERE, PLAN, by=by(desk))
    assert await desk.list_workspaces() == ()


async def test_a_model_that_takes_too_long_is_not_waited_for(
    desk: BotCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        name, prompt_version = "openai/slow", "1"

        async def draft(self, *_: object, **__: object) -> None:
            await asyncio.sleep(60)

    monkeypatch.setattr(setting_up, "READ_SECONDS", 0.5)
    slow = BotCommands(replace(desk.tools, engine=Slow()))  # type: ignore[arg-type]
    report = await slow.set_up(HERE, PLAN, by=by(desk))
    assert "bourbon" in str(report.preview.sections)


async def test_two_servers_set_up_share_no_choice(desk: BotCommands) -> None:
    await desk.set_up(HERE, PLAN, by=by(desk))
    plan = replace(PLAN, timezone="Asia/Tokyo", language="", starters=())
    await desk.set_up(THERE, plan, by=by(desk))
    assert (await desk.get_settings(THERE)).language == ""
    assert (await desk.get_settings(HERE)).timezone == "Europe/Paris"
    assert await desk.list_feeds(THERE) == ()
