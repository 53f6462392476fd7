"""A fake Discord and the channel that posts to it; a simulated server for its people."""

from collections.abc import AsyncIterator

import discord
import pytest
import simcord
from discord_desk import Desk
from discord_guild import Guild
from discord_samples import ANSWER, KEY, NOW
from discord_setup import Setup
from discord_words import WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_world import TOKEN

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.commands import build_tree
from bot.channels.discord.login import Login, new_client
from bot.channels.discord.mentioned import listen_to_messages
from bot.channels.discord.pressed import listen_to_buttons
from bot.channels.discord.send import DiscordChannel


@pytest.fixture(autouse=True)
def _roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of a minute are all of one server, which is too quick for none of them."""
    monkeypatch.setattr("bot.channels.discord.cooldowns.OF_SERVER", 1000)


@pytest.fixture
async def server() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as discord_server:
        yield discord_server


@pytest.fixture
async def channel(server: FakeDiscord) -> AsyncIterator[DiscordChannel]:
    login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
    channel = DiscordChannel(login, WORDINGS, pauses=(0.01, 0.01), deadline=3.0)
    yield channel
    await channel.close()


@pytest.fixture
async def setup(server: FakeDiscord) -> AsyncIterator[Setup]:
    setup = Setup(server)
    yield setup
    await setup.stop()


@pytest.fixture
def simcord_bot() -> discord.Client:
    return new_client()


@pytest.fixture
async def guild(simcord_env: simcord.Env, simcord_bot: discord.Client) -> Guild:
    desk = Desk()
    asked = Asked(desk, lambda: NOW, WORDINGS)
    listen_to_buttons(simcord_bot, asked)
    listen_to_messages(simcord_bot, asked)
    synced = await build_tree(simcord_bot, asked).sync()
    guild = Guild(simcord_env, desk, synced)
    desk.sources[guild.workspace, KEY] = ANSWER.citations
    return guild
