"""An order → its words in English, to be read back to whoever gave it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import Subscription
from bot.schedule import LOOK_BACK, list_slots
from bot.schedule.words import DAYS, EVERY_DAY, WORKDAYS
from bot.schedule.zones import get_zone, join_words


def describe(subscription: Subscription, now: datetime) -> str:
    """The order in words, with its next slot, to be read back to whoever gave it."""
    times = f"{_describe_days(subscription.weekdays)} at {join_words(subscription.times, 'and')}"
    tags = f", {join_words(subscription.tags, 'and')} only" if subscription.tags else ""
    following = list_slots(subscription, now, now + LOOK_BACK + timedelta(days=1))
    next_at = following[0].due_at.astimezone(get_zone(subscription.timezone))
    when = f"{next_at:%a} {next_at.day} {next_at:%B %Y, %H:%M} {_zone_word(next_at)}"
    return f"{times} ({subscription.timezone}){tags}; next: {when}"


def _describe_days(weekdays: Sequence[int]) -> str:
    if tuple(weekdays) == EVERY_DAY:
        return "every day"
    if tuple(weekdays) == WORKDAYS:
        return "Monday to Friday"
    return "every " + join_words([DAYS[day - 1].capitalize() for day in weekdays], "and")


def _zone_word(at: datetime) -> str:
    """``GMT``, or ``UTC-5`` where the zone has no letters; Etc/GMT+5 must show its true sign."""
    name, offset = at.tzname() or "", at.utcoffset() or timedelta(0)
    if name.isalpha():
        return name
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
