"""measured rows → a plain table, JSON, or the file of results: one form for every figure."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = str | int | float
Style = Literal["text", "count", "number", "percent"]
WIDTH = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON, its heading in the table, how its values are written."""

    key: str
    heading: str
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured. ``headline`` says it in one line; each row has every column's key."""

    name: str
    headline: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    notes: tuple[str, ...] = ()


def render_figure(figure: Figure) -> str:
    """The figure as lines of plain text, numbers set to the right."""
    headings = [column.heading for column in figure.columns]
    cells = [[_write(row[c.key], c.style) for c in figure.columns] for row in figure.rows]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    table = [_align(row, widths, figure.columns) for row in (headings, *cells)]
    notes = (
        textwrap.fill(note, WIDTH, initial_indent="- ", subsequent_indent="  ")
        for note in figure.notes
    )
    return "\n".join([textwrap.fill(figure.headline, WIDTH), "", *table, "", *notes])


def _align(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    cells = (
        cell.ljust(width) if column.style == "text" else cell.rjust(width)
        for cell, width, column in zip(row, widths, columns, strict=True)
    )
    return "  ".join(cells).rstrip()


def _write(value: Value, style: Style) -> str:
    if isinstance(value, str):
        return value
    if style == "percent":
        return f"{value:.0%}" if value >= 0.1 else f"{value:.1%}"
    if style == "count":
        return f"{value:,}"
    return write_number(value)


def write_number(value: float) -> str:
    """A number with about three telling digits."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{digits}f}"


def render_all(machine: str, figures: Sequence[Figure]) -> str:
    """The machine and every figure, for people."""
    return "\n\n".join([textwrap.fill(machine, WIDTH), *map(render_figure, figures)])


def render_results(machine: str, figures: Sequence[Figure], measured_on: date) -> str:
    """The file of results: what ``--write`` keeps."""
    return (
        f"# Results\n\nMeasured on {measured_on.isoformat()}; what the rows mean is in "
        f"[README.md](README.md).\n\n```text\n{render_all(machine, figures)}\n```\n"
    )


def figure_json(figure: Figure) -> dict[str, object]:
    """The figure for programs, its numbers as they were measured."""
    return {
        "name": figure.name,
        "headline": figure.headline,
        "rows": [dict(row) for row in figure.rows],
        "notes": list(figure.notes),
    }
