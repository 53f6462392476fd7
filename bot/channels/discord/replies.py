"""payloads or an error → the answer to a slash command; it pings nobody and says one line."""

import logging
import traceback
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.channels.discord.embeds import NOBODY, open_files, read_embeds
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.errors import BotError

logger = logging.getLogger(__name__)

APOLOGY = "That did not work on our side. It is in the log; please try again later."
CHANGED = "This command has changed: restart Discord or wait a minute, then try again."


async def take(interaction: discord.Interaction, *, is_private: bool) -> None:
    """Take a command before any work on it: Discord waits three seconds."""
    interaction.extras["is_private"] = is_private
    await interaction.response.defer(ephemeral=is_private, thinking=True)


async def answer(interaction: discord.Interaction, payloads: Sequence[Payload]) -> None:
    """Put the first message where the deferred answer waits, and the others after it."""
    (embeds, files), *rest = [(read_embeds(each), open_files(each)) for each in payloads]
    await interaction.edit_original_response(
        embeds=embeds, attachments=files, allowed_mentions=NOBODY
    )
    for embeds, files in rest:
        await interaction.followup.send(
            embeds=embeds,
            files=files,
            ephemeral=_is_private(interaction),
            allowed_mentions=NOBODY,
        )
    logger.info("command.answered command=%s parts=%d", _name(interaction), len(payloads))


async def report_error(
    interaction: discord.Interaction, error: app_commands.AppCommandError
) -> None:
    """Tell the person, and nobody else, in one line why a command did not work."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    line = _explain(cause)
    if line is None:
        # The message of an unexpected error may quote what people typed or read.
        frames = "".join(traceback.format_tb(cause.__traceback__))
        logger.error(
            "command.failed command=%s error=%s\n%s",
            _name(interaction),
            type(cause).__name__,
            frames,
        )
    try:
        await _say_privately(interaction, line or APOLOGY)
    except VENDOR_ERRORS as unsaid:
        logger.warning(
            "command.unanswered command=%s error=%s", _name(interaction), type(unsaid).__name__
        )


def _explain(cause: Exception) -> str | None:
    if isinstance(cause, BotError):
        return str(cause)
    if isinstance(cause, app_commands.MissingPermissions):
        return f"You need {_names(cause.missing_permissions)} for this."
    if isinstance(cause, app_commands.BotMissingPermissions):
        return f"The bot can't post here yet: give it {_names(cause.missing_permissions)} first."
    if isinstance(cause, app_commands.CommandOnCooldown):
        return f"That was quick: ask again in {cause.retry_after:.0f} seconds."
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return CHANGED
    return None


def _names(permissions: Sequence[str]) -> str:
    words = (name.replace("_", " ").replace("guild", "server").title() for name in permissions)
    return ", ".join(words)


def _name(interaction: discord.Interaction) -> str:
    return interaction.command.qualified_name if interaction.command else "unknown"


def _is_private(interaction: discord.Interaction) -> bool:
    return bool(interaction.extras.get("is_private"))


async def _say_privately(interaction: discord.Interaction, line: str) -> None:
    text = inert(clip(line, 900))
    if not interaction.response.is_done():
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NOBODY)
    elif _is_private(interaction):
        await interaction.edit_original_response(content=text, embeds=[], allowed_mentions=NOBODY)
    else:
        # A public "thinking…" can't be made private: the first words fill it, only the next may
        # be for one person.
        await interaction.edit_original_response(content="…", embeds=[], allowed_mentions=NOBODY)
        await interaction.followup.send(text, ephemeral=True, allowed_mentions=NOBODY)
        await interaction.delete_original_response()
