"""What every slash command needs to know: who may, where it was typed, and whom to ask."""

from dataclasses import dataclass

import discord
from discord import app_commands

from bot.errors import InputError
from bot.model import ChannelRef, Origin
from bot.ports import Clock, Commands

CHOICES = 25
MANAGERS = discord.Permissions(manage_guild=True)

is_manager = app_commands.checks.has_permissions(manage_guild=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers, and the clock it is asked by."""

    commands: Commands
    clock: Clock


def workspace_of(interaction: discord.Interaction) -> str:
    """The server's workspace."""
    if interaction.guild_id is None:
        raise InputError("Use this in a server, where the feeds are.")
    return f"discord:{interaction.guild_id}"


def channel_of(interaction: discord.Interaction) -> ChannelRef:
    """The channel it was typed in."""
    if interaction.channel_id is None:
        raise InputError("Use this in the channel that should get the brief.")
    return ChannelRef("discord", str(interaction.channel_id))


def origin_of(interaction: discord.Interaction, *, follows: str = "") -> Origin:
    """Who asks, in what thread, and the key of the brief or answer that it is asked about."""
    return Origin(
        member=member_of(interaction.user), thread=thread_of(interaction.channel), follows=follows
    )


def member_of(user: discord.abc.Snowflake) -> str:
    """The name under which a person's questions are counted."""
    return f"discord:{user.id}"


def thread_of(place: object) -> str:
    """The thread, in which questions follow one another; nothing for any other place."""
    return f"discord:{place.id}" if isinstance(place, discord.Thread) else ""
