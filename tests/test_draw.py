"""A picture of the weeks to come, or none; never an answer or a brief less."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from calendar_samples import CONFIRMED, NOW, move, visit
from date_samples import dates
from stage_samples import settings_for

from bot.app import open_tools
from bot.commands import BotCommands
from bot.errors import BotError
from bot.jobs.tools import Tools
from bot.model import Picture, Visit

SOON = visit(move(1, CONFIRMED, dates("2026-03-20")))
LATER = visit(move(1, CONFIRMED, dates("2026-09-20")))


class Painter:
    """Keeps ``ports.Painter``: draws nothing, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[tuple[int, str]] = []

    def draw_timeline(self, visits: Sequence[Visit], *, now: datetime, timezone: str) -> Picture:
        self.asked.append((len(visits), timezone))
        if self.error:
            raise self.error
        return Picture(b"png", "words")


@pytest.fixture
async def tools(tmp_path: Path) -> AsyncIterator[Tools]:
    async with open_tools(settings_for(tmp_path)) as tools:
        yield tools


async def draw(tools: Tools, painter: Painter, *visits: Visit) -> Picture | None:
    commands = BotCommands(replace(tools, painter=painter))
    return await commands.draw_timeline(visits, now=NOW, timezone="Asia/Kolkata")


async def test_visits_of_the_coming_weeks_are_drawn(tools: Tools) -> None:
    painter = Painter()
    assert await draw(tools, painter, SOON, LATER) == Picture(b"png", "words")
    assert painter.asked == [(2, "Asia/Kolkata")]


async def test_where_no_visit_has_a_day_in_the_coming_weeks_nothing_is_drawn(tools: Tools) -> None:
    painter = Painter()
    assert await draw(tools, painter, LATER) is None
    assert await draw(tools, painter) is None
    assert painter.asked == []


async def test_a_painter_that_fails_is_logged_and_missed_by_nobody(
    tools: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    assert await draw(tools, Painter(BotError("No renderer.")), SOON) is None
    assert "timeline.not_drawn reason=No renderer." in caplog.text


async def test_a_bug_in_the_painter_is_missed_by_nobody_either(
    tools: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    assert await draw(tools, Painter(ZeroDivisionError()), SOON) is None
    assert "timeline.broken" in caplog.text
