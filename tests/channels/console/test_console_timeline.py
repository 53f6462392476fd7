"""The timeline in a terminal, in a pipe, and where there is no Unicode."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.cells import cell_len
from rich.console import Console
from timeline_samples import ARRIZABAL, CHAIN, CROWD, EVERY_KIND, HOSTILE, MODI, NOW, ZONE

from bot.channels.console.layout import to_text
from bot.channels.console.timeline import render_timeline
from bot.model import Visit, VisitStatus
from bot.timeline import lay_out_timeline

Golden = Callable[[str, str], None]


def show(visits: Sequence[Visit], width: int = 80) -> str:
    return to_text(render_timeline(lay_out_timeline(visits, NOW, ZONE)), width)


def print_to(encoding: str, visits: Sequence[Visit]) -> str:
    """What reaches a stream that takes nothing but its encoding."""
    out = BytesIO()
    stream = TextIOWrapper(out, encoding=encoding)
    Console(file=stream, width=80).print(render_timeline(lay_out_timeline(visits, NOW, ZONE)))
    stream.flush()
    return out.getvalue().decode(encoding)


def bar_of(one: Visit, width: int = 120) -> str:
    """The signs of the only row."""
    page = show([one], width)
    (line,) = [line for line in page.splitlines() if one.visitor in line]
    return line[len(f"{one.visitor} → {one.place}") : line.rindex(one.status.value)]


@pytest.mark.parametrize("width", [80, 120])
def test_it_reads_as_its_golden_page(width: int, golden: Golden) -> None:
    golden(f"console/timeline-{width}.txt", show(EVERY_KIND, width))


def test_without_unicode_it_reads_as_its_golden_page(golden: Golden) -> None:
    page = print_to("ascii", CHAIN)
    assert page.isascii()
    golden("console/timeline-ascii.txt", "".join(f"{x.rstrip()}\n" for x in page.splitlines()))


def test_a_stream_keeps_the_letters_it_has() -> None:
    page = print_to("latin-1", CHAIN)
    assert "Lucía Arrizabal -> Puerto" in page
    assert "█" not in page


@pytest.mark.parametrize("width", range(20, 140, 7))
def test_no_line_is_wider_than_the_console(width: int) -> None:
    assert all(cell_len(line) <= width for line in show(EVERY_KIND, width).splitlines())


def test_certain_tentative_and_off_have_signs_of_their_own() -> None:
    bars = {status: bar_of(replace(MODI, status=status)) for status in VisitStatus}
    assert "██" in bars[VisitStatus.CONFIRMED]
    assert "▒▒" in bars[VisitStatus.PLANNED]
    assert "▒▒" in bars[VisitStatus.POSSIBLE]
    assert "××" in bars[VisitStatus.CANCELLED]
    assert "█" not in bars[VisitStatus.POSSIBLE]


def test_a_month_is_two_ends_with_a_line_between() -> None:
    assert "├╌╌╌╌" in bar_of(ARRIZABAL)
    assert "╌╌▸" in bar_of(ARRIZABAL)
    assert "├────" in bar_of(replace(ARRIZABAL, status=VisitStatus.CONFIRMED))


def test_each_bar_stands_under_its_date() -> None:
    head, row = (
        line
        for line in show(
            [replace(MODI, dates=replace(MODI.dates, start="2025-02-10"))], 120
        ).splitlines()
        if "10 Feb" in line or MODI.visitor in line
    )
    assert head.index("10 Feb") == row.index("████")


def test_a_pipe_gets_no_colour_and_a_terminal_does() -> None:
    rendered = render_timeline(lay_out_timeline(CHAIN, NOW, ZONE))
    assert "\x1b" not in print_to("utf-8", CHAIN)
    terminal = Console(file=StringIO(), width=100, force_terminal=True, color_system="standard")
    with terminal.capture() as captured:
        terminal.print(rendered)
    assert "\x1b[" in captured.get()


def test_a_narrow_console_gets_the_visits_without_a_chart() -> None:
    page = show(CHAIN, 45)
    assert "█" not in page
    assert "- Narendra Modi → Washington\n  confirmed, 12–13 Feb\n" in page


def test_nothing_to_show_is_said() -> None:
    assert show(()).rstrip().endswith("No visit has a date in these weeks.")


def test_what_is_left_out_is_counted() -> None:
    assert "And 7 more visits in these weeks." in show(CROWD)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_name_commands_the_terminal(name: str, encoding: str) -> None:
    page = print_to(encoding, [replace(MODI, visitor=name, place=name)])
    assert "confirmed, 12" in page
    assert page.replace("\n", "").isprintable()
