"""/answers → ``ports.Commands``: what people think of the answers, for managers."""

import discord
from discord import app_commands

from bot.channels.discord.answers import render_reviews
from bot.channels.discord.asked import Desk, words_of, workspace_of
from bot.channels.discord.replies import answer, take


class AnswersGroup(app_commands.Group):
    """``/answers review``, for managers of the server."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            name="answers",
            description="What people here think of the answers",
        )
        self._desk = desk

    @app_commands.command(name="review", description="The answers that people voted on, and why")
    async def review(self, interaction: discord.Interaction) -> None:
        """Show them to the one who asks, and nobody else."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        reviews = await self._desk.commands.list_reviews(workspace)
        await answer(interaction, render_reviews(reviews, words_of(interaction, self._desk)))
