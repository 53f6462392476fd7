"""The commands on settings, health and history, for the tree."""

from typing import Any

from discord import app_commands

from bot.channels.discord.asked import Desk
from bot.channels.discord.forget_group import ForgetGroup
from bot.channels.discord.health_commands import make_doctor, make_status, make_why
from bot.channels.discord.history_commands import make_history, make_undo
from bot.channels.discord.mute_commands import make_mute, make_topics, make_unmute
from bot.channels.discord.settings_group import SettingsGroup

_MAKERS = (
    SettingsGroup,
    ForgetGroup,
    make_status,
    make_doctor,
    make_why,
    make_history,
    make_undo,
    make_mute,
    make_unmute,
    make_topics,
)


def make_admin_commands(
    desk: Desk,
) -> tuple[app_commands.Command[Any, ..., None] | app_commands.Group, ...]:
    """Return them, each with the right it needs."""
    return tuple(make(desk) for make in _MAKERS)
