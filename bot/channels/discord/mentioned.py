"""messages that mention the bot, replies to it among them → ``ports.Commands.ask``, in a reply."""

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.channels.discord.answers import render_answer
from bot.channels.discord.asked import Desk, member_of, thread_of
from bot.channels.discord.busy import Busy
from bot.channels.discord.buttons import find_key
from bot.channels.discord.embeds import NOBODY, open_message
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.limits import Payload
from bot.channels.discord.posting import PAUSES, post
from bot.channels.discord.replies import find_line
from bot.channels.discord.rights import member_has_right
from bot.channels.discord.told import Told
from bot.errors import ChannelError
from bot.model import Origin, Right
from bot.wording import Words

logger = logging.getLogger(__name__)

_NAME = "message"
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:)\d{1,20}>")
_NOTHING = discord.Permissions.none()
_KINDS = (discord.MessageType.default, discord.MessageType.reply)


def listen_to_messages(
    client: discord.Client, desk: Desk, *, pauses: Sequence[float] = PAUSES
) -> None:
    """Answer people who mention the bot in a channel or thread, or reply to it with the ping on.

    Of other messages Discord shows no word to a bot without the Message Content intent.
    """

    busy, told = Busy(), Told()

    async def on_message(message: discord.Message) -> None:
        guild, me = message.guild, client.user
        if guild and me and _is_for(message, me):
            await _Talk(message, guild, me, pauses).answer(desk, busy, told)

    client.event(on_message)


def _is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    is_person = not message.author.bot and message.webhook_id is None
    return is_person and message.type in _KINDS and me in message.mentions


class _Talk:
    """One message of a person, and what is replied to it."""

    def __init__(
        self,
        message: discord.Message,
        guild: discord.Guild,
        me: discord.ClientUser,
        pauses: Sequence[float],
    ) -> None:
        self._message = message
        self._me = me
        self._pauses = pauses
        self._guild = guild
        self._workspace = f"discord:{guild.id}"
        self._rights = _find_rights(message, guild.me)

    async def answer(self, desk: Desk, busy: Busy, told: Told) -> None:
        """Ask what was typed, and reply with the answer or with the line that says why not.

        Such a line comes to one member at most once a minute in a channel: nobody can make the
        bot fill it.
        """
        if not self._may_speak():
            # Each call that Discord refuses counts towards a ban of our address.
            logger.info("message.left_alone channel=%d", self._message.channel.id)
            return
        channel = self._message.channel
        try:
            async with busy.show(channel.id, channel):
                payloads, line = await self._ask(desk)
            author = self._message.author
            if line and not told.may_tell(channel.id, author.id, now=desk.clock()):
                logger.info("message.line_left_out channel=%d", channel.id)
                return
            await self._reply(payloads, line)
        except ChannelError as error:
            logger.warning("message.unanswered channel=%d reason=%s", channel.id, error)

    def _may_speak(self) -> bool:
        is_thread = isinstance(self._message.channel, discord.Thread)
        rights = self._rights
        return rights.send_messages_in_threads if is_thread else rights.send_messages

    async def _ask(self, desk: Desk) -> tuple[Sequence[Payload], str]:
        """The messages of the answer, or one line."""
        words = desk.wordings.choose(str(self._guild.preferred_locale))
        try:
            settings = await desk.commands.get_settings(self._workspace)
            if settings.language:
                words = desk.wordings.choose(settings.language)
            if not await self._may_ask(desk):
                return (), words.say("replies.mention.denied")
            return await self._answer(desk, words)
        except Exception as error:
            return (), find_line(error, _NAME, words)

    async def _may_ask(self, desk: Desk) -> bool:
        author = self._message.author
        held = author.guild_permissions if isinstance(author, discord.Member) else _NOTHING
        return await member_has_right(author, held, desk, self._workspace, Right.VIEW)

    async def _answer(self, desk: Desk, words: Words) -> tuple[Sequence[Payload], str]:
        question = " ".join(_MARKUP.sub(" ", self._message.content).split())
        if not re.search(r"\w", question):
            return (), words.say("replies.mention.help")
        if not self._rights.embed_links:
            return (), words.say("replies.mention.no_embeds")
        origin = Origin(
            member=member_of(self._message.author),
            thread=thread_of(self._message.channel),
            follows=await self._find_followed(),
        )
        found = await desk.commands.ask(self._workspace, question, now=desk.clock(), origin=origin)
        return render_answer(found, words), ""

    async def _find_followed(self) -> str:
        """The key of the bot's own brief or answer that is replied to, if it is one."""
        reference = self._message.reference
        if reference is None or reference.message_id is None:
            return ""
        earlier = reference.resolved
        can_look = self._rights.read_message_history
        if earlier is None and can_look and reference.channel_id == self._message.channel.id:
            try:
                earlier = await self._message.channel.fetch_message(reference.message_id)
            except VENDOR_ERRORS as error:
                logger.info("message.not_found error=%s", type(error).__name__)
        if not isinstance(earlier, discord.Message) or earlier.author.id != self._me.id:
            return ""
        return find_key(_list_ids(earlier))

    async def _reply(self, payloads: Sequence[Payload], line: str) -> None:
        await self._post(1, payloads[0] if payloads else line)
        for number, payload in enumerate(payloads[1:], 2):
            await self._post(number, payload)
        logger.info("message.answered parts=%d", len(payloads) or 1)

    async def _post(self, number: int, said: Payload | str) -> None:
        """Post one part; its nonce comes from the message, so that no retry posts it twice."""

        async def send() -> discord.Message:
            return await channel.send(**self._open(number, said), nonce=nonce)

        channel, nonce = self._message.channel, f"r{self._message.id}-{number}"
        await post(send, str(channel.id), pauses=self._pauses)

    def _open(self, number: int, said: Payload | str) -> dict[str, Any]:
        parts: dict[str, Any] = {"content": said, "allowed_mentions": NOBODY}
        if not isinstance(said, str):
            parts = open_message(said)
        # Discord lets only those reply who may read what was there before.
        if number == 1 and self._rights.read_message_history:
            parts["reference"] = self._message.to_reference(fail_if_not_exists=False)
        return parts


def _find_rights(message: discord.Message, me: discord.Member) -> discord.Permissions:
    """What the bot may do there; nothing in a place that Discord has not told us of."""
    try:
        return message.channel.permissions_for(me)
    except discord.ClientException:
        return discord.Permissions.none()


def _list_ids(message: discord.Message) -> Iterator[str]:
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            yield from (part.custom_id for part in row.children if part.custom_id)
