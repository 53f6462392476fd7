"""What our fonts can draw, and how wide it gets."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pixels import read_png
from timeline_samples import HOSTILE

from bot.pictures import render_svg
from bot.pictures.letters import FAMILY, drawable, measure_width, shorten, wrap
from bot.pictures.svg import tag, words

_TESTS = Path(__file__).parent.parent
_ARTICLES = (
    _TESTS / "evals" / "tuned" / "articles.jsonl",
    _TESTS.parent / "seeds" / "articles" / "2025-01-to-02.jsonl",
)


def ink_width(text: str, size: float, **style: str) -> int:
    """How far to the right the text's ink reaches."""
    drawn = words(text, 0, size * 1.5, size, **style)
    whole = tag("g", drawn, font_family=FAMILY)
    svg = tag(
        "svg",
        f'<rect width="900" height="80" fill="#fff"/>{whole}',
        xmlns="http://www.w3.org/2000/svg",
        width=900,
        height=80,
    )
    dark = read_png(render_svg(svg)).convert("L").point(lambda shade: 255 if shade < 128 else 0)
    box = dark.getbbox()
    return box[2] if box else 0


@pytest.mark.parametrize("path", _ARTICLES, ids=lambda path: path.name)
def test_every_sign_of_our_sources_can_be_drawn(path: Path) -> None:
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    text = " ".join(article["title"] + " " + article.get("text", "") for article in articles)
    signs = "".join(sorted(set("".join(text.split()))))
    assert drawable(signs) == signs


@pytest.mark.parametrize(
    "text",
    [
        "Ursula von der Leyen",
        "AVATAR To Wav",
        "Lucía Arrizabal, Łódź, Øvergård, Türkiye",
        "Nguyễn Thị Lan",
        "Владимир Остряков",
        "नूरा हमीदी, प्रधानमंत्री",
        "Narendra Modi → Washington",
    ],
)
@pytest.mark.parametrize("weight", ["400", "600"])
def test_a_text_is_no_wider_than_measured(text: str, weight: str) -> None:
    reached = ink_width(text, 22, font_weight=weight)
    measured = measure_width(text, 22, is_bold=weight == "600")
    assert measured * 0.75 <= reached <= measured + 1


def test_devanagari_is_shaped() -> None:
    apart = ink_width("क", 40) + ink_width("ष", 40)
    assert ink_width("क्ष", 40) < apart * 0.75  # one letter, not two and a stroke


def test_the_two_weights_differ() -> None:
    assert ink_width("Washington", 40, font_weight="600") > ink_width("Washington", 40)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("नूरा हमीदी", "नूरा हमीदी"),
        ("习近平", "[CJK]"),
        ("عبد الله Ali", "[Arabic] Ali"),
        ("Bora Bora", "Bora Bora"),
        ("😀 Bob 🇫🇷", "Bob"),
        ("😀", "[signs]"),
        ("", "[signs]"),
        ("x" + "\u0301" * 50, "x\u0301\u0301"),
    ],
)
def test_letters_of_another_script_are_named_and_other_signs_left_out(
    text: str, drawn: str
) -> None:
    assert drawable(text) == drawn


@given(st.text(max_size=60) | st.sampled_from(HOSTILE), st.floats(40, 600))
def test_a_shortened_text_fits_and_an_ellipsis_says_so(text: str, width: float) -> None:
    shown = shorten(drawable(text), width, 22)
    assert measure_width(shown, 22) <= width
    assert shown == drawable(text) or shown.endswith("…")


def test_a_cut_does_not_part_a_letter_from_its_marks() -> None:
    name = "प्रधानमंत्री श्री नरेंद्र दामोदरदास"
    for width in range(60, 300, 3):
        kept = shorten(name, width, 22).removesuffix("…")
        rest = name[len(kept) :].lstrip()
        assert not re.match(r"[\u0900-\u0903\u093a-\u094f]", rest)
        assert not kept.endswith("\u094d")


@given(st.text(max_size=300), st.floats(100, 600))
def test_wrapped_lines_fit(text: str, width: float) -> None:
    assert all(measure_width(told, 20) <= width for told in wrap(drawable(text), width, 20))
