"""Slash commands as people in a simulated Discord use them, permissions checked by it."""

import logging
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord
from discord_desk import Desk
from discord_samples import FEEDS, NOW

from bot.channels.discord.commands import build_tree
from bot.channels.discord.login import new_client
from bot.errors import StoreError
from bot.model import ChannelRef


class Server:
    """A simulated server with a manager and a member, and the bot in it."""

    def __init__(self, env: simcord.Env, desk: Desk) -> None:
        self.env = env
        self.desk = desk
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("news")
        managers = self.guild.create_role(
            "Managers", permissions=discord.Permissions(manage_guild=True)
        )
        self.manager = self.guild.add_member(env.create_user("manager"), roles=[managers])
        self.member = self.guild.add_member(env.create_user("member"))
        self.workspace = f"discord:{self.guild.id}"


@pytest.fixture
def simcord_bot() -> discord.Client:
    return new_client()


@pytest.fixture
async def server(simcord_env: simcord.Env, simcord_bot: discord.Client) -> Server:
    desk = Desk()
    await build_tree(simcord_bot, desk, lambda: NOW).sync()
    return Server(simcord_env, desk)


def _text(result: Any) -> str:
    parts = []
    for message in filter(None, (result.response, *result.followups)):
        parts.append(message.content)
        parts += [f"{embed.title}\n{embed.description}" for embed in message.embeds]
    return "\n".join(filter(None, parts))


# ---------------------------------------------------------------- for everybody


async def test_a_member_asks_and_everybody_sees_the_answer(server: Server) -> None:
    result = await server.member.slash(server.channel, "ask", question="Is it on?")
    assert not result.ephemeral
    assert "It is confirmed for 12–13 February 2025" in _text(result)
    assert server.desk.calls == [("ask", server.workspace, "Is it on?", NOW)]


async def test_a_member_asks_in_private(server: Server) -> None:
    result = await server.member.slash(server.channel, "ask", question="q", private=True)
    assert result.ephemeral


@pytest.mark.parametrize(("options", "hours"), [({"hours": 6.5}, 6.5), ({}, 24.0)])
async def test_a_brief_covers_the_hours_asked_for_or_a_day(
    server: Server, options: dict[str, float], hours: float
) -> None:
    result = await server.member.slash(server.channel, "brief now", **options)
    assert "Brief · 29 January 2025" in _text(result)
    assert server.desk.calls == [("brief", server.workspace, hours, NOW)]


async def test_the_visits_are_for_everybody(server: Server) -> None:
    result = await server.member.slash(server.channel, "visits")
    assert "Narendra Modi → United States (Washington)" in _text(result)


async def test_a_member_may_list_the_feeds_and_sees_no_address(server: Server) -> None:
    result = await server.member.slash(server.channel, "feeds list")
    assert result.ephemeral
    assert "Meridian defence" in _text(result)
    assert "SECRET" not in _text(result)


async def test_the_fourth_question_in_a_minute_has_to_wait(server: Server) -> None:
    for _ in range(3):
        await server.member.slash(server.channel, "ask", question="q")
    result = await server.member.slash(server.channel, "ask", question="q")
    assert "ask again in" in _text(result)
    assert result.ephemeral
    assert len(server.desk.calls) == 3
    await server.manager.slash(server.channel, "ask", question="q")
    assert len(server.desk.calls) == 4


# ---------------------------------------------------------------- for managers


@pytest.mark.parametrize(
    ("command", "options"),
    [("feeds add", {"url": "https://e.test/rss"}), ("feeds remove", {"feed": "1"})],
)
async def test_a_member_may_not_change_feeds(
    server: Server, command: str, options: dict[str, str]
) -> None:
    result = await server.member.slash(server.channel, command, **options)
    assert _text(result) == "You need Manage Server for this."
    assert result.ephemeral
    assert server.desk.calls == []


async def test_a_member_does_not_even_see_the_schedule(server: Server) -> None:
    names = server.member.available_commands(server.channel)
    assert not any(name.startswith("schedule") for name in names)
    assert any(
        name.startswith("schedule") for name in server.manager.available_commands(server.channel)
    )


async def test_a_manager_adds_a_feed_and_sees_what_it_brings(server: Server) -> None:
    result = await server.manager.slash(
        server.channel, "feeds add", url="https://e.test", title="Mine"
    )
    assert result.ephemeral
    assert "Frigates \\*ordered\\*" in _text(result)
    assert server.desk.calls == [("add", server.workspace, "https://e.test", "Mine")]


