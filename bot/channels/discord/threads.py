"""payload → a post in a forum, or a message in the thread under a brief's first message."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast

import discord

from bot.channels.discord.faults import THREAD_EXISTS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.channels.discord.history import find_post
from bot.channels.discord.once import calling_once
from bot.channels.discord.posting import open_posted
from bot.errors import ChannelError

logger = logging.getLogger(__name__)

Payload = Mapping[str, object]

_TRIED = timedelta(minutes=15)
"""How long ago an earlier try may have made the post; older ones of that name are others."""


async def send_post(
    client: discord.Client, forum_id: int, payload: Payload, mark: str
) -> discord.abc.Snowflake:
    """Make a post in a forum, or find the one with ``mark`` that an earlier try made.

    Its id is that of its thread and of its first message.
    """
    post = cast("Mapping[str, object]", payload["post"])
    name = str(post["name"])
    forum = await client.fetch_channel(forum_id)
    if not isinstance(forum, discord.ForumChannel):
        raise ChannelError(
            "This channel is no forum: choose another form with /schedule set.", permanent=True
        )
    # Discord knows no nonce for posts.
    since = discord.utils.utcnow() - _TRIED
    known = await find_post(client, forum, mark, name=name, since=since)
    if known is not None:
        return known
    tags = _find_tags(forum, cast("Sequence[str]", post.get("tags") or ()))
    with calling_once():
        made = await forum.create_thread(name=name, applied_tags=tags, **open_posted(payload))
    return made.thread


def _find_tags(forum: discord.ForumChannel, names: Sequence[str]) -> list[discord.ForumTag]:
    """The forum's tags of those names; one that is gone keeps no brief from being posted."""
    known = {tag.name.casefold(): tag for tag in forum.available_tags}
    lost = [name for name in names if name.casefold() not in known]
    if lost:
        logger.warning("post.tags_unknown channel=%d count=%d", forum.id, len(lost))
    return [known[name.casefold()] for name in names if name.casefold() in known]


async def send_in_post(
    client: discord.Client, first_id: int, payload: Payload, nonce: str
) -> discord.Message:
    """Send a later part into the forum's post that holds the first."""
    try:
        return await _send(client, first_id, payload, nonce)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
        raise ChannelError("The post of this brief was deleted.", permanent=True) from error


async def send_in_thread(
    client: discord.Client, channel_id: int, first_id: int, payload: Payload, nonce: str
) -> discord.Message:
    """Send a later part into the thread under the first message, which is made if need be."""
    try:
        return await _send(client, first_id, payload, nonce)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
    thread = cast("Mapping[str, str]", payload["thread"])
    await _make_thread(client, channel_id, first_id, thread["name"])
    return await _send(client, first_id, payload, nonce)


async def _send(
    client: discord.Client, thread_id: int, payload: Payload, nonce: str
) -> discord.Message:
    place = client.get_partial_messageable(thread_id)
    return await place.send(**open_posted(payload), nonce=nonce)


async def _make_thread(client: discord.Client, channel_id: int, first_id: int, name: str) -> None:
    channel = await client.fetch_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        raise ChannelError(
            "No thread can be made in a channel of this kind: choose another form or channel.",
            permanent=True,
        )
    try:
        await channel.create_thread(name=name, message=discord.Object(first_id))
    except discord.HTTPException as error:
        if error.code == UNKNOWN_MESSAGE:
            raise ChannelError(
                "The first message of this brief was deleted, and its thread with it.",
                permanent=True,
            ) from error
        if error.code != THREAD_EXISTS:
            raise


async def open_thread(client: discord.Client, thread_id: int) -> None:
    """Take a thread out of the archive, where nothing can be changed."""
    thread = await client.fetch_channel(thread_id)
    if isinstance(thread, discord.Thread):
        await thread.edit(archived=False)
