"""Keeps the bot listening at Discord's gateway, whatever fails, until it is closed."""

import json
import logging
from hashlib import blake2b

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk
from bot.channels.discord.commands import build_tree
from bot.channels.discord.faults import VENDOR_ERRORS, explain, is_worth_another_try
from bot.channels.discord.guilds import Guilds
from bot.channels.discord.link import Link
from bot.channels.discord.localised import CommandWords
from bot.channels.discord.login import Login
from bot.channels.discord.mentioned import listen_to_messages
from bot.channels.discord.pressed import listen_to_buttons
from bot.errors import ChannelError
from bot.ports import MarkStore

logger = logging.getLogger(__name__)

_MARK = "discord.commands"


class Gateway:
    """Listens for commands, buttons and replies; posting goes on without it.

    A failed start is tried again after ``first_pause`` seconds, then after twice as long each
    time, up to ``longest_pause``: a crash loop would use up Discord's daily starts. After
    ``longest_silence`` (seconds) without a connection the bot is not well.
    """

    def __init__(
        self,
        login: Login,
        desk: Desk,
        marks: MarkStore,
        *,
        first_pause: float = 1.0,
        longest_pause: float = 300.0,
        longest_silence: float = 180.0,
    ) -> None:
        self._login = login
        self._desk = desk
        self._marks = marks
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._longest_silence = longest_silence
        self._link = Link()
        self._client: discord.Client | None = None
        self._tree: app_commands.CommandTree[discord.Client] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the connection stands and the servers are known."""
        return self._link.is_up

    def find_trouble(self) -> str:
        """Return why the bot is not well, or nothing while it is, or may soon be."""
        seconds = self._link.silent_seconds
        if self._link.is_up or seconds < self._longest_silence:
            return ""
        return f"Discord's gateway has not been heard for {seconds:.0f} seconds"

    async def run(self) -> None:
        """Listen until ``close``.

        Raises:
            ChannelError: permanent, the token or the bot's settings at Discord are wrong.
        """
        pause = self._first_pause
        while True:
            try:
                await self._listen()
            except ChannelError as error:
                if error.permanent:
                    raise
                logger.warning("gateway.down pause=%.0f reason=%s", pause, error)
            if await self._login.is_closed_within(pause):
                return
            pause = min(pause * 2, self._longest_pause)

    async def close(self) -> None:
        """Stop listening and let go of the shared login."""
        await self._login.close()

    async def _listen(self) -> None:
        client = await self._login.get_client()
        if client is not self._client:
            listen_to_buttons(client, self._desk)
            listen_to_messages(client, self._desk)
            guilds = Guilds(client, self._desk, self._marks)
            guilds.listen()
            self._link.listen(client, guilds.compare)
            # A client takes one tree for good, also if Discord could not be told of it yet.
            if self._tree is None or self._tree.client is not client:
                self._tree = build_tree(client, self._desk)
            await self._sync(self._tree)
            self._client = client
        try:
            await client.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise ChannelError(
                "Discord refuses the bot's intents: in the developer portal, under Bot, it needs no"
                " privileged one; reset what was changed there, or set DISCORD_REPLIES=false.",
                permanent=True,
            ) from error
        except discord.ConnectionClosed as error:
            raise ChannelError(
                f"Discord closed the gateway for good (code {error.code}):"
                " check DISCORD_TOKEN and the bot in the developer portal.",
                permanent=True,
            ) from error
        except AttributeError as error:
            # discord.py 2.7 trips over itself when the very first connection fails.
            if client.ws is not None:
                raise
            raise ChannelError("Discord's gateway can't be reached.") from error

    async def _sync(self, tree: app_commands.CommandTree[discord.Client]) -> None:
        """Send the commands only if they changed: Discord counts and limits this."""
        translator = CommandWords(self._desk.wordings)
        await tree.set_translator(translator)
        state = await self._marks.find_mark(_MARK)
        digest = await hash_commands(tree, translator)
        if state == digest:
            return
        try:
            synced = await tree.sync()
        except VENDOR_ERRORS as error:
            if is_worth_another_try(error):
                raise explain(error) from error
            logger.error("commands.refused reason=%s", explain(error))
            return
        await self._marks.save_mark(_MARK, digest)
        logger.info("commands.synced count=%d", len(synced))


async def hash_commands(
    tree: app_commands.CommandTree[discord.Client], translator: app_commands.Translator
) -> str:
    """Return what changes when the bot or any of its commands does, in any language."""
    commands = [
        await command.get_translated_payload(tree, translator) for command in tree.get_commands()
    ]
    whole = json.dumps([tree.client.application_id, commands], sort_keys=True)
    return blake2b(whole.encode(), digest_size=16).hexdigest()
