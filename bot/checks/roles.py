"""claim × source → a name or figure that stands where the source has another one.

If the claim fits its source better with two of its names changed places, or with another name
of the source put in, they were mixed up: "Pakistan attacked India" for "India attacked
Pakistan", a surplus given the figure of the trade.
"""

from itertools import combinations

from bot.checks.same import is_same
from bot.checks.source import Fault, Source
from bot.text.roles import Placed, likeness
from bot.text.statement import Statement

MARGIN = 1.0
"""How much better the changed claim must fit: one word beside the name, or more."""


def check_roles(claim: Statement, source: Source) -> Fault | None:
    """Every name, figure and date stands where it stands in the source."""
    there = source.evidence
    for kind in {placed.anchor.kind for placed in claim.placed}:
        ours = [placed for placed in claim.placed if placed.anchor.kind == kind]
        theirs = [placed for placed in there.placed if placed.anchor.kind == kind]
        fault = _find_swap(ours, theirs, there) or _find_stranger(ours, theirs, there)
        if fault:
            return fault
    return None


def _find_swap(ours: list[Placed], theirs: list[Placed], there: Statement) -> Fault | None:
    for a, b in combinations(ours, 2):
        if is_same(a.anchor, b.anchor, there):
            continue
        as_is = _fit(a, a, theirs, there) + _fit(b, b, theirs, there)
        swapped = _fit(a, b, theirs, there) + _fit(b, a, theirs, there)
        if swapped > as_is + MARGIN:
            return Fault("role", f"{a.anchor.text} and {b.anchor.text} have changed places")
    return None


def _find_stranger(ours: list[Placed], theirs: list[Placed], there: Statement) -> Fault | None:
    best = [_find_best(mine, theirs, there) for mine in ours]
    for mine, held in zip(ours, best, strict=True):
        is_shared = held is not None and any(
            other is not mine
            and theirs_best is held
            and likeness(other, held) > likeness(mine, held)
            for other, theirs_best in zip(ours, best, strict=True)
        )
        own = (likeness(mine, held) if held else 0.0) * (0.5 if is_shared else 1.0)
        for other in theirs:
            is_free = other not in best and not is_same(mine.anchor, other.anchor, there)
            if is_free and likeness(mine, other) > 1.5 * own + MARGIN:
                return Fault(
                    "role", f"the source says that of {other.anchor.text}, not {mine.anchor.text}"
                )
    return None


def _find_best(mine: Placed, theirs: list[Placed], there: Statement) -> Placed | None:
    """Where the source has what the claim names there."""
    same = [other for other in theirs if is_same(mine.anchor, other.anchor, there)]
    return max(same, key=lambda other: likeness(mine, other), default=None)


def _fit(place: Placed, who: Placed, theirs: list[Placed], there: Statement) -> float:
    """How well ``who`` would stand in the claim's ``place``, by where the source has ``who``."""
    return max(
        (likeness(place, other) for other in theirs if is_same(who.anchor, other.anchor, there)),
        default=0.0,
    )
