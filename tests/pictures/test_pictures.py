"""What the picture of the timeline shows."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pixels import list_pixels, read_png
from timeline_samples import (
    ARRIZABAL,
    CHAIN,
    CROWD,
    EVERY_KIND,
    HOSTILE,
    MODI,
    NOW,
    ZONE,
)

from bot.errors import BotError
from bot.model import Picture, Visit, VisitStatus
from bot.pictures import TimelinePainter, render_svg
from bot.pictures.bars import INK, PALE
from bot.pictures.chart import MUTED, PAPER, TEXT, TODAY, Chart
from bot.pictures.sheet import CHART_TOP, WIDTH, draw_sheet
from bot.timeline import Certainty, describe_timeline, lay_out_timeline

Colour = tuple[int, int, int]


def draw(*visits: Visit) -> Picture:
    return TimelinePainter().draw_timeline(visits, now=NOW, timezone=ZONE)


def colour(written: str) -> Colour:
    red, green, blue = (int(written[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue


def bar_pixels(*visits: Visit, row: int = 0) -> list[Colour]:
    """The pixels of a row's bar, without its rim and the middle line."""
    chart = Chart(lay_out_timeline(visits, NOW, ZONE), CHART_TOP)
    box = chart.find_box(row)
    picture = read_png(draw(*visits).png)
    inner = (int(box.left) + 5, int(box.top) + 4, int(box.right) - 5, int(box.middle) - 3)
    return list_pixels(picture.crop(inner))


def share(pixels: Sequence[Colour], written: str) -> float:
    """How many of the pixels have about that colour."""
    target = colour(written)
    near = (all(abs(a - b) < 24 for a, b in zip(one, target, strict=True)) for one in pixels)
    return sum(near) / len(pixels)


@pytest.mark.parametrize(
    ("name", "visits"),
    [("every-kind.png", EVERY_KIND), ("none.png", ())],
)
def test_the_picture_is_as_its_golden_one(
    name: str, visits: tuple[Visit, ...], golden_png: Callable[[str, bytes], None]
) -> None:
    golden_png(name, draw(*visits).png)


def test_the_picture_comes_with_the_words_that_stand_for_it() -> None:
    assert draw(*CHAIN).alt == describe_timeline(lay_out_timeline(CHAIN, NOW, ZONE))


def test_it_has_a_fixed_width_and_grows_with_its_rows() -> None:
    few, crowd = (read_png(draw(*visits).png) for visits in (CHAIN, CROWD))
    assert few.width == crowd.width == WIDTH
    assert few.height < crowd.height < 1400


def test_the_same_visits_give_the_same_bytes() -> None:
    assert draw(*EVERY_KIND).png == draw(*reversed(EVERY_KIND)).png


# ---------------------------------------------------------------- told without colour


def test_a_certain_bar_is_solid() -> None:
    assert share(bar_pixels(MODI), INK[Certainty.CERTAIN]) > 0.98


@pytest.mark.parametrize(
    "status", [VisitStatus.POSSIBLE, VisitStatus.PLANNED, VisitStatus.POSTPONED]
)
def test_a_tentative_bar_is_hatched(status: VisitStatus) -> None:
    pixels = bar_pixels(replace(MODI, status=status))
    assert share(pixels, INK[Certainty.TENTATIVE]) > 0.15
    assert share(pixels, PALE[Certainty.TENTATIVE]) > 0.25


def test_a_month_is_a_pale_span_and_not_a_bar() -> None:
    for status, certainty in (
        (VisitStatus.POSSIBLE, Certainty.TENTATIVE),
        (VisitStatus.CONFIRMED, Certainty.CERTAIN),
    ):
        pixels = bar_pixels(replace(ARRIZABAL, status=status))
        assert share(pixels, PALE[certainty]) > 0.9


def test_a_cancelled_bar_is_empty_but_for_the_stroke_through_it() -> None:
    off = replace(MODI, status=VisitStatus.CANCELLED)
    assert share(bar_pixels(off), PALE[Certainty.OFF]) > 0.95
    drawing = draw_sheet(lay_out_timeline([off], NOW, ZONE))
    assert "line-through" in drawing


