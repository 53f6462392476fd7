"""a command that costs much → one that is refused for a while to those who use it too often."""

from collections.abc import Callable
from typing import TypeVar

import discord
from discord import app_commands

_Command = TypeVar("_Command", bound=Callable[..., object])

OF_SERVER = 10
"""How often a minute the members of one server together may use one such command."""
_SECONDS = 60.0


def at_most(times: int) -> Callable[[_Command], _Command]:
    """Let one member use a command so often a minute, and a server's members ``OF_SERVER``."""
    of_member = app_commands.checks.cooldown(times, _SECONDS)
    of_server = app_commands.checks.dynamic_cooldown(_open_server, key=_find_server)

    def limit(command: _Command) -> _Command:
        # In that order: who is too quick must not use up what the others have.
        return of_server(of_member(command))

    return limit


def _open_server(_interaction: discord.Interaction) -> app_commands.Cooldown:
    return app_commands.Cooldown(OF_SERVER, _SECONDS)


def _find_server(interaction: discord.Interaction) -> int | None:
    return interaction.guild_id
