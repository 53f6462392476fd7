"""Every golden message can be drawn, is readable, and has its picture for people to look at.

The pictures are drawn from the golden files: with ``--update-golden`` run this once more after
those have changed.
"""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from preview import WIDTH, render_html
from preview_browser import Drawing, draw, find_browser

GOLDEN = Path(__file__).parents[2] / "golden" / "discord"
PICTURES = GOLDEN / "pictures"
_LARGEST = 60_000
_INK = 0.005


def _list_messages() -> dict[str, list[dict[str, Any]]]:
    """The golden files that hold payloads; others hold what goes over the wire."""
    found = {file.stem: json.loads(file.read_text("utf-8")) for file in GOLDEN.glob("*.json")}
    whole = {name: held if isinstance(held, list) else [held] for name, held in found.items()}
    return {name: held for name, held in sorted(whole.items()) if _is_payload(held[0])}


def _is_payload(held: dict[str, Any]) -> bool:
    return "embeds" in held and "allowed_mentions" not in held


MESSAGES = _list_messages()


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    browser = find_browser()
    if browser is None:
        pytest.skip("NO PICTURES WERE DRAWN: there is no Chromium on this machine")
    return draw({name: render_html(held) for name, held in MESSAGES.items()}, browser)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_can_be_drawn_and_no_text_is_clipped(
    name: str, drawings: dict[str, Drawing], golden_picture: Callable[[str, bytes], None]
) -> None:
    drawing = drawings[name]
    picture = Image.open(BytesIO(drawing.png)).convert("L")
    bright = sum(picture.histogram()[128:])
    assert picture.width == WIDTH
    assert bright > _INK * picture.width * picture.height
    assert drawing.clipped == ()
    golden_picture(name, drawing.png)


def test_every_picture_is_small_and_has_its_message() -> None:
    pictures = list(PICTURES.glob("*.png"))
    assert pictures
    assert {picture.stem for picture in pictures} <= set(MESSAGES)
    assert {
        picture.name: picture.stat().st_size for picture in pictures if _is_large(picture)
    } == {}


def _is_large(picture: Path) -> bool:
    return picture.stat().st_size > _LARGEST


@pytest.fixture
def golden_picture(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Keep the picture with ``--update-golden``; fonts differ too much to compare it."""

    def keep(name: str, png: bytes) -> None:
        if request.config.getoption("--update-golden"):
            PICTURES.mkdir(exist_ok=True)
            (PICTURES / f"{name}.png").write_bytes(png)

    return keep
