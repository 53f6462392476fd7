"""subscription, entries, known keys, now → what is due: a reminder three days before, and one."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import CalendarEntry, Precision, Reminder, Subscription, VisitDates, VisitStatus
from bot.text.dates import format_dates

DAYS_BEFORE = (3, 1)
REMINDED = (VisitStatus.PLANNED, VisitStatus.CONFIRMED)
"""What is only possible gets no reminder, nor what is off."""
MEMORY = timedelta(days=366)
"""How far back the keys of reminders must be given."""

_LATE = timedelta(minutes=10)
# Days around today within which a visit can have a reminder, whatever the zone.
_NEAR = timedelta(days=DAYS_BEFORE[0] + 2)

Instant = Callable[[date, str, str], datetime]
"""(local date, ``HH:MM``, zone) → the one moment in UTC, as ``bot.schedule`` has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminder:
    """A reminder to post now, ``days`` local days before the visit begins.

    ``until_at`` is when it must not go out any more; ``late_by`` is zero for one on time, or for
    a visit that was heard of too late. ``moved_from`` is the day that the channel was last told.
    """

    reminder: Reminder
    entry: CalendarEntry
    days: int
    until_at: datetime
    late_by: timedelta
    moved_from: date | None


def decide_reminders(
    subscription: Subscription,
    entries: Iterable[CalendarEntry],
    known_keys: AbstractSet[str],
    now: datetime,
    *,
    since: datetime,
    instant: Instant,
) -> tuple[DueReminder, ...]:
    """What to post at ``now``, the next visit first; ``since`` is when reminders were switched on.

    Each is due at the order's first local time on its day. One that was missed goes out until
    the next one is due, and the last until the visit's first local day begins. The first of them
    is left out if the visit, or the wish for reminders, came only after it was due.

    Raises:
        InputError: the machine does not know the subscription's zone.
    """
    due = [
        found
        for entry in entries
        if (start_on := _find_start(entry, now.date()))
        and (found := _find_due(subscription, entry, start_on, known_keys, now, since, instant))
    ]
    return tuple(sorted(due, key=lambda one: (one.reminder.start_on, one.reminder.uid)))


def _find_start(entry: CalendarEntry, today: date) -> date | None:
    """The first day of a visit that stands and is near; None for all others."""
    dates = entry.visit.dates
    if entry.is_withdrawn or entry.visit.status not in REMINDED:
        return None
    if dates.precision is not Precision.DAY or dates.start is None:
        return None
    start_on = date.fromisoformat(dates.start)
    return start_on if abs(start_on - today) <= _NEAR else None


def _find_due(
    order: Subscription,
    entry: CalendarEntry,
    start_on: date,
    known_keys: AbstractSet[str],
    now: datetime,
    since: datetime,
    instant: Instant,
) -> DueReminder | None:
    moments = [
        instant(start_on - timedelta(days=days), order.times[0], order.timezone)
        for days in DAYS_BEFORE
    ]
    begins_at = instant(start_on, "00:00", order.timezone)
    for days, due_at, until_at in zip(DAYS_BEFORE, moments, (*moments[1:], begins_at), strict=True):
        reminder = Reminder(order.id, entry.uid, start_on, days, due_at)
        if not due_at <= now < until_at or reminder.key in known_keys:
            continue
        is_on_time = now - due_at <= _LATE
        was_missed = since <= due_at and not is_on_time and _stood(entry, start_on, due_at)
        if days == DAYS_BEFORE[-1] or was_missed or (is_on_time and since <= due_at):
            return DueReminder(
                reminder=reminder,
                entry=entry,
                days=(start_on - now.astimezone(ZoneInfo(order.timezone)).date()).days,
                until_at=until_at,
                late_by=now - due_at if was_missed else timedelta(0),
                moved_from=_find_moved(reminder, known_keys),
            )
    return None


def _stood(entry: CalendarEntry, start_on: date, at: datetime) -> bool:
    """Whether a reminder was due at that moment: the visit was known, for that day, and on."""
    if entry.changed_at <= at:
        return True
    if entry.sequence == 0:
        return False
    told = [move for move in entry.visit.history if move.is_obeyed and move.at <= at]
    is_dated = any(move.dates.start == start_on.isoformat() for move in told)
    return is_dated and told[-1].status in REMINDED


def _find_moved(reminder: Reminder, known_keys: AbstractSet[str]) -> date | None:
    """The other day for which the channel was reminded, unless it was told of this one since."""
    *visit, _, _ = reminder.key.split("/")
    prefix = "/".join((*visit, ""))
    days = {key.removeprefix(prefix).split("/")[0] for key in known_keys if key.startswith(prefix)}
    told = [date.fromisoformat(day) for day in days]
    return None if reminder.start_on in told else max(told, default=None)


def write_note(due: DueReminder) -> str:
    """What a reader must know of a reminder that is late, or whose visit has moved."""
    notes = []
    if due.late_by:
        minutes = round(due.late_by / timedelta(minutes=1))
        late = f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
        notes.append(f"Posted {late} late.")
    if due.moved_from:
        day = format_dates(VisitDates(due.moved_from.isoformat(), None, Precision.DAY))
        notes.append(f"Moved from {day}, the day of the last reminder here.")
    return " ".join(notes)
