"""Commands on feeds: follow, look at, pause, leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands.looking import MAX_TITLE, preview_feed
from bot.commands.starting import find_starter
from bot.errors import InputError
from bot.jobs.tools import Tools
from bot.model import Author, Feed, FeedPreview
from bot.ports.admin_commands import MAX_FEEDS
from bot.text.clean import clean_text


@dataclass(frozen=True)
class FeedCommands:
    """The part of ``ports.FeedCommands`` that is about single feeds."""

    tools: Tools

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """The workspace's feeds."""
        return await self.tools.store.list_feeds(workspace)

    async def add_feed(
        self, workspace: str, url: str, *, title: str = "", tier: int | None = None, by: Author
    ) -> FeedPreview:
        """Follow a feed, or the feed that a site announces, without a question in between."""
        preview = await self.look_at_feed(workspace, url, title=title, tier=tier)
        feed = await self.follow(workspace, preview.feed, by=by)
        return replace(preview, feed=feed)

    async def follow(self, workspace: str, feed: Feed, *, by: Author) -> Feed:
        """Follow a feed as it is described; twice follows it once."""
        return await self.tools.store.add_feed(
            workspace,
            feed.url,
            title=feed.title,
            outlet=feed.outlet,
            tier=feed.tier,
            tags=feed.tags,
            now=by.at,
            by=by,
        )

    async def test_feed(self, workspace: str, url: str) -> FeedPreview:
        """What a feed that is followed (its name or number), or any other address, brings now."""
        known = _find_feeds(await self.tools.store.list_feeds(workspace), url)
        if len(known) != 1:
            return await preview_feed(self.tools, url.strip())
        (feed,) = known
        if feed.is_manual:
            raise InputError(f"“{feed.title}” holds what was taken in by hand; it is not fetched.")
        preview = await preview_feed(self.tools, feed.url)
        return replace(preview, feed=replace(feed, state=preview.feed.state))

    async def look_at_feed(
        self,
        workspace: str,
        url: str,
        *,
        title: str = "",
        tier: int | None = None,
        tags: Sequence[str] = (),
    ) -> FeedPreview:
        """What following a feed would bring; of a starter feed the outlet and tier are known.

        Raises:
            InputError: it is followed already, or too many feeds are.
        """
        feeds = await self.tools.store.list_feeds(workspace)
        if count_room(feeds) < 1:
            raise InputError(f"{MAX_FEEDS} feeds are the most: remove one first.")
        preview = await preview_feed(self.tools, url.strip())
        known = next((feed for feed in feeds if feed.url == preview.feed.url), None)
        if known:
            raise InputError(f"This feed is followed already, as “{known.title}”.")
        name = " ".join(clean_text(title).split())[:MAX_TITLE] or preview.feed.title
        starter = await find_starter(self.tools, preview.feed.url)
        feed = replace(
            preview.feed,
            workspace=workspace,
            title=name,
            outlet=(starter.outlet if starter else preview.feed.outlet) or name,
            tier=tier or (starter.tier if starter else preview.feed.tier),
            tags=tuple(dict.fromkeys(tags)),
        )
        return replace(preview, feed=feed)

    async def remove_feed(self, workspace: str, name: str, *, by: Author) -> Feed:
        """Stop following the feed of that id, URL or title."""
        feed = await self.get_feed(workspace, name)
        await self.tools.store.remove_feed(workspace, feed.id, by=by)
        return feed

    async def pause_feed(self, workspace: str, name: str, *, is_paused: bool, by: Author) -> Feed:
        """Stop polling a feed, or go on."""
        feed = await self.get_feed(workspace, name)
        await self.tools.store.pause_feed(workspace, feed.id, is_paused=is_paused, by=by)
        return replace(feed, is_paused=is_paused)

    async def get_feed(self, workspace: str, name: str) -> Feed:
        """The feed of that id, URL or title.

        Raises:
            InputError: there is none, or several have that title.
        """
        found = _find_feeds(await self.tools.store.list_feeds(workspace), name)
        if not found:
            said = name.strip()[:80]
            raise InputError(f"No feed “{said}” is followed here: look at the list of feeds.")
        if len(found) > 1:
            numbers = ", ".join(str(feed.id) for feed in found[:10])
            raise InputError(
                f"Several feeds are called “{found[0].title}”: give the number ({numbers})."
            )
        return found[0]


def count_room(feeds: Sequence[Feed]) -> int:
    """How many feeds more may be followed."""
    return MAX_FEEDS - sum(not feed.is_manual for feed in feeds)


def _find_feeds(feeds: Sequence[Feed], name: str) -> list[Feed]:
    wanted = name.strip().casefold()
    found = [feed for feed in feeds if wanted in (str(feed.id), feed.url.casefold())]
    return found or [feed for feed in feeds if feed.title.casefold() == wanted]
