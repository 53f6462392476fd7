"""seconds of each step in each round → rows: the median, the rate, the share, the spread."""

from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from bench.figure import Column, Value

COLUMNS = (
    Column("step", "step", "text"),
    Column("n", "n", "count"),
    Column("unit", "", "text"),
    Column("seconds", "seconds", "number"),
    Column("ms_each", "ms each", "number"),
    Column("per_second", "per s", "number"),
    Column("share", "share", "percent"),
    Column("spread", "spread", "percent"),
)


def list_rows(
    counts: Mapping[str, tuple[int, str]], taken: Sequence[Mapping[str, float]], whole: str
) -> tuple[dict[str, Value], ...]:
    """A row for each step in the order of ``counts``, which says how many of what it does.

    Shares are of the step ``whole``. A step that has nothing to do has no row.
    """
    base = median(steps[whole] for steps in taken)
    return tuple(
        _make_row(step, n, unit, [steps[step] for steps in taken], base)
        for step, (n, unit) in counts.items()
        if n
    )


def _make_row(
    step: str, n: int, unit: str, seconds: Sequence[float], base: float
) -> dict[str, Value]:
    middle = median(seconds)
    low, _, high = quantiles(seconds, n=4)
    return {
        "step": step,
        "n": n,
        "unit": unit,
        "seconds": middle,
        "ms_each": 1000 * middle / n,
        "per_second": n / middle,
        "share": middle / base,
        "spread": (high - low) / middle,
    }
