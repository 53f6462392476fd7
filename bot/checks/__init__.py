"""claim × source → the first thing in the claim that the source does not carry."""

from bot.checks.certainty import check_denial, check_firmness
from bot.checks.dates import check_dates
from bot.checks.figures import check_bounds, check_codes, check_quantities
from bot.checks.names import check_names
from bot.checks.operators import check_operators
from bot.checks.opposites import check_opposites
from bot.checks.pairs import check_directions, check_pairs
from bot.checks.quotes import check_quotes
from bot.checks.roles import check_roles
from bot.checks.source import Fault, Source
from bot.checks.speakers import check_speakers
from bot.checks.words import check_words
from bot.text.statement import Statement

CHECKS = (
    check_quotes,
    check_quantities,
    check_codes,
    check_bounds,
    check_dates,
    check_names,
    check_speakers,
    check_denial,
    check_opposites,
    check_firmness,
    check_words,
    check_operators,
    check_roles,
    check_pairs,
    check_directions,
)
"""Cheap and sure ones first: the reason that is told is the first that is found."""


def find_first_fault(claim: Statement, source: Source) -> Fault | None:
    """Run the checks in order until one finds something."""
    return next((fault for check in CHECKS if (fault := check(claim, source))), None)
