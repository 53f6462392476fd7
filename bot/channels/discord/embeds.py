"""payload → what discord.py sends; a payload over the limits is a bug and never leaves."""

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


def open_view(payload: Payload) -> discord.ui.View | None:
    """Return the buttons of a message, or None if it has none.

    What they do is told by their ids alone: nothing waits for them here.
    """
    buttons = cast("Sequence[Mapping[str, str]]", payload.get("buttons") or ())
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for button in buttons:
        label, known_as, emoji = button["label"], button["id"], button.get("emoji")
        view.add_item(discord.ui.Button(label=label, custom_id=known_as, emoji=emoji))
    # discord.py would keep every view that has not ended in memory, for good.
    view.stop()
    return view


def open_message(payload: Payload) -> dict[str, Any]:
    """Return the arguments of ``send`` for a message, for one call: a second try needs new ones.

    Raises:
        ChannelError: permanent, Discord would refuse the message.
    """
    embeds, view = read_embeds(payload), open_view(payload)
    shown = {"embeds": embeds, "files": open_files(payload), "allowed_mentions": NOBODY}
    return {**shown, "view": view} if view else shown
