"""a moment or a day → what Discord draws in each reader's own zone and language."""

from datetime import UTC, date, datetime, time

from bot.channels.discord.inert import inert
from bot.model import Precision, Visit
from bot.text.dates import span
from bot.wording import Words

_NOON = time(12, tzinfo=UTC)


def stamp(at: datetime) -> str:
    """Return the moment with how far away it is, such as ``29 January 2025 06:00 (in 3 hours)``."""
    return f"<t:{int(at.timestamp())}:f> (<t:{int(at.timestamp())}:R>)"


def ago(at: datetime) -> str:
    """Return how far away the moment is, such as ``3 hours ago``."""
    return f"<t:{int(at.timestamp())}:R>"


def tell_dates(visit: Visit, words: Words) -> str:
    """Return the dates in words, a day with how far it is for whoever reads."""
    told = inert(words.dates(visit.dates))
    days = span(visit.dates)
    is_exact = visit.dates.precision is Precision.DAY
    return f"{told} ({tell_distance(days[0])})" if days and is_exact else told


def tell_distance(on: date) -> str:
    """Return Discord's mark for ``in 3 days``, which it keeps up to date.

    Its marks for a date would show a day of the reader's own zone, which may be another one.
    """
    return f"<t:{int(datetime.combine(on, _NOON).timestamp())}:R>"
