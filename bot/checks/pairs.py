"""claim × source → two figures or dates that go with each other's names, or a way turned round.

"9.5 per cent in Canada, 14 in Norway" is not "14 in Canada, 9.5 in Norway"; what is sold to
America is not bought from it.
"""

from itertools import combinations

from bot.checks.same import is_same
from bot.checks.source import Fault, Source
from bot.text.roles import NAMES, Placed, find_direction, find_neighbour
from bot.text.statement import Statement

OPPOSITE = {"from": "to", "to": "from"}


def check_pairs(claim: Statement, source: Source) -> Fault | None:
    """No two figures or dates of one kind go with each other's names."""
    there = source.evidence
    figures = [p for p in claim.placed if p.anchor.kind not in NAMES]
    for a, b in combinations(figures, 2):
        if a.anchor.kind != b.anchor.kind:
            continue
        ours = (find_neighbour(a), find_neighbour(b))
        theirs = (_find_there(a, there), _find_there(b, there))
        if ours[0] and ours[0] != ours[1] and ours == theirs[::-1]:
            return Fault("role", f"{a.anchor.text} and {b.anchor.text} have changed places")
    return None


def _find_there(mine: Placed, there: Statement) -> str | None:
    """The name beside the same figure in the source."""
    same = (placed for placed in there.placed if is_same(mine.anchor, placed.anchor, there))
    return next((name for placed in same if (name := find_neighbour(placed))), None)


def check_directions(claim: Statement, source: Source) -> Fault | None:
    """What goes to somebody in the source does not come from him, unless it says that too."""
    there = source.evidence
    for mine in claim.placed:
        way = find_direction(mine)
        told = {
            find_direction(placed)
            for placed in there.placed
            if is_same(mine.anchor, placed.anchor, there)
        }
        if way and told == {OPPOSITE[way]}:
            return Fault("role", f"the source says “{OPPOSITE[way]} {mine.anchor.text}”")
    return None