def test_each_row_says_its_state_in_words() -> None:
    timeline = lay_out_timeline(EVERY_KIND, NOW, ZONE)
    written = _texts(draw_sheet(timeline))
    for row in timeline.rows:
        assert row.words in written


def test_words_that_fit_on_neither_side_leave_the_dates_to_the_bar() -> None:
    wide = replace(MODI, dates=replace(MODI.dates, start="2025-02-17", end="2025-03-16"))
    late = replace(wide, status=VisitStatus.POSTPONED, is_overdue=True)
    written = _texts(draw_sheet(lay_out_timeline([late], NOW, ZONE)))
    assert "postponed" in written
    assert not any("no report yet" in text for text in written if text.startswith("postponed"))


def test_a_line_marks_today() -> None:
    chart = Chart(lay_out_timeline(CHAIN, NOW, ZONE), CHART_TOP)
    x = chart.find_x(chart.timeline.today) + chart.day / 2
    column = read_png(draw(*CHAIN).png).crop((int(x), CHART_TOP, int(x) + 1, int(chart.bottom)))
    assert share(list_pixels(column), TODAY) > 0.9


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((ink, PAPER) for ink in (TEXT, MUTED, TODAY, *INK.values())),
        (PAPER, TODAY),
    ],
)
def test_all_words_have_the_contrast_of_wcag_aa(ink: str, ground: str) -> None:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(written: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (part / 255 for part in colour(written))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---------------------------------------------------------------- nothing breaks it


def test_hostile_names_stay_words() -> None:
    visits = [replace(MODI, key=str(n), visitor=name, place=name) for n, name in enumerate(HOSTILE)]
    drawing = draw_sheet(lay_out_timeline(visits, NOW, ZONE))
    tags = {element.tag.split("}")[1] for element in ElementTree.fromstring(drawing).iter()}
    assert tags == {"svg", "g", "rect", "path", "text", "tspan"}
    assert read_png(draw(*visits).png).width == WIDTH


def test_a_name_stays_on_its_side_of_the_chart() -> None:
    long = replace(MODI, visitor="W" * 60, place="M" * 60)
    picture = read_png(draw(long).png)
    chart = Chart(lay_out_timeline([long], NOW, ZONE), CHART_TOP)
    edge = int(chart.find_x(chart.timeline.start_on))
    gap = picture.crop((edge - 14, int(chart.top) + 3, edge - 2, int(chart.bottom) - 3))
    assert share(list_pixels(gap), PAPER) == 1


def test_notes_that_need_more_than_two_lines_are_counted() -> None:
    later = [
        replace(
            MODI,
            key=str(n),
            visitor=f"{n} {'Longname ' * 6}",
            dates=replace(MODI.dates, start="2025-06-01", end=None),
        )
        for n in range(5)
    ]
    written = _texts(draw_sheet(lay_out_timeline(later, NOW, ZONE)))
    told = " ".join(text for text in written if "Longname" in text or "more" in text)
    listed = told.count("→")
    assert 1 <= listed < 5
    assert told.endswith(f"and {5 - listed} more")


def test_a_failing_renderer_is_one_plain_line() -> None:
    with pytest.raises(BotError, match="could not be drawn") as caught:
        render_svg("<svg")
    assert not caught.value.permanent
    assert "\n" not in str(caught.value)


def test_drawing_does_not_stop_the_loop() -> None:
    async def count_turns() -> int:
        turns = 0
        drawing = asyncio.create_task(asyncio.to_thread(draw, *EVERY_KIND))
        while not drawing.done():
            await asyncio.sleep(0.002)
            turns += 1
        return turns

    assert asyncio.run(count_turns()) >= 5


def test_the_renderer_is_not_loaded_before_a_picture_is_wanted() -> None:
    program = "import sys, bot.pictures; print('resvg_py' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.strip() == b"False"


def _texts(drawing: str) -> list[str]:
    root = ElementTree.fromstring(drawing)
    return ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
