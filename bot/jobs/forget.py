"""What was kept long enough → gone: questions, sources, briefs, and feeds nobody confirmed."""

import json
import logging
from datetime import datetime, timedelta

from bot.jobs.choices import PENDING
from bot.jobs.tools import Tools

logger = logging.getLogger(__name__)

TURNS_KEPT = timedelta(days=90)
"""How long a question is kept, with its answer and what members thought of it."""
ERASED_KEPT = timedelta(days=1)
"""How long limits count a question that was erased."""
SOURCES_KEPT = timedelta(days=90)
"""How long the sources of a brief or an answer are kept under its key."""
BRIEFS_KEPT = timedelta(days=30)
"""How long a posted brief can be shown again."""
PROPOSALS_KEPT = timedelta(days=1)
"""How long a feed that was looked at waits to be confirmed."""


async def forget_old(tools: Tools) -> None:
    """Delete the questions, votes, sources, briefs and proposals that were kept long enough."""
    now = tools.clock()
    turns = await tools.store.forget_turns(now - TURNS_KEPT, erased_before=now - ERASED_KEPT)
    sources = await tools.store.forget_sources(now - SOURCES_KEPT)
    briefs = await tools.store.forget_briefs(now - BRIEFS_KEPT)
    if turns or sources or briefs:
        logger.info("old.forgotten turns=%d sources=%d briefs=%d", turns, sources, briefs)
    for workspace in await tools.store.list_workspaces():
        await _forget_proposals(tools, workspace, now - PROPOSALS_KEPT)


async def _forget_proposals(tools: Tools, workspace: str, before: datetime) -> None:
    for name, value in (await tools.store.list_choices(workspace)).items():
        if name.startswith(PENDING) and datetime.fromisoformat(json.loads(value)["at"]) < before:
            await tools.store.drop_choice(workspace, name)
