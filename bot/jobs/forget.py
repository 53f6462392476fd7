"""What was asked and cited long ago → gone: what is kept about members is kept for a time."""

import logging
from datetime import timedelta

from bot.jobs.tools import Tools

logger = logging.getLogger(__name__)

TURNS_KEPT = timedelta(days=90)
"""How long a question is kept, with its answer and what members thought of it."""
SOURCES_KEPT = timedelta(days=90)
"""How long the sources of a brief or an answer are kept under its key."""


async def forget_old(tools: Tools) -> None:
    """Delete the questions, votes and sources that were kept long enough."""
    now = tools.clock()
    turns = await tools.store.forget_turns(now - TURNS_KEPT)
    sources = await tools.store.forget_sources(now - SOURCES_KEPT)
    if turns or sources:
        logger.info("asking.forgotten turns=%d sources=%d", turns, sources)
