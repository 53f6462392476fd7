"""Our font files → how wide a text is, and what of it they can draw."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from

FAMILY = "Noto Sans"
ARROW_FAMILY = "Noto Sans Math"
ARROW = "→"
_FOLDER = Path(__file__).with_name("fonts")
_REGULAR = _FOLDER / "NotoSans-Regular.ttf"
_BOLD = _FOLDER / "NotoSans-SemiBold.ttf"
_ARROW = _FOLDER / "NotoSansMath-Arrow.ttf"
FILES = (_REGULAR, _BOLD, _ARROW)
_ELLIPSIS = "…"
_VIRAMA = "\u094d"
"""Joins the Devanagari letters on both its sides into one."""
_TOWER = re.compile("(?<=[\u0300-\u036f]{2})[\u0300-\u036f]+")
"""Marks upon marks that would grow into the line above."""


def measure_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of a text in pixels; letters that join or lean together take a little less."""
    return size * sum(_advances(text, is_bold=is_bold))


def shorten(text: str, width: float, size: float, *, is_bold: bool = False) -> str:
    """The text, or as much of it as fits into ``width`` pixels before an ellipsis."""
    if measure_width(text, size, is_bold=is_bold) <= width:
        return text
    room = width - measure_width(_ELLIPSIS, size, is_bold=is_bold)
    fitting, used = 0, 0.0
    for advance in _advances(text, is_bold=is_bold):
        used += advance * size
        if used > room:
            break
        fitting += 1
    while fitting and _is_inside_letter(text, fitting):
        fitting -= 1
    return f"{text[:fitting].rstrip()}{_ELLIPSIS}"


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines no wider than ``width`` pixels, cut at spaces."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(shorten(word, width, size))
    return tuple(lines)


def drawable(text: str) -> str:
    """The text on one line, as far as our fonts have its letters.

    A word in another script is its script's name in brackets, ``[Arabic]``; other signs that
    they lack are left out.
    """
    words: list[str] = []
    for word in _TOWER.sub("", text).split():
        known = _drawable_word(word)
        is_again = known.startswith("[") and words[-1:] == [known]
        if known and not is_again:
            words.append(known)
    return " ".join(words) or "[signs]"


def _drawable_word(word: str) -> str:
    for sign in word:
        if not _is_known(sign) and sign.isalpha():
            return f"[{_script(sign)}]"
    return "".join(sign for sign in word if _is_known(sign))


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "unknown").split()[0].split("-")[0]
    return name if name == "CJK" else name.capitalize()


def _is_known(sign: str) -> bool:
    return sign == ARROW or ord(sign) in _load_advances(_REGULAR)


def _is_inside_letter(text: str, at: int) -> bool:
    """Whether a cut there would part a letter from its marks."""
    return unicodedata.category(text[at]).startswith("M") or text[at - 1] == _VIRAMA


def _advances(text: str, *, is_bold: bool) -> Iterator[float]:
    known = _load_advances(_BOLD if is_bold else _REGULAR)
    for sign in text:
        table = _load_advances(_ARROW) if sign == ARROW else known
        yield table.get(ord(sign), 0.0)


# ---------------------------------------------------------------- TrueType, as its standard says


@cache
def _load_advances(path: Path) -> Mapping[int, float]:
    """Code point → advance width as a share of the font size."""
    font = path.read_bytes()
    (count,) = unpack_from(">H", font, 4)
    entries = (unpack_from(">4s4xI4x", font, 12 + 16 * n) for n in range(count))
    tables: dict[bytes, int] = dict(entries)
    (units,) = unpack_from(">H", font, tables[b"head"] + 18)
    (metrics,) = unpack_from(">H", font, tables[b"hhea"] + 34)
    widths = unpack_from(">" + "H2x" * metrics, font, tables[b"hmtx"])
    glyphs = _read_characters(font, tables[b"cmap"])
    # Glyphs beyond the last width have that width.
    return {code: widths[min(glyph, metrics - 1)] / units for code, glyph in glyphs}


def _read_characters(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Pairs of code point and glyph, from the first subtable, which is of format 4."""
    (offset,) = unpack_from(">I", font, cmap + 8)
    table = cmap + offset
    (double,) = unpack_from(">H", font, table + 6)
    segments = f">{double // 2}H"
    ends = unpack_from(segments, font, table + 14)
    starts = unpack_from(segments, font, table + 16 + double)
    deltas = unpack_from(segments, font, table + 16 + 2 * double)
    ranges = unpack_from(segments, font, table + 16 + 3 * double)
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                place = table + 16 + 3 * double + 2 * n + ranges[n] + 2 * (code - start)
                (glyph,) = unpack_from(">H", font, place)
            if not ranges[n] or glyph:
                yield code, (glyph + deltas[n]) & 0xFFFF
