"""The feeds that are shipped to begin with, by the name of their set."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.errors import DocumentError, InputError
from bot.jobs.tools import Tools
from bot.model import Outline

logger = logging.getLogger(__name__)


async def load_starters(tools: Tools) -> Mapping[str, tuple[Outline, ...]]:
    """All sets; none if the file can't be read."""
    try:
        return await asyncio.to_thread(tools.outlines.load_starters)
    except DocumentError as error:
        logger.warning("starters.broken reason=%s", error)
        return {}


async def find_starter(tools: Tools, url: str) -> Outline | None:
    """What is known of a feed before anyone follows it, if it is one of them."""
    sets = await load_starters(tools)
    return next((one for feeds in sets.values() for one in feeds if one.url == url), None)


async def list_chosen(tools: Tools, names: Sequence[str]) -> tuple[Outline, ...]:
    """The feeds of the sets of those names, each once.

    Raises:
        InputError: there is no such set.
    """
    sets = {name.casefold(): feeds for name, feeds in (await load_starters(tools)).items()}
    found: dict[str, Outline] = {}
    for name in names:
        if name.strip().casefold() not in sets:
            raise InputError(f"There is no set of feeds “{name[:80]}” to begin with.")
        found |= {feed.url: feed for feed in sets[name.strip().casefold()] if not feed.problem}
    return tuple(found.values())
