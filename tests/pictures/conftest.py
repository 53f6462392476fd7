"""Golden pictures, rewritten with ``--update-golden``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ImageChops
from pixels import read_png

_GOLDEN = Path(__file__).parent.parent / "golden" / "pictures"
_FAR = 48
"""A difference in one channel that an eye sees; other processors round edges a little."""
_SHARE = 0.002


@pytest.fixture
def golden_png(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare a picture with the PNG of that name under ``tests/golden/pictures``."""

    def compare(name: str, png: bytes) -> None:
        path = _GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png)
        drawn, expected = read_png(png), read_png(path.read_bytes())
        assert drawn.size == expected.size
        worst = ImageChops.difference(drawn, expected).convert("L")
        far = sum(worst.histogram()[_FAR:])
        assert far <= _SHARE * drawn.width * drawn.height

    return compare
