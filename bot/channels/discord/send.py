"""payload → one message in a Discord channel, posted once: REST only, no gateway needed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import discord

from bot.channels.discord.corrections import render_corrected
from bot.channels.discord.embeds import read_embeds
from bot.channels.discord.faults import ARCHIVED, UNKNOWN_CHANNEL, VENDOR_ERRORS, explain
from bot.channels.discord.files import without_files
from bot.channels.discord.history import find_in_place, find_post
from bot.channels.discord.login import Login
from bot.channels.discord.notices import render_alert, render_notice
from bot.channels.discord.places import put_in_place
from bot.channels.discord.posting import DEADLINE, PAUSES, open_posted, post
from bot.channels.discord.reminder import render_reminder
from bot.channels.discord.render import render_brief
from bot.channels.discord.threads import open_thread, send_in_post, send_in_thread, send_post
from bot.errors import ChannelError
from bot.model import Brief, CalendarEntry, Correction, Finding, Item, Look
from bot.ports.outside import Payloads
from bot.wording import Wordings

logger = logging.getLogger(__name__)

_NONCE = 25
# Our clock and Discord's may differ by this much when history is searched.
_CLOCK_SLACK = timedelta(minutes=1)
_SEARCH_SECONDS = 60.0


class DiscordChannel:
    """Keeps ``ports.Channel``.

    A call is tried once more after each of ``pauses`` (seconds), a send always with the same
    nonce; ``deadline`` is for one try.
    """

    def __init__(
        self,
        login: Login,
        wordings: Wordings,
        *,
        pauses: Sequence[float] = PAUSES,
        deadline: float = DEADLINE,
    ) -> None:
        self._login = login
        self._wordings = wordings
        self._pauses = tuple(pauses)
        self._deadline = deadline

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""
        return "discord"

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        """As ``ports.Channel`` has it."""
        return render_brief(brief, mark, look, self._wordings.choose(look.language))

    def render_alert(self, items: Sequence[Item], mark: str, look: Look) -> Payloads:
        """As ``ports.Channel`` has it."""
        return render_alert(items, mark, look, self._wordings.choose(look.language))

    def render_notice(self, findings: Sequence[Finding], mark: str, look: Look) -> Payloads:
        """As ``ports.Channel`` has it."""
        return render_notice(findings, mark, look, self._wordings.choose(look.language))

    def render_corrected(
        self,
        payload: Mapping[str, object],
        corrections: Sequence[Correction],
        look: Look,
        timezone: str,
    ) -> Mapping[str, object]:
        """As ``ports.Channel`` has it."""
        words = self._wordings.choose(look.language)
        return render_corrected(payload, corrections, look, words, timezone)

    def render_reminder(
        self,
        entry: CalendarEntry,
        agenda: Sequence[Item],
        mark: str,
        *,
        days: int,
        note: str = "",
        look: Look,
    ) -> Payloads:
        """As ``ports.Channel`` has it."""
        words = self._wordings.choose(look.language)
        payloads = render_reminder(entry, agenda, mark, days=days, note=note, words=words)
        return put_in_place(payloads, look, name=entry.visit.visitor)

    async def send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, *, first_id: str = ""
    ) -> str:
        """Post one message and return its id, or ``""`` if a moderator deleted it since.

        Raises:
            ChannelError: not posted; or ``is_unknown``, nobody can tell.
        """
        if not 0 < len(nonce) <= _NONCE:
            raise ChannelError(f"A nonce has 1 to {_NONCE} characters.", permanent=True)
        try:
            return await self._send(channel_id, payload, nonce, first_id)
        except ChannelError as error:
            if not payload.get("files") or not _is_refused(error):
                raise
            # Perhaps only Attach Files is missing; the words say the same as the picture.
            logger.warning("message.sent_without_files channel=%s reason=%s", channel_id, error)
            return await self._send(channel_id, without_files(payload), nonce, first_id)

    async def _send(
        self, channel_id: str, payload: Mapping[str, object], nonce: str, first_id: str
    ) -> str:
        client, place = await self._login.get_client(), _read_id(channel_id)

        def send() -> Awaitable[discord.abc.Snowflake]:
            if "post" in payload:
                return send_post(client, place, payload, nonce)
            if "in_post" in payload:
                return send_in_post(client, _read_first(first_id), payload, nonce)
            if "thread" in payload:
                return send_in_thread(client, place, _read_first(first_id), payload, nonce)
            target = client.get_partial_messageable(place)
            return target.send(**open_posted(payload), nonce=nonce)

        return await post(send, channel_id, pauses=self._pauses, deadline=self._deadline)

    async def find_sent(
        self, channel_id: str, mark: str, after: datetime, *, first_id: str = ""
    ) -> str | None:
        """Return the id of our own message whose footer ends with ``mark``, or None.

        Raises:
            ChannelError: the history can't be read, so nobody can tell.
        """
        client, place = await self._login.get_client(), _read_id(channel_id)
        try:
            async with asyncio.timeout(_SEARCH_SECONDS):
                return await _find(client, place, mark, after - _CLOCK_SLACK, first_id)
        except VENDOR_ERRORS as error:
            raise explain(error) from error

    async def edit(self, channel_id: str, message_id: str, payload: Mapping[str, object]) -> bool:
        """Put other embeds into a message of ours; False if it is not there any more.

        Raises:
            ChannelError: it could not be changed.
        """
        place = _read_id(message_id if "post" in payload else channel_id)
        try:
            return await self._edit(place, _read_id(message_id), payload)
        except ChannelError as error:
            if _is_gone(error):
                return False
            if not payload.get("files") or not isinstance(error.__cause__, discord.HTTPException):
                raise
            # It was perhaps posted without its picture.
            return await self._edit(place, _read_id(message_id), without_files(payload))

    async def _edit(self, place: int, message_id: int, payload: Mapping[str, object]) -> bool:
        client = await self._login.get_client()
        message = client.get_partial_messageable(place).get_partial_message(message_id)

        async def change() -> discord.Message:
            try:
                return await message.edit(embeds=read_embeds(payload))
            except discord.HTTPException as error:
                if error.code != ARCHIVED:
                    raise
            await open_thread(client, place)
            return await message.edit(embeds=read_embeds(payload))

        return bool(await post(change, str(place), pauses=self._pauses, deadline=self._deadline))

    async def close(self) -> None:
        """Let go of the shared login."""
        await self._login.close()


async def _find(
    client: discord.Client, channel_id: int, mark: str, since: datetime, first_id: str
) -> str | None:
    """Look where the message would be: a later part also in the thread under the first."""
    if first_id:
        try:
            thread = await client.fetch_channel(_read_id(first_id))
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
        else:
            if found := await find_in_place(client, thread, mark, since):
                return found
    channel = await client.fetch_channel(channel_id)
    if not isinstance(channel, discord.ForumChannel):
        return await find_in_place(client, channel, mark, since)
    if first_id:
        return None
    made = await find_post(client, channel, mark, since=since)
    return str(made.id) if made else None


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ChannelError("This is not the id of a Discord channel.", permanent=True)
    return int(text)


def _read_first(text: str) -> int:
    if not text:
        raise ChannelError(
            "The first message of this brief was deleted, so the rest has no place.",
            permanent=True,
        )
    return _read_id(text)


def _is_refused(error: ChannelError) -> bool:
    """Whether the bot may not post this, and surely did not."""
    is_right_missing = isinstance(error.__cause__, discord.Forbidden)
    return is_right_missing and error.permanent and not error.is_unknown


def _is_gone(error: ChannelError) -> bool:
    cause = error.__cause__
    return isinstance(cause, discord.NotFound) and cause.code == UNKNOWN_CHANNEL
