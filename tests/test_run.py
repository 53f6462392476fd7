"""The whole bot against a Discord on loopback: it listens, answers, and posts when it is due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.discord import FakeDiscord
from fakes.discord_world import ATTACH_FILES, CREATE_EVENTS, MANAGE_GUILD
from fakes.model import Act, FakeModel, Fault
from running_bot import EVENING, Bot, open_bot
from stage_samples import settings_for

from bot.app import run
from bot.errors import ChannelError


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with open_bot(Bot, tmp_path) as bot:
        yield bot


def texts(discord: FakeDiscord) -> str:
    return "\n".join(
        str(embed.get("title", "")) + "\n" + str(embed.get("description", ""))
        for message in discord.messages
        for embed in message["embeds"]
    )


async def test_a_server_is_set_up_asks_and_gets_its_brief_at_six_once(bot: Bot) -> None:
    await bot.start()
    await bot.follow_feed()
    await bot.schedule()
    await bot.wait_until_analysed()
    answer = await bot.discord.interaction("ask", {"question": "When is Berg in Tokyo?"})
    assert "confirmed" in answer.text
    assert bot.discord.messages == [], "nothing is posted before it is due"
    bot.clock.now = datetime(2025, 3, 11, 6, 0, 15, tzinfo=UTC)
    await bot.wait(lambda: bool(bot.discord.messages))
    await bot.pass_ticks()
    posted = texts(bot.discord)
    for words in ("Defence", "Trade", "Upcoming visits", "bourbon", "52 million", "Berg"):
        assert words in posted, posted
    assert len(bot.discord.messages) == 1


async def test_a_channel_whose_schedule_is_off_gets_no_brief(bot: Bot) -> None:
    await bot.start()
    await bot.follow_feed()
    await bot.schedule()
    off = await bot.discord.interaction("schedule remove", {}, permissions=MANAGE_GUILD)
    assert "06:00" in off.text
    again = await bot.discord.interaction("schedule remove", {}, permissions=MANAGE_GUILD)
    assert "No brief is scheduled" in again.text
    bot.clock.now = datetime(2025, 3, 11, 6, 0, 15, tzinfo=UTC)
    await bot.pass_ticks()
    assert bot.discord.messages == []


async def test_a_restart_after_the_hour_posts_late_once_and_says_so(bot: Bot) -> None:
    await bot.start()
    await bot.follow_feed()
    await bot.schedule()
    await bot.stop()
    bot.clock.now = datetime(2025, 3, 11, 7, 30, tzinfo=UTC)
    await bot.start()
    await bot.wait(lambda: bool(bot.discord.messages))
    assert "90 minutes late" in texts(bot.discord)
    await bot.stop()
    await bot.start()
    await bot.pass_ticks()
    assert len(bot.discord.messages) == 1


async def test_a_weekly_brief_comes_with_a_picture_of_the_weeks_to_come(bot: Bot) -> None:
    bot.discord.bot_permissions |= ATTACH_FILES
    await bot.start()
    await bot.follow_feed()
    await bot.schedule(days="tue")
    await bot.wait_until_analysed()
    bot.clock.now = datetime(2025, 3, 11, 6, 0, 15, tzinfo=UTC)
    await bot.wait(lambda: bool(bot.discord.messages))
    (body,) = bot.discord.sends
    ((name, alt, start),) = [
        (file["filename"], file["description"], file["content"][:4]) for file in body["files"]
    ]
    assert (name, start) == ("timeline.png", b"\x89PNG")
    assert "Anna Berg to Tokyo: confirmed" in alt


async def test_visits_and_changes_are_shown_in_the_server(bot: Bot) -> None:
    bot.discord.bot_permissions |= ATTACH_FILES
    await bot.start()
    await bot.follow_feed()
    await bot.wait_until_analysed()
    asked = {"country": "Japon", "when": "in April"}
    seen = await bot.discord.interaction("visits", asked)
    assert "Anna Berg → Japan (Tokyo)" in seen.text
    assert [file["filename"] for file in seen.bodies[0]["files"]] == ["timeline.png"]
    assert "fits that" in (await bot.discord.interaction("visits", {"country": "Peru"})).text
    completed = await bot.discord.interaction("visits", {"person": "ber"}, focused="person")
    assert [choice["name"] for choice in completed.choices or ()] == ["Anna Berg"]
    exported = await bot.discord.interaction("visits", {"export": True})
    assert b"SUMMARY:Anna Berg" in exported.bodies[0]["files"][0]["content"]
    changes = await bot.discord.interaction("changes", {"since": "3 days"})
    assert "Anna Berg" in changes.text
    nonsense = await bot.discord.interaction("changes", {"since": "the stone age"})
    await bot.wait(lambda: "names no moment" in nonsense.text)


async def test_a_visit_becomes_an_event_once_and_goes_when_events_are_off(bot: Bot) -> None:
    events = bot.discord.events
    events.now = EVENING
    await bot.start()
    await bot.follow_feed()
    await bot.wait_until_analysed()
    refused = await bot.discord.interaction(
        "calendar events", {"state": "on"}, permissions=MANAGE_GUILD
    )
    assert "Create Events" in refused.text
    bot.discord.bot_permissions |= CREATE_EVENTS
    await bot.discord.interaction("calendar events", {"state": "on"}, permissions=MANAGE_GUILD)
    await bot.wait(lambda: bool(events.own))
    (made,) = events.own
    assert made["name"] == "Anna Berg → Tokyo (confirmed)"
    await bot.stop()
    events.calls.clear()
    await bot.start()
    await bot.wait(lambda: "list" in events.calls)
    assert events.own == [made]
    assert set(events.calls) == {"list"}
    await bot.discord.interaction("calendar events", {"state": "off"}, permissions=MANAGE_GUILD)
    await bot.wait(lambda: not events.own)


@pytest.mark.parametrize("act", [Act("{"), Act("", fault=Fault.HANG)], ids=["junk", "hang"])
async def test_a_model_that_gives_nothing_does_not_keep_the_brief_from_going_out(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    monkeypatch.setattr("bot.jobs.compose.MODEL_SECONDS", 0.5)
    async with FakeModel(lambda asked: act) as model:
        settings = bot.settings.model_copy(
            update={"openai_base_url": model.base_url, "openai_model": "test"}
        )
        bot.settings = settings
        await bot.start()
        await bot.follow_feed()
        await bot.schedule()
        bot.clock.now = datetime(2025, 3, 11, 6, 0, 15, tzinfo=UTC)
        await bot.wait(lambda: bool(bot.discord.messages))
    posted = texts(bot.discord)
    assert "bourbon" in posted
    assert "quoted as published" in posted


async def test_a_wrong_token_ends_the_bot_with_the_setting_to_mend(bot: Bot) -> None:
    bot.settings = settings_for(
        bot_folder(bot),
        discord_token="wrong",
        discord_api_url=bot.discord.api_url,
        discord_gateway_url=bot.discord.gateway_url,
    )
    with pytest.raises(ChannelError, match="DISCORD_TOKEN"):
        await asyncio.wait_for(run(bot.settings, clock=bot.clock, tick_seconds=0.1), 10)


def bot_folder(bot: Bot) -> Path:
    return Path(bot.settings.database_url.removeprefix("sqlite:///")).parent
