"""channels in which answers are being written → “is typing” there, once however many they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord

from bot.channels.discord.faults import VENDOR_ERRORS


class Busy:
    """Shows that the bot is at work; no answer waits for that, or fails by it.

    Discord draws it for ten seconds and counts each call: a hundred questions that wait would
    take the calls that their answers need.
    """

    def __init__(self) -> None:
        self._places: dict[int, tuple[asyncio.Task[None], int]] = {}

    @asynccontextmanager
    async def show(self, place: int, channel: discord.abc.Messageable) -> AsyncIterator[None]:
        """Be seen typing in the channel of that id until the end of the block."""
        known = self._places.get(place)
        task, number = known or (asyncio.create_task(_type(channel)), 0)
        self._places[place] = task, number + 1
        try:
            yield
        finally:
            task, number = self._places.pop(place)
            if number > 1:
                self._places[place] = task, number - 1
            else:
                task.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    with suppress(*VENDOR_ERRORS):
        async with channel.typing():
            await asyncio.Event().wait()
