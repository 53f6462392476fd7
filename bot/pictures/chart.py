"""Timeline → the chart: a grid of weeks, today's line, and a name, a bar and words for each row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pictures.bars import INK, Box, draw_bar
from bot.pictures.letters import ARROW, drawable, measure_width, shorten
from bot.pictures.svg import line, span, tag, words
from bot.timeline import Certainty, Row, Timeline

LEFT = 28
RIGHT = 1068
SIZE = 22
SMALL = 20
PAPER = "#ffffff"
TEXT = "#1b2430"
MUTED = "#4b5563"
TODAY = "#b3261e"
_GRID = "#d5dae1"
_WEEKEND = "#f2f4f7"
_DAYS_LEFT = 456
_ROW = 42
_BAR = 24
_GAP = 20
_BADGE = 11


@dataclass(frozen=True, slots=True)
class Chart:
    """Where everything of a timeline lies, in pixels, when its first row begins at ``top``."""

    timeline: Timeline
    top: float

    @property
    def bottom(self) -> float:
        """Below the last row."""
        return self.top + _ROW * max(1, len(self.timeline.rows))

    @property
    def day(self) -> float:
        """The width of a day."""
        return (RIGHT - _DAYS_LEFT) / (7 * len(self.timeline.mondays))

    def find_x(self, on: date) -> float:
        """Where a day begins."""
        return _DAYS_LEFT + (on - self.timeline.start_on).days * self.day

    def find_box(self, n: int) -> Box:
        """Where the bar of row ``n`` is, counted from 0."""
        row = self.timeline.rows[n]
        left, right = self.find_x(row.first), self.find_x(row.last) + self.day
        return Box(left, self.top + _ROW * n + (_ROW - _BAR) / 2, right - left, _BAR)


def draw_chart(chart: Chart) -> Iterator[str]:
    """The chart, from ``top`` less the dates above it to ``bottom`` plus the word for today."""
    timeline = chart.timeline
    yield from _draw_grid(chart)
    if not timeline.rows:
        middle, y = (_DAYS_LEFT + RIGHT) / 2, chart.top + _ROW * 0.65
        yield _draw_plated(timeline.shortfall, middle, y, text_anchor="middle")
    for n, row in enumerate(timeline.rows):
        box = chart.find_box(n)
        yield _draw_name(row, box.middle + SIZE * 0.36)
        runs = (row.runs_before, row.runs_after)
        yield draw_bar(box, row.certainty, is_exact=row.is_exact, runs=runs)
        yield _draw_words(row, box)


def _draw_grid(chart: Chart) -> Iterator[str]:
    timeline, top, bottom = chart.timeline, chart.top, chart.bottom
    for monday in timeline.mondays:
        x = chart.find_x(monday)
        weekend = chart.find_x(monday + timedelta(days=5))
        yield tag("rect", x=weekend, y=top, width=2 * chart.day, height=bottom - top, fill=_WEEKEND)
        yield line(x, top - 30, x, bottom, stroke=_GRID, stroke_width=2)
        yield words(f"{monday.day} {monday:%b}", x + 6, top - 12, SMALL, fill=MUTED)
    yield line(RIGHT, top - 30, RIGHT, bottom, stroke=_GRID, stroke_width=2)
    for y in (top + _ROW * n for n in range(len(timeline.rows) + 1)):
        yield line(LEFT, y, RIGHT, y, stroke=_GRID, stroke_width=1)
    yield from _draw_today(chart)


def _draw_today(chart: Chart) -> Iterator[str]:
    x = chart.find_x(chart.timeline.today) + chart.day / 2
    width = measure_width("today", SMALL) + 16
    left = min(max(x - width / 2, _DAYS_LEFT), RIGHT - width)
    yield line(x, chart.top - 6, x, chart.bottom + 4, stroke=TODAY, stroke_width=3)
    yield tag("rect", x=left, y=chart.bottom + 4, width=width, height=28, rx=4, fill=TODAY)
    yield words("today", left + 8, chart.bottom + 25, SMALL, fill=PAPER)


def _draw_name(row: Row, y: float) -> str:
    """Who in bold and where, sharing what room there is; struck through when it is off."""
    visitor, place = drawable(row.visitor), f" {ARROW} {drawable(row.place)}"
    room = _DAYS_LEFT - _GAP - LEFT
    visitor = shorten(
        visitor, max(room - measure_width(place, SIZE), room * 0.55), SIZE, is_bold=True
    )
    place = shorten(place, room - measure_width(visitor, SIZE, is_bold=True), SIZE)
    pieces = f"{span(visitor, font_weight='600')}{span(place)}"
    is_off = row.certainty is Certainty.OFF
    style = {"fill": MUTED, "text_decoration": "line-through"} if is_off else {"fill": TEXT}
    return tag("text", pieces, x=LEFT, y=y, font_size=SIZE, **style)


def _draw_words(row: Row, box: Box) -> str:
    """The state beside the bar: right of it where there is room, else left, else upon it.

    Where there is no room for its dates either, the bar itself must tell them.
    """
    badge = 2 * _BADGE + 6 if row.is_overdue else 0
    places = (
        (text, left)
        for text in (row.words, row.words.partition(",")[0])
        for left in _find_room(row, box, badge + measure_width(text, SMALL))
    )
    text, left = next(places)
    drawn = _draw_plated(text, left + badge, box.middle + SMALL * 0.36, fill=INK[row.certainty])
    return drawn + (draw_badge(left + _BADGE, box.middle) if badge else "")


def _find_room(row: Row, box: Box, width: float) -> Iterator[float]:
    """Where words of that width may begin, best first."""
    gap = 18 if row.runs_after else 8
    if box.right + gap + width <= RIGHT + (0 if row.runs_after else _GAP):
        yield box.right + gap
    if box.left - gap - width >= _DAYS_LEFT:
        yield box.left - gap - width
    if width + 4 * gap <= box.width:
        yield (box.left + box.right - width) / 2


def draw_badge(x: float, y: float) -> str:
    """The mark of a visit whose date passed with no report, around that point."""
    disc = tag("circle", cx=x, cy=y, r=_BADGE, fill=TODAY)
    style = {"fill": PAPER, "font_weight": "600", "text_anchor": "middle"}
    return f"{disc}{words('?', x, y + SMALL * 0.36, SMALL, **style)}"


def _draw_plated(text: str, x: float, y: float, **style: str) -> str:
    """Words that no line runs through."""
    width = measure_width(drawable(text), SMALL)
    left = x - width / 2 if style.get("text_anchor") == "middle" else x
    plate = tag(
        "rect", x=left - 4, y=y - SMALL, width=width + 8, height=SMALL * 1.35, rx=3, fill=PAPER
    )
    return f"{plate}{words(text, x, y, SMALL, **style)}"
