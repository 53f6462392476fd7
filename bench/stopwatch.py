"""passes over the same work → CPU seconds by step, one stopwatch for each round of passes."""

import gc
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from time import perf_counter, process_time
from typing import Any, ParamSpec, TypeVar

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")

MIN_ROUNDS = 3
"""Rounds that are measured however little time there is: a median needs some."""


class Stopwatch:
    """Adds up the CPU seconds of each step, of all threads, so that a second one can't flatter.

    ``wall`` are the clock's seconds of all steps together.
    """

    def __init__(self) -> None:
        self.steps: defaultdict[str, float] = defaultdict(float)
        self.wall = 0.0

    def time(
        self,
        step: str,
        work: Callable[_Args, _Result],
        *args: _Args.args,
        **kwargs: _Args.kwargs,
    ) -> _Result:
        """Do the work and count it to the step."""
        wall, cpu = perf_counter(), process_time()
        result = work(*args, **kwargs)
        self.steps[step] += process_time() - cpu
        self.wall += perf_counter() - wall
        return result

    @property
    def cpu(self) -> float:
        """The CPU seconds of all steps together."""
        return sum(self.steps.values())


Pass = Callable[[Stopwatch], None]


def run_rounds(
    passes: Sequence[Pass], prepare: Callable[[], None], seconds: float, progress: Progress
) -> list[Stopwatch]:
    """Run all passes once unmeasured, then in rounds for about that long; one stopwatch a round.

    ``prepare`` comes before each pass and is not counted. Each round begins with another pass,
    so that what disturbs one does not always hit the same.
    """
    for run in passes:
        run(Stopwatch())
    rounds: list[Stopwatch] = []
    start = perf_counter()
    while len(rounds) < MIN_ROUNDS or perf_counter() - start < seconds:
        watch, first = Stopwatch(), len(rounds) % len(passes)
        gc.collect()
        for run in (*passes[first:], *passes[:first]):
            prepare()
            run(watch)
        rounds.append(watch)
        done = min(perf_counter() - start, seconds)
        progress(round(1000 * done), round(1000 * seconds))
    return rounds


def forget() -> None:
    """Empty the program's bounded caches, which remember texts and words, and that of ``re``.

    What has no bound holds tables that are loaded once; they stay.
    """
    for cache in list_memories():
        cache.cache_clear()
    re.purge()


def list_memories() -> tuple[Any, ...]:
    """The bounded caches of the program's modules that are loaded."""
    return tuple({id(cache): cache for cache in _list_caches()}.values())


_MEMORY = type(lru_cache(len))


def _list_caches() -> Iterator[Any]:
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] != "bot":
            continue
        for value in vars(module).values():
            if isinstance(value, _MEMORY) and value.cache_parameters()["maxsize"] is not None:
                yield value
