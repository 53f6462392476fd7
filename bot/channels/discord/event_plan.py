"""events that stand × entries × now → what to make, change and take away, so that they agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.discord.event_texts import Wanted, make_event
from bot.model import CLOSED, CalendarEntry
from bot.wording import Words

CAP = 100
"""Scheduled and active events that a server may have."""
SOON = timedelta(minutes=2)
"""An event that begins sooner may have begun when Discord hears of it, and is refused."""
AHEAD = timedelta(days=2 * 366)
"""Discord breaks on events that are many years away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of our events as Discord has it."""

    id: int
    uid: str
    sequence: int
    start_at: datetime
    end_at: datetime | None
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do; ``left_out`` counts visits for which the server has no room."""

    create: tuple[Wanted, ...] = ()
    change: tuple[tuple[Standing, Wanted], ...] = ()
    remove: tuple[Standing, ...] = ()
    left_out: int = 0


def decide(
    entries: Sequence[CalendarEntry],
    standing: Sequence[Standing],
    *,
    others: int,
    timezone: str,
    words: Words,
    now: datetime,
) -> Plan:
    """Bring our events and the entries together; ``others`` counts the events of people.

    Of two events for one visit the older stays. What has begun is never made, and keeps the
    event that it has; where there is no room for all, the nearest come first.
    """
    found = (_find_event(entry, timezone, words, now) for entry in entries)
    wanted = {event.uid: event for event in found if event}
    own: dict[str, Standing] = {}
    remove = []
    for event in sorted(standing, key=lambda event: event.id):
        if event.uid not in own and _may_stay(event, wanted.get(event.uid), now):
            own[event.uid] = event
        else:
            remove.append(event)
    fit = [visit for visit in wanted.values() if visit.uid in own or _may_begin(visit, now)]
    fit.sort(key=lambda visit: (visit.start_at, visit.uid))
    room = max(0, CAP - others)
    pairs = [(own.get(visit.uid), visit) for visit in fit]
    return Plan(
        create=tuple(visit for event, visit in pairs[:room] if event is None),
        change=tuple(
            (event, visit) for event, visit in pairs[:room] if event and not _agree(event, visit)
        ),
        remove=(*remove, *(event for event, _ in pairs[room:] if event)),
        left_out=len(pairs[room:]),
    )


def _find_event(entry: CalendarEntry, timezone: str, words: Words, now: datetime) -> Wanted | None:
    """The event of a visit that is neither off nor over."""
    if entry.is_withdrawn or entry.visit.status in CLOSED:
        return None
    event = make_event(entry, timezone, words)
    return event if event and now < event.end_at and event.start_at < now + AHEAD else None


def _may_begin(event: Wanted, now: datetime) -> bool:
    return event.start_at > now + SOON


def _may_stay(event: Standing, wanted: Wanted | None, now: datetime) -> bool:
    """Whether the event can be made what is wanted: a start can't move into or out of the past."""
    if wanted is None:
        return False
    return event.start_at == wanted.start_at or (not event.is_active and _may_begin(wanted, now))


def _agree(event: Standing, wanted: Wanted) -> bool:
    return (event.sequence, event.start_at, event.end_at) == (
        wanted.sequence,
        wanted.start_at,
        wanted.end_at,
    )
