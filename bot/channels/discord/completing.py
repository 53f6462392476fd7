"""what is half typed → what may be meant, from what the workspace has; no network, no model.

Only who has the command's right gets here, see ``rights.Tree``.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import discord
from discord import app_commands

from bot.channels.discord.asked import CHOICES, Desk, workspace_of
from bot.channels.discord.inert import clip
from bot.errors import BotError
from bot.schedule.zones import find_zone
from bot.text.lexicon import fold

_NAME = 100

Named = tuple[str, str]
"""What is shown, and what is meant."""

Choices = list[app_commands.Choice[str]]
Completion = Callable[[discord.Interaction, str], Coroutine[Any, Any, Choices]]


async def offer(named: Awaitable[Iterable[Named]]) -> Choices:
    """Return the first of the names as Discord takes them; none while they can't be read."""
    try:
        found = await named
    except BotError:
        return []
    shown = ((clip(name, _NAME), value) for name, value in found)
    fitting = [(name, value) for name, value in shown if name and 0 < len(value) <= _NAME]
    return [app_commands.Choice(name=name, value=value) for name, value in fitting[:CHOICES]]


def complete(
    list_named: Callable[[discord.Interaction, str], Awaitable[Iterable[Named]]],
) -> Completion:
    """Return the completion of an option, for a command that is made by a function."""

    async def offer_named(interaction: discord.Interaction, current: str) -> Choices:
        return await offer(list_named(interaction, current))

    return offer_named


async def list_feeds(desk: Desk, interaction: discord.Interaction, current: str) -> list[Named]:
    """Return the workspace's feeds by name; what is meant is the number."""
    feeds = await desk.commands.list_feeds(workspace_of(interaction))
    named = ((clip(feed.title or feed.outlet, _NAME), str(feed.id)) for feed in feeds)
    whole = ((name or f"feed {number}", number) for name, number in named)
    return [(name, value) for name, value in whole if fold(current) in fold(name)]


async def list_topics(desk: Desk, interaction: discord.Interaction, current: str) -> list[Named]:
    """Return how a list of topics with commas may go on."""
    topics = await desk.commands.list_topics(workspace_of(interaction))
    return go_on([topic.tag for topic in topics], current)


def go_on(words: Sequence[str], current: str) -> list[Named]:
    """Return how a list with commas may go on: what was typed, and one more of ``words``."""
    before, last = split_list(current)
    fitting = [word for word in words if word not in before and fold(last) in fold(word)]
    whole = [", ".join([*before, word]) for word in fitting]
    return [(text, text) for text in whole]


def split_list(text: str) -> tuple[list[str], str]:
    """Return what stands before the last comma, and what is being typed after it."""
    *before, last = text.split(",")
    return [word.strip() for word in before if word.strip()], last.strip()


def read_list(text: str) -> list[str]:
    """Return the words of a list with commas."""
    return [word for part in text.split(",") if (word := part.strip())]


# ---------------------------------------------------------------- time zones


async def name_zones(typed: str) -> list[Named]:
    """Return the zones with those letters."""
    return [(zone, zone) for zone in list_zones(typed)]


def list_zones(typed: str) -> list[str]:
    """Return the zone of that city, then those with such a beginning, then the others."""
    wanted = "_".join(typed.split()).casefold()
    fitting = [zone for zone in _zones() if wanted in zone.casefold()]
    near = sorted(fitting, key=lambda zone: not _city(zone).startswith(wanted))
    meant = find_zone(typed)
    return list(dict.fromkeys([*([meant] if meant else []), *near]))


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].casefold()


@cache
def _zones() -> tuple[str, ...]:
    """All that name a place: of the others few know what they mean."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))
