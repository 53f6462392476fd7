"""messages × look → the same with the thread or post that each goes to, and whom they mention."""

from collections.abc import Iterable, Sequence

from bot.channels.discord.inert import clip
from bot.channels.discord.limits import (
    CONTENT,
    NAME,
    TAGS,
    Payload,
    is_id,
    measure,
    mention_roles,
)
from bot.model import Form, Look

_ROLES = CONTENT // measure(f"{mention_roles(['9' * 20])} ")


def put_in_place(payloads: Sequence[Payload], look: Look, *, name: str) -> tuple[Payload, ...]:
    """Return the messages with where they go; ``name`` is ours, for the thread or post."""
    first, *rest = payloads
    named = clip(name, NAME)
    if look.form is Form.FORUM:
        post = {"name": named, "tags": list(look.forum_tags[:TAGS])}
        return ({**first, "post": post}, *({**payload, "in_post": True} for payload in rest))
    if look.form is Form.THREAD:
        return (first, *({**payload, "thread": {"name": named}} for payload in rest))
    return tuple(payloads)


def with_mentions(
    payloads: Sequence[Payload], look: Look, tags: Iterable[str]
) -> tuple[Payload, ...]:
    """Return the messages, the first of which mentions the roles that wait for these topics."""
    told = frozenset(tags)
    wanted = dict.fromkeys(role for tag, role in look.mentions if tag in told and is_id(role))
    roles = list(wanted)[:_ROLES]
    first, *rest = payloads
    if not roles:
        return (first, *rest)
    return ({**first, "content": mention_roles(roles), "mentions": roles}, *rest)
