"""What the admins of a workspace choose, by name: how each choice is written, and read again."""

from collections.abc import Mapping
from datetime import datetime

from bot.model import ChannelRef
from bot.ports import Store

LANGUAGE = "language"
"""The code of the language of what all see."""
LOCALE = "locale"
"""The code of the platform's own language for the workspace; it counts if none is chosen."""
NO_LANGUAGE = "en"
NOTICES = "notices"
"""Where admins are told of what fails: platform and channel, with a blank between."""
ROLE = "role."
MANAGERS = f"{ROLE}manage"
VIEWERS = f"{ROLE}view"
"""The ids of roles, with commas between."""
MENTION = "mention."
"""Before a topic's tag: the id of the role to mention."""
MUTED = "muted"
"""Until when nothing is posted, ISO 8601."""
UNMUTED = "unmuted"
"""When somebody let it be posted again before that, ISO 8601."""
EVENTS = "events"
"""Whether the platform's own events are kept: ``on`` or ``off``."""
ON, OFF = "on", "off"
TIMEZONE = "timezone"
"""The workspace's own zone."""
PENDING = "pending:"
"""Before a proposal's key: a feed that waits to be confirmed, as JSON."""


def find_muted_until(choices: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when nothing is posted, if that is so now."""
    until = datetime.fromisoformat(choices[MUTED]) if choices.get(MUTED) else None
    return until if until and until > now else None


async def end_mute(store: Store, workspace: str, now: datetime) -> None:
    """Keep when quiet ended before its time: what happened in it is news to nobody any more."""
    if find_muted_until(await store.list_choices(workspace), now):
        await store.save_choice(workspace, UNMUTED, now.isoformat())


def find_language(choices: Mapping[str, str]) -> str:
    """The language of what all see: the chosen one, else the platform's own, else English."""
    return choices.get(LANGUAGE) or choices.get(LOCALE) or NO_LANGUAGE


def find_notices(choices: Mapping[str, str]) -> ChannelRef | None:
    """Where admins are told of what fails."""
    platform, _, channel_id = choices.get(NOTICES, "").partition(" ")
    return ChannelRef(platform, channel_id) if channel_id else None


def list_roles(choices: Mapping[str, str], name: str) -> frozenset[str]:
    """The roles of ``MANAGERS`` or ``VIEWERS``."""
    return frozenset(filter(None, choices.get(name, "").split(",")))


def list_mentions(choices: Mapping[str, str]) -> dict[str, str]:
    """The role to mention, by tag."""
    return {
        name.removeprefix(MENTION): role
        for name, role in choices.items()
        if name.startswith(MENTION)
    }


async def find_timezone(store: Store, workspace: str) -> str:
    """The workspace's own zone, else that of its first order, else UTC."""
    chosen = await store.find_choice(workspace, TIMEZONE)
    if chosen:
        return chosen
    orders = await store.list_subscriptions(workspace)
    return orders[0].timezone if orders else "UTC"
