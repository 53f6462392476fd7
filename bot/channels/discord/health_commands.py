"""/status, /doctor and /why → ``ports.Commands``: how all stands, what to mend, and why."""

from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, words_of, workspace_of
from bot.channels.discord.cooldowns import at_most
from bot.channels.discord.doctor_check import check_guild, check_intents
from bot.channels.discord.health_pages import render_findings, render_status, render_trace
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import MANAGE, VIEW

Command = app_commands.Command[Any, ..., None]


def make_status(desk: Desk) -> Command:
    """Return ``/status``."""

    @app_commands.command(
        name="status", description="What was posted, what fails, what was spent", extras=VIEW
    )
    async def status(interaction: discord.Interaction) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        found = await desk.commands.get_status(workspace, now=desk.clock())
        await answer(interaction, render_status(found, words_of(interaction, desk)))

    return status


def make_doctor(desk: Desk) -> Command:
    """Return ``/doctor``."""

    @app_commands.command(
        name="doctor", description="Check permissions, feeds, model and database", extras=MANAGE
    )
    @app_commands.checks.cooldown(3, 60.0)
    async def doctor(interaction: discord.Interaction) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        findings = await desk.commands.find_problems(workspace, now=desk.clock())
        if interaction.guild is not None:
            orders = await desk.commands.list_schedules(workspace)
            settings = await desk.commands.get_settings(workspace)
            here = await check_guild(interaction.guild, orders, settings)
            findings = (*here, check_intents(interaction.client), *findings)
        await answer(interaction, render_findings(findings, words_of(interaction, desk)))

    return doctor


def make_why(desk: Desk) -> Command:
    """Return ``/why``."""

    @app_commands.command(
        name="why", description="Why an article was or was not in a brief", extras=VIEW
    )
    @app_commands.describe(url="Address of the article")
    @at_most(5)
    async def why(interaction: discord.Interaction, url: app_commands.Range[str, 1, 2000]) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        trace = await desk.commands.trace(workspace, url, now=desk.clock())
        await answer(interaction, render_trace(trace, words_of(interaction, desk)))

    return why
