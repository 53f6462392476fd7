"""payloads or an error → the answer to a command or button; it pings nobody and says one line."""

import logging
import traceback
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.channels.discord.embeds import NOBODY, open_message
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.errors import BotError

logger = logging.getLogger(__name__)

APOLOGY = "That did not work on our side. It is in the log; please try again later."
CHANGED = "This command has changed: restart Discord or wait a minute, then try again."
_LINE = 900


async def take(interaction: discord.Interaction, *, is_private: bool) -> None:
    """Take a command before any work on it: Discord waits three seconds."""
    interaction.extras["is_private"] = is_private
    await interaction.response.defer(ephemeral=is_private, thinking=True)


async def answer(interaction: discord.Interaction, payloads: Sequence[Payload]) -> None:
    """Put the first message where the deferred answer waits, and the others after it."""
    first, *rest = [open_message(each) for each in payloads]
    await interaction.edit_original_response(attachments=first.pop("files"), **first)
    for parts in rest:
        await interaction.followup.send(**parts, ephemeral=_is_private(interaction))
    logger.info("command.answered command=%s parts=%d", _name(interaction), len(payloads))


async def tell(interaction: discord.Interaction, line: str) -> None:
    """Put one line of ours where the deferred answer waits."""
    await interaction.edit_original_response(content=line, allowed_mentions=NOBODY)
    logger.info("command.answered command=%s parts=1", _name(interaction))


async def report_error(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the person, and nobody else, in one line why a command or button did not work."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    line = find_line(cause, _name(interaction))
    try:
        await _say_privately(interaction, line)
    except VENDOR_ERRORS as unsaid:
        logger.warning(
            "command.unanswered command=%s error=%s", _name(interaction), type(unsaid).__name__
        )


def find_line(cause: Exception, name: str) -> str:
    """Return the one line for the person; what is not meant for people goes to the log."""
    line = _explain(cause)
    if line is None:
        # The message of an unexpected error may quote what people typed or read.
        frames = "".join(traceback.format_tb(cause.__traceback__))
        logger.error("command.failed command=%s error=%s\n%s", name, type(cause).__name__, frames)
    return inert(clip(line or APOLOGY, _LINE))


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
    command = interaction.command
    return command.qualified_name if command else str(interaction.extras.get("name", "unknown"))


def _is_private(interaction: discord.Interaction) -> bool:
    return bool(interaction.extras.get("is_private"))


async def _say_privately(interaction: discord.Interaction, line: str) -> None:
    if not interaction.response.is_done():
        await interaction.response.send_message(line, ephemeral=True, allowed_mentions=NOBODY)
    elif _is_private(interaction):
        await interaction.edit_original_response(content=line, embeds=[], allowed_mentions=NOBODY)
    else:
        # A public "thinking…" can't be made private: the first words fill it, only the next may
        # be for one person.
        await interaction.edit_original_response(content="…", embeds=[], allowed_mentions=NOBODY)
        await interaction.followup.send(line, ephemeral=True, allowed_mentions=NOBODY)
        await interaction.delete_original_response()
