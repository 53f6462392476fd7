"""The job that keeps platforms' events: for those who chose them, one's trouble apart."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.errors import ChannelError
from bot.jobs.choices import find_timezone
from bot.jobs.events import REFUSED_REST, sync_events
from bot.jobs.gather import extract_new, read
from bot.jobs.tools import Tools
from bot.model import CalendarEntry, ChannelRef, NewPart, Reading, Slot, make_author

NOW = datetime(2025, 3, 10, 18, tzinfo=UTC)
HERE, THERE = "discord:1", "discord:2"
TEXT = (
    "Prime Minister Anna Berg will visit Tokyo from 14 to 16 April, the foreign ministry of"
    " Norway announced. She will hold talks with the government of Japan on defence."
)


class Board:
    """Keeps ``ports.EventBoard`` and notes what it was given; some workspaces fail."""

    platform = "discord"

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.failures: dict[str, Exception] = {}

    async def sync_events(
        self, workspace: str, entries: Sequence[CalendarEntry], *, now: datetime
    ) -> int:
        self.calls.append((workspace, len(entries)))
        if workspace in self.failures:
            raise self.failures[workspace]
        return len(entries)


class Bot:
    """Tools with a clock to set and a board that notes; a visit is known in both servers."""

    def __init__(self, tools: Tools) -> None:
        self.board = Board()
        self.clock = SetClock(NOW)
        self.tools = replace(tools, boards={"discord": self.board}, clock=self.clock)
        self.commands = BotCommands(self.tools)

    async def sync(self) -> list[tuple[str, int]]:
        self.board.calls.clear()
        await sync_events(self.tools)
        return self.board.calls


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with open_tools(settings_for(tmp_path)) as tools:
        bot = Bot(tools)
        for workspace in (HERE, THERE):
            reading = Reading(
                url="https://gazette.example/berg",
                guid="",
                outlet="Gazette",
                title="Berg to visit Tokyo",
                text=TEXT,
                language="en",
                published_at=NOW - timedelta(hours=2),
            )
            await read(bot.tools, workspace, [reading])
        await extract_new(bot.tools)
        yield bot


async def test_only_who_chose_events_gets_them(bot: Bot) -> None:
    assert await bot.sync() == []
    await bot.commands.set_events(HERE, is_on=True)
    assert await bot.sync() == [(HERE, 1)]
    assert await bot.sync() == [(HERE, 1)]


async def test_the_names_that_events_are_found_by_are_kept(bot: Bot) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    await bot.sync()
    (kept,) = await bot.tools.store.list_calendar(HERE)
    assert kept.visit.dates.start == "2025-04-14"


async def test_who_chose_no_events_any_more_loses_them_and_is_then_left_alone(bot: Bot) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    await bot.commands.set_events(HERE, is_on=False)
    assert await bot.sync() == [(HERE, 0)]
    assert await bot.sync() == []
    await bot.commands.set_events(HERE, is_on=True)
    assert await bot.sync() == [(HERE, 1)]
    await bot.commands.set_events(HERE, is_on=False)
    assert await bot.sync() == [(HERE, 0)]


@pytest.mark.parametrize("failure", [None, ChannelError("Discord can't be reached.")])
async def test_who_is_forgotten_loses_the_events_too(bot: Bot, failure: Exception | None) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    bot.board.failures = {HERE: failure} if failure else {}
    for workspace in (HERE, THERE):
        assert await bot.commands.forget(workspace) > 0
    assert bot.board.calls == [(HERE, 0)]
    assert await bot.sync() == []


async def test_one_servers_trouble_stops_no_other(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    for workspace in (HERE, THERE):
        await bot.commands.set_events(workspace, is_on=True)
    bot.board.failures = {HERE: ChannelError("Discord can't be reached.")}
    assert sorted(await bot.sync()) == [(HERE, 1), (THERE, 1)]
    bot.board.failures = {HERE: ValueError("a bug")}
    assert sorted(await bot.sync()) == [(HERE, 1), (THERE, 1)]
    assert "events.failed workspace=discord:1 reason=Discord can't be reached." in caplog.text


async def test_a_missing_right_is_logged_once_and_tried_again_after_some_hours(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    bot.board.failures = {HERE: ChannelError("Give it Create Events.", permanent=True)}
    for _ in range(3):
        await bot.sync()
    assert caplog.text.count("Give it Create Events.") == 1
    bot.clock.now += REFUSED_REST
    assert await bot.sync() == [(HERE, 1)]


async def test_switching_events_on_again_tries_at_once(bot: Bot) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    bot.board.failures = {HERE: ChannelError("Give it Create Events.", permanent=True)}
    await bot.sync()
    assert await bot.sync() == []
    bot.board.failures = {}
    await bot.commands.set_events(HERE, is_on=True)
    assert await bot.sync() == [(HERE, 1)]


async def test_a_platform_without_events_is_passed_over(bot: Bot) -> None:
    await bot.commands.set_events("console", is_on=True)
    assert await bot.sync() == []


async def test_a_sync_that_changed_something_is_logged(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.commands.set_events(HERE, is_on=True)
    with caplog.at_level(logging.INFO, logger="bot.jobs.events"):
        await bot.sync()
    assert "events.synced workspace=discord:1 changed=1" in caplog.text


async def test_days_are_those_of_the_first_order_of_the_server(bot: Bot) -> None:
    assert await find_timezone(bot.tools.store, HERE) == "UTC"
    for channel, zone in (("8", "Asia/Tokyo"), ("2", "Europe/Oslo")):
        await bot.commands.set_schedule(
            HERE,
            ChannelRef("discord", channel),
            times="06:00",
            timezone=zone,
            by=make_author("console", bot.clock()),
        )
        bot.clock.advance(hours=1)
    assert await find_timezone(bot.tools.store, HERE) == "Asia/Tokyo"
    assert await find_timezone(bot.tools.store, THERE) == "UTC"


# ---------------------------------------------------------------- what changed since


async def test_a_channels_last_brief_is_the_one_that_was_posted_there(bot: Bot) -> None:
    channel = ChannelRef("discord", "8")
    ask = bot.commands.find_last_brief_at
    assert await ask(HERE, channel, now=NOW) is None
    order = await bot.commands.set_schedule(
        HERE, channel, times="06:00", timezone="UTC", by=make_author("console", NOW)
    )
    assert await ask(HERE, channel, now=NOW) is None
    slot = Slot(order.id, NOW.date(), "06:00", NOW.replace(hour=6))
    await bot.tools.store.save_delivery(slot, HERE, channel, [NewPart(1, {}, "nonce")])
    assert await ask(HERE, channel, now=NOW) == slot.due_at
    assert await ask(HERE, ChannelRef("discord", "9"), now=NOW) is None
    assert await ask(THERE, channel, now=NOW) is None
