"""report × visits → the visit that it is about: one visitor, one host, windows that meet."""

from collections.abc import Sequence
from datetime import date

from bot.model import AHEAD, BEGUN, CLOSED, OFF, UNSURE, Precision, VisitStatus
from bot.text.dates import Span, days_between, span
from bot.text.variants import same_person
from bot.visits.evidence import Trip
from bot.visits.reports import CLOSE, NEAR, WEEK, Report
from bot.visits.spans import JUST_OVER

DAY = 1
"""Days by which a visit can be told as completed before it begins: somewhere it is tomorrow."""
STALE = 120
"""Days for which an undated word can mean a visit that is off."""
AGAIN = 183
"""Days from a visit that was off, or is put off, within which a new date is still that visit's."""
SLIP = 92
"""Days by which a visit that nobody has confirmed may move and be the same."""
UNDATED = 366
"""Days for which a visit without a date is waited for."""

Fit = tuple[int, int, int]


def find_trip(trips: Sequence[Trip], report: Report) -> tuple[Fit, int] | None:
    """The visit that fits best and how well, of equals the newest; None for one not told yet.

    The fit is best where it is smallest. What one article tells apart is two visits.
    """
    fits = (
        (fit, index)
        for index, trip in enumerate(trips)
        if trip.visit.history[-1].article_url != report.article.url
        and same_person(trip.visit.visitor, report.mention.visitor)
        and (fit := _measure_fit(trip, report)) is not None
    )
    return min(fits, key=lambda found: (found[0], -found[1]), default=None)


def _measure_fit(trip: Trip, report: Report) -> Fit | None:
    """How far the report is from the visit, smallest first; None if it is another visit's.

    A dated report goes to the nearest window, an undated one to the next visit that is open;
    that something was completed, to the one begun last.
    """
    gap, allowed = _measure_gap(trip, report), _allow(trip, report)
    if gap is None or gap > allowed:
        return None
    is_over = trip.visit.status in CLOSED
    known = span(trip.visit.dates)
    away = abs((known[0] - report.on).days) if known else UNDATED
    if report.mention.dates.start or report.mention.status in BEGUN:
        return (gap, is_over, away)
    return (is_over, gap, away)


def _measure_gap(trip: Trip, report: Report) -> int | None:
    """Days between the report's window and the visit's, also one that was dropped."""
    windows = _list_windows(trip)
    if windows:
        return min(days_between(window, report.days) for window in windows)
    return _measure_undated(trip, report)


def _list_windows(trip: Trip) -> list[Span]:
    return [window for dates in (trip.visit.dates, *trip.dropped) if (window := span(dates))]


def _measure_undated(trip: Trip, report: Report) -> int | None:
    """A visit without a date is known by when it was heard of."""
    history = trip.visit.history
    first, last = history[0].at.date(), history[-1].at.date()
    if trip.visit.status in BEGUN:
        start = date.fromordinal(max(1, first.toordinal() - JUST_OVER))
        return days_between((start, last), report.days)
    is_forgotten = (report.on - last).days > UNDATED
    is_before = report.days[1] < first
    return None if is_forgotten or is_before else 1


def _allow(trip: Trip, report: Report) -> int:
    """How many days may lie between the windows.

    What has begun without a date takes the dates of the visit of these days; where the dates
    known are further off it is another visit.
    """
    stands, told = trip.visit.status, report.mention.status
    if stands in BEGUN:
        return _allow_begun(report)
    if told in BEGUN and not report.mention.dates.start:
        return CLOSE if told is VisitStatus.UNDERWAY else DAY
    if stands in OFF:
        return AGAIN if report.mention.dates.start and _is_ahead(trip, report) else STALE
    if report.mention.dates.start and _is_ahead(trip, report):
        if told is VisitStatus.POSTPONED or _is_doubted(trip):
            return AGAIN
        if stands in UNSURE and told not in BEGUN:
            return SLIP
    return NEAR


def _allow_begun(report: Report) -> int:
    """After a visit, a word on one to come is another's, but for late copies of the news."""
    if report.mention.status not in AHEAD:
        return WEEK
    is_vague = report.mention.dates.precision not in (Precision.DAY, Precision.UNKNOWN)
    return 0 if is_vague else CLOSE


def _is_doubted(trip: Trip) -> bool:
    """Whether some report that was not obeyed said that the visit was off."""
    return any(not step.is_obeyed and step.status in OFF for step in trip.visit.history)


def _is_ahead(trip: Trip, report: Report) -> bool:
    windows = _list_windows(trip)
    return not windows or report.days[0] > min(windows)[0]
