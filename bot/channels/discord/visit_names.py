"""Countries and people of a server's visits, for completion, which asks anew at every key."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.discord.asked import Desk
from bot.channels.discord.inert import plain

LONGEST_NAME = 100
_KEPT = timedelta(minutes=1)


@dataclass(slots=True)
class _Known:
    read_at: datetime | None = None
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class VisitNames:
    """Reads a server's ledger at most once a minute, however fast people type."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._servers: defaultdict[str, _Known] = defaultdict(_Known)

    async def list_countries(self, workspace: str) -> tuple[str, ...]:
        """Where the visits lead, in their order."""
        return (await self._get(workspace)).countries

    async def list_people(self, workspace: str) -> tuple[str, ...]:
        """Who goes, in the visits' order."""
        return (await self._get(workspace)).people

    async def _get(self, workspace: str) -> _Known:
        known, now = self._servers[workspace], self._desk.clock()
        async with known.turn:
            if known.read_at is None or not timedelta() <= now - known.read_at < _KEPT:
                visits = await self._desk.commands.list_visits(workspace, now=now)
                known.countries = _tidy(visit.host for visit in visits)
                known.people = _tidy(visit.visitor for visit in visits)
                known.read_at = now
        return known


def _tidy(names: Iterable[str]) -> tuple[str, ...]:
    """The names as one line each, without those that Discord would refuse."""
    lines = dict.fromkeys(map(plain, names))
    return tuple(line for line in lines if 0 < len(line) <= LONGEST_NAME)
