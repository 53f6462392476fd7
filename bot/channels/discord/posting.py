"""one call → Discord, until it answers: a message with the same nonce, so that it stands once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import discord

from bot.channels.discord.embeds import open_message
from bot.channels.discord.faults import (
    UNKNOWN_MESSAGE,
    VENDOR_ERRORS,
    explain,
    is_answer_lost,
    is_worth_another_try,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")

PAUSES = (1.0, 3.0)
"""Seconds before each further try."""
DEADLINE = 30.0
"""Seconds for one try."""


def open_posted(payload: Mapping[str, object]) -> dict[str, Any]:
    """Return the arguments of ``send`` for a message that may mention the roles it names.

    Raises:
        ChannelError: permanent, Discord would refuse the message.
    """
    shown = open_message(payload)
    if not payload.get("content"):
        return shown
    roles = [discord.Object(int(role)) for role in cast("Sequence[str]", payload["mentions"])]
    mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
    return {**shown, "content": payload["content"], "allowed_mentions": mentions}


async def post(
    send: Callable[[], Awaitable[discord.abc.Snowflake]],
    channel_id: str,
    *,
    pauses: Sequence[float] = PAUSES,
    deadline: float = DEADLINE,
) -> str:
    """Send until it is posted; returns its id, or ``""`` if a moderator deleted it since.

    ``send`` is one try; all must carry the same nonce, or find what an earlier one made.

    Raises:
        ChannelError: not posted; or ``is_unknown``, nobody can tell.
    """
    failures: list[Exception] = []
    name = f"channel={channel_id}"
    try:
        message = await insist(send, name, failures, pauses=pauses, deadline=deadline)
    except VENDOR_ERRORS as error:
        if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
            # Discord remembers the nonce of a message that was posted and deleted.
            return ""
        is_lost = any(map(is_answer_lost, failures))
        raise explain(error, is_unknown=is_lost) from error
    return str(message.id)


async def insist(
    call: Callable[[], Awaitable[T]],
    name: str,
    failures: list[Exception] | None = None,
    *,
    pauses: Sequence[float] = PAUSES,
    deadline: float = DEADLINE,
) -> T:
    """Make a call again while that may help; it must do no harm twice. ``name`` is for the log.

    Raises:
        VENDOR_ERRORS: what the last try failed with; ``failures`` gets that of every try.
    """
    for pause in (*pauses, None):
        try:
            async with asyncio.timeout(deadline):
                return await call()
        except VENDOR_ERRORS as error:
            if failures is not None:
                failures.append(error)
            if pause is None or not is_worth_another_try(error):
                raise
            logger.warning("message.retried %s reason=%s", name, explain(error))
            await asyncio.sleep(pause)
    raise AssertionError("the last try returns or raises")
