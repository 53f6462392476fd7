"""visit mentions → ledger: one visit per trip, its status moved by evidence, in order of report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from bot.model import CLOSED, ArticleAnalysis, Precision, Visit, VisitDates, VisitStatus
from bot.text.dates import span
from bot.visits.evidence import Trip
from bot.visits.matching import Fit, find_trip
from bot.visits.moving import move, open_trip
from bot.visits.reports import Report, list_reports

STAY = timedelta(days=2)
"""How long a visit may last whose end nobody told, after its first day."""
LAST_ON_EARTH = timedelta(hours=12)
"""A day is over when it is over everywhere."""


def build_ledger(analyses: Sequence[ArticleAnalysis], now: datetime) -> tuple[Visit, ...]:
    """The visits that the articles tell of, next first; the order of arrival does not matter."""
    trips: defaultdict[str, list[Trip]] = defaultdict(list)
    for reports in list_reports(analyses):
        for report in sorted(reports, key=lambda report: _rank_fit(trips, report)):
            _add(trips[report.mention.host], report)
    visits = (_flag_overdue(trip.visit, now) for found in trips.values() for trip in found)
    return tuple(sorted(visits, key=_next_first))


def _rank_fit(trips: Mapping[str, Sequence[Trip]], report: Report) -> tuple[bool, Fit]:
    """What fits a visit best is told first, so that no other word of its article takes it."""
    found = find_trip(trips.get(report.mention.host, ()), report)
    return (found is None, found[0] if found else (0, 0, 0))


def _add(known: list[Trip], report: Report) -> None:
    found = find_trip(known, report)
    if found is None:
        known.append(open_trip(report, _make_key(report)))
    else:
        known[found[1]] = move(known[found[1]], report)


def list_open(visits: Sequence[Visit], now: datetime, days: int = 30) -> tuple[Visit, ...]:
    """Visits still ahead or under way, and those whose date passed within ``days``."""
    oldest = now.date() - timedelta(days=days)
    kept = []
    for visit in visits:
        known = span(visit.dates)
        if visit.status in CLOSED:
            continue
        if known and known[1] < oldest:
            continue
        kept.append(visit)
    return tuple(kept)


def _make_key(report: Report) -> str:
    mention = report.mention
    words = (mention.visitor, mention.host, report.article.url, str(mention.evidence.sentence))
    told = "|".join((*words, repr(mention.dates)))
    return blake2b(told.casefold().encode(), digest_size=8).hexdigest()


def _flag_overdue(visit: Visit, now: datetime) -> Visit:
    """Mark a visit whose last possible day has passed with no report; nothing is guessed."""
    is_open = visit.status not in CLOSED
    last = _find_last_day(visit.dates)
    if last and visit.status is VisitStatus.UNDERWAY and visit.dates.end:
        last += STAY  # papers tell of its end a day or two later
    today = (now - LAST_ON_EARTH).date()
    return replace(visit, is_overdue=bool(is_open and last and last < today))


def _find_last_day(dates: VisitDates) -> date | None:
    """The last day on which the visit can be: a stay of unknown length may take some days."""
    known = span(dates)
    if not known:
        return None
    is_open_ended = dates.precision is Precision.DAY and dates.end is None
    return known[1] + STAY if is_open_ended else known[1]


def _next_first(visit: Visit) -> tuple[bool, date, str]:
    """What is ahead by date; then what is over or off."""
    known = span(visit.dates)
    is_closed = visit.status in CLOSED
    return (is_closed or visit.is_overdue, known[1] if known else date.max, visit.key)
