"""Reminders by the whole bot: posted to Discord on time, once, whatever happens in between."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.discord_world import GUILD_ID, MANAGE_GUILD, Fault
from running_bot import Bot, open_bot

from bot.app import open_tools
from bot.deliver import LEASE
from bot.model import DeliveryState, SlotRecord

WORKSPACE = f"discord:{GUILD_ID}"
A_WHILE = 0.4
"""Seconds in which the clock of the running bot ticks eight times."""
THREE_AT = datetime(2025, 4, 11, 6, 0, 5, tzinfo=UTC)
"""Three days before Berg comes to Tokyo, as the article of the running bot's tests has it."""
ONE_AT = datetime(2025, 4, 13, 6, 0, 5, tzinfo=UTC)
BEGINS_AT = datetime(2025, 4, 14, tzinfo=UTC)


class Desk(Bot):
    """A running bot whose channel has a weekly brief, and reminders."""

    async def set_up(self) -> None:
        await self.start()
        await self.follow_feed()
        await self.wait_until_analysed()
        order = {"times": "06:00", "timezone": "UTC", "days": "mon"}
        await self.discord.interaction("schedule set", order, permissions=MANAGE_GUILD)
        await self.discord.interaction(
            "schedule reminders", {"state": "on"}, permissions=MANAGE_GUILD
        )

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def reminders(self) -> list[dict[str, Any]]:
        """The reminders in the channel, as the embeds of each."""
        told = (message["embeds"] for message in self.discord.messages)
        return [embeds for embeds in told if "Berg" in embeds[0]["title"]]

    def titles(self) -> list[str]:
        return [embeds[0]["title"] for embeds in self.reminders()]

    def briefs(self) -> list[str]:
        told = (message["embeds"][0] for message in self.discord.messages)
        return [one["description"] for one in told if one["title"].startswith("Brief")]

    async def wait_for(self, count: int) -> None:
        """Wait for so many reminders, and a little longer for one too many."""
        await self.wait(lambda: len(self.reminders()) >= count)
        await asyncio.sleep(A_WHILE)
        assert len(self.reminders()) == count

    async def list_states(self) -> list[SlotRecord]:
        return [record for record in await self.list_slots() if "/visit/" in record.key]

    async def list_slots(self) -> list[SlotRecord]:
        async with open_tools(self.settings, clock=self.clock) as tools:
            return list(await tools.store.list_slots(WORKSPACE, limit=99))

    async def wait_until_known(self) -> None:
        """Wait until the bot has looked what was due, and keeps the visit in its calendar."""
        async with asyncio.timeout(15), open_tools(self.settings, clock=self.clock) as tools:
            while not (
                await tools.store.list_slots(WORKSPACE, limit=1)
                and await tools.store.list_calendar(WORKSPACE)
            ):
                await asyncio.sleep(0.1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_bot(Desk, tmp_path) as desk:
        yield desk


THREE = "In 3 days: Anna Berg → Tokyo, Japan"
ONE = "Tomorrow: Anna Berg → Tokyo, Japan"


async def test_each_reminder_comes_once_on_its_day_and_the_brief_covers_what_it_always_did(
    desk: Desk,
) -> None:
    await desk.set_up()
    desk.clock.now = datetime(2025, 4, 7, 6, 0, 15, tzinfo=UTC)
    await desk.wait(lambda: len(desk.briefs()) == 1)
    desk.clock.now = THREE_AT - timedelta(minutes=1)
    await asyncio.sleep(A_WHILE)
    assert desk.titles() == []
    desk.clock.now = THREE_AT
    await desk.wait_for(1)
    await desk.restart()
    desk.clock.now = ONE_AT
    await desk.wait_for(2)
    assert desk.titles() == [THREE, ONE]
    desk.clock.now = BEGINS_AT + timedelta(hours=6, seconds=15)
    await desk.wait(lambda: len(desk.briefs()) == 2)
    await asyncio.sleep(A_WHILE)
    assert desk.titles() == [THREE, ONE]
    assert "From 7 April 2025, 06:00 to 14 April 2025, 06:00" in desk.briefs()[1]


async def test_a_reminder_tells_when_how_sure_by_whom_and_what_is_open(desk: Desk) -> None:
    await desk.set_up()
    desk.clock.now = THREE_AT
    await desk.wait_for(1)
    (about, agenda) = desk.reminders()[0]
    assert re.match(r"14–16 April 2025 \(<t:\d+:R>\) · \*\*confirmed\*\*", about["description"])
    assert "Last report: Gazette" in about["description"]
    assert "52 million" in agenda["description"]
    assert "/schedule reminders off" in agenda["description"]
    assert [each["allowed_mentions"] for each in desk.discord.sends] == [{"parse": []}]


async def test_a_kill_between_keeping_and_sending_posts_once_after_the_restart(desk: Desk) -> None:
    await desk.set_up()
    desk.discord.is_down = True
    desk.clock.now = THREE_AT
    async with asyncio.timeout(15):
        while not await desk.list_states():
            await asyncio.sleep(0.1)
    await desk.stop()
    assert desk.reminders() == []
    desk.discord.is_down = False
    desk.clock.now = THREE_AT + LEASE + timedelta(seconds=5)
    await desk.start()
    await desk.wait_for(1)
    await desk.restart()
    await desk.wait_for(1)
    assert [one.state for one in await desk.list_states()] == [DeliveryState.SENT]


async def test_an_answer_that_is_lost_does_not_post_twice(desk: Desk) -> None:
    await desk.set_up()
    desk.discord.faults.extend([Fault(is_stored=True)] * 3)
    desk.clock.now = THREE_AT
    await desk.wait_for(1)
    await desk.stop()
    desk.clock.now = THREE_AT + timedelta(minutes=10)
    await desk.start()
    await desk.wait_for(1)
    assert [one.state for one in await desk.list_states()] == [DeliveryState.SENT]


async def test_after_a_pause_the_reminder_is_late_and_says_so_but_not_after_the_visit_begins(
    desk: Desk,
) -> None:
    await desk.set_up()
    desk.clock.now = THREE_AT - timedelta(hours=1)
    await desk.wait_until_known()
    await asyncio.sleep(A_WHILE)
    await desk.stop()
    desk.clock.now = THREE_AT + timedelta(hours=20)
    await desk.start()
    await desk.wait_for(1)
    assert desk.titles() == ["In 2 days: Anna Berg → Tokyo, Japan"]
    assert desk.reminders()[0][0]["description"].startswith("Posted 20 hours late.")
    await desk.stop()
    desk.clock.now = BEGINS_AT + timedelta(seconds=1)
    await desk.start()
    await asyncio.sleep(A_WHILE)
    await desk.wait_for(1)
