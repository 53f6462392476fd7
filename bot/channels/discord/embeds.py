"""payload → embeds of discord.py; a payload over Discord's limits is a bug and never leaves."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import discord

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
