"""Whether the gateway is heard: since when it is not, and what is done when it is again."""

import asyncio
from collections.abc import Awaitable, Callable

import discord


class Link:
    """Counts from the start, and from every loss of the connection, until Discord is heard."""

    def __init__(self) -> None:
        self._silent_since: float | None = asyncio.get_running_loop().time()

    @property
    def is_up(self) -> bool:
        """Whether the connection stands and the servers are known."""
        return self._silent_since is None

    @property
    def silent_seconds(self) -> float:
        """For how long nothing has been heard."""
        since = self._silent_since
        return 0.0 if since is None else asyncio.get_running_loop().time() - since

    def listen(self, client: discord.Client, be_ready: Callable[[], Awaitable[None]]) -> None:
        """Watch a client; ``be_ready`` runs whenever its servers are known anew."""

        async def on_ready() -> None:
            self._silent_since = None
            await be_ready()

        async def on_resumed() -> None:
            self._silent_since = None

        async def on_disconnect() -> None:
            if self._silent_since is None:
                self._silent_since = asyncio.get_running_loop().time()

        for listener in (on_ready, on_resumed, on_disconnect):
            client.event(listener)
