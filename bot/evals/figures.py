"""Counts of each article → a figure with its 95 % interval, by resampling the articles."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Row = tuple[float, ...]
Measure = Callable[[Sequence[float]], float | None]

SAMPLES = 1000
TAIL = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted, one row an article (or question), and the measure of the sums.

    ``n`` says on how many of what (``unit``) the figure rests. ``is_count``: not a share but a
    number of faults. ``is_bad``: a share of faults. Of both less is better.
    """

    name: str
    title: str
    rows: Sequence[Row]
    measure: Measure
    n: int
    unit: str
    is_count: bool = False
    is_bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured share with its interval; None where there was nothing to measure.

    ``goal`` is what it should reach, None if nothing was promised; with ``is_ceiling`` it is
    the most that it may be. A count has no interval, and its goal is a ceiling.
    """

    name: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    goal: float | None
    is_count: bool = False
    is_ceiling: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached, None without goal or value."""
        if self.goal is None or self.value is None:
            return None
        return self.value <= self.goal if self.is_ceiling else self.value >= self.goal


def f1(totals: Sequence[float]) -> float | None:
    """F1 of (right, wrong, missed)."""
    right, wrong, missed = totals
    whole = 2 * right + wrong + missed
    return 2 * right / whole if whole else None


def share(totals: Sequence[float]) -> float | None:
    """The first as a share of the second."""
    return totals[0] / totals[1] if totals[1] else None


def mean_f1(totals: Sequence[float]) -> float | None:
    """The mean F1 of several (right, wrong, missed) one after the other."""
    scores = [f1(totals[start : start + 3]) for start in range(0, len(totals), 3)]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None


def f1_of_means(totals: Sequence[float]) -> float | None:
    """F1 of the means in (sum of precisions, sum of recalls, count)."""
    precision, recall, count = totals
    whole = precision + recall
    return 2 * precision * recall / whole / count if whole else None


def tally_found(
    name: str, title: str, rows: Sequence[Row], *, n: int, unit: str
) -> tuple[Tally, Tally, Tally]:
    """F1, precision and recall of rows of (right, wrong, missed)."""
    precise = [(right, right + wrong) for right, wrong, _ in rows]
    recalled = [(right, right + missed) for right, _, missed in rows]
    return (
        Tally(name=f"{name}.f1", title=f"{title} F1", rows=rows, measure=f1, n=n, unit=unit),
        tally_share(f"{name}.precision", f"{title} precision", precise, n=n, unit=unit),
        tally_share(f"{name}.recall", f"{title} recall", recalled, n=n, unit=unit),
    )


def tally_share(
    name: str,
    title: str,
    rows: Sequence[Row],
    *,
    unit: str,
    n: int | None = None,
    is_bad: bool = False,
) -> Tally:
    """The share that rows of (hits, tries) make; ``n`` is the tries unless given."""
    tries = sum(row[1] for row in rows)
    n = round(tries) if n is None else n
    return Tally(name=name, title=title, rows=rows, measure=share, n=n, unit=unit, is_bad=is_bad)


def tally_count(name: str, title: str, rows: Sequence[Row], *, unit: str) -> Tally:
    """How many hits rows of (hits, tries) have; ``n`` is the tries."""
    tries = round(sum(row[1] for row in rows))
    return Tally(
        name=name, title=title, rows=rows, measure=_count, n=tries, unit=unit, is_count=True
    )


def _count(totals: Sequence[float]) -> float | None:
    hits, tries = totals
    return hits if tries else None


def measure(tally: Tally, seed: int, goal: float | None = None) -> Figure:
    """The measure of the summed rows, and its interval over resampled rows."""
    value = tally.measure(_sum(tally.rows)) if tally.rows else None
    has_interval = value is not None and not tally.is_count
    low, high = _interval(tally, seed) if has_interval else (None, None)
    return Figure(
        name=tally.name,
        title=tally.title,
        value=value,
        low=low,
        high=high,
        n=tally.n,
        unit=tally.unit,
        goal=goal,
        is_count=tally.is_count,
        is_ceiling=tally.is_count or tally.is_bad,
    )


def _sum(rows: Sequence[Row]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _interval(tally: Tally, seed: int) -> tuple[float, float]:
    chance = random.Random(seed)  # noqa: S311  the same on every run, and no secret
    rows = tally.rows
    drawn = (tally.measure(_sum(chance.choices(rows, k=len(rows)))) for _ in range(SAMPLES))
    values = sorted(value for value in drawn if value is not None)
    last = len(values) - 1
    return values[round(TAIL * last)], values[round((1 - TAIL) * last)]
