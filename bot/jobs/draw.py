"""visits → a picture of the coming weeks, or none: no answer and no brief fails for want of one."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from bot.errors import BotError
from bot.jobs.tools import Tools
from bot.model import Picture, Visit
from bot.timeline import lay_out_timeline

logger = logging.getLogger(__name__)


async def draw_timeline(
    tools: Tools, visits: Sequence[Visit], *, now: datetime, timezone: str
) -> Picture | None:
    """The timeline of those visits; None if none has a day in it, or if it can't be drawn."""
    try:
        if not lay_out_timeline(visits, now, timezone).rows:
            return None
        return await asyncio.to_thread(
            tools.painter.draw_timeline, visits, now=now, timezone=timezone
        )
    except BotError as error:
        logger.warning("timeline.not_drawn reason=%s", error)
    except Exception:  # a bug in a picture keeps no brief from going out on time
        logger.exception("timeline.broken")
    return None
