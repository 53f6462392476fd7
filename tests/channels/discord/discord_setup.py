"""The bot listening at the fake Discord, over a desk of plain values."""

import asyncio

from discord_desk import Desk, Marks
from discord_samples import NOW
from discord_words import WORDINGS
from fakes.discord import FakeDiscord
from fakes.discord_world import TOKEN, until

from bot.channels.discord.asked import Desk as Asked
from bot.channels.discord.gateway import Gateway
from bot.channels.discord.login import Login


class Setup:
    """A gateway that runs against the fake Discord."""

    def __init__(self, server: FakeDiscord) -> None:
        self.server = server
        self.desk = Desk()
        self.marks = Marks()
        self.reads_replies = True
        self.longest_silence = 60.0
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
            Asked(self.desk, lambda: self.now, WORDINGS),
            self.marks,
            first_pause=0.05,
            longest_pause=0.2,
            longest_silence=self.longest_silence,
        )
        task = asyncio.create_task(self.gateway.run())
        self.tasks.append((self.gateway, task))
        return task

    async def listen(self) -> None:
        self.start()
        # The client waits two seconds for servers that may follow; here they come at once.
        client = await self.login.get_client()
        client._connection.guild_ready_timeout = 0.05
        await until(lambda: self.server.gateway.is_listening)
        # A client that is closed before it is ready trips over that afterwards.
        await until(client.is_ready)

    async def restart(self) -> None:
        """End the process, as far as the bot can tell, and begin another."""
        await self.stop()
        await self.listen()

    async def stop(self) -> None:
        for gateway, task in self.tasks:
            await gateway.close()
            await asyncio.wait([task], timeout=5)
            assert task.done()
        # What the end has told is heard in the next turn of the loop.
        await asyncio.sleep(0)
        self.tasks.clear()
