"""A row's days → its bar: solid when certain, hatched when tentative, struck when off.

Days that are known make a whole bar; a time within which the days are not known makes a
bracket, pale inside.
"""

from dataclasses import dataclass

from bot.pictures.svg import line, tag
from bot.timeline import Certainty

INK = {Certainty.CERTAIN: "#1d4e89", Certainty.TENTATIVE: "#984806", Certainty.OFF: "#5f6875"}
PALE = {Certainty.CERTAIN: "#dfe9f5", Certainty.TENTATIVE: "#fbeeda", Certainty.OFF: "#eef0f3"}
_DASHES = {Certainty.TENTATIVE: {"stroke_dasharray": "5 3"}}
_HATCH = 7.0
_HOOK = 6.0
_POINT = 9.0
Edges = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2

    def shrink(self, by: float) -> "Box":
        """The box that lies ``by`` pixels inside on all sides."""
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


def draw_bar(box: Box, certainty: Certainty, *, is_exact: bool, runs: Edges) -> str:
    """The bar of a row; ``runs`` says on which sides it goes on beyond the window."""
    ink = INK[certainty]
    parts = [_draw_days(box, certainty) if is_exact else _draw_bracket(box, certainty, runs)]
    if certainty is Certainty.OFF:
        parts.append(_draw_middle(box, 3, ink))
    if runs[0]:
        parts.append(_draw_point(box.left - 4, box.middle, -_POINT, ink))
    if runs[1]:
        parts.append(_draw_point(box.right + 4, box.middle, _POINT, ink))
    return "".join(parts)


def _draw_days(box: Box, certainty: Certainty) -> str:
    ink = INK[certainty]
    if certainty is Certainty.CERTAIN:
        return _draw_box(box, fill=ink)
    dashes = _DASHES.get(certainty, {})
    hatching = _draw_hatching(box.shrink(1), ink) if certainty is Certainty.TENTATIVE else ""
    outline = _draw_box(box.shrink(1), fill="none", stroke=ink, stroke_width=2, **dashes)
    return f"{_draw_box(box, fill=PALE[certainty])}{hatching}{outline}"


def _draw_bracket(box: Box, certainty: Certainty, runs: Edges) -> str:
    ink = INK[certainty]
    hook = min(_HOOK, box.width / 3)
    top, bottom = box.top + 1, box.bottom - 1
    ends = [(box.left + 1, hook), (box.right - 1, -hook)]
    path = "".join(
        f"M{x + reach:.2f} {top:.2f}H{x:.2f}V{bottom:.2f}H{x + reach:.2f}"
        for (x, reach), goes_on in zip(ends, runs, strict=True)
        if not goes_on
    )
    bracket = tag("path", d=path, fill="none", stroke=ink, stroke_width=2.5) if path else ""
    middle = _draw_middle(box.shrink(hook), 2, ink, **_DASHES.get(certainty, {}))
    return f"{_draw_box(box, fill=PALE[certainty])}{bracket}{middle}"


def _draw_hatching(box: Box, ink: str) -> str:
    """Slanting lines, each cut where it meets the box."""
    path = []
    foot = box.left - box.height + _HATCH / 2
    while foot < box.right:
        start, end = max(foot, box.left), min(foot + box.height, box.right)
        low, high = box.bottom - (start - foot), box.bottom - (end - foot)
        path.append(f"M{start:.2f} {low:.2f}L{end:.2f} {high:.2f}")
        foot += _HATCH
    return tag("path", d="".join(path), stroke=ink, stroke_width=2)


def _draw_middle(box: Box, thickness: float, ink: str, **attributes: str) -> str:
    return line(
        box.left, box.middle, box.right, box.middle,
        stroke=ink, stroke_width=thickness, **attributes,
    )  # fmt: skip


def _draw_point(x: float, y: float, reach: float, ink: str) -> str:
    return tag(
        "path", d=f"M{x:.2f} {y - 8:.2f}L{x + reach:.2f} {y:.2f}L{x:.2f} {y + 8:.2f}Z", fill=ink
    )


def _draw_box(box: Box, **attributes: str | float) -> str:
    return tag(
        "rect", x=box.left, y=box.top, width=box.width, height=box.height, rx=3, **attributes
    )
