"""/brief → ``ports.Commands``: a brief of now, the next one as it would be, and earlier ones."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from bot.channels.discord.asked import (
    CHOICES,
    Desk,
    channel_of,
    public_words,
    shown_words,
    words_of,
    workspace_of,
)
from bot.channels.discord.completing import Choices, Named, offer
from bot.channels.discord.cooldowns import at_most
from bot.channels.discord.corrections import render_corrected
from bot.channels.discord.limits import Payload
from bot.channels.discord.pages import without_mark
from bot.channels.discord.render import render_brief
from bot.channels.discord.replies import answer, take
from bot.channels.discord.rights import VIEW
from bot.errors import InputError
from bot.model import Brief, ChannelRef, Form, KeptBrief, Look
from bot.ports.posting import PLAIN
from bot.text.lexicon import fold
from bot.wording import Words

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAYS_OFFERED = 14


class BriefGroup(app_commands.Group):
    """``/brief``, for everybody who may look."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="brief", description="Briefs")
        self._desk = desk

    @app_commands.command(name="now", description="Write a brief of the last hours", extras=VIEW)
    @app_commands.describe(
        hours="How far back, 24 if not given", private="Show the answer to you alone"
    )
    @at_most(3)
    async def now(
        self,
        interaction: discord.Interaction,
        hours: app_commands.Range[float, 1, 168] = 24.0,
        private: bool = False,
    ) -> None:
        """Write a brief, kept in no order's record."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=private)
        brief = await self._desk.commands.write_brief(
            workspace, hours=hours, now=self._desk.clock()
        )
        words = await shown_words(interaction, self._desk, is_private=private)
        await answer(interaction, show_brief(brief, PLAIN, words))

    @app_commands.command(
        name="preview", description="This channel's next brief as it would be now", extras=VIEW
    )
    @at_most(3)
    async def preview(self, interaction: discord.Interaction) -> None:
        """Write it for the one who asks; nothing is posted."""
        workspace = workspace_of(interaction)
        await take(interaction, is_private=True)
        channel = await _find_channel(interaction, self._desk)
        brief, look = await self._desk.commands.preview_brief(
            workspace, channel, now=self._desk.clock()
        )
        # As the channel would read it, not as the one who asks would.
        words = await public_words(interaction, self._desk)
        await answer(interaction, show_brief(brief, look, words))

    @app_commands.command(
        name="show", description="What was posted here on a day, as corrected since", extras=VIEW
    )
    @app_commands.describe(
        date="Such as 2025-01-28 or yesterday", private="Show the answer to you alone"
    )
    async def show(
        self,
        interaction: discord.Interaction,
        date: app_commands.Range[str, 1, 40],
        private: bool = False,
    ) -> None:
        """Show the day's briefs again."""
        workspace = workspace_of(interaction)
        today = await self._find_today(workspace)
        on = _read_day(date, today, words_of(interaction, self._desk))
        await take(interaction, is_private=private)
        channel = await _find_channel(interaction, self._desk)
        kept = await self._desk.commands.list_briefs_of(workspace, channel, on)
        words = await shown_words(interaction, self._desk, is_private=private)
        await answer(interaction, [part for each in kept for part in _show_kept(each, words)])

    @show.autocomplete("date")
    async def _complete_day(self, interaction: discord.Interaction, current: str) -> Choices:
        return await offer(self._list_days(interaction, current))

    async def _find_today(self, workspace: str) -> date:
        settings = await self._desk.commands.get_settings(workspace)
        return _local(self._desk.clock(), settings.timezone).date()

    async def _list_days(self, interaction: discord.Interaction, current: str) -> list[Named]:
        today = await self._find_today(workspace_of(interaction))
        words = words_of(interaction, self._desk)
        days = [today - timedelta(days=back) for back in range(_DAYS_OFFERED)]
        named = [(f"{words.day(on)} · {words.weekday(on.isoweekday())}", on) for on in days]
        typed = fold(current)
        fitting = [(name, str(on)) for name, on in named if typed in fold(f"{name} {on}")]
        return fitting[:CHOICES]


async def _find_channel(interaction: discord.Interaction, desk: Desk) -> ChannelRef:
    """The channel it was typed in; in a thread or post without an order, the one it is in."""
    here, thread = channel_of(interaction), interaction.channel
    if not isinstance(thread, discord.Thread):
        return here
    is_ordered = await desk.commands.list_schedules(workspace_of(interaction), here)
    return here if is_ordered else ChannelRef(here.platform, str(thread.parent_id))


def show_brief(brief: Brief, look: Look, words: Words) -> tuple[Payload, ...]:
    """Return a brief as an answer: in messages, whatever the channel's form, and pinging nobody."""
    shown = replace(look, form=Form.MESSAGE, mentions=(), language=words.language)
    return render_brief(brief, without_mark, shown, words)


def _show_kept(kept: KeptBrief, words: Words) -> tuple[Payload, ...]:
    first, *rest = show_brief(kept.brief, kept.look, words)
    if kept.corrections:
        zone = kept.brief.timezone
        first = render_corrected(first, kept.corrections, kept.look, words, timezone=zone)
    return (first, *rest)


def _read_day(text: str, today: date, words: Words) -> date:
    """Return the day meant.

    Raises:
        InputError: it is none.
    """
    typed = fold(text.strip())
    for back, name in enumerate(("today", "yesterday")):
        if typed in (name, fold(words.say(f"schedule.{name}"))):
            return today - timedelta(days=back)
    try:
        if _DATE.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise InputError(words.say("schedule.no_day"))


def _local(at: datetime, timezone: str) -> datetime:
    try:
        return at.astimezone(ZoneInfo(timezone))
    except (KeyError, ValueError, OSError):
        return at
