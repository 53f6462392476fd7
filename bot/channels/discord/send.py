"""payload → one message in a Discord channel, posted once: REST only, no gateway needed."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import discord

from bot.channels.discord.embeds import open_message
from bot.channels.discord.faults import VENDOR_ERRORS, explain
from bot.channels.discord.files import without_files
from bot.channels.discord.login import Login
from bot.channels.discord.posting import DEADLINE, PAUSES, post
from bot.channels.discord.reminder import render_reminder
from bot.channels.discord.render import render_brief
from bot.errors import ChannelError
from bot.model import Brief, CalendarEntry, Item

logger = logging.getLogger(__name__)

_NONCE = 25
# Our clock and Discord's may differ by this much when history is searched.
_CLOCK_SLACK = timedelta(minutes=1)
_SEARCH_SECONDS = 60.0


class DiscordChannel:
    """Keeps ``ports.Channel``.

    A send is tried once more after each of ``pauses`` (seconds), always with the same nonce;
    ``deadline`` is for one try.
    """

    def __init__(
        self, login: Login, *, pauses: Sequence[float] = PAUSES, deadline: float = DEADLINE
    ) -> None:
        self._login = login
        self._pauses = tuple(pauses)
        self._deadline = deadline

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""
        return "discord"

    def render_brief(
        self, brief: Brief, mark: Callable[[int], str]
    ) -> tuple[Mapping[str, object], ...]:
        """As ``ports.Channel`` has it."""
        return render_brief(brief, mark)

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
    ) -> tuple[Mapping[str, object], ...]:
        """As ``ports.Channel`` has it."""
        return render_reminder(entry, agenda, mark, days=days, note=note)

    async def send(self, channel_id: str, payload: Mapping[str, object], nonce: str) -> str:
        """Post one message and return its id, or ``""`` if a moderator deleted it since.

        Raises:
            ChannelError: not posted; or ``is_unknown``, nobody can tell.
        """
        if not 0 < len(nonce) <= _NONCE:
            raise ChannelError(f"A nonce has 1 to {_NONCE} characters.", permanent=True)
        try:
            return await self._send(channel_id, payload, nonce)
        except ChannelError as error:
            if not payload.get("files") or not _is_refused(error):
                raise
            # Perhaps only Attach Files is missing; the words say the same as the picture.
            logger.warning("message.sent_without_files channel=%s reason=%s", channel_id, error)
            return await self._send(channel_id, without_files(payload), nonce)

    async def _send(self, channel_id: str, payload: Mapping[str, object], nonce: str) -> str:
        target = await self._get_target(channel_id)

        async def send() -> discord.Message:
            return await target.send(**open_message(payload), nonce=nonce)

        return await post(send, channel_id, pauses=self._pauses, deadline=self._deadline)

    async def find_sent(self, channel_id: str, mark: str, after: datetime) -> str | None:
        """Return the id of our own message whose footer ends with ``mark``, or None.

        Raises:
            ChannelError: the history can't be read, so nobody can tell.
        """
        target = await self._get_target(channel_id)
        client = await self._login.get_client()
        try:
            async with asyncio.timeout(_SEARCH_SECONDS):
                await _check_history_is_readable(client, int(channel_id))
                since = after - _CLOCK_SLACK
                async for message in target.history(limit=None, after=since, oldest_first=True):
                    if client.user and message.author.id == client.user.id and _has(message, mark):
                        return str(message.id)
        except VENDOR_ERRORS as error:
            raise explain(error) from error
        return None

    async def close(self) -> None:
        """Let go of the shared login."""
        await self._login.close()

    async def _get_target(self, channel_id: str) -> discord.PartialMessageable:
        if not channel_id.isdecimal():
            raise ChannelError("This is not the id of a Discord channel.", permanent=True)
        client = await self._login.get_client()
        return client.get_partial_messageable(int(channel_id))


def _is_refused(error: ChannelError) -> bool:
    """Whether the bot may not post this, and surely did not."""
    is_right_missing = isinstance(error.__cause__, discord.Forbidden)
    return is_right_missing and error.permanent and not error.is_unknown


def _has(message: discord.Message, mark: str) -> bool:
    footers = [embed.footer.text or "" for embed in message.embeds]
    return any(text == mark or text.endswith(f" · {mark}") for text in footers)


async def _check_history_is_readable(client: discord.Client, channel_id: int) -> None:
    # Without the permission Discord answers with an empty list, not with an error, and an
    # empty list would be taken as proof that nothing was posted.
    found = await client.fetch_channel(channel_id)
    if isinstance(found, discord.abc.PrivateChannel) or client.user is None:
        return
    guild = await client.fetch_guild(found.guild.id, with_counts=False)
    place_id = found.parent_id if isinstance(found, discord.Thread) else found.id
    place = await guild.fetch_channel(place_id)
    me = await guild.fetch_member(client.user.id)
    if isinstance(place, discord.Thread) or not place.permissions_for(me).read_message_history:
        raise ChannelError(
            "The bot can't look up what it posted: give it Read Message History in this channel.",
            permanent=True,
        )
