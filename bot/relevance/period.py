"""question × now → since when what it asks about was published, where it says so."""

from datetime import UTC, date, datetime, time, timedelta

from bot.relevance.question import find_language
from bot.text.dates import find_dates, resolve_dates, span

_EARLIEST = timedelta(hours=14)
"""A day begins so much earlier somewhere than in UTC: nobody's own day may be cut short."""


def find_since(text: str, now: datetime) -> datetime | None:
    """The start of the time that the question names, if it is one that has just passed.

    ``yesterday`` and ``last week`` say when something was reported; ``in February`` and
    ``on the 12th`` may say when it is to happen, and restrict nothing.
    """
    language, today = find_language(text), now.date()
    for found in find_dates(text, language):
        days = span(resolve_dates(found.text, today, language))
        if days and _is_just_over(days, today) and not _is_calendar_date(found.text, language):
            return datetime.combine(days[0], time(), UTC) - _EARLIEST
    return None


def _is_just_over(days: tuple[date, date], today: date) -> bool:
    return days[1] <= today and (today - days[0]).days <= 62


def _is_calendar_date(words: str, language: str) -> bool:
    """Whether the same words mean the same day half a year later: a month or a day is named."""
    first, later = (
        resolve_dates(words, day, language) for day in (date(2025, 3, 5), date(2025, 9, 3))
    )
    has_digit = any(character.isdigit() for character in words)
    return has_digit or (first.start or "")[5:7] == (later.start or "")[5:7]
