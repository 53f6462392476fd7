"""slash commands → ``ports.Commands``: who may, what was typed, and the rendered answer."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.channels.discord.answers import render_answer
from bot.channels.discord.answers_group import AnswersGroup
from bot.channels.discord.asked import CHOICES, Desk, is_manager, origin_of, workspace_of
from bot.channels.discord.calendar_group import CalendarGroup
from bot.channels.discord.inert import clip
from bot.channels.discord.render import (
    render_brief,
    render_feeds,
    render_preview,
    render_removed,
    without_mark,
)
from bot.channels.discord.replies import answer, report_error, take
from bot.channels.discord.schedule_group import ScheduleGroup
from bot.channels.discord.visits_commands import make_changes, make_visits
from bot.errors import BotError

_CHOICE_NAME = 80
_ONLY_YOU = "Show the answer to you alone"


def build_tree(client: discord.Client, desk: Desk) -> app_commands.CommandTree[discord.Client]:
    """Return the slash commands, in servers only; a workspace is ``discord:`` and the server."""
    tree = app_commands.CommandTree(
        client,
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    tree.add_command(_make_ask(desk))
    tree.add_command(make_visits(desk))
    tree.add_command(make_changes(desk))
    for group in (_BriefGroup, _FeedsGroup, ScheduleGroup, CalendarGroup, AnswersGroup):
        tree.add_command(group(desk))
    tree.error(report_error)
    return tree


# ---------------------------------------------------------------- for everybody


def _make_ask(desk: Desk) -> app_commands.Command[app_commands.Group, ..., None]:
    @app_commands.command(name="ask", description="Ask what the articles of your feeds say")
    @app_commands.describe(question="Your question", private=_ONLY_YOU)
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
        await answer(interaction, render_answer(reply))

    return ask


class _BriefGroup(app_commands.Group):
    def __init__(self, desk: Desk) -> None:
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
        workspace = workspace_of(interaction)
        await take(interaction, is_private=private)
        brief = await self._desk.commands.write_brief(
            workspace, hours=hours, now=self._desk.clock()
        )
        await answer(interaction, render_brief(brief, without_mark))


# ---------------------------------------------------------------- for managers


class _FeedsGroup(app_commands.Group):
    """No hint of permissions on the group: it would hide ``/feeds list`` from everybody."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="feeds", description="The feeds this server follows")
        self._desk = desk

    @app_commands.command(name="add", description="Follow a feed, or the feed of a site")
    @app_commands.describe(url="Address of the feed or of the site", title="A name of your own")
    @is_manager
    async def add(
        self,
        interaction: discord.Interaction,
        url: app_commands.Range[str, 1, 2000],
        title: app_commands.Range[str, 1, 100] = "",
    ) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        preview = await self._desk.commands.add_feed(
            workspace, url, now=self._desk.clock(), title=title
        )
        await answer(interaction, render_preview(preview))

    @app_commands.command(name="list", description="The feeds and whether they work")
    async def show(self, interaction: discord.Interaction) -> None:
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        feeds = await self._desk.commands.list_feeds(workspace)
        await answer(interaction, render_feeds(feeds))

    @app_commands.command(name="remove", description="Stop following a feed")
    @app_commands.describe(feed="The feed's name")
    @is_manager
    async def remove(
        self, interaction: discord.Interaction, feed: app_commands.Range[str, 1, 2000]
    ) -> None:
        workspace = workspace_of(interaction)
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
            feeds = await self._desk.commands.list_feeds(workspace_of(interaction))
        except BotError:
            return []
        named = ((clip(feed.title or feed.outlet, _CHOICE_NAME), feed.id) for feed in feeds)
        return [
            app_commands.Choice(name=name or f"feed {number}", value=str(number))
            for name, number in named
            if current.casefold() in name.casefold()
        ][:CHOICES]
