"""The running bot answers on its port: its health, and the calendar of a workspace."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import icalendar
import pytest
from fakes.discord import FakeDiscord
from fakes.discord_world import TOKEN
from fakes.outbox import SetClock
from stage_samples import settings_for

from bot.app import run
from bot.config import Settings
from bot.errors import SettingsError
from bot.store import open_store

SETTLED = datetime(2025, 2, 8, tzinfo=UTC)


@pytest.fixture
async def settings(seeded_folder: Path, tmp_path: Path) -> AsyncIterator[Settings]:
    shutil.copytree(seeded_folder, tmp_path, dirs_exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with FakeDiscord() as discord:
        yield settings_for(
            tmp_path,
            discord_token=TOKEN,
            discord_api_url=discord.api_url,
            discord_gateway_url=discord.gateway_url,
            metrics_port=port,
            public_url=f"http://127.0.0.1:{port}",
        )


async def test_the_running_bot_tells_its_health_and_a_calendar(settings: Settings) -> None:
    store = open_store(settings.database_url)
    await store.save_calendar_token("console", "t" * 43, is_new=True)
    await store.close()
    running = asyncio.create_task(run(settings, clock=SetClock(SETTLED), tick_seconds=0.1))
    async with aiohttp.ClientSession() as browser:
        await wait_until_it_listens(browser, settings.public_url, running)
        async with browser.get(f"{settings.public_url}/calendar/{'t' * 43}.ics") as got:
            events = icalendar.Calendar.from_ical(await got.read()).events
    assert "Narendra Modi → Washington" in [str(event["summary"]) for event in events]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", settings.metrics_port)


async def wait_until_it_listens(
    browser: aiohttp.ClientSession, url: str, running: asyncio.Task[None]
) -> None:
    async with asyncio.timeout(15):
        while not running.done():
            try:
                async with browser.get(f"{url}/healthz") as got:
                    assert await got.text() == "ok\n"
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        running.result()


async def test_a_port_that_is_taken_stops_the_bot_before_it_starts(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.metrics_port or 0))
        taken.listen()
        with pytest.raises(SettingsError, match="Address already in use"):
            await asyncio.wait_for(run(settings, clock=SetClock(SETTLED)), 15)
