"""python -m bench [--json] [--write]: every figure, measured on this machine, in one run."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench import crowd, retrieval, throughput
from bench.figure import Figure, figure_json, render_all, render_results
from bench.machine import read_machine, render_machine
from bench.stopwatch import Progress
from bot.cli.session import show_json, show_progress
from bot.errors import BotError

Measure = Callable[[float, Progress], Figure]

FIGURES: Mapping[str, Measure] = {
    "throughput": throughput.measure,
    "retrieval": retrieval.measure,
    "crowd": crowd.measure,
}
"""A new figure is one module with such a function, and its line here."""
RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
SECONDS = 22.0
"""How long each figure is measured, beside loading and one round to warm up."""


def main(
    argv: Sequence[str] | None = None,
    *,
    figures: Mapping[str, Measure] = FIGURES,
    seconds: float = SECONDS,
    results: Path = RESULTS,
) -> int:
    """Measure and print; the exit code is 1 when there is nothing to measure on."""
    wanted = _parse(argv)
    machine = read_machine()
    try:
        measured = [_measure(name, measure, seconds) for name, measure in figures.items()]
    except BotError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    if wanted.json:
        show_json({"machine": asdict(machine), "figures": [figure_json(one) for one in measured]})
    else:
        print(render_all(render_machine(machine), measured))
    if wanted.write:
        today = datetime.now(UTC).date()
        results.write_text(render_results(render_machine(machine), measured, today), "utf-8")
    return 0


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the figures.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--write", action="store_true", help=f"also keep them in {RESULTS.name}")
    return parser.parse_args(argv)


def _measure(name: str, measure: Measure, seconds: float) -> Figure:
    with show_progress(name.capitalize()) as progress:
        return measure(seconds, progress)


if __name__ == "__main__":
    sys.exit(main())
