"""Shapes and words → SVG elements; whatever the words are, they stay words."""

from html import escape

from bot.pictures.letters import ARROW, ARROW_FAMILY, drawable

_ARROW = f'<tspan font-family="{ARROW_FAMILY}">{ARROW}</tspan>'


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; ``stroke_width`` is written ``stroke-width``, numbers with two decimals."""
    written = (
        f' {key.replace("_", "-")}="{escape(_format(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{''.join(written)}>{content}</{name}>"


def words(text: str, x: float, y: float, size: float, **style: str) -> str:
    """A line of text with its baseline at ``y``."""
    return tag("text", _write(drawable(text)), x=x, y=y, font_size=size, **style)


def span(text: str, **style: str) -> str:
    """A piece of a line; it must be ``drawable`` already, as its outer spaces count."""
    return tag("tspan", _write(text), **style)


def _write(text: str) -> str:
    return escape(text).replace(ARROW, _ARROW)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    """A straight line."""
    return tag("path", d=f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}", **attributes)


def _format(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
