"""Dates → the fewest words that say them beside a chart, or to a listener."""

from datetime import date

from bot.model import Precision, VisitDates
from bot.text.dates import format_dates


def format_short(dates: VisitDates, today: date) -> str:
    """``12–13 Feb``, ``July``, ``Q3 2025``; this year goes without saying for days and months.

    Empty when nothing is known.
    """
    if dates.start is None:
        return ""
    if dates.precision is Precision.QUARTER:
        ends = dict.fromkeys([dates.start, dates.end or dates.start])
        return " – ".join(f"{end[5:]} {end[:4]}" for end in ends)
    words = _drop_year(dates, today)
    if dates.precision is Precision.DAY:
        return " ".join(word[:3] if word.isalpha() else word for word in words.split())
    return words


def format_spoken(dates: VisitDates, today: date) -> str:
    """``12 to 13 February``, ``first quarter of 2025``."""
    return _drop_year(dates, today).replace(" – ", " to ").replace("–", " to ")


def format_days(first: date, last: date) -> str:
    """``3 February – 30 March 2025``."""
    return format_dates(VisitDates(first.isoformat(), last.isoformat(), Precision.DAY))


def _drop_year(dates: VisitDates, today: date) -> str:
    words = format_dates(dates)
    if dates.precision in (Precision.DAY, Precision.MONTH):
        return words.replace(f" {today.year}", "")
    return words
