"""What every command, button and form needs to know: where, who, in what language, whom to ask."""

from dataclasses import dataclass

import discord

from bot.errors import InputError
from bot.model import Author, ChannelRef, Origin, make_author
from bot.ports import Clock, Commands
from bot.wording import Wordings, Words

CHOICES = 25


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers, the clock it is asked by, and the words it answers in."""

    commands: Commands
    clock: Clock
    wordings: Wordings


def words_of(interaction: discord.Interaction, desk: Desk) -> Words:
    """The words of the one who reads: for what that person alone is shown."""
    return desk.wordings.choose(str(interaction.locale))


async def public_words(interaction: discord.Interaction, desk: Desk) -> Words:
    """The words of the server: those chosen for it, else those of its own language."""
    settings = await desk.commands.get_settings(workspace_of(interaction))
    return desk.wordings.choose(settings.language or str(interaction.guild_locale or ""))


async def shown_words(interaction: discord.Interaction, desk: Desk, *, is_private: bool) -> Words:
    """The words for an answer that one person is shown, or all."""
    return words_of(interaction, desk) if is_private else await public_words(interaction, desk)


def author_of(interaction: discord.Interaction, desk: Desk) -> Author:
    """Who changes something now; all that is done with one author is undone together."""
    return make_author(member_of(interaction.user), desk.clock())


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
    """The name under which a person's questions are counted, and their changes kept."""
    return f"discord:{user.id}"


def thread_of(place: object) -> str:
    """The thread, in which questions follow one another; nothing for any other place."""
    return f"discord:{place.id}" if isinstance(place, discord.Thread) else ""
