"""The whole bot as it runs, with a Discord on loopback, a website, and a clock that is set."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from unittest import mock

import discord
from fakes.discord import FakeDiscord
from fakes.discord_exchange import Exchange
from fakes.discord_world import GUILD_ID, MANAGE_GUILD, TOKEN
from fakes.outbox import SetClock
from fakes.web import FakeWeb
from stage_samples import settings_for

from bot.app import run
from bot.channels.discord import login
from bot.channels.discord.login import new_client
from bot.config import Settings
from bot.store import open_store, upgrade

TICK_SECONDS = 0.05
EVENING = datetime(2025, 3, 10, 18, tzinfo=UTC)
PAGE = """<html lang="en"><body><article><p>India will cut its import tariff on bourbon to 100 per
cent, the finance ministry said on Monday. The change takes effect at once and applies to all
exporters of the goods.</p><p>Prime Minister Anna Berg will visit Tokyo from 14 to 16 April, the
foreign ministry of Norway announced. She will hold talks on defence cooperation and sign a
contract for four patrol vessels worth $52 million.</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>
<item><title>Tariff cut</title><link>{}</link><pubDate>Mon, 10 Mar 2025 16:00:00 +0000</pubDate>
<description>A teaser.</description></item></channel></rss>"""


class Bot:
    """A running bot with its clock, its Discord and a website."""

    def __init__(self, server: FakeDiscord, web: FakeWeb, settings: Settings) -> None:
        self.discord = server
        self.web = web
        self.settings = settings
        self.clock = SetClock(EVENING)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        clients: list[discord.Client] = []

        def make_client(**how: bool) -> discord.Client:
            clients.append(new_client(**how))
            # It waits two seconds for servers that may follow; here they come at once.
            clients[-1]._connection.guild_ready_timeout = 0.05
            return clients[-1]

        with mock.patch.object(login, "new_client", make_client):
            running = run(self.settings, clock=self.clock, tick_seconds=TICK_SECONDS)
            self._task = asyncio.create_task(running)
            # A client that is closed before it is ready trips over that afterwards.
            await self.wait(lambda: any(client.is_ready() for client in clients))

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def wait(self, is_true: Callable[[], bool]) -> None:
        """Wait for something, or for the bot to fail."""
        async with asyncio.timeout(15):
            while not is_true():
                assert self._task is not None
                if self._task.done():
                    self._task.result()
                await asyncio.sleep(0.05)

    async def pass_ticks(self) -> None:
        """Let the clock tick some times more: what comes twice would come now."""
        await asyncio.sleep(10 * TICK_SECONDS)

    async def follow_feed(self) -> None:
        """Add a feed as an administrator would, and wait until its article is read."""
        self.web.serve("/1", PAGE, content_type="text/html")
        url = self.web.serve("/feed.xml", FEED.format(self.web.url("/1")))
        card = await self.discord.interaction("feeds add", {"url": url}, permissions=MANAGE_GUILD)
        assert "Gazette" in card.text
        await self.press(card, "Confirm")
        await self.wait(lambda: any(path == "/1" for path, _ in self.web.requests))

    async def press(self, shown: Exchange, label: str) -> Exchange:
        """Press a button of an answer, as a manager."""
        assert shown.original is not None
        id_ = shown.parts[label]["custom_id"]
        return await self.discord.people.click(shown.original, id_, permissions=MANAGE_GUILD)

    async def wait_until_analysed(self) -> None:
        path = self.settings.database_url.removeprefix("sqlite:///")

        def is_analysed() -> bool:
            with closing(sqlite3.connect(path)) as db:
                return bool(db.execute("SELECT count(*) FROM analysis").fetchone()[0])

        await self.wait(is_analysed)

    async def schedule(self, **days: str) -> None:
        told = await self.discord.interaction(
            "schedule set", {"times": "06:00", "timezone": "UTC", **days}, permissions=MANAGE_GUILD
        )
        assert "06:00" in told.text


Running = TypeVar("Running", bound=Bot)


@asynccontextmanager
async def open_bot(
    kind: type[Running], folder: Path, *, is_new: bool = False
) -> AsyncIterator[Running]:
    """A bot of that kind that keeps its database in the folder; it starts when it is told.

    Unless ``is_new``, it has greeted the server before, and posts no welcome.
    """
    async with FakeDiscord() as server, FakeWeb() as web:
        settings = settings_for(
            folder,
            discord_token=TOKEN,
            discord_api_url=server.api_url,
            discord_gateway_url=server.gateway_url,
        )
        if not is_new:
            await _remember_welcome(settings.database_url)
        bot = kind(server, web, settings)
        yield bot
        await bot.stop()


async def _remember_welcome(url: str) -> None:
    upgrade(url)
    store = open_store(url)
    await store.save_mark(f"discord.welcome.{GUILD_ID}", "yes")
    await store.close()
