"""A fake Discord and the channel that posts to it."""

from collections.abc import AsyncIterator

import pytest
from fakes.discord import FakeDiscord
from fakes.discord_world import TOKEN

from bot.channels.discord.login import Login
from bot.channels.discord.send import DiscordChannel


@pytest.fixture
async def server() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as discord_server:
        yield discord_server


@pytest.fixture
async def channel(server: FakeDiscord) -> AsyncIterator[DiscordChannel]:
    login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
    channel = DiscordChannel(login, pauses=(0.01, 0.01), deadline=3.0)
    yield channel
    await channel.close()
