"""Timeline → SVG: a title, the chart, a legend of what it uses, and the visits without a day."""

from collections.abc import Iterator

from bot.pictures.bars import Box, draw_bar
from bot.pictures.chart import LEFT, MUTED, PAPER, RIGHT, SMALL, TEXT, Chart, draw_badge, draw_chart
from bot.pictures.letters import FAMILY, drawable, measure_width, shorten, wrap
from bot.pictures.svg import tag, words
from bot.timeline import OVERDUE, VAGUE, Certainty, Note, Timeline, note_words

WIDTH = 1100
"""Twice what Discord shows, so that its lines stay sharp there."""
CHART_TOP = 116
_TITLE = 30
_AS_OF_ROOM = 410
_LINE = 30
_SWATCH = Box(0, 0, 40, 18)
_NOTE_LEFT = LEFT + 150
_NOTE_LINES = 2


def draw_sheet(timeline: Timeline) -> str:
    """The picture as SVG, ``WIDTH`` pixels wide and as high as its rows and notes need."""
    chart = Chart(timeline, CHART_TOP)
    as_of = shorten(timeline.as_of, _AS_OF_ROOM, SMALL)
    parts = [
        words(timeline.title, LEFT, 54, _TITLE, font_weight="600"),
        words(as_of, LEFT, CHART_TOP - 12, SMALL, fill=MUTED),
        *draw_chart(chart),
    ]
    y = chart.bottom + 25
    if timeline.omitted:
        parts.append(words(timeline.shortfall, LEFT, y, SMALL, fill=MUTED))
    legend, y = _draw_legend(timeline, y + 2 * SMALL)
    notes, y = _draw_notes(timeline, y)
    height = y + 4
    paper = tag("rect", width=WIDTH, height=height, fill=PAPER)
    drawn = tag("g", "".join([*parts, *legend, *notes]), font_family=FAMILY, fill=TEXT)
    xmlns = "http://www.w3.org/2000/svg"
    return tag("svg", f"{paper}{drawn}", xmlns=xmlns, width=WIDTH, height=height)


def _draw_legend(timeline: Timeline, y: float) -> tuple[list[str], float]:
    """What the bars mean, in as many lines as it takes, and where the next thing may stand."""
    parts: list[str] = []
    x = float(LEFT)
    for swatch, meaning in _list_meanings(timeline):
        width = _SWATCH.width + 8 + measure_width(meaning, SMALL)
        if x > LEFT and x + width > RIGHT:
            x, y = LEFT, y + _LINE
        moved = tag("g", swatch, transform=f"translate({x:.2f} {y - 16:.2f})")
        parts += [moved, words(meaning, x + _SWATCH.width + 8, y, SMALL, fill=MUTED)]
        x += width + 28
    return parts, y + 1.5 * _LINE if parts else y


def _list_meanings(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """The signs that the chart uses, each drawn at 0, 0, and their meaning."""
    rows = timeline.rows
    no_edges = (False, False)
    for certainty in Certainty:
        if any(row.certainty is certainty for row in rows):
            yield draw_bar(_SWATCH, certainty, is_exact=True, runs=no_edges), certainty.value
    vague = [row.certainty for row in rows if not row.is_exact]
    if vague:
        yield draw_bar(_SWATCH, vague[0], is_exact=False, runs=no_edges), VAGUE
    if any(row.is_overdue for row in rows):
        yield draw_badge(_SWATCH.width / 2, _SWATCH.middle), OVERDUE


def _draw_notes(timeline: Timeline, y: float) -> tuple[list[str], float]:
    """The notes below each other, and where the next thing may stand."""
    parts: list[str] = []
    for note in timeline.notes:
        parts.append(words(note.title, LEFT, y, SMALL, font_weight="600"))
        for told in _fit_note(note):
            parts.append(words(told, _NOTE_LEFT, y, SMALL))
            y += _LINE
        y += 4
    return parts, y


def _fit_note(note: Note) -> tuple[str, ...]:
    """A note in at most two lines; the visits that don't fit are counted."""
    for listed in range(len(note.lines), -1, -1):
        lines = wrap(drawable(note_words(note, listed)), RIGHT - _NOTE_LEFT, SMALL)
        if len(lines) <= _NOTE_LINES:
            break
    return lines
