"""Timeline → Rich renderable: names, one sign for each day or two, and the state in words."""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bot.channels.console.layout import hanging
from bot.channels.console.wording import plain
from bot.timeline import VAGUE, Certainty, Row, Timeline, note_words

_WIDE = 112
"""Columns from which every day has a sign of its own."""
_NARROW = 60
"""Columns below which there is no room for a chart."""
_STEP = 7
"""Signs from one date in the head to the next: a week or two."""
_STYLES = {Certainty.CERTAIN: "cyan", Certainty.TENTATIVE: "yellow", Certainty.OFF: "dim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What a chart is set with; a span is a time within which the days are not known."""

    bars: Mapping[Certainty, str]
    spans: Mapping[Certainty, str]
    ends: tuple[str, str]
    beyond: tuple[str, str]
    week: str
    today: str


_DRAWN = _Signs(
    bars={Certainty.CERTAIN: "█", Certainty.TENTATIVE: "▒", Certainty.OFF: "×"},
    spans={Certainty.CERTAIN: "─", Certainty.TENTATIVE: "╌", Certainty.OFF: "×"},
    ends=("├", "┤"),
    beyond=("◂", "▸"),
    week="┊",
    today="│",
)
_TYPED = _Signs(
    bars={Certainty.CERTAIN: "#", Certainty.TENTATIVE: ":", Certainty.OFF: "x"},
    spans={Certainty.CERTAIN: "-", Certainty.TENTATIVE: ".", Certainty.OFF: "x"},
    ends=("[", "]"),
    beyond=("<", ">"),
    week="'",
    today="|",
)
_NEEDED = "█▒×─╌├┤◂▸┊│→–…"
_TYPED_WORDS = str.maketrans({"→": "->", "–": "-", "…": "..."})


def render_timeline(timeline: Timeline) -> RenderableType:
    """The timeline as wide as the console allows, in ASCII signs if it can't encode others."""
    return _Page(timeline)


@dataclass(frozen=True, slots=True)
class _Page:
    """Width and encoding are known only when it is printed."""

    timeline: Timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the title, the chart, what it leaves out, its legend and the notes."""
        timeline, pen = self.timeline, _Pen(_find_encoding(options.encoding))
        yield pen.write(timeline.title, "bold")
        yield pen.write(timeline.as_of, "dim")
        yield Text()
        if timeline.rows and options.max_width < _NARROW:
            yield from _list_rows(timeline, pen)
        elif timeline.rows:
            yield _Chart(timeline, pen, 1 if options.max_width >= _WIDE else 2).render()
        if timeline.shortfall:
            yield pen.write(f"{timeline.shortfall}.")
        if timeline.rows and options.max_width >= _NARROW:
            yield Text()
            yield Columns(_list_meanings(timeline, pen.signs), padding=(0, 3))
        if timeline.notes:
            yield Text()
        for note in timeline.notes:
            yield hanging(f"{note.title}:", pen.write(note_words(note)))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes what the stream can take."""

    encoding: str

    @property
    def signs(self) -> _Signs:
        """The best signs there are."""
        return _DRAWN if _can_encode(_NEEDED, self.encoding) else _TYPED

    def write(self, text: str, style: str = "") -> Text:
        """One line of words."""
        line = plain(text)
        if not _can_encode(line, self.encoding):
            typed = line.translate(_TYPED_WORDS)
            line = typed.encode(self.encoding, "replace").decode(self.encoding)
        return Text(line, style=style)


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _find_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "ascii"


@dataclass(frozen=True, slots=True)
class _Chart:
    """A table with a row for each visit; a sign stands for ``days`` days."""

    timeline: Timeline
    pen: _Pen
    days: int

    def render(self) -> Table:
        """Names, signs and words, under the dates of the weeks."""
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(overflow="fold")
        table.add_column(no_wrap=True, width=self._find_sign(self.timeline.end_on) + 1)
        table.add_column(overflow="fold")
        table.add_row("", Text(self._make_head(), style="dim"), "")
        for row in self.timeline.rows:
            label = self.pen.write(row.label, "strike" if row.certainty is Certainty.OFF else "")
            words = self.pen.write(row.words, _STYLES[row.certainty])
            table.add_row(label, self._make_bar(row), words)
        table.add_row("", self._make_foot(), "")
        return table

    def _make_head(self) -> str:
        """``3 Feb  17 Feb``: each date over the sign of its day."""
        days = self.timeline.mondays[:: self.days]
        return "".join(f"{f'{day.day} {day:%b}':<{_STEP}}" for day in days)

    def _make_bar(self, row: Row) -> Text:
        grid = self._make_grid()
        first, last = self._find_sign(row.first), self._find_sign(row.last)
        grid[first : last + 1] = _make_signs(row, last - first + 1, self.pen.signs)
        line = Text("".join(grid), style="dim")
        line.stylize(f"not dim {_STYLES[row.certainty]}", first, last + 1)
        return line

    def _make_grid(self) -> list[str]:
        """A row without a bar: the beginnings of weeks, and today."""
        signs, end = self.pen.signs, self._find_sign(self.timeline.end_on)
        grid = [" " if n % _STEP else signs.week for n in range(end + 1)]
        grid[self._find_sign(self.timeline.today)] = signs.today
        return grid

    def _make_foot(self) -> Text:
        """``today`` under its line."""
        end, place = self._find_sign(self.timeline.end_on), self._find_sign(self.timeline.today)
        return Text(" " * min(place, end - len("today") + 1) + "today", style="red")

    def _find_sign(self, on: date) -> int:
        return (on - self.timeline.start_on) // timedelta(days=self.days)


def _make_signs(row: Row, width: int, signs: _Signs) -> list[str]:
    """The bar of a row: its days, or the two ends of the time that they are in."""
    body = signs.bars if row.is_exact else signs.spans
    bar = [body[row.certainty]] * width
    if not row.is_exact and width > 1:
        bar[0], bar[-1] = signs.ends
    if row.runs_before:
        bar[0] = signs.beyond[0]
    if row.runs_after:
        bar[-1] = signs.beyond[1]
    return bar


def _list_rows(timeline: Timeline, pen: _Pen) -> Iterator[RenderableType]:
    """The visits without a chart."""
    for row in timeline.rows:
        yield hanging("-", pen.write(row.label), pen.write(row.words, _STYLES[row.certainty]))


def _list_meanings(timeline: Timeline, signs: _Signs) -> Iterator[Text]:
    """The signs that the chart uses."""
    rows = timeline.rows
    for certainty in Certainty:
        if any(row.certainty is certainty for row in rows):
            yield Text(f"{signs.bars[certainty]} {certainty.value}", style="dim")
    if any(not row.is_exact for row in rows):
        yield Text(f"{signs.ends[0]} {signs.ends[1]} {VAGUE}", style="dim")
    if any(row.runs_before or row.runs_after for row in rows):
        yield Text(f"{''.join(signs.beyond)} goes on", style="dim")
