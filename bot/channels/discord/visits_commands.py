"""/visits and /changes → ``ports.Commands``: the ledger and what became of it, for everybody."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.asked import CHOICES, Desk, channel_of, public_words, workspace_of
from bot.channels.discord.ledger import render_export, render_visits
from bot.channels.discord.limits import FILES_SIZE
from bot.channels.discord.render import render_changes
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import VIEW
from bot.channels.discord.visit_names import VisitNames
from bot.errors import BotError, InputError
from bot.model import VisitQuery, VisitStatus
from bot.text.lexicon import fold

_Command = app_commands.Command[app_commands.Group, ..., None]
_Choices = list[app_commands.Choice[str]]
_Words = app_commands.Range[str, 1, 100]

_STATUSES = [app_commands.Choice(name=status.value, value=status.value) for status in VisitStatus]
_UPCOMING = "upcoming"
_SINCE = "7 days"


def make_visits(desk: Desk) -> _Command:
    """Return ``/visits``; whoever may use it may also see the names that it completes."""
    names = VisitNames(desk)

    @app_commands.command(
        name="visits", description="Upcoming visits, with how sure they are", extras=VIEW
    )
    @app_commands.describe(
        country="Where to: a country or a city",
        person="Who: a name, or a part of it",
        when="Such as next week, this month, February, 2025-02, past; upcoming if not given",
        status="How far it has come",
        export="Attach every visit as a calendar file instead",
    )
    @app_commands.choices(status=_STATUSES)
    @app_commands.checks.cooldown(5, 60.0)
    async def visits(
        interaction: discord.Interaction,
        country: _Words = "",
        person: _Words = "",
        when: _Words = "",
        status: str = "",
        export: bool = False,
    ) -> None:
        if export:
            await _export(interaction, desk)
            return
        # Who asks for a status wants those that are over, too.
        query = VisitQuery(country, person, when or ("" if status else _UPCOMING), status)
        await _show(interaction, desk, query)

    visits.autocomplete("country")(_complete(names.list_countries))
    visits.autocomplete("person")(_complete(names.list_people))
    return visits


def make_changes(desk: Desk) -> _Command:
    """Return ``/changes``."""

    @app_commands.command(
        name="changes", description="What changed, and where sources disagree", extras=VIEW
    )
    @app_commands.describe(
        since="Such as 3 days, monday or 2025-02-01; this channel's last brief if not given"
    )
    @app_commands.checks.cooldown(3, 60.0)
    async def changes(interaction: discord.Interaction, since: _Words = "") -> None:
        workspace, now = workspace_of(interaction), desk.clock()
        await take(interaction, is_private=False)
        last_at = None
        if not since:
            channel = channel_of(interaction)
            last_at = await desk.commands.find_last_brief_at(workspace, channel, now=now)
        moment = since or (last_at.isoformat() if last_at else _SINCE)
        report = await desk.commands.list_changes(workspace, since=moment, now=now)
        words = await public_words(interaction, desk)
        await answer(interaction, await asyncio.to_thread(render_changes, report, words))

    return changes


async def _show(interaction: discord.Interaction, desk: Desk, query: VisitQuery) -> None:
    workspace, now = workspace_of(interaction), desk.clock()
    await take(interaction, is_private=False)
    found = await desk.commands.list_visits(workspace, now=now, query=query)
    picture = None
    if interaction.app_permissions.attach_files:
        picture = await desk.commands.draw_timeline(found, now=now)
    is_narrowed = query != VisitQuery(when=_UPCOMING)
    words = await public_words(interaction, desk)
    told = await asyncio.to_thread(render_visits, found, picture, words, is_narrowed=is_narrowed)
    await answer(interaction, told)


async def _export(interaction: discord.Interaction, desk: Desk) -> None:
    workspace = workspace_of(interaction)
    if not interaction.app_permissions.attach_files:
        raise InputError("The bot can't attach files here: give it Attach Files in this channel.")
    await take(interaction, is_private=False)
    calendar = await desk.commands.export_calendar(workspace, now=desk.clock())
    if len(calendar) > FILES_SIZE:
        raise InputError(
            "The calendar is too large to attach: use /calendar link (needs Manage Server)."
        )
    await answer(interaction, render_export(calendar, await public_words(interaction, desk)))


def _complete(
    list_names: Callable[[str], Awaitable[Sequence[str]]],
) -> Callable[[discord.Interaction, str], Coroutine[Any, Any, _Choices]]:
    async def complete(interaction: discord.Interaction, current: str) -> _Choices:
        try:
            names = await list_names(workspace_of(interaction))
        except BotError:
            return []
        typed = fold(current)
        fitting = (name for name in names if typed in fold(name))
        return [app_commands.Choice(name=name, value=name) for name in fitting][:CHOICES]

    return complete
