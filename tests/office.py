"""The product's own commands at a Discord on loopback: typed by managers, seen by nobody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from channels.discord.discord_reader import read
from commands_samples import NOW
from fakes.discord import FakeDiscord
from fakes.discord_exchange import Exchange
from fakes.discord_world import (
    ATTACH_FILES,
    EPHEMERAL,
    GUILD_ID,
    MANAGE_GUILD,
    SEND_MESSAGES,
    TOKEN,
    until,
)
from fakes.discord_world import channel as make_channel
from fakes.outbox import SetClock
from fakes.web import FakeWeb
from stage_samples import settings_for

from bot.app import open_tools
from bot.channels.discord.asked import Desk
from bot.channels.discord.gateway import Gateway
from bot.channels.discord.login import Login
from bot.commands import BotCommands
from bot.wording import load_wordings

WORDINGS = load_wordings(Path(__file__).parents[1] / "prompts" / "wording")
OTHER_GUILD, OTHER_CHANNEL, SILENT = 7002, 8801, 8002
HOME = f"discord:{GUILD_ID}"
OTHER = f"discord:{OTHER_GUILD}"
_OWN_BLOCKS = {("block", "-# "), ("block", "> ")}
# Moments about now, as the bot's own cards have them.
_OWN_MOMENTS = re.compile(r"<t:1741\d{6}:[A-Za-z]>")


class Office:
    """The commands of the product on a database, and a Discord and a website on loopback."""

    def __init__(self, server: FakeDiscord, web: FakeWeb, desk: BotCommands) -> None:
        self.server = server
        self.web = web
        self.desk = desk

    @property
    def clock(self) -> SetClock:
        assert isinstance(self.desk.tools.clock, SetClock)
        return self.desk.tools.clock

    async def type(self, name: str, **options: Any) -> Exchange:
        return await self.server.interaction(name, options, permissions=MANAGE_GUILD)

    async def press(self, shown: Exchange, label: str, **how: Any) -> Exchange:
        assert shown.original is not None
        pressed = shown.parts[label]["custom_id"]
        how = {"permissions": MANAGE_GUILD, **how}
        return await self.server.people.click(shown.original, pressed, **how)

    async def list_feeds(self, workspace: str = HOME) -> list[str]:
        return [feed.url for feed in await self.desk.list_feeds(workspace)]

    async def clear(self) -> None:
        """Begin anew: nothing is kept of any server, and it is the first moment again."""
        for workspace in (HOME, OTHER):
            await self.desk.forget(workspace)
        self.clock.now = NOW


@asynccontextmanager
async def open_office(folder: Path) -> AsyncIterator[Office]:
    """An office that keeps its database in the folder, with the bot listening."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(FakeDiscord())
        web = await stack.enter_async_context(FakeWeb())
        server.bot_permissions |= ATTACH_FILES
        server.channels[SILENT] = make_channel(SILENT)
        await server.guilds.forbid(SEND_MESSAGES, SILENT)
        settings = settings_for(folder)
        tools = await stack.enter_async_context(open_tools(settings, clock=SetClock(NOW)))
        desk = BotCommands(replace(tools, embedder=None))
        login = Login(TOKEN, api_url=server.api_url, gateway_url=server.gateway_url)
        gateway = Gateway(login, Desk(desk, tools.clock, WORDINGS), tools.store)
        client = await login.get_client()
        client._connection.guild_ready_timeout = 0.05
        running = asyncio.create_task(gateway.run())
        await until(lambda: server.gateway.is_listening and gateway.is_ready)
        yield Office(server, web, desk)
        await gateway.close()
        await running


def must_be_inert(exchange: Exchange) -> None:
    """Of what is shown nothing of others does anything, and nobody is pinged."""
    assert all(body["allowed_mentions"] == {"parse": []} for body in exchange.bodies)
    reading = read(_OWN_MOMENTS.sub("", exchange.text))
    foreign = [(kind, what) for kind, what in reading.live if (kind, what) not in _OWN_BLOCKS]
    assert {kind for kind, _ in foreign} <= {"bold", "link"}, exchange.text
    for target in list_links(exchange):
        assert re.fullmatch(r"https?://[a-z0-9.:-]+/[!-~]*", target), target
        assert not set(target) & set('()<>|[]`"\\ *')


def list_links(exchange: Exchange) -> list[str]:
    """Where the links lead that are shown."""
    return [what for kind, what in read(exchange.text).live if kind == "link"]


def must_be_one_private_line(exchange: Exchange) -> None:
    """What was pressed stands as it stood; beside it one line is said to one person."""
    (told,) = (each for each in exchange.shown if each is not exchange.pressed)
    assert told["flags"] & EPHEMERAL
    assert told["content"]
    assert len(told["content"].splitlines()) == 1
    must_be_inert(exchange)
