"""Subscription, known slots, now → what is due: one instant a local date, in every zone."""

import difflib
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import InputError
from bot.model import Slot, Subscription

CATCH_UP = timedelta(hours=6)
"""How old a missed slot may be and still be posted."""
LOOK_BACK = timedelta(days=7)
"""How far back missed slots are looked for, and known ones must be given."""

_LATE = timedelta(minutes=10)
_JUST_POSTED = timedelta(minutes=1)
_MAX_TIMES = 24
_EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_SETS = {"": _EVERY_DAY, "daily": _EVERY_DAY, "weekdays": _EVERY_DAY[:5], "weekends": (6, 7)}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
# Files among the zones that name no place: what they mean depends on the machine.
_NO_PLACE = {"Factory", "localtime"}


@dataclass(frozen=True, slots=True)
class DueSlots:
    """What one subscription has due: at most one slot to post, and those to skip, with reasons."""

    post: Slot | None
    is_late: bool
    skip: tuple[tuple[Slot, str], ...]


def parse_times(text: str) -> tuple[str, ...]:
    """Local times of day as ``HH:MM``, in order, each once: ``6pm, 06.30`` → 06:30, 18:00.

    Raises:
        InputError: nothing there, too many, or not a time of day.
    """
    joined = re.sub(r"\s+(?=[ap]m\b)", "", text.lower().replace(".m.", "m"))
    words = [word for word in re.split(r"[\s,]+", joined) if word and word != "and"]
    times = sorted({_parse_time(word) for word in words})
    if not times:
        raise InputError("No time was given; write local times like 06:00 or 06:00 18:30.")
    if len(times) > _MAX_TIMES:
        raise InputError(f"{len(times)} times a day are too many; write up to {_MAX_TIMES}.")
    return tuple(times)


def _parse_time(word: str) -> str:
    refusal = InputError(f"“{word[:40]}” is not a time of day; write times like 06:00 or 6pm.")
    match = _TIME.fullmatch(word)
    if match is None:
        raise refusal
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        raise refusal
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise refusal
    return f"{hour:02}:{minute:02}"


def parse_days(text: str) -> tuple[int, ...]:
    """ISO weekdays in order: ``mon-fri``, ``weekdays``, ``sat, sun``; nothing means every day.

    Raises:
        InputError: a word that is no day.
    """
    plain = re.sub(r"\s*[-–]\s*|\s+to\s+", "-", text.strip().lower()).replace("every day", "daily")
    words = [word for word in re.split(r"[\s,]+", plain) if word != "and"]
    return tuple(sorted({day for word in words for day in _parse_day_word(word)}))


def _parse_day_word(word: str) -> tuple[int, ...]:
    if word in _DAY_SETS:
        return _DAY_SETS[word]
    first, dash, last = word.partition("-")
    start, end = _day_number(first, word), _day_number(last if dash else first, word)
    # A range may run over the end of the week: sat-mon.
    return tuple((start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1))


def _day_number(name: str, word: str) -> int:
    for number, day in enumerate(_DAYS, 1):
        if len(name) >= 3 and day.startswith(name):
            return number
    raise InputError(f"“{word[:40]}” is not a day; write days like mon-fri, sat,sun or daily.")


@cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in sorted(available_timezones() - _NO_PLACE)}


def check_timezone(name: str) -> str:
    """The IANA name as it is spelt: ``europe/london`` → ``Europe/London``.

    Raises:
        InputError: no such zone; the message proposes near ones.
    """
    wanted = re.sub(r"\s+", "_", name.strip()[:60]).lower()
    names = _zone_names()
    if wanted in names:
        return names[wanted]
    cities = [full for low, full in names.items() if low.rpartition("/")[2] == wanted]
    alike = difflib.get_close_matches(wanted, names, n=3, cutoff=0.75)
    near = cities or [names[low] for low in alike]
    hint = f"did you mean {_join(near[:3], 'or')}?" if near else "write one like Europe/London."
    if re.match(r"(utc|gmt)[+-]?[0-9]", wanted):
        hint = "an offset knows no summer time; write a place, like Europe/London."
    raise InputError(f"“{name.strip()[:40]}” is not a time zone; {hint}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"The time zone “{name[:40]}” is unknown here; set it anew.") from error


def slot_instant(local_on: date, local_time: str, timezone: str) -> datetime:
    """The one instant (UTC) of a local time on a local date.

    A time that the clocks jump over moves forward by the jump; one that comes twice is
    taken the first time.

    Raises:
        InputError: the machine has no such zone.
    """
    local = datetime.combine(local_on, time.fromisoformat(local_time), _zone(timezone))
    return local.astimezone(UTC)


def list_slots(
    subscription: Subscription, start_at: datetime, end_at: datetime
) -> tuple[Slot, ...]:
    """The slots with ``start_at < due_at <= end_at``, first due first.

    Raises:
        InputError: the machine does not know the subscription's zone.
    """
    zone = _zone(subscription.timezone)
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


def describe(subscription: Subscription, now: datetime) -> str:
    """The order in words, with its next slot, to be read back to whoever gave it."""
    times = f"{_describe_days(subscription.weekdays)} at {_join(subscription.times, 'and')}"
    tags = f", {_join(subscription.tags, 'and')} only" if subscription.tags else ""
    following = list_slots(subscription, now, now + LOOK_BACK + timedelta(days=1))
    next_at = following[0].due_at.astimezone(_zone(subscription.timezone))
    when = f"{next_at:%a} {next_at.day} {next_at:%B %Y, %H:%M} {_zone_word(next_at)}"
    return f"{times} ({subscription.timezone}){tags}; next: {when}"


def _describe_days(weekdays: Sequence[int]) -> str:
    if tuple(weekdays) == _EVERY_DAY:
        return "every day"
    if tuple(weekdays) == _DAY_SETS["weekdays"]:
        return "Monday to Friday"
    return "every " + _join([_DAYS[day - 1].capitalize() for day in weekdays], "and")


def _zone_word(at: datetime) -> str:
    """``GMT``, or ``UTC-5`` where the zone has no letters; Etc/GMT+5 must show its true sign."""
    name, offset = at.tzname() or "", at.utcoffset() or timedelta(0)
    if name.isalpha():
        return name
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


def _join(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
