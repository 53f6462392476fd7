"""payload → discord.py's embeds and files; a payload over the limits is a bug and never leaves."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, cast

import discord

from bot.channels.discord.files import read_files
from bot.channels.discord.limits import Payload, check_payload
from bot.errors import ChannelError

NOBODY = discord.AllowedMentions.none()
"""What every send says of mentions: ping nobody."""


def read_embeds(payload: Payload) -> list[discord.Embed]:
    """Return the embeds of a message.

    Raises:
        ChannelError: permanent, Discord would refuse the message.
    """
    problems = check_payload(payload)
    if problems:
        raise ChannelError(f"The message breaks Discord's limits: {problems[0]}.", permanent=True)
    embeds = cast("Sequence[Mapping[str, Any]]", payload["embeds"])
    return [discord.Embed.from_dict(embed) for embed in embeds]


def open_files(payload: Payload) -> list[discord.File]:
    """Return the files of a message, to be sent once: a second try needs new ones."""
    return [
        discord.File(BytesIO(content), filename=name, description=alt or None)
        for name, alt, content in read_files(payload)
    ]
