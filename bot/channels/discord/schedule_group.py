"""/schedule → ``ports.Commands``: when a channel gets its brief."""

import re
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

import discord
from discord import app_commands

from bot.channels.discord.asked import (
    CHOICES,
    MANAGERS,
    Desk,
    channel_of,
    is_manager,
    workspace_of,
)
from bot.channels.discord.render import render_reminding, render_stopped, render_subscription
from bot.channels.discord.replies import answer, take


class ScheduleGroup(app_commands.Group):
    """``/schedule set``, ``off`` and ``reminders``, for managers of the server."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            name="schedule",
            description="When this channel gets its brief",
            default_permissions=MANAGERS,
        )
        self._desk = desk

    @app_commands.command(name="set", description="Post a brief here at these local times")
    @app_commands.describe(
        times="Such as 06:00 18:30",
        timezone="Such as Europe/London",
        days="Such as mon-fri; every day if not given",
        topics="Such as defence, trade; all if not given",
    )
    @is_manager
    @app_commands.checks.bot_has_permissions(
        view_channel=True, send_messages=True, embed_links=True, read_message_history=True
    )
    async def set_order(
        self,
        interaction: discord.Interaction,
        times: app_commands.Range[str, 1, 200],
        timezone: app_commands.Range[str, 1, 100],
        days: app_commands.Range[str, 1, 100] = "",
        topics: app_commands.Range[str, 1, 500] = "",
    ) -> None:
        """Take the order for this channel and read it back."""
        workspace, channel = workspace_of(interaction), channel_of(interaction)
        await take(interaction, is_private=True)
        subscription = await self._desk.commands.set_schedule(
            workspace,
            channel,
            times=times,
            timezone=timezone,
            days=days,
            tags=re.findall(r"[^\s,;]+", topics),
            now=self._desk.clock(),
        )
        await answer(interaction, render_subscription(subscription))

    @app_commands.command(name="off", description="Post no more briefs in this channel")
    @is_manager
    async def stop(self, interaction: discord.Interaction) -> None:
        """Drop the channel's order and say how to have it back."""
        workspace, channel = workspace_of(interaction), channel_of(interaction)
        await take(interaction, is_private=True)
        stopped = await self._desk.commands.stop_schedule(workspace, channel)
        await answer(interaction, render_stopped(stopped))

    @app_commands.command(name="reminders", description="Remind this channel of visits, or not")
    @app_commands.describe(state="On or off")
    @is_manager
    async def remind(self, interaction: discord.Interaction, state: Literal["on", "off"]) -> None:
        """Switch the reminders of this channel."""
        workspace, channel = workspace_of(interaction), channel_of(interaction)
        await take(interaction, is_private=True)
        order = await self._desk.commands.set_reminders(workspace, channel, is_on=state == "on")
        await answer(interaction, render_reminding(order))

    @set_order.autocomplete("timezone")
    async def _complete_timezone(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        typed = current.strip().replace(" ", "_").casefold()
        found = (zone for zone in _zones() if typed in zone.casefold())
        return [app_commands.Choice(name=zone, value=zone) for zone in found][:CHOICES]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
