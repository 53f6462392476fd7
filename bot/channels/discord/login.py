"""One login at Discord in a process, shared by what posts and what listens."""

import asyncio

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.channels.discord.faults import VENDOR_ERRORS, explain
from bot.channels.discord.once import watch_answers
from bot.errors import ChannelError

# Longer waits than this would outlive the deadline of a send; they come as an error instead.
_LONGEST_WAIT_SECONDS = 30.0


def new_client(*, reads_replies: bool = True) -> discord.Client:
    """Return a client that asks for no privileged intent and can ping nobody.

    With ``reads_replies`` it is sent the messages of servers, with words in those alone that
    mention it.
    """
    # It never speaks: that libraries for voice are missing is no news.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    return discord.Client(
        intents=discord.Intents(guilds=True, guild_messages=reads_replies),
        allowed_mentions=discord.AllowedMentions.none(),
        max_ratelimit_timeout=_LONGEST_WAIT_SECONDS,
        max_messages=None,
        http_trace=watch_answers(),
    )


class Login:
    """Logs in when first asked, over REST alone; whoever closes it closes it for all.

    The addresses are for the whole process, since discord.py keeps them in its classes;
    an empty one leaves Discord's own.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "",
        gateway_url: str = "",
        reads_replies: bool = True,
    ) -> None:
        self._token = token
        self._reads_replies = reads_replies
        self._client: discord.Client | None = None
        self._closed = asyncio.Event()
        self._turn = asyncio.Lock()
        if api_url:
            Route.BASE = api_url.rstrip("/")
        if gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)

    async def get_client(self) -> discord.Client:
        """Return the client, logged in.

        Raises:
            ChannelError: permanent for a wrong token; not permanent while Discord is down.
        """
        async with self._turn:
            if self._client is None or self._client.is_closed():
                self._client = await self._log_in()
            return self._client

    async def _log_in(self) -> discord.Client:
        client = new_client(reads_replies=self._reads_replies)
        try:
            if not self._closed.is_set():
                async with asyncio.timeout(_LONGEST_WAIT_SECONDS):
                    await client.login(self._token)
        except VENDOR_ERRORS as error:
            await client.close()
            raise explain(error) from error
        if self._closed.is_set():
            await client.close()
            raise ChannelError("The login at Discord is closed: the program is stopping.")
        return client

    async def is_closed_within(self, seconds: float) -> bool:
        """Wait so long at most; whether the login is closed by then."""
        try:
            async with asyncio.timeout(seconds):
                await self._closed.wait()
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Let go of connections; doing it twice is fine."""
        self._closed.set()
        if self._client is not None:
            await self._client.close()
