"""An evaluation set → an even part of it, for tests that need its kinds and not its size.

Where ``FUZZ_EXAMPLES`` is set, as by ``make fuzz``, the part is the whole.
"""

import os
from dataclasses import replace

from bot.evals.gold import EvalSet


def choose_every(usual: int) -> int:
    """Of how many one is taken."""
    return 1 if os.environ.get("FUZZ_EXAMPLES") else usual


def thin(of: EvalSet, every: int) -> EvalSet:
    """One article of so many, with all that is told of those alone."""
    kept = set(list(of.readings)[::every])
    return replace(
        of,
        readings={ref: reading for ref, reading in of.readings.items() if ref in kept},
        labels={ref: label for ref, label in of.labels.items() if ref in kept},
        drafts=tuple(line for line in of.drafts or () if line.article in kept),
        faults=tuple(
            fault
            for fault in of.faults or ()
            if fault.article in kept and (fault.cited_article or fault.article) in kept
        ),
        questions=None,
        pages={},
    )
