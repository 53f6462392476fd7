"""Slash commands as people in a simulated Discord use them, permissions checked by it."""

import logging
from dataclasses import replace

import discord
import pytest
from discord_guild import Guild, text_of
from discord_samples import FEEDS, NOW

from bot.errors import InputError, StoreError
from bot.model import ChannelRef, Origin

# ---------------------------------------------------------------- for everybody


async def test_a_member_asks_and_everybody_sees_the_answer(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "ask", question="Is it on?")
    assert not result.ephemeral
    assert "It is confirmed for 12–13 February 2025" in text_of(result)
    origin = Origin(member=f"discord:{guild.member.id}")
    assert guild.desk.calls == [("ask", guild.workspace, "Is it on?", NOW, origin)]


async def test_a_member_asks_in_private(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "ask", question="q", private=True)
    assert result.ephemeral


@pytest.mark.parametrize(("options", "hours"), [({"hours": 6.5}, 6.5), ({}, 24.0)])
async def test_a_brief_covers_the_hours_asked_for_or_a_day(
    guild: Guild, options: dict[str, float], hours: float
) -> None:
    result = await guild.member.slash(guild.channel, "brief now", **options)
    assert "Brief · 29 January 2025" in text_of(result)
    assert guild.desk.calls == [("brief", guild.workspace, hours, NOW)]


async def test_the_visits_are_for_everybody(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "visits")
    assert "Narendra Modi → United States (Washington)" in text_of(result)


async def test_a_member_may_list_the_feeds_and_sees_no_address(guild: Guild) -> None:
    result = await guild.member.slash(guild.channel, "feeds list")
    assert result.ephemeral
    assert "Meridian defence" in text_of(result)
    assert "SECRET" not in text_of(result)


async def test_limits_are_told_in_private_and_counted_by_the_product_alone(guild: Guild) -> None:
    for _ in range(6):
        await guild.member.slash(guild.channel, "ask", question="q")
    assert len(guild.desk.calls) == 6
    guild.desk.failure = InputError("You have asked 3 questions in this minute: ask again soon.")
    result = await guild.member.slash(guild.channel, "ask", question="q")
    assert text_of(result) == "You have asked 3 questions in this minute: ask again soon."
    assert result.response is None
    assert [each.ephemeral for each in result.followups] == [True]


# ---------------------------------------------------------------- for managers


@pytest.mark.parametrize(
    ("command", "options"),
    [("feeds add", {"url": "https://e.test/rss"}), ("feeds remove", {"feed": "1"})],
)
async def test_a_member_may_not_change_feeds(
    guild: Guild, command: str, options: dict[str, str]
) -> None:
    result = await guild.member.slash(guild.channel, command, **options)
    assert text_of(result) == "You need Manage Server for this."
    assert result.ephemeral
    assert guild.desk.calls == []


async def test_a_member_does_not_even_see_the_schedule(guild: Guild) -> None:
    names = guild.member.available_commands(guild.channel)
    assert not any(name.startswith("schedule") for name in names)
    assert any(
        name.startswith("schedule") for name in guild.manager.available_commands(guild.channel)
    )


async def test_a_manager_adds_a_feed_and_sees_what_it_brings(guild: Guild) -> None:
    result = await guild.manager.slash(
        guild.channel, "feeds add", url="https://e.test", title="Mine"
    )
    assert result.ephemeral
    assert "Frigates \\*ordered\\*" in text_of(result)
    assert guild.desk.calls == [("add", guild.workspace, "https://e.test", "Mine")]


async def test_a_manager_removes_a_feed_by_the_completed_name(guild: Guild) -> None:
    choices = await guild.manager.autocomplete(guild.channel, "feeds remove", "feed", "meri")
    assert choices == [{"name": "Meridian defence", "value": "1"}]
    result = await guild.manager.slash(guild.channel, "feeds remove", feed="1")
    assert "No longer following" in text_of(result)
    assert guild.desk.calls[-1] == ("remove", guild.workspace, "1")


async def test_completion_offers_at_most_25_feeds_of_at_most_100_characters(
    guild: Guild,
) -> None:
    guild.desk.feeds = tuple(replace(FEEDS[0], id=n, title="x" * 300) for n in range(60))
    choices = await guild.manager.autocomplete(guild.channel, "feeds remove", "feed", "x")
    assert len(choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in choices)


