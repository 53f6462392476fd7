"""Reports of evaluation sets → tables for people, JSON for programs."""

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.channels.console.layout import hanging, heading, note, page, table
from bot.channels.console.wording import count, plain
from bot.evals.figures import Figure
from bot.evals.report import Measured, Report


def render_reports(reports: Sequence[Report], *, with_misses: bool) -> RenderableType:
    """One table of figures a set, and what was missed where that is asked for."""
    return page(part for report in reports for part in _report(report, with_misses=with_misses))


def _report(report: Report, *, with_misses: bool) -> list[RenderableType]:
    kind = ", held out: nothing was tuned to it" if report.is_held_out else ""
    parts: list[RenderableType] = [
        heading(f"{report.name}: {count(report.articles, 'article')}{kind}"),
        Text(f"engine {plain(report.engine)}, prompts {plain(report.prompt_version)}", style="dim"),
    ]
    if report.fell_back:
        parts.append(
            note(f"The model gave nothing usable on {count(report.fell_back, 'article')}.")
        )
    parts.append(_figures(report.parts))
    skipped = [f"{part.title}: {part.skipped}." for part in report.parts if part.skipped]
    notes = [f"{part.title}: {part.note}." for part in report.parts if part.note]
    parts += [hanging("-", Text(plain(words))) for words in (*notes, *skipped)]
    parts += [table for part in report.parts for table in _reasons(part)]
    if with_misses:
        parts += [line for part in report.parts for line in _misses(part)]
    return parts


def _figures(parts: Sequence[Measured]) -> Table:
    rows = table("", "Score", "95 %", "On", "Goal")
    rows.columns[1].justify = rows.columns[2].justify = "right"
    for part in parts:
        if part.figures:
            rows.add_row(Text(part.title, style="bold"), "", "", "", "")
        for figure in part.figures:
            rows.add_row(*(Text(cell) for cell in _cells(figure)))
    return rows


def _cells(figure: Figure) -> tuple[str, ...]:
    value = "-" if figure.value is None else _number(figure, figure.value, digits=3)
    interval = "" if figure.low is None else f"{figure.low:.2f}–{figure.high:.2f}"
    return (f"  {figure.title}", value, interval, count(figure.n, figure.unit), _goal_words(figure))


def _goal_words(figure: Figure) -> str:
    """``meets 0.90``, ``below 0.90`` or, where less is better, ``above 0.10``."""
    if figure.goal is None or figure.is_met is None:
        return ""
    missed = "above" if figure.is_ceiling else "below"
    return f"{'meets' if figure.is_met else missed} {_number(figure, figure.goal, digits=2)}"


def _number(figure: Figure, value: float, *, digits: int) -> str:
    return f"{value:.0f}" if figure.is_count else f"{value:.{digits}f}"


def _reasons(part: Measured) -> list[RenderableType]:
    """Which check caught which kind of line; ``kept`` is what none did."""
    if not part.counts:
        return []
    rows = table("Kind", "What the check said")
    for kind, reasons in part.counts.items():
        told = ", ".join(f"{reason} {number}" for reason, number in reasons.items())
        rows.add_row(kind.replace("_", " "), Text(plain(told)))
    return [heading(part.title), rows]


def _misses(part: Measured) -> list[RenderableType]:
    if not part.misses:
        return []
    lines = (
        hanging(plain(miss.where), Text(f"{miss.what}: {plain(miss.detail)}"))
        for miss in part.misses
    )
    return [heading(f"{part.title}: {count(len(part.misses), 'line')}"), *lines]


def reports_json(reports: Sequence[Report], seed: int, *, with_misses: bool) -> dict[str, Any]:
    """The shape of ``eval --json`` (docs/commands.md).

    What was missed of a set that is held out is told only where that is asked for.
    """
    return {
        "seed": seed,
        "sets": [
            _report_json(report, with_misses=with_misses or not report.is_held_out)
            for report in reports
        ],
    }


def _report_json(report: Report, *, with_misses: bool) -> dict[str, Any]:
    return {
        "name": report.name,
        "held_out": report.is_held_out,
        "articles": report.articles,
        "engine": report.engine,
        "prompt_version": report.prompt_version,
        "fell_back": report.fell_back,
        "figures": {
            figure.name: {
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "n": figure.n,
                "unit": figure.unit,
                "goal": figure.goal,
                "met": figure.is_met,
            }
            for part in report.parts
            for figure in part.figures
        },
        "reasons": {
            part.name: {kind: dict(reasons) for kind, reasons in part.counts.items()}
            for part in report.parts
            if part.counts
        },
        "notes": {part.name: part.note for part in report.parts if part.note},
        "skipped": {part.name: part.skipped for part in report.parts if part.skipped},
        "misses": [
            {"part": part.name, "where": miss.where, "what": miss.what, "detail": miss.detail}
            for part in report.parts
            for miss in part.misses
            if with_misses
        ],
    }
