"""/mute, /unmute and /topics → ``ports.Commands``."""

from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE, VIEW
from bot.channels.discord.settings_pages import render_chosen, render_muted, render_topics

Command = app_commands.Command[Any, ..., None]


def make_mute(desk: Desk) -> Command:
    """Return ``/mute``."""

    @app_commands.command(
        name="mute", description="Post nothing on this server for some hours", extras=MANAGE
    )
    @app_commands.describe(hours="For how long, up to 720")
    async def mute(
        interaction: discord.Interaction, hours: app_commands.Range[float, 0.25, 720.0]
    ) -> None:
        workspace, by = workspace_of(interaction), author_of(interaction, desk)
        await take(interaction, is_private=True)
        until = await desk.commands.mute(workspace, hours, by=by)
        await answer(interaction, render_muted(until, by.batch, words_of(interaction, desk)))

    return mute


def make_unmute(desk: Desk) -> Command:
    """Return ``/unmute``."""

    @app_commands.command(name="unmute", description="Post again as ordered", extras=MANAGE)
    async def unmute(interaction: discord.Interaction) -> None:
        workspace, by = workspace_of(interaction), author_of(interaction, desk)
        await take(interaction, is_private=True)
        await desk.commands.mute(workspace, 0, by=by)
        words = words_of(interaction, desk)
        await answer(interaction, render_chosen("settings.unmuted", {}, by.batch, words))

    return unmute


def make_topics(desk: Desk) -> Command:
    """Return ``/topics``."""

    @app_commands.command(
        name="topics", description="The topics that articles are read for", extras=VIEW
    )
    async def topics(interaction: discord.Interaction) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        found = await desk.commands.list_topics(workspace)
        await answer(interaction, render_topics(found, words_of(interaction, desk)))

    return topics
