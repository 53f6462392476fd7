"""/forget → ``ports.Commands``: erase one's own questions, or all that is kept of a server."""

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, member_of, words_of, workspace_of
from bot.channels.discord.press import Press, open_question, read_words
from bot.channels.discord.replies import say_privately, take, tell
from bot.channels.discord.rights import EVERYBODY, RULE
from bot.model import Right
from bot.text.lexicon import fold

FORGET = "forget"
_NAME = 100


class ForgetGroup(app_commands.Group):
    """``/forget me`` for everybody, ``/forget server`` for Manage Server and its name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="forget", description="Erase what is kept")
        self._desk = desk

    @app_commands.command(
        name="me",
        description="Erase your questions, their answers and your votes",
        extras=EVERYBODY,
    )
    async def me(self, interaction: discord.Interaction) -> None:
        """Erase what one person asked here."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        member = member_of(interaction.user)
        rows = await self._desk.commands.forget(workspace, member=member)
        words = words_of(interaction, self._desk)
        key = "forget.me_done" if rows else "forget.me_nothing"
        await tell(interaction, words.say(key))

    @app_commands.command(
        name="server",
        description="Erase all that is kept of this server: feeds, orders, questions, history",
        extras=RULE,
    )
    async def server(self, interaction: discord.Interaction) -> None:
        """Ask for the server's name before anything is erased."""
        words = words_of(interaction, self._desk)
        title, label = words.say("forget.title"), words.say("forget.label")
        await open_question(interaction, self._desk, f"{FORGET}:", title, label, longest=_NAME)


async def _open(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    """Nothing stands under a message: the form comes from the command alone."""


async def _erase(interaction: discord.Interaction, desk: Desk, rest: str) -> None:
    workspace, words = workspace_of(interaction), words_of(interaction, desk)
    name = interaction.guild.name if interaction.guild else ""
    if not name or fold(read_words(interaction).strip()) != fold(name.strip()):
        await say_privately(interaction, words.say("forget.other_name"))
        return
    await take(interaction, is_private=True)
    rows = await desk.commands.forget(workspace)
    await tell(interaction, words.say("forget.server_done", rows=words.number(rows)))


PRESSES = {FORGET: Press(Right.RULE, _open, submit=_erase)}
