"""entries of a calendar → Scheduled Events of a server, found again by the mark that they carry."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import discord

from bot.channels.discord.event_plan import Plan, Standing, decide
from bot.channels.discord.event_texts import Wanted, read_mark
from bot.channels.discord.faults import (
    MISSING_ACCESS,
    UNKNOWN_GUILD,
    VENDOR_ERRORS,
    explain,
    is_worth_another_try,
)
from bot.channels.discord.login import Login
from bot.errors import ChannelError
from bot.model import CalendarEntry
from bot.wording import Wordings

logger = logging.getLogger(__name__)

REFUSED_REST = timedelta(hours=6)
"""How long a call that Discord refused of one event is not tried again."""

_LIVE = (discord.EventStatus.scheduled, discord.EventStatus.active)
# Made, twins found, twins taken away, nothing left to do; one more for an answer that was lost.
_ROUNDS = 5

_Key = tuple[int, str, int]
"""What a call is about: the server, or the event to take away; the visit; its version."""
_Call = Callable[[], Coroutine[Any, Any, Any]]


@dataclass(slots=True)
class _Sync:
    """One sync of one server. ``settled`` are visits whose event is made or changed in it."""

    guild: discord.Guild
    bot_id: int
    now: datetime
    calls: int = 0
    settled: set[str] = field(default_factory=set)
    events: dict[int, discord.ScheduledEvent] = field(default_factory=dict)


class DiscordEvents:
    """Keeps ``ports.EventBoard``, over REST alone.

    Discord knows no nonce for events, and the client sends a creation again by itself after
    some errors: so what stands is listed before anything is made, and once more after it.
    ``find_timezone`` tells in whose days a workspace lives, ``find_language`` in which language,
    the server's own if none was chosen; ``pause`` (seconds) comes before another try,
    ``deadline`` is for one call.
    """

    def __init__(
        self,
        login: Login,
        wordings: Wordings,
        find_timezone: Callable[[str], Awaitable[str]],
        find_language: Callable[[str], Awaitable[str | None]],
        *,
        pause: float = 1.0,
        deadline: float = 30.0,
    ) -> None:
        self._login = login
        self._wordings = wordings
        self._find_timezone = find_timezone
        self._find_language = find_language
        self._pause = pause
        self._deadline = deadline
        self._refused: dict[_Key, datetime] = {}

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""
        return "discord"

    async def sync_events(
        self, workspace: str, entries: Sequence[CalendarEntry], *, now: datetime
    ) -> int:
        """Make our events match the entries; returns how many calls changed something.

        Raises:
            ChannelError: permanent, the bot lacks a right or left the server; or Discord can't
                be reached, and the next sync finds what this one left.
        """
        timezone = await self._find_timezone(workspace)
        language = await self._find_language(workspace)
        sync = await self._open(workspace, now)
        words = self._wordings.choose(language or str(sync.guild.preferred_locale))
        self._refused = {key: until for key, until in self._refused.items() if now < until}
        for number in range(_ROUNDS):
            before = sync.calls
            try:
                standing, others = await self._list(sync)
                plan = decide(
                    entries, standing, others=others, timezone=timezone, words=words, now=now
                )
                await self._apply(sync, plan)
            except VENDOR_ERRORS as error:
                if number == _ROUNDS - 1 or not is_worth_another_try(error):
                    raise _explain(error) from error
                logger.warning("events.retried guild=%d reason=%s", sync.guild.id, explain(error))
                await asyncio.sleep(self._pause)
                continue
            if sync.calls == before:
                break
        if plan.left_out:
            logger.warning("events.no_room guild=%d left_out=%d", sync.guild.id, plan.left_out)
        return sync.calls

    async def _open(self, workspace: str, now: datetime) -> _Sync:
        number = workspace.rpartition(":")[2]
        if not number.isdecimal():
            raise ChannelError(f"“{workspace}” is no server of Discord.", permanent=True)
        client = await self._login.get_client()
        assert client.user is not None
        try:
            guild = client.get_guild(int(number)) or await self._call(
                client.fetch_guild(int(number), with_counts=False)
            )
        except VENDOR_ERRORS as error:
            raise _explain(error) from error
        return _Sync(guild, client.user.id, now)

    async def _call(self, call: Coroutine[Any, Any, Any]) -> Any:
        async with asyncio.timeout(self._deadline):
            return await call

    async def _list(self, sync: _Sync) -> tuple[list[Standing], int]:
        """Our events that are not over, and how many others there are."""
        found = await self._call(sync.guild.fetch_scheduled_events(with_counts=False))
        live = [event for event in found if event.status in _LIVE]
        sync.events = {event.id: event for event in live}
        own = [event for event in (_read(one, sync.bot_id) for one in live) if event]
        return own, len(live) - len(own)

    async def _apply(self, sync: _Sync, plan: Plan) -> None:
        for event in plan.remove:
            key = (event.id, event.uid, event.sequence)
            await self._try(sync, key, sync.events[event.id].delete)
        for event, wanted in plan.change:
            await self._settle(sync, wanted, partial(_edit, sync.events[event.id], wanted))
        for wanted in plan.create:
            await self._settle(sync, wanted, partial(_create, sync.guild, wanted))

    async def _settle(self, sync: _Sync, wanted: Wanted, call: _Call) -> None:
        """Make or change one event, once in a sync."""
        if wanted.uid not in sync.settled:
            await self._try(sync, (sync.guild.id, wanted.uid, wanted.sequence), call)
            # A list that lags behind must not make a second one.
            sync.settled.add(wanted.uid)

    async def _try(self, sync: _Sync, key: _Key, call: _Call) -> None:
        """One call; what Discord refuses of one event keeps no other from being right."""
        if key in self._refused:
            return
        try:
            await self._call(call())
        except discord.NotFound:
            return  # somebody took it away
        except discord.HTTPException as error:
            if error.status != 400:
                raise
            self._refused[key] = sync.now + REFUSED_REST
            logger.warning(
                "event.refused guild=%d uid=%s code=%d", sync.guild.id, key[1], error.code
            )
            return
        sync.calls += 1


def _read(event: discord.ScheduledEvent, bot_id: int) -> Standing | None:
    """The event if it is ours: made by this bot, and marked."""
    mark = read_mark(event.description)
    if mark is None or event.creator_id != bot_id:
        return None
    return Standing(
        id=event.id,
        uid=mark[0],
        sequence=mark[1],
        start_at=event.start_time,
        end_at=event.end_time,
        is_active=event.status is discord.EventStatus.active,
    )


async def _create(guild: discord.Guild, wanted: Wanted) -> None:
    await guild.create_scheduled_event(
        name=wanted.name,
        description=wanted.description,
        location=wanted.location,
        start_time=wanted.start_at,
        end_time=wanted.end_at,
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
    )


async def _edit(event: discord.ScheduledEvent, wanted: Wanted) -> None:
    # The start of what has begun can't be named, even as it is.
    is_moved = event.start_time != wanted.start_at
    await event.edit(
        name=wanted.name,
        description=wanted.description,
        location=wanted.location,
        start_time=wanted.start_at if is_moved else discord.utils.MISSING,
        end_time=wanted.end_at,
        entity_type=discord.EntityType.external,
    )


def _explain(error: BaseException) -> ChannelError:
    if isinstance(error, discord.HTTPException) and error.code in (UNKNOWN_GUILD, MISSING_ACCESS):
        return ChannelError("The bot is not in this server any more.", permanent=True)
    if isinstance(error, discord.Forbidden) and error.code:
        return ChannelError(
            "The bot may not make events in this server: give its role Create Events.",
            permanent=True,
        )
    return explain(error)
