"""report × what stands → whether it is believed: by its source, or by a second one."""

from dataclasses import dataclass
from itertools import takewhile

from bot.model import BEGUN, OFF, Move, Visit, VisitDates
from bot.text.dates import span
from bot.text.similar import containment, shingles
from bot.visits.spans import Relation, relate

GOVERNMENT, WIRE = 1, 2
"""Tiers of sources. What is off a government seldom publishes: a wire that tells it is believed."""
COPY_SHARE = 0.8
"""Share of a sentence's word pairs from which it is another's copy, and no second source."""


@dataclass(frozen=True, slots=True)
class Trip:
    """A visit while it is being told: which reports its state and dates rest on.

    ``dropped`` are the dates that it was moved, put off or called off from.
    """

    visit: Visit
    status_by: Move
    dates_by: Move
    dropped: tuple[VisitDates, ...] = ()


def is_as_good(step: Move, by: Move) -> bool:
    """Whether the source ranks with the one that what stands rests on, or is the same."""
    return step.tier <= by.tier or (step.outlet != "" and step.outlet == by.outlet)


def is_better(step: Move, by: Move) -> bool:
    """Whether the source may take back what was said: a government may also its own word."""
    return step.tier == GOVERNMENT or step.tier < by.tier


def is_believed(trip: Trip, step: Move) -> bool:
    """Whether a report that a visit is off, or on again, is obeyed."""
    is_good = step.tier <= WIRE or is_as_good(step, trip.status_by)
    return is_good or is_seconded(trip, step)


def is_seconded(trip: Trip, step: Move) -> bool:
    """Whether another source said so since what stands was last told."""
    stands = trip.visit.status
    since = takewhile(
        lambda told: not (told.is_obeyed and told.status is stands), reversed(trip.visit.history)
    )
    return any(_says_so_too(told, step) for told in since if not told.is_obeyed)


def _says_so_too(told: Move, step: Move) -> bool:
    is_alike = (told.status in OFF) == (step.status in OFF)
    is_dated = relate(told.dates, step.dates) is not Relation.OTHER
    return is_alike and is_dated and _are_independent(told, step)


def _are_independent(a: Move, b: Move) -> bool:
    runs = sorted((shingles(a.quote, 2), shingles(b.quote, 2)), key=len)
    return a.outlet != b.outlet and containment(*runs) < COPY_SHARE


def is_background(step: Move) -> bool:
    """Whether a report tells as to come what was past when it was published."""
    told = span(step.dates)
    return step.status not in BEGUN and bool(told and told[1] < step.at.date())
