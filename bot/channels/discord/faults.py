"""an exception of discord.py → ChannelError: what is wrong, what to do, and whether to retry."""

import aiohttp
import discord

from bot.errors import ChannelError

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
_MISSING_ACCESS = 50001

VENDOR_ERRORS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""All that a call of discord.py raises when Discord or the network fails."""


def is_worth_another_try(error: BaseException) -> bool:
    """Whether the same call may succeed in a moment."""
    if isinstance(error, discord.DiscordException):
        return isinstance(error, discord.DiscordServerError)
    return isinstance(error, aiohttp.ClientError | OSError | TimeoutError)


def is_answer_lost(error: BaseException) -> bool:
    """Whether Discord may have obeyed a call that failed so."""
    return is_worth_another_try(error) and not isinstance(error, aiohttp.ClientConnectorError)


def explain(error: BaseException, *, is_unknown: bool = False) -> ChannelError:
    """Return what to raise from ``error``; ``is_unknown`` as ``ChannelError`` has it."""
    permanent, message = _read(error)
    return ChannelError(message, permanent=permanent, is_unknown=is_unknown)


def _read(error: BaseException) -> tuple[bool, str]:
    if isinstance(error, discord.LoginFailure):
        return True, "Discord refused the token. Put the bot's current one into DISCORD_TOKEN."
    if isinstance(error, discord.RateLimited):
        return False, f"Discord asks to wait {error.retry_after:.0f} seconds before the next call."
    if isinstance(error, discord.DiscordServerError):
        return False, f"Discord is in trouble (status {error.status}); it will be tried again."
    if isinstance(error, discord.HTTPException):
        return _read_refusal(error)
    if isinstance(error, TimeoutError):
        return False, "Discord did not answer in time; it will be tried again."
    return False, "Discord can't be reached; check the network if this goes on."


def _read_refusal(error: discord.HTTPException) -> tuple[bool, str]:
    # A page in front of Discord refuses without a code: that is about our address, not about
    # the channel, and passes.
    if error.status == 429 or (error.status == 403 and not error.code):
        return False, f"Discord turns our address away for now (status {error.status})."
    if error.status == 401:
        return True, "Discord refused the token. Put the bot's current one into DISCORD_TOKEN."
    if error.code == UNKNOWN_CHANNEL:
        return True, "This channel no longer exists: schedule the brief in another channel."
    if error.code == _MISSING_ACCESS:
        return True, "The bot can't see this channel: give it View Channel there."
    if error.status == 403:
        return True, (
            f"The bot may not do this here (code {error.code}): give it View Channel,"
            " Send Messages, Embed Links and Read Message History in this channel."
        )
    return True, f"Discord refused the request (status {error.status}, code {error.code})."
