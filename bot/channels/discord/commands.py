"""the slash commands, in servers only; a workspace is ``discord:`` and the server's id."""

import discord
from discord import app_commands

from bot.channels.discord.admin_tree import make_admin_commands
from bot.channels.discord.answers_group import AnswersGroup
from bot.channels.discord.ask_command import make_ask
from bot.channels.discord.asked import Desk
from bot.channels.discord.brief_group import BriefGroup
from bot.channels.discord.calendar_group import CalendarGroup
from bot.channels.discord.feeds_group import FeedsGroup
from bot.channels.discord.rights import Tree
from bot.channels.discord.schedule_group import ScheduleGroup
from bot.channels.discord.setup import make_setup
from bot.channels.discord.visits_commands import make_changes, make_visits


def build_tree(client: discord.Client, desk: Desk) -> app_commands.CommandTree[discord.Client]:
    """Return every command; each is asked for its right before it runs or completes anything."""
    tree = Tree(client, desk)
    for make in (make_ask, make_visits, make_changes, make_setup):
        tree.add_command(make(desk))
    for group in (BriefGroup, FeedsGroup, ScheduleGroup, CalendarGroup, AnswersGroup):
        tree.add_command(group(desk))
    for command in make_admin_commands(desk):
        tree.add_command(command)
    return tree
