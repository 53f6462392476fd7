"""The few typographic pieces that every page of the console is set with."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.channels.console.wording import plain, safe_url

MEASURE = 100
"""Columns; longer lines are hard to read, however wide the terminal is."""


def page(parts: Iterable[RenderableType]) -> RenderableType:
    """The parts beneath each other, no wider than the measure."""
    return Constrain(Group(*parts), MEASURE)


def heading(title: str) -> RenderableType:
    """A section's title with a rule, and a blank line before it."""
    text = Text(plain(title), style="bold cyan")
    return Padding(Rule(text, align="left", characters="─", style="cyan"), (1, 0, 0, 0))


def thick_rule() -> RenderableType:
    """The line under the masthead and above the imprint."""
    return Rule(characters="━", style="bold")


def hanging(mark: str, *body: RenderableType) -> RenderableType:
    """The body beside its mark, every line of it indented alike."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(max_width=20)
    grid.add_column()
    grid.add_row(Text(mark), Group(*body))
    return grid


def spaced(parts: Iterable[RenderableType]) -> RenderableType:
    """The parts beneath each other with a blank line between."""
    return Group(*(Padding(part, (min(n, 1), 0, 0, 0)) for n, part in enumerate(parts)))


def note(text: str) -> RenderableType:
    """What a reader must know before the rest."""
    return hanging("Note:", Text(plain(text), style="bold"))


def table(*columns: str) -> Table:
    """A table with one line under its head and none around it."""
    return Table(
        *columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold"
    )


@dataclass(frozen=True, slots=True)
class Address:
    """A URL on a line of its own, however long: folded or cut it could not be opened."""

    url: str
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the whole URL and the end of the line."""
        # A file that was read has no address of its own, but a name that people know.
        is_file = self.url.startswith("file:") and not self.url.startswith("file:/")
        named = plain(self.url) if is_file else ""
        url = safe_url(self.url) or named or "(address withheld: not http or https)"
        yield Segment(" " * self.indent)
        yield Segment(url, Style(dim=True))
        yield Segment.line()


def to_text(rendered: RenderableType, width: int) -> str:
    """The page without colour, for pipes and files; no line ends in spaces."""
    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as captured:
        console.print(rendered, crop=False)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def print_page(console: Console, rendered: RenderableType) -> None:
    """Print what a ``render_`` function of the console returned.

    ``console.print`` itself would crop addresses at the width of the terminal.
    """
    if console.is_terminal:
        console.print(rendered, crop=False)
    else:
        # Captured, not rendered apart, so that what the stream can't encode is known.
        with console.capture() as captured:
            console.print(rendered, crop=False)
        lines = captured.get().splitlines()
        console.file.write("".join(f"{line.rstrip()}\n" for line in lines))
