"""report × visit → the visit's dates after it: finer ones at once, others by the better source."""

from datetime import date

from bot.model import BEGUN, OFF, UNSURE, Move, VisitDates, VisitStatus, is_finer
from bot.text.dates import days_between, span
from bot.visits.evidence import (
    GOVERNMENT,
    Trip,
    is_as_good,
    is_background,
    is_better,
    is_seconded,
)
from bot.visits.reports import WEEK
from bot.visits.spans import Relation, relate


def next_dates(trip: Trip, step: Move, status: VisitStatus, on: date) -> VisitDates:
    """The visit's dates after the report ``step`` of day ``on``, where ``status`` stands then."""
    known, told = trip.visit.dates, step.dates
    if status is VisitStatus.POSTPONED:
        return _next_postponed(trip, step)
    if step.status in OFF and status not in OFF:
        return known
    if trip.visit.status in OFF and status not in OFF:
        return told if told.start else _recall_dates(trip, on)
    if trip.visit.status in OFF and step.status not in OFF:
        return known
    relation = relate(told, known)
    if relation is Relation.OTHER:
        is_kept = step.status in OFF or not _can_redate(trip, step)
        return known if is_kept else told
    return told if relation is Relation.FINER else known


def _next_postponed(trip: Trip, step: Move) -> VisitDates:
    """The new date if one is told; the one that was dropped is none."""
    known, told = trip.visit.dates, step.dates
    if step.status is not VisitStatus.POSTPONED:
        return known
    if trip.visit.status is not VisitStatus.POSTPONED:
        return told if _is_later(told, known) else VisitDates()
    is_old = any(relate(told, dates) is not Relation.OTHER for dates in trip.dropped)
    relation = relate(told, known)
    if not told.start or is_old or relation in (Relation.SAME, Relation.COARSER):
        return known
    return told if relation is Relation.FINER or _can_redate(trip, step) else known


def _is_later(new: VisitDates, old: VisitDates) -> bool:
    """Whether a postponed visit was given a new date, rather than told with its old one."""
    told, known = span(new), span(old)
    return bool(told and (not known or told[0] > known[0]))


def _recall_dates(trip: Trip, on: date) -> VisitDates:
    """The dates of a visit that takes place after all: those around today, if any were told."""
    told = [*trip.dropped, trip.visit.dates]
    near = (
        dates
        for dates in reversed(told)
        if (days := span(dates)) and days_between(days, (on, on)) <= WEEK
    )
    return next(near, VisitDates() if trip.dropped else trip.visit.dates)


def _can_redate(trip: Trip, step: Move) -> bool:
    """Whether dates that contradict the known ones replace them."""
    visit, by = trip.visit, trip.dates_by
    if is_background(step) or (visit.status in BEGUN and step.status not in BEGUN):
        return False  # told before the visit was seen
    if is_finer(visit.dates, step.dates):
        return step.tier == GOVERNMENT
    if step.status in UNSURE and visit.status not in UNSURE:
        return is_better(step, by)
    return is_as_good(step, by) or is_seconded(trip, step)
