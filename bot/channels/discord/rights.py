"""Who may do what: every command, completion, button and form asks here, and no is the default.

Managing needs Discord's own Manage Server or a role that the workspace has chosen for it;
looking is for everybody until roles are chosen for that, too. What chooses roles or erases the
server needs Manage Server itself: no role that was chosen raises others. Nothing else counts:
neither who runs the bot nor anything that people can type.
"""

import logging
from collections.abc import Iterable

import discord
from discord import app_commands

from bot.channels.discord.asked import Desk, words_of, workspace_of
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.inert import inert
from bot.channels.discord.replies import name_of, report_error, say_privately
from bot.errors import BotError
from bot.model import Right, Rights
from bot.wording import Words

logger = logging.getLogger(__name__)

EVERYBODY = {"right": None}
VIEW = {"right": Right.VIEW}
MANAGE = {"right": Right.MANAGE}
RULE = {"right": Right.RULE}
"""What a command says it needs: ``extras=VIEW``. One that says nothing is for managers.

No command hides itself by ``default_permissions``: who has only a role that was chosen for
managing would not see it, and an admin of the server may lift that hint, so it guards nothing.
"""


class Tree(app_commands.CommandTree[discord.Client]):
    """The slash commands, each asked for its right before it runs or completes anything."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        self._desk = desk

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether it may go on; if not, the person has been told."""
        command = interaction.command
        if command is None:
            # It was unregistered since; discord.py says so itself.
            return True
        right = command.extras.get("right", Right.MANAGE)
        if interaction.type is not discord.InteractionType.autocomplete:
            return await admit(interaction, self._desk, right)
        if await _may_complete(interaction, self._desk, right):
            return True
        await _complete_nothing(interaction)
        return False

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person in one line what went wrong."""
        await report_error(interaction, error, words_of(interaction, self._desk))


async def admit(interaction: discord.Interaction, desk: Desk, right: Right | None) -> bool:
    """Return whether the person has the right here; if not, say in private what it takes.

    None is for what concerns nobody but the person.
    """
    words = words_of(interaction, desk)
    try:
        if right is None or await has_right(interaction, desk, right):
            return True
        line = await _explain(interaction, desk, right, words)
    except Exception as error:
        await report_error(interaction, error, words)
        return False
    logger.info("command.denied command=%s right=%s", name_of(interaction), right.value)
    await say_privately(interaction, line)
    return False


async def has_right(interaction: discord.Interaction, desk: Desk, right: Right) -> bool:
    """Return whether the person has the right on this server.

    Raises:
        BotError: it is no server, or what was chosen for it can't be read.
    """
    workspace = workspace_of(interaction)
    if right is not Right.VIEW and not _is_here(interaction):
        return False
    return await member_has_right(interaction.user, interaction.permissions, desk, workspace, right)


async def member_has_right(
    person: discord.abc.User,
    permissions: discord.Permissions,
    desk: Desk,
    workspace: str,
    right: Right,
) -> bool:
    """Return whether a person with those permissions has the right in the workspace."""
    if permissions.administrator or permissions.manage_guild:
        return True
    rights = await desk.commands.get_rights(workspace)
    if right is Right.VIEW and not rights.viewers:
        return True
    return any(_has_role(person, role) for role in _list_roles(rights, right))


def _list_roles(rights: Rights, right: Right) -> frozenset[str]:
    """Roles that carry the right, none the right to rule; who manages may also look."""
    if right is Right.RULE:
        return frozenset()
    return rights.managers if right is Right.MANAGE else rights.managers | rights.viewers


def _has_role(person: discord.abc.User, role: str) -> bool:
    if not isinstance(person, discord.Member) or not role.isdecimal():
        return False
    # Everybody has the role of the server's own id, though no member's list names it.
    return int(role) == person.guild.id or person.get_role(int(role)) is not None


def _is_here(interaction: discord.Interaction) -> bool:
    """Whether the bot is on the server: messages of one that it left can still be pressed."""
    return interaction.client.get_guild(interaction.guild_id or 0) is not None


async def _explain(interaction: discord.Interaction, desk: Desk, right: Right, words: Words) -> str:
    if right is not Right.VIEW and not _is_here(interaction):
        return words.say("replies.denied.gone")
    rights = await desk.commands.get_rights(workspace_of(interaction))
    names = _name_roles(interaction.guild, _list_roles(rights, right))
    if not names:
        return words.say("replies.denied.plain")
    return words.say("replies.denied.roles", roles=words.join(names))


def _name_roles(guild: discord.Guild | None, roles: Iterable[str]) -> list[str]:
    found = (guild.get_role(int(role)) for role in roles if guild and role.isdecimal())
    return sorted(inert(role.name) for role in found if role is not None)


async def _may_complete(interaction: discord.Interaction, desk: Desk, right: Right | None) -> bool:
    try:
        return right is None or await has_right(interaction, desk, right)
    except BotError:
        return False


async def _complete_nothing(interaction: discord.Interaction) -> None:
    logger.info("completion.denied command=%s", name_of(interaction))
    try:
        await interaction.response.autocomplete([])
    except VENDOR_ERRORS as error:
        logger.info("completion.unanswered error=%s", type(error).__name__)
