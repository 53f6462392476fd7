"""The rights that the bot needs, each for a reason: asked for when invited, checked by /doctor."""

from collections.abc import Sequence

import discord

from bot.model import Form

WRITING = ("view_channel", "send_messages", "embed_links")
"""To write at all."""
POSTING = (*WRITING, "read_message_history")
"""To post what must be posted once: it is looked up when an answer was lost."""
PICTURES = ("attach_files",)
"""For pictures of visits, and lists of feeds; without it there are words alone."""
EVENTS = ("create_events",)
"""For visits among the server's events, where that is switched on."""

_THREADS = ("create_public_threads", "send_messages_in_threads")
_FORMS = {
    Form.MESSAGE: POSTING,
    Form.THREAD: (*POSTING, *_THREADS),
    # A post is made by Send Messages, its other parts are messages in a thread.
    Form.FORUM: (*POSTING, "send_messages_in_threads"),
}
_IN_THREAD = ("view_channel", "send_messages_in_threads", "embed_links", "read_message_history")
ALL = (*POSTING, *_THREADS, *PICTURES, *EVENTS)
"""The names, as discord.py has them, of all that an invitation asks for."""


def list_needed(form: Form, *, is_thread: bool = False) -> tuple[str, ...]:
    """Return the names of what posting in that form needs in a channel, or in a thread."""
    return _IN_THREAD if is_thread else _FORMS[form]


def list_missing(held: discord.Permissions, names: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``names`` that ``held`` has not."""
    return tuple(name for name in names if not getattr(held, name))


def make_invite(application_id: int) -> str:
    """Return the address that invites the bot with exactly what it needs."""
    rights = discord.Permissions(**dict.fromkeys(ALL, True))
    return (
        f"https://discord.com/oauth2/authorize?client_id={application_id}"
        f"&scope=bot+applications.commands&permissions={rights.value}"
    )
