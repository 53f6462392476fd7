"""payloads or an error → the answer to a command or button; it pings nobody and says one line."""

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord.embeds import NOBODY, open_message
from bot.channels.discord.faults import VENDOR_ERRORS
from bot.channels.discord.inert import clip, inert
from bot.channels.discord.limits import Payload
from bot.channels.discord.posting import insist
from bot.errors import BotError
from bot.wording import Words

logger = logging.getLogger(__name__)

_LINE = 900


async def take(interaction: discord.Interaction, *, is_private: bool) -> None:
    """Take a command before any work on it: Discord waits three seconds."""
    interaction.extras["is_private"] = is_private
    await interaction.response.defer(ephemeral=is_private, thinking=True)


async def take_press(interaction: discord.Interaction) -> None:
    """Take a press whose answer replaces the message it stands under."""
    interaction.extras["is_press"] = True
    await interaction.response.defer()


async def answer(interaction: discord.Interaction, payloads: Sequence[Payload]) -> None:
    """Put the first message where the deferred answer waits, and the others after it.

    Words and buttons that stand there and that the first message lacks are gone.
    """
    first, *rest = payloads

    def open_first() -> dict[str, Any]:
        shown = {"content": None, "view": None, **open_message(first)}
        shown["attachments"] = shown.pop("files")
        return shown

    opened = [open_message(each) for each in rest]
    await fill(interaction, open_first)
    for parts in opened:
        # Once only: what was lost on the way back would stand there twice.
        await interaction.followup.send(**parts, ephemeral=_is_private(interaction))
    logger.info("command.answered command=%s parts=%d", name_of(interaction), len(payloads))


async def tell(interaction: discord.Interaction, line: str) -> None:
    """Put one line of ours where the deferred answer waits."""
    await fill(interaction, lambda: {"content": line, "allowed_mentions": NOBODY})
    logger.info("command.answered command=%s parts=1", name_of(interaction))


async def fill(interaction: discord.Interaction, open_parts: Callable[[], dict[str, Any]]) -> None:
    """Fill the deferred answer, again while that may help; each try needs parts of its own."""

    async def edit() -> None:
        await interaction.edit_original_response(**open_parts())

    await insist(edit, f"command={name_of(interaction)}")


async def report_error(interaction: discord.Interaction, error: Exception, words: Words) -> None:
    """Tell the person, and nobody else, in one line why a command or button did not work."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    await say_privately(interaction, find_line(cause, name_of(interaction), words))


def find_line(cause: Exception, name: str, words: Words) -> str:
    """Return the one line for the person; what is not meant for people goes to the log."""
    line = _explain(cause, words)
    if line is None:
        # The message of an unexpected error may quote what people typed or read.
        frames = "".join(traceback.format_tb(cause.__traceback__))
        logger.error("command.failed command=%s error=%s\n%s", name, type(cause).__name__, frames)
    return inert(clip(line or words.say("replies.apology"), _LINE))


def _explain(cause: Exception, words: Words) -> str | None:
    if isinstance(cause, BotError):
        return str(cause)
    if isinstance(cause, app_commands.CommandOnCooldown):
        return words.say("replies.too_quick", seconds=words.number(round(cause.retry_after) or 1))
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return words.say("replies.changed")
    return None


def name_of(interaction: discord.Interaction) -> str:
    """Return the command's name, or that of what a button or form does."""
    command = interaction.command
    return command.qualified_name if command else str(interaction.extras.get("name", "unknown"))


async def say_privately(interaction: discord.Interaction, line: str) -> None:
    """Tell the person one line in private, whatever was answered so far; or log that it failed."""
    try:
        await _say(interaction, line)
    except VENDOR_ERRORS as unsaid:
        logger.warning(
            "command.unanswered command=%s error=%s", name_of(interaction), type(unsaid).__name__
        )


def _is_private(interaction: discord.Interaction) -> bool:
    return bool(interaction.extras.get("is_private"))


async def _say(interaction: discord.Interaction, line: str) -> None:
    if not interaction.response.is_done():
        await interaction.response.send_message(line, ephemeral=True, allowed_mentions=NOBODY)
    elif interaction.extras.get("is_press"):
        # What stands there is the message that was pressed; it stays.
        await interaction.followup.send(line, ephemeral=True, allowed_mentions=NOBODY)
    elif _is_private(interaction):
        await fill(interaction, lambda: {"content": line, "embeds": [], "allowed_mentions": NOBODY})
    else:
        # A public "thinking…" can't be made private: the first words fill it, only the next may
        # be for one person.
        await fill(interaction, lambda: {"content": "…", "embeds": [], "allowed_mentions": NOBODY})
        await interaction.followup.send(line, ephemeral=True, allowed_mentions=NOBODY)
        await interaction.delete_original_response()
