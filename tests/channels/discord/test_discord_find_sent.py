"""What was posted is found again by its mark, or nobody pretends to know."""

from datetime import UTC, datetime, timedelta

import pytest
from fakes import discord_world as world
from fakes.discord import FakeDiscord
from fakes.discord_world import BOT_ID, CHANNEL_ID, GUILD_ID

from bot.channels.discord.send import DiscordChannel
from bot.errors import ChannelError

CHANNEL = str(CHANNEL_ID)


def _footer(text: str) -> world.Json:
    return {"embeds": [{"title": "t"}, {"title": "u", "footer": {"text": text}}]}


async def test_a_message_is_found_by_its_mark_among_hundreds(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    start = datetime.now(UTC) - timedelta(hours=1)
    for minute in range(250):
        at = start + timedelta(seconds=minute * 10)
        server.store(BOT_ID if minute % 2 else 5, _footer(f"Brief · other-{minute}"), at)
    wanted = server.store(BOT_ID, _footer("Brief · mark-1"), start + timedelta(minutes=50))
    assert await channel.find_sent(CHANNEL, "mark-1", start) == wanted["id"]


async def test_what_we_sent_is_found_again(server: FakeDiscord, channel: DiscordChannel) -> None:
    before = datetime.now(UTC)
    message_id = await channel.send(CHANNEL, _footer("Brief · mark-1"), "nonce-1")
    assert await channel.find_sent(CHANNEL, "mark-1", before) == message_id


async def test_a_message_is_surely_not_there_when_history_is_readable(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    now = datetime.now(UTC)
    server.store(5, _footer("Brief · mark-1"), now)
    server.store(BOT_ID, _footer("Brief · mark-11"), now)
    server.store(BOT_ID, _footer("Brief · mark-1"), now - timedelta(hours=3))
    server.store(BOT_ID, {"content": "Brief · mark-1"}, now)
    assert await channel.find_sent(CHANNEL, "mark-1", now - timedelta(hours=1)) is None


async def test_clocks_a_little_apart_do_not_hide_a_message(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    now = datetime.now(UTC)
    wanted = server.store(BOT_ID, _footer("mark-1"), now - timedelta(seconds=30))
    assert await channel.find_sent(CHANNEL, "mark-1", now) == wanted["id"]


@pytest.mark.parametrize(
    "permissions", [world.ENOUGH & ~world.READ_MESSAGE_HISTORY, world.ENOUGH & ~world.VIEW_CHANNEL]
)
async def test_an_unreadable_history_is_no_proof(
    server: FakeDiscord, channel: DiscordChannel, permissions: int
) -> None:
    server.bot_permissions = permissions
    with pytest.raises(ChannelError, match="Read Message History"):
        await channel.find_sent(CHANNEL, "mark-1", datetime.now(UTC))


async def test_a_denial_on_the_channel_alone_is_seen(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    denied = {"id": str(GUILD_ID), "type": 0, "allow": "0", "deny": str(world.READ_MESSAGE_HISTORY)}
    server.channels[CHANNEL_ID]["permission_overwrites"] = [denied]
    with pytest.raises(ChannelError, match="Read Message History"):
        await channel.find_sent(CHANNEL, "mark-1", datetime.now(UTC))


async def test_in_a_thread_the_permission_of_its_parent_counts(
    server: FakeDiscord, channel: DiscordChannel
) -> None:
    server.channels[8002] = world.channel(8002, kind=11, parent_id=CHANNEL_ID)
    wanted = server.posts.put(8002, BOT_ID, _footer("mark-1"))
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert await channel.find_sent("8002", "mark-1", since) == wanted["id"]
    server.bot_permissions &= ~world.READ_MESSAGE_HISTORY
    with pytest.raises(ChannelError, match="Read Message History"):
        await channel.find_sent("8002", "mark-1", since)


async def test_a_channel_that_is_gone_can_not_be_searched(channel: DiscordChannel) -> None:
    with pytest.raises(ChannelError, match="no longer exists"):
        await channel.find_sent("999", "mark-1", datetime.now(UTC))
