"""a mark → our own message that carries it, wherever it would be: or nobody can tell."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import discord

from bot.errors import ChannelError

_UNREADABLE = "The bot can't look up what it posted: give it Read Message History in this channel."


async def find_in_place(
    client: discord.Client, channel: Any, mark: str, since: datetime
) -> str | None:
    """Return the id of our message in a channel or thread whose footer ends with ``mark``.

    Raises:
        ChannelError: permanent, its history can't be read.
    """
    await check_history_is_readable(client, channel)
    history = client.get_partial_messageable(channel.id).history(
        limit=None, after=since, oldest_first=True
    )
    async for message in history:
        if _is_ours(client, message.author.id) and _has(message, mark):
            return str(message.id)
    return None


async def find_post(
    client: discord.Client,
    forum: discord.ForumChannel,
    mark: str,
    *,
    name: str = "",
    since: datetime | None = None,
) -> discord.abc.Snowflake | None:
    """Return our forum post whose first message ends with ``mark``, or None.

    With a ``name``, only posts of that name count, but also one whose first message is gone;
    with ``since``, only those made after it. Without, the newest hundred of the archive do.

    Raises:
        ChannelError: permanent, the forum's history can't be read.
    """
    await check_history_is_readable(client, forum)
    oldest = discord.utils.time_snowflake(since) if since else 0
    gone: discord.Thread | None = None
    async for post in _list_posts(forum, since):
        if not _is_ours(client, post.owner_id) or post.id < oldest or name not in ("", post.name):
            continue
        try:
            message = await post.fetch_message(post.id)
        except discord.NotFound:
            gone = post if name else None
            continue
        if _has(message, mark):
            return message
    return gone


async def _list_posts(
    forum: discord.ForumChannel, since: datetime | None
) -> AsyncIterator[discord.Thread]:
    for post in await forum.guild.active_threads():
        if post.parent_id == forum.id:
            yield post
    async for post in forum.archived_threads(limit=None if since else 100):
        if since and post.archive_timestamp < since:
            return
        yield post


async def check_history_is_readable(client: discord.Client, found: Any) -> None:
    """Raise a permanent ChannelError unless what was posted in that channel can be read.

    Without the permission Discord answers with an empty list, not with an error, and an empty
    list would be taken as proof that nothing was posted.
    """
    if isinstance(found, discord.abc.PrivateChannel) or client.user is None:
        return
    guild = await client.fetch_guild(found.guild.id, with_counts=False)
    place_id = found.parent_id if isinstance(found, discord.Thread) else found.id
    place = await guild.fetch_channel(place_id)
    me = await guild.fetch_member(client.user.id)
    if isinstance(place, discord.Thread) or not place.permissions_for(me).read_message_history:
        raise ChannelError(_UNREADABLE, permanent=True)


def _is_ours(client: discord.Client, author_id: int | None) -> bool:
    return client.user is not None and author_id == client.user.id


def _has(message: discord.Message, mark: str) -> bool:
    footers = [embed.footer.text or "" for embed in message.embeds]
    return any(text == mark or text.endswith(f" · {mark}") for text in footers)
