"""an exception of discord.py → ChannelError: what is wrong, what to do, and whether to retry."""

import aiohttp
import discord

from bot.errors import ChannelError

UNKNOWN_CHANNEL = 10003
UNKNOWN_GUILD = 10004
UNKNOWN_MESSAGE = 10008
MISSING_ACCESS = 50001
THREAD_EXISTS = 160004
ARCHIVED = 50083

_TOO_MANY_THREADS = (160006, 160007)
_REFUSALS = {
    UNKNOWN_CHANNEL: "This channel no longer exists: schedule the brief in another channel.",
    MISSING_ACCESS: "The bot can't see this channel: give it View Channel there.",
    ARCHIVED: "This thread is archived: open it again, or schedule the brief elsewhere.",
    160005: "This thread is locked: unlock it, or schedule the brief in another channel.",
    40067: "This forum wants a tag on every post: name one with /schedule set forum_tags.",
    50008: "Messages can't be posted in a channel of this kind: a forum takes forum posts only.",
    200000: "This server's AutoMod blocked the message: let it pass by the bot's role.",
    50024: "No thread can be made in a channel of this kind: choose another form or channel.",
}

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
    is_gone = isinstance(error, discord.HTTPException) and error.code == UNKNOWN_CHANNEL
    return ChannelError(message, permanent=permanent, is_unknown=is_unknown, is_gone=is_gone)


def _read(error: BaseException) -> tuple[bool, str]:
    if isinstance(error, discord.LoginFailure):
        return True, "Discord refused the token. Put the bot's current one into DISCORD_TOKEN."
    if isinstance(error, discord.RateLimited):
        return False, f"Discord asks to wait {error.retry_after:.0f} seconds before the next call."
    if isinstance(error, discord.DiscordServerError | aiohttp.ClientResponseError):
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
    if error.code in _TOO_MANY_THREADS:
        return False, "This server has as many open threads as Discord allows: archive some."
    if error.code in _REFUSALS:
        return True, _REFUSALS[error.code]
    if error.status == 403:
        return True, (
            f"The bot may not do this here (code {error.code}): give it View Channel,"
            " Send Messages, Embed Links and Read Message History in this channel;"
            " /doctor names what is missing."
        )
    return True, f"Discord refused the request (status {error.status}, code {error.code})."
