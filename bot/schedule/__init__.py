"""Subscription, known slots, now → what is due: one instant a local date, in every zone."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.model import Slot, Subscription
from bot.schedule.zones import get_zone

CATCH_UP = timedelta(hours=6)
"""How old a missed slot may be and still be posted."""
LOOK_BACK = timedelta(days=7)
"""How far back missed slots are looked for, and known ones must be given."""

_LATE = timedelta(minutes=10)
_JUST_POSTED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DueSlots:
    """What one subscription has due: at most one slot to post, and those to skip, with reasons."""

    post: Slot | None
    is_late: bool
    skip: tuple[tuple[Slot, str], ...]


def slot_instant(local_on: date, local_time: str, timezone: str) -> datetime:
    """The one instant (UTC) of a local time on a local date.

    A time that the clocks jump over moves forward by the jump; one that comes twice is
    taken the first time.

    Raises:
        InputError: the machine has no such zone.
    """
    local = datetime.combine(local_on, time.fromisoformat(local_time), get_zone(timezone))
    return local.astimezone(UTC)


def list_slots(
    subscription: Subscription, start_at: datetime, end_at: datetime
) -> tuple[Slot, ...]:
    """The slots with ``start_at < due_at <= end_at``, first due first.

    Raises:
        InputError: the machine does not know the subscription's zone.
    """
    zone = get_zone(subscription.timezone)
    # A time that was jumped over falls on the day after at the latest.
    first_on = start_at.astimezone(zone).date() - timedelta(days=1)
    days = range((end_at.astimezone(zone).date() - first_on).days + 1)
    slots = (
        Slot(subscription.id, on, at, slot_instant(on, at, subscription.timezone))
        for on in (first_on + timedelta(days=day) for day in days)
        if on.isoweekday() in subscription.weekdays
        for at in subscription.times
    )
    due = (slot for slot in slots if start_at < slot.due_at <= end_at)
    return tuple(sorted(due, key=lambda slot: (slot.due_at, slot.local_on, slot.local_time)))


def decide_due(
    subscription: Subscription,
    known_keys: AbstractSet[str],
    now: datetime,
    catch_up: timedelta = CATCH_UP,
) -> DueSlots:
    """What to do about the slots that came due and have no row yet.

    Only the newest slot is posted, and only within ``catch_up``; ``known_keys`` are the keys
    with a row since ``now - LOOK_BACK``. Nothing counts before ``subscription.created_at``.
    """
    slots = list_slots(subscription, max(subscription.created_at, now - LOOK_BACK), now)
    post: Slot | None = None
    skip: list[tuple[Slot, str]] = []
    for slot in (slot for slot in slots if slot.key not in known_keys):
        reason = _reason_to_skip(slot, slots[-1], subscription, known_keys, now - catch_up)
        if reason:
            skip.append((slot, reason))
        else:
            post = slot
    return DueSlots(post, post is not None and now - post.due_at > _LATE, tuple(skip))


def _reason_to_skip(
    slot: Slot,
    newest: Slot,
    subscription: Subscription,
    known_keys: AbstractSet[str],
    oldest_at: datetime,
) -> str:
    if slot != newest:
        return "missed while the bot was down; a newer brief took its place"
    if slot.due_at < oldest_at:
        return "missed while the bot was down, and too old to post when it came back"
    moved_from = _just_posted_time(slot, subscription, known_keys)
    if moved_from:
        return f"moved from {moved_from} just after that brief had gone out"
    return ""


def _just_posted_time(
    slot: Slot, subscription: Subscription, known_keys: AbstractSet[str]
) -> str | None:
    """The time this slot replaces, if its brief went out as somebody was changing the order.

    Whoever moves 06:00 to 07:00 at 06:00:01 wants one brief that day, not two.
    """
    day = f"{slot.subscription_id}/{slot.local_on.isoformat()}/"
    posted = {key.removeprefix(day) for key in known_keys if key.startswith(day)}
    for at in sorted(posted - set(subscription.times)):
        since = subscription.created_at - slot_instant(slot.local_on, at, subscription.timezone)
        if abs(since) <= _JUST_POSTED:
            first = list_slots(subscription, subscription.created_at, slot.due_at)[0]
            return at if slot == first else None
    return None