async def test_completion_of_a_nameless_feed_still_offers_it(guild: Guild) -> None:
    guild.desk.feeds = (replace(FEEDS[0], id=7, title="\u200b", outlet=""),)
    choices = await guild.manager.autocomplete(guild.channel, "feeds remove", "feed", "")
    assert choices == [{"name": "feed 7", "value": "7"}]


async def test_completion_while_the_store_is_down_offers_nothing(guild: Guild) -> None:
    guild.desk.failure = StoreError("The database is locked; try again.")
    choices = await guild.manager.autocomplete(guild.channel, "feeds remove", "feed", "")
    assert choices == []


async def test_a_manager_sets_the_schedule_of_this_channel(guild: Guild) -> None:
    result = await guild.manager.slash(
        guild.channel,
        "schedule set",
        times="06:00 18:30",
        timezone="Europe/London",
        days="mon-fri",
        topics="trade, defence",
    )
    assert result.ephemeral
    assert "06:00 and 18:30 (Europe/London) · topics: trade, defence" in text_of(result)
    channel = ChannelRef("discord", str(guild.channel.id))
    assert guild.desk.calls == [
        (
            "schedule",
            guild.workspace,
            channel,
            "06:00 18:30",
            "Europe/London",
            "mon-fri",
            ("trade", "defence"),
        )
    ]


async def test_a_manager_stops_the_schedule_of_this_channel(guild: Guild) -> None:
    result = await guild.manager.slash(guild.channel, "schedule off")
    assert result.ephemeral
    assert "No more briefs here" in text_of(result)
    channel = ChannelRef("discord", str(guild.channel.id))
    assert guild.desk.calls == [("stop", guild.workspace, channel)]


async def test_a_channel_where_the_bot_can_not_post_gets_no_schedule(guild: Guild) -> None:
    silent = guild.sim.create_text_channel(
        "silent",
        overwrites={guild.sim.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    result = await guild.manager.slash(silent, "schedule set", times="06:00", timezone="UTC")
    assert text_of(result) == "The bot can't post here yet: give it Send Messages first."
    assert guild.desk.calls == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("europe/lond", "Europe/London"), ("new york", "America/New_York"), ("KOLK", "Asia/Kolkata")],
)
async def test_time_zones_are_completed(guild: Guild, typed: str, offered: str) -> None:
    choices = await guild.manager.autocomplete(guild.channel, "schedule set", "timezone", typed)
    assert {"name": offered, "value": offered} in choices
    assert len(choices) <= 25


# ---------------------------------------------------------------- when it goes wrong


async def test_an_error_of_ours_is_told_in_its_one_line(guild: Guild) -> None:
    result = await guild.manager.slash(guild.channel, "feeds remove", feed="nothing")
    assert text_of(result) == "No feed has that name; /feeds list shows them."
    assert result.ephemeral


async def test_an_unexpected_error_is_logged_without_what_people_typed(
    guild: Guild, caplog: pytest.LogCaptureFixture
) -> None:
    guild.desk.failure = ValueError("secret question")
    with caplog.at_level(logging.INFO):
        result = await guild.member.slash(guild.channel, "ask", question="secret question")
    assert "did not work on our side" in text_of(result)
    assert "secret question" not in caplog.text
    assert "command.failed command=ask error=ValueError" in caplog.text
    assert "discord_desk.py" in caplog.text


async def test_an_error_line_with_markup_in_it_is_onlytext_of(guild: Guild) -> None:
    guild.desk.failure = StoreError("No feed at https://evil.test/ @everyone **now**")
    result = await guild.member.slash(guild.channel, "feeds list")
    assert "://" not in text_of(result)
    assert "@everyone" not in text_of(result)
    assert "\\*\\*now" in text_of(result)


async def test_a_discord_that_fails_while_we_answer_is_survived(
    guild: Guild, caplog: pytest.LogCaptureFixture
) -> None:
    guild.env.inject_error("PATCH", "/webhooks/*/*/messages/*", status=404, times=None)
    guild.env.inject_error("POST", "/webhooks/*/*", status=404, times=None)
    await guild.member.slash(guild.channel, "visits")
    assert "command.unanswered command=visits" in caplog.text
    guild.env.backend.faults.clear()
    assert "Meridian" in text_of(await guild.member.slash(guild.channel, "feeds list"))
