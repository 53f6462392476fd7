"""servers that the bot joins and leaves → ``ports.Commands``: everything rests, nothing is lost."""

import asyncio
import logging
from collections.abc import Iterable

import discord

from bot.channels.discord.asked import Desk
from bot.channels.discord.limits import Payload
from bot.channels.discord.permissions import WRITING, list_missing
from bot.channels.discord.posting import open_posted, post
from bot.channels.discord.welcome import render_back, render_welcome
from bot.errors import BotError, ChannelError
from bot.ports import MarkStore
from bot.wording import Words

logger = logging.getLogger(__name__)

_PLATFORM = "discord:"
_WELCOMED = "yes"


class Guilds:
    """Keeps the workspaces true to the servers the bot is in, also after being offline.

    One at a time: being ready and a server's arrival may come together.
    """

    def __init__(self, client: discord.Client, desk: Desk, marks: MarkStore) -> None:
        self._client = client
        self._desk = desk
        self._marks = marks
        self._turn = asyncio.Lock()

    def listen(self) -> None:
        """Be told of servers that the bot joins and is removed from."""

        async def on_guild_join(guild: discord.Guild) -> None:
            await self.arrive(guild)

        async def on_guild_remove(guild: discord.Guild) -> None:
            # Discord sends another event for a server that an outage hides.
            await self.leave(guild.id)

        self._client.event(on_guild_join)
        self._client.event(on_guild_remove)

    async def compare(self) -> None:
        """Settle what happened while nobody listened."""
        try:
            known = await self._desk.commands.list_workspaces()
        except BotError as error:
            logger.error("guilds.uncompared reason=%s", error)
            return
        standing = {int(each.removeprefix(_PLATFORM)) for each in known if _is_guild(each)}
        present = {guild.id: guild for guild in self._client.guilds}
        for guild_id in sorted(standing - present.keys()):
            await self.leave(guild_id)
        for guild_id in sorted(present.keys() & standing):
            await self._keep_locale(present[guild_id])
        for guild_id in sorted(present.keys() - standing):
            await self.arrive(present[guild_id])

    async def _keep_locale(self, guild: discord.Guild) -> None:
        """Let jobs know the server's own language, which may have changed meanwhile."""
        if guild.unavailable:
            return  # nothing is known of it yet
        own = self._desk.wordings.choose(str(guild.preferred_locale)).language
        try:
            await self._desk.commands.keep_locale(_workspace(guild.id), own)
        except BotError as error:
            logger.warning("guild.locale_unknown guild=%d reason=%s", guild.id, error)

    async def leave(self, guild_id: int) -> None:
        """Let the workspace of a server rest that the bot was removed from."""
        async with self._turn:
            try:
                await self._desk.commands.leave(_workspace(guild_id), now=self._desk.clock())
                await self._marks.save_mark(_mark(guild_id), "")
            except BotError as error:
                logger.error("guild.not_left guild=%d reason=%s", guild_id, error)
                return
        logger.info("guild.left guild=%d", guild_id)

    async def arrive(self, guild: discord.Guild) -> None:
        """Go on where it stood, and say so to admins; or welcome whoever manages a new server."""
        async with self._turn:
            if guild.unavailable:
                return
            try:
                await self._settle(guild)
            except BotError as error:
                logger.warning("guild.not_told guild=%d reason=%s", guild.id, error)

    async def _settle(self, guild: discord.Guild) -> None:
        workspace, commands = _workspace(guild.id), self._desk.commands
        was_away = await commands.come_back(workspace, now=self._desk.clock())
        await self._keep_locale(guild)
        settings = await commands.get_settings(workspace)
        words = self._desk.wordings.choose(settings.language or str(guild.preferred_locale))
        is_set_up = bool(
            await commands.list_feeds(workspace) or await commands.list_schedules(workspace)
        )
        logger.info("guild.joined guild=%d was_away=%s", guild.id, was_away)
        if is_set_up:
            place = settings.notices
            if was_away and place is not None and place.channel_id.isdecimal():
                await self._send(int(place.channel_id), render_back(words), f"back{guild.id}")
        elif await self._marks.find_mark(_mark(guild.id)) != _WELCOMED:
            await self._welcome(guild, words)

    async def _welcome(self, guild: discord.Guild, words: Words) -> None:
        channel = find_place(guild)
        if channel is None:
            logger.info("guild.no_place guild=%d", guild.id)
            return
        # Before it is sent: rather none than two.
        await self._marks.save_mark(_mark(guild.id), _WELCOMED)
        try:
            await self._send(channel.id, render_welcome(words), f"hello{guild.id}")
        except ChannelError as error:
            if not error.is_unknown:
                await self._marks.save_mark(_mark(guild.id), "")
            raise

    async def _send(self, channel_id: int, payloads: Iterable[Payload], nonce: str) -> None:
        channel = self._client.get_partial_messageable(channel_id)
        for payload in payloads:

            async def send(payload: Payload = payload) -> discord.Message:
                return await channel.send(**open_posted(payload), nonce=nonce)

            await post(send, str(channel_id))


def find_place(guild: discord.Guild) -> discord.TextChannel | None:
    """Return where a new server is told what to do next; None if the bot may write nowhere.

    Moderators have a channel for such news in a community; else it is where Discord itself
    greets people, else the first channel.
    """
    first = (guild.public_updates_channel, guild.system_channel)
    return next((each for each in (*first, *guild.text_channels) if each and _may_post(each)), None)


def _may_post(channel: discord.TextChannel) -> bool:
    return not list_missing(channel.permissions_for(channel.guild.me), WRITING)


def _is_guild(workspace: str) -> bool:
    number = workspace.removeprefix(_PLATFORM)
    return workspace.startswith(_PLATFORM) and number.isascii() and number.isdecimal()


def _workspace(guild_id: int) -> str:
    return f"{_PLATFORM}{guild_id}"


def _mark(guild_id: int) -> str:
    return f"discord.welcome.{guild_id}"