async def test_a_manager_removes_a_feed_by_the_completed_name(server: Server) -> None:
    choices = await server.manager.autocomplete(server.channel, "feeds remove", "feed", "meri")
    assert choices == [{"name": "Meridian defence", "value": "1"}]
    result = await server.manager.slash(server.channel, "feeds remove", feed="1")
    assert "No longer following" in _text(result)
    assert server.desk.calls[-1] == ("remove", server.workspace, "1")


async def test_completion_offers_at_most_25_feeds_of_at_most_100_characters(
    server: Server,
) -> None:
    server.desk.feeds = tuple(replace(FEEDS[0], id=n, title="x" * 300) for n in range(60))
    choices = await server.manager.autocomplete(server.channel, "feeds remove", "feed", "x")
    assert len(choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in choices)


async def test_completion_of_a_nameless_feed_still_offers_it(server: Server) -> None:
    server.desk.feeds = (replace(FEEDS[0], id=7, title="\u200b", outlet=""),)
    choices = await server.manager.autocomplete(server.channel, "feeds remove", "feed", "")
    assert choices == [{"name": "feed 7", "value": "7"}]


async def test_completion_while_the_store_is_down_offers_nothing(server: Server) -> None:
    server.desk.failure = StoreError("The database is locked; try again.")
    choices = await server.manager.autocomplete(server.channel, "feeds remove", "feed", "")
    assert choices == []


async def test_a_manager_sets_the_schedule_of_this_channel(server: Server) -> None:
    result = await server.manager.slash(
        server.channel,
        "schedule set",
        times="06:00 18:30",
        timezone="Europe/London",
        days="mon-fri",
        topics="trade, defence",
    )
    assert result.ephemeral
    assert "06:00 and 18:30 (Europe/London) · topics: trade, defence" in _text(result)
    channel = ChannelRef("discord", str(server.channel.id))
    assert server.desk.calls == [
        (
            "schedule",
            server.workspace,
            channel,
            "06:00 18:30",
            "Europe/London",
            "mon-fri",
            ("trade", "defence"),
        )
    ]


async def test_a_manager_stops_the_schedule_of_this_channel(server: Server) -> None:
    result = await server.manager.slash(server.channel, "schedule off")
    assert result.ephemeral
    assert "No more briefs here" in _text(result)
    channel = ChannelRef("discord", str(server.channel.id))
    assert server.desk.calls == [("stop", server.workspace, channel)]


async def test_a_channel_where_the_bot_can_not_post_gets_no_schedule(server: Server) -> None:
    silent = server.guild.create_text_channel(
        "silent",
        overwrites={server.guild.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    result = await server.manager.slash(silent, "schedule set", times="06:00", timezone="UTC")
    assert _text(result) == "The bot can't post here yet: give it Send Messages first."
    assert server.desk.calls == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("europe/lond", "Europe/London"), ("new york", "America/New_York"), ("KOLK", "Asia/Kolkata")],
)
async def test_time_zones_are_completed(server: Server, typed: str, offered: str) -> None:
    choices = await server.manager.autocomplete(server.channel, "schedule set", "timezone", typed)
    assert {"name": offered, "value": offered} in choices
    assert len(choices) <= 25


# ---------------------------------------------------------------- when it goes wrong


async def test_an_error_of_ours_is_told_in_its_one_line(server: Server) -> None:
    result = await server.manager.slash(server.channel, "feeds remove", feed="nothing")
    assert _text(result) == "No feed has that name; /feeds list shows them."
    assert result.ephemeral


async def test_an_unexpected_error_is_logged_without_what_people_typed(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.desk.failure = ValueError("secret question")
    with caplog.at_level(logging.INFO):
        result = await server.member.slash(server.channel, "ask", question="secret question")
    assert "did not work on our side" in _text(result)
    assert "secret question" not in caplog.text
    assert "command.failed command=ask error=ValueError" in caplog.text
    assert "discord_desk.py" in caplog.text


async def test_an_error_line_with_markup_in_it_is_only_text(server: Server) -> None:
    server.desk.failure = StoreError("No feed at https://evil.test/ @everyone **now**")
    result = await server.member.slash(server.channel, "feeds list")
    assert "://" not in _text(result)
    assert "@everyone" not in _text(result)
    assert "\\*\\*now" in _text(result)


async def test_a_discord_that_fails_while_we_answer_is_survived(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.env.inject_error("PATCH", "/webhooks/*/*/messages/*", status=404, times=None)
    server.env.inject_error("POST", "/webhooks/*/*", status=404, times=None)
    await server.member.slash(server.channel, "visits")
    assert "command.unanswered command=visits" in caplog.text
    server.env.backend.faults.clear()
    assert "Meridian" in _text(await server.member.slash(server.channel, "feeds list"))
