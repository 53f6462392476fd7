"""Visits → PNG: the timeline as a picture, drawn by resvg in a process of its own."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.errors import BotError
from bot.model import Picture, Visit
from bot.pictures.letters import FILES
from bot.pictures.sheet import draw_sheet
from bot.timeline import describe_timeline, lay_out_timeline

_WORKER = Path(__file__).with_name("worker.py")
_PATIENCE_S = 30.0


class TimelinePainter:
    """Keeps ``ports.Painter``; a call blocks for some 0.3 s, so it belongs in a thread."""

    def draw_timeline(self, visits: Sequence[Visit], *, now: datetime, timezone: str) -> Picture:
        """The coming weeks of those visits as a PNG, and the same in words.

        Raises:
            BotError: the renderer failed.
        """
        timeline = lay_out_timeline(visits, now, timezone)
        return Picture(render_svg(draw_sheet(timeline)), describe_timeline(timeline))


def render_svg(svg: str) -> bytes:
    """The drawing as a PNG, with no fonts but ours.

    Raises:
        BotError: the renderer failed, which another try may mend.
    """
    # -P: the folder of the program is no place to import from.
    command = [sys.executable, "-P", str(_WORKER), *map(str, FILES)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=svg.encode(), capture_output=True, timeout=_PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BotError(
            "The picture of the timeline could not be drawn; its words say the same. "
            f"What went wrong: {_find_reason(error)}.",
            permanent=False,
        ) from error
    return done.stdout


def _find_reason(error: Exception) -> str:
    """The last line that the worker wrote, or what became of it."""
    written = error.stderr if isinstance(error, subprocess.CalledProcessError) else b""
    lines = written.decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else type(error).__name__
