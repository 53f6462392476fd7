"""/ask → ``ports.Commands``: a question, answered for all or for the one who asks."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.answers import render_answer
from bot.channels.discord.asked import Desk, origin_of, shown_words, workspace_of
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import VIEW


def make_ask(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Return ``/ask``."""

    @app_commands.command(
        name="ask", description="Ask what the articles of your feeds say", extras=VIEW
    )
    @app_commands.describe(question="Your question", private="Show the answer to you alone")
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 1000],
        private: bool = False,
    ) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=private)
        # What one asks in private is no part of the thread that others go on from.
        origin = replace(origin_of(interaction), thread="") if private else origin_of(interaction)
        reply = await desk.commands.ask(workspace, question, now=desk.clock(), origin=origin)
        words = await shown_words(interaction, desk, is_private=private)
        await answer(interaction, render_answer(reply, words))

    return ask
