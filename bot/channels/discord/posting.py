"""one message → Discord, once: tried again with the same nonce when the answer is lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.channels.discord.faults import (
    UNKNOWN_MESSAGE,
    VENDOR_ERRORS,
    explain,
    is_answer_lost,
    is_worth_another_try,
)

logger = logging.getLogger(__name__)

PAUSES = (1.0, 3.0)
"""Seconds before each further try."""
DEADLINE = 30.0
"""Seconds for one try."""


async def post(
    send: Callable[[], Awaitable[discord.Message]],
    channel_id: str,
    *,
    pauses: Sequence[float] = PAUSES,
    deadline: float = DEADLINE,
) -> str:
    """Send until it is posted; returns its id, or ``""`` if a moderator deleted it since.

    ``send`` is one try; all must carry the same nonce.

    Raises:
        ChannelError: not posted; or ``is_unknown``, nobody can tell.
    """
    is_lost = False
    for pause in (*pauses, None):
        try:
            async with asyncio.timeout(deadline):
                message = await send()
        except VENDOR_ERRORS as error:
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                # Discord remembers the nonce of a message that was posted and deleted.
                return ""
            is_lost = is_lost or is_answer_lost(error)
            if pause is None or not is_worth_another_try(error):
                raise explain(error, is_unknown=is_lost) from error
            logger.warning("message.retried channel=%s reason=%s", channel_id, explain(error))
            await asyncio.sleep(pause)
        else:
            return str(message.id)
    raise AssertionError("the last try returns or raises")
