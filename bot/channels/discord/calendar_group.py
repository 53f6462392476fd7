"""/calendar → ``ports.Commands``: visits in people's calendars, and as events of the server."""

from typing import Literal

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, author_of, words_of, workspace_of
from bot.channels.discord.ledger import render_events, render_link
from bot.channels.discord.replies import answer, take
from bot.errors import InputError


class CalendarGroup(app_commands.Group):
    """``/calendar link`` and ``/calendar events``, for managers of the server."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            name="calendar",
            description="Visits in your calendar, and as events of this server",
        )
        self._desk = desk

    @app_commands.command(name="link", description="An address that calendar programs follow")
    @app_commands.describe(renew="Make a new address; the old one opens nothing any more")
    async def link(self, interaction: discord.Interaction, renew: bool = False) -> None:
        """Tell the address to the one who asks: whoever has it reads the calendar."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        url = await self._desk.commands.get_calendar_link(workspace, is_new=renew)
        await answer(interaction, render_link(url, words_of(interaction, self._desk), is_new=renew))

    @app_commands.command(name="events", description="Visits among this server's events, or not")
    @app_commands.describe(state="On or off")
    async def events(self, interaction: discord.Interaction, state: Literal["on", "off"]) -> None:
        """Switch the events; nothing is promised that the bot has no right to do."""
        workspace, is_on = workspace_of(interaction), state == "on"
        await take(interaction, is_private=True)
        if is_on and not interaction.app_permissions.create_events:
            raise InputError(
                "The bot may not make events in this server: give its role Create Events first."
            )
        by = author_of(interaction, self._desk)
        await self._desk.commands.set_events(workspace, is_on=is_on, by=by)
        await answer(interaction, render_events(words_of(interaction, self._desk), is_on=is_on))
