"""Commands that carry lists of feeds in and out, as other programs keep them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.commands.following import FeedCommands, count_room
from bot.commands.starting import load_starters
from bot.errors import DocumentError, InputError
from bot.jobs.tools import unwatched
from bot.model import Author, Feed, FeedState, ImportReport, Outline, Starter
from bot.ports.admin_commands import MAX_FEEDS

FULL = f"{MAX_FEEDS} feeds are the most"


@dataclass(frozen=True)
class OutlineCommands(FeedCommands):
    """The part of ``ports.FeedCommands`` that is about lists of feeds."""

    async def import_feeds(
        self,
        workspace: str,
        document: bytes,
        *,
        by: Author,
        progress: Callable[[int, int], None] | None = None,
    ) -> ImportReport:
        """Follow the feeds of an OPML file under its titles and topics, unseen.

        Raises:
            InputError: it is no OPML file, or has too many feeds.
        """
        try:
            outlines = await asyncio.to_thread(self.tools.outlines.read, document)
        except DocumentError as error:
            raise InputError(str(error)) from error
        feeds = await self.tools.store.list_feeds(workspace)
        followed, room = {feed.url for feed in feeds}, count_room(feeds)
        added: list[str] = []
        known: list[str] = []
        refused: list[tuple[str, str]] = []
        tell = progress or unwatched
        for place, outline in enumerate(outlines):
            tell(place, len(outlines))
            if outline.url in followed:
                known.append(outline.title)
            elif outline.problem or len(added) >= room:
                refused.append((outline.title, outline.problem or FULL))
            else:
                await self.follow_outline(workspace, outline, by=by)
                added.append(outline.title)
        tell(len(outlines), len(outlines))
        return ImportReport(added=tuple(added), known=tuple(known), refused=tuple(refused))

    async def follow_outline(self, workspace: str, outline: Outline, *, by: Author) -> Feed:
        """Follow a feed unseen; the next poll tells its state."""
        topics = [topic.tag for topic in self.tools.topics]
        feed = Feed(
            id=0,
            workspace=workspace,
            url=outline.url,
            title=outline.title,
            outlet=outline.outlet,
            tier=outline.tier,
            tags=tuple(tag for tag in outline.categories if tag in topics),
            state=FeedState.NEW,
        )
        return await self.follow(workspace, feed, by=by)

    async def export_feeds(self, workspace: str) -> bytes:
        """The workspace's feeds as an OPML file, with titles, outlets, tiers and topics."""
        outlines = [
            Outline(
                url=feed.url,
                title=feed.title,
                outlet=feed.outlet,
                tier=feed.tier,
                categories=feed.tags,
            )
            for feed in await self.tools.store.list_feeds(workspace)
            if not feed.is_manual
        ]
        return await asyncio.to_thread(self.tools.outlines.write, outlines)

    async def list_starters(self) -> tuple[Starter, ...]:
        """The sets of feeds to begin with."""
        sets = await load_starters(self.tools)
        return tuple(Starter(name, len(feeds)) for name, feeds in sets.items())
