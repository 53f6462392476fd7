"""Dates of visits → how they relate: the days a report can mean, and which dates say more."""

from datetime import date
from enum import Enum, auto

from bot.model import BEGUN, Mention, Precision, VisitDates, VisitStatus, is_finer
from bot.text.dates import Span, days_between, span

JUST_OVER = 60
"""Days for which a visit that is told as completed without a date can have been over."""


class Relation(Enum):
    """What told dates are to those that are known."""

    SAME = auto()
    FINER = auto()
    COARSER = auto()
    OTHER = auto()


def reach(mention: Mention, on: date) -> Span:
    """The first and last day that a report of day ``on`` can mean.

    An undated word on a visit to come means one of the days ahead; "later this year" does not
    mean what is past of the year; what has begun is not still to come.
    """
    known = span(mention.dates)
    if known is None:
        return _reach_undated(mention.status, on)
    first, last = known
    if mention.dates.precision is Precision.DAY:
        return known
    if mention.status in BEGUN:
        return first, max(first, min(last, on))
    return (on, last) if first < on <= last else known


def _reach_undated(status: VisitStatus, on: date) -> Span:
    if status is VisitStatus.UNDERWAY:
        return on, on
    if status is VisitStatus.COMPLETED:
        return date.fromordinal(max(1, on.toordinal() - JUST_OVER)), on
    return on, date.max


def relate(told: VisitDates, known: VisitDates) -> Relation:
    """What told dates are to known ones; an unknown date is coarser than any.

    A day within a stay says less than the stay; a stay around a lone day says more. Of two
    months or quarters the one within the other says more.
    """
    new, old = span(told), span(known)
    if told == known or (new == old and told.precision is known.precision):
        return Relation.SAME
    if new is None:
        return Relation.COARSER
    if old is None:
        return Relation.FINER
    if days_between(new, old):
        return Relation.OTHER
    if told.precision is not known.precision:
        return Relation.FINER if is_finer(told, known) else Relation.COARSER
    return _relate_alike(new, old, has_days=told.precision is Precision.DAY)


def _relate_alike(new: Span, old: Span, *, has_days: bool) -> Relation:
    """Windows of one precision that touch: days grow to a stay, coarse ones shrink to a time."""
    is_within = old[0] <= new[0] and new[1] <= old[1]
    is_around = new[0] <= old[0] and old[1] <= new[1]
    if has_days:
        is_within, is_around = is_within and new[0] == new[1], is_around and old[0] == old[1]
        return _pick(is_finer=is_around, is_coarser=is_within)
    return _pick(is_finer=is_within, is_coarser=is_around)


def _pick(*, is_finer: bool, is_coarser: bool) -> Relation:
    if is_finer:
        return Relation.FINER
    return Relation.COARSER if is_coarser else Relation.OTHER
