"""The bot listening at the fake Discord, over a desk of plain values."""

import asyncio

from discord_desk import Desk, Marks
from discord_samples import NOW
from fakes.discord import FakeDiscord
from fakes.discord_world import TOKEN, until

from bot.channels.discord.gateway import Gateway
from bot.channels.discord.login import Login


class Setup:
    """A gateway that runs against the fake Discord."""

    def __init__(self, server: FakeDiscord) -> None:
        self.server = server
        self.desk = Desk()
        self.marks = Marks()
        self.reads_replies = True
        self.now = NOW
        self.tasks: list[tuple[Gateway, asyncio.Task[None]]] = []

    def start(self, token: str = TOKEN) -> asyncio.Task[None]:
        self.login = Login(
            token,
            api_url=self.server.api_url,
            gateway_url=self.server.gateway_url,
            reads_replies=self.reads_replies,
        )
        self.gateway = Gateway(
            self.login,
            self.desk,
            self.marks,
            lambda: self.now,
            first_pause=0.05,
            longest_pause=0.2,
        )
        task = asyncio.create_task(self.gateway.run())
        self.tasks.append((self.gateway, task))
        return task

    async def listen(self) -> None:
        self.start()
        await until(lambda: self.server.gateway.is_listening)

    async def restart(self) -> None:
        """End the process, as far as the bot can tell, and begin another."""
        await self.stop()
        await self.listen()

    async def stop(self) -> None:
        for gateway, task in self.tasks:
            await gateway.close()
            await asyncio.wait([task], timeout=5)
            assert task.done()
        self.tasks.clear()
