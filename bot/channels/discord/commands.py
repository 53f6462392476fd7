"""slash commands → ``ports.Commands``: who may, what was typed, and the rendered answer."""

import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

import discord
from discord import app_commands

from bot.channels.discord.inert import clip
from bot.channels.discord.render import (
    render_answer,
    render_brief,
    render_feeds,
    render_preview,
    render_removed,
    render_subscription,
    render_visits,
    without_mark,
)
from bot.channels.discord.replies import answer, report_error, take
from bot.errors import BotError, InputError
from bot.model import ChannelRef
from bot.ports import Clock, Commands

_CHOICES = 25
_CHOICE_NAME = 80
_ONLY_YOU = "Show the answer to you alone"
_MANAGERS = discord.Permissions(manage_guild=True)

_is_manager = app_commands.checks.has_permissions(manage_guild=True)


@dataclass(frozen=True, slots=True)
class _Desk:
    commands: Commands
    clock: Clock


def build_tree(
    client: discord.Client, commands: Commands, clock: Clock
) -> app_commands.CommandTree[discord.Client]:
    """Return the slash commands, in servers only; a workspace is ``discord:`` and the server."""
    tree = app_commands.CommandTree(
        client,
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    desk = _Desk(commands, clock)
    tree.add_command(_make_ask(desk))
    tree.add_command(_make_visits(desk))
    for group in (_BriefGroup(desk), _FeedsGroup(desk), _ScheduleGroup(desk)):
        tree.add_command(group)
    tree.error(report_error)
    return tree


def _workspace(interaction: discord.Interaction) -> str:
    if interaction.guild_id is None:
        raise InputError("Use this in a server, where the feeds are.")
    return f"discord:{interaction.guild_id}"


def _channel(interaction: discord.Interaction) -> ChannelRef:
    if interaction.channel_id is None:
        raise InputError("Use this in the channel that should get the brief.")
    return ChannelRef("discord", str(interaction.channel_id))


# ---------------------------------------------------------------- for everybody


def _make_ask(desk: _Desk) -> app_commands.Command[app_commands.Group, ..., None]:
    @app_commands.command(name="ask", description="Ask what the articles of your feeds say")
    @app_commands.describe(question="Your question", private=_ONLY_YOU)
    @app_commands.checks.cooldown(3, 60.0)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 1000],
        private: bool = False,
    ) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=private)
        reply = await desk.commands.ask(workspace, question, now=desk.clock())
        await answer(interaction, render_answer(reply))

    return ask


def _make_visits(desk: _Desk) -> app_commands.Command[app_commands.Group, ..., None]:
    @app_commands.command(name="visits", description="Upcoming visits, with how sure they are")
    async def visits(interaction: discord.Interaction) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=False)
        ledger = await desk.commands.list_visits(workspace, now=desk.clock())
        await answer(interaction, render_visits(ledger))

    return visits


class _BriefGroup(app_commands.Group):
    def __init__(self, desk: _Desk) -> None:
        super().__init__(name="brief", description="Briefs")
        self._desk = desk

    @app_commands.command(name="now", description="Write a brief of the last hours")
    @app_commands.describe(hours="How far back, 24 if not given", private=_ONLY_YOU)
    @app_commands.checks.cooldown(3, 60.0)
    async def now(
        self,
        interaction: discord.Interaction,
        hours: app_commands.Range[float, 1, 168] = 24.0,
        private: bool = False,
    ) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=private)
        brief = await self._desk.commands.write_brief(
            workspace, hours=hours, now=self._desk.clock()
        )
        await answer(interaction, render_brief(brief, without_mark))


# ---------------------------------------------------------------- for managers


class _FeedsGroup(app_commands.Group):
    """No hint of permissions on the group: it would hide ``/feeds list`` from everybody."""

    def __init__(self, desk: _Desk) -> None:
        super().__init__(name="feeds", description="The feeds this server follows")
        self._desk = desk

    @app_commands.command(name="add", description="Follow a feed, or the feed of a site")
    @app_commands.describe(url="Address of the feed or of the site", title="A name of your own")
    @_is_manager
    async def add(
        self,
        interaction: discord.Interaction,
        url: app_commands.Range[str, 1, 2000],
        title: app_commands.Range[str, 1, 100] = "",
    ) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=True)
        preview = await self._desk.commands.add_feed(
            workspace, url, now=self._desk.clock(), title=title
        )
        await answer(interaction, render_preview(preview))

    @app_commands.command(name="list", description="The feeds and whether they work")
    async def show(self, interaction: discord.Interaction) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=True)
        feeds = await self._desk.commands.list_feeds(workspace)
        await answer(interaction, render_feeds(feeds))

    @app_commands.command(name="remove", description="Stop following a feed")
    @app_commands.describe(feed="The feed's name")
    @_is_manager
    async def remove(
        self, interaction: discord.Interaction, feed: app_commands.Range[str, 1, 2000]
    ) -> None:
        workspace = _workspace(interaction)
        await take(interaction, is_private=True)
        removed = await self._desk.commands.remove_feed(workspace, feed)
        await answer(interaction, render_removed(removed))

    @remove.autocomplete("feed")
    async def _complete_feed(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        # Checks of the command don't run for its completion, and names are not for everybody.
        if not interaction.permissions.manage_guild:
            return []
        try:
            feeds = await self._desk.commands.list_feeds(_workspace(interaction))
        except BotError:
            return []
        named = ((clip(feed.title or feed.outlet, _CHOICE_NAME), feed.id) for feed in feeds)
        return [
            app_commands.Choice(name=name or f"feed {number}", value=str(number))
            for name, number in named
            if current.casefold() in name.casefold()
        ][:_CHOICES]


class _ScheduleGroup(app_commands.Group):
    def __init__(self, desk: _Desk) -> None:
        super().__init__(
            name="schedule",
            description="When this channel gets its brief",
            default_permissions=_MANAGERS,
        )
        self._desk = desk

    @app_commands.command(name="set", description="Post a brief here at these local times")
    @app_commands.describe(
        times="Such as 06:00 18:30",
        timezone="Such as Europe/London",
        days="Such as mon-fri; every day if not given",
        topics="Such as defence, trade; all if not given",
    )
    @_is_manager
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
        workspace, channel = _workspace(interaction), _channel(interaction)
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

    @set_order.autocomplete("timezone")
    async def _complete_timezone(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        typed = current.strip().replace(" ", "_").casefold()
        found = (zone for zone in _zones() if typed in zone.casefold())
        return [app_commands.Choice(name=zone, value=zone) for zone in found][:_CHOICES]


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
