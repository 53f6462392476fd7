"""Dates of visits as tests write them: the form of a date tells its precision."""

from bot.model import Precision, VisitDates

_PRECISIONS = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}


def dates(start: str | None = None, end: str | None = None) -> VisitDates:
    """``2026-04-14`` is a day, ``2026-04`` a month, ``2026-Q2`` a quarter, ``2026`` a year."""
    if not start:
        return VisitDates()
    precision = Precision.QUARTER if "Q" in start else _PRECISIONS[len(start)]
    return VisitDates(start, end, precision)
