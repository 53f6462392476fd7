"""Commands on feeds: follow, look at, pause, leave."""

from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from bot.errors import BotError, DocumentError, InputError
from bot.ingest import FULL_TEXT, judge_feed
from bot.jobs.tools import Tools
from bot.model import Feed, FeedPreview, Fetched, ParsedFeed


@dataclass(frozen=True)
class FeedCommands:
    """The part of ``ports.Commands`` that is about feeds, and what the command line adds."""

    tools: Tools

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """The workspace's feeds."""
        return await self.tools.store.list_feeds(workspace)

    async def add_feed(
        self, workspace: str, url: str, *, now: datetime, title: str = "", tier: int = 3
    ) -> FeedPreview:
        """Follow a feed, or the feed that a site announces; the preview shows what it brings."""
        preview = await self.test_feed(workspace, url, title=title, tier=tier)
        feed = await self.tools.store.add_feed(
            workspace,
            preview.feed.url,
            title=preview.feed.title,
            outlet=preview.feed.outlet,
            tier=tier,
            now=now,
        )
        return replace(preview, feed=feed)

    async def follow(self, workspace: str, url: str, *, title: str, outlet: str, tier: int) -> Feed:
        """Follow a feed unseen, as an import does; the next poll tells its state."""
        return await self.tools.store.add_feed(
            workspace, url, title=title, outlet=outlet, tier=tier, now=self.tools.clock()
        )

    async def test_feed(
        self, workspace: str, url: str, *, title: str = "", tier: int = 3
    ) -> FeedPreview:
        """What following the URL would bring; nothing is stored."""
        fetched, parsed = await self._find_feed(url.strip())
        name = title.strip() or parsed.title or fetched.url
        feed = Feed(
            id=0,
            workspace=workspace,
            url=fetched.url,
            title=name,
            outlet=parsed.title or name,
            tier=tier,
            state=judge_feed(parsed),
        )
        lengths = [len(entry.text) for entry in parsed.entries]
        return FeedPreview(
            feed=feed,
            entries=parsed.entries[:3],
            hours_between=_hours_between(parsed),
            has_full_text=bool(lengths) and median(lengths) >= FULL_TEXT,
            language=parsed.language,
        )

    async def _find_feed(self, url: str) -> tuple[Fetched, ParsedFeed]:
        """The feed at a URL, or the first one its page announces that can be read."""
        fetched = await self.tools.fetcher.fetch(url)
        try:
            return fetched, await self._parse(fetched)
        except DocumentError as error:
            if error.reason != "not_a_feed":
                raise InputError(f"{error} Check the address, or try another one.") from error
            refusal: BotError = error
        try:
            page = await self.tools.parser.parse_page(
                fetched.body, url=fetched.url, content_type=fetched.content_type
            )
        except DocumentError:
            raise InputError(f"{refusal} Give the address of a feed or of its site.") from refusal
        for announced in page.feed_urls[:5]:
            try:
                found = await self.tools.fetcher.fetch(announced)
                return found, await self._parse(found)
            except BotError as error:
                refusal = error
        if page.feed_urls:
            raise refusal
        raise InputError(
            f"{fetched.url} is a web page and announces no feed: give the feed's own address."
        ) from refusal

    async def _parse(self, fetched: Fetched) -> ParsedFeed:
        return await self.tools.parser.parse_feed(
            fetched.body, url=fetched.url, content_type=fetched.content_type
        )

    async def remove_feed(self, workspace: str, name: str) -> Feed:
        """Stop following the feed of that id, URL or title."""
        feed = await self.get_feed(workspace, name)
        await self.tools.store.remove_feed(workspace, feed.id)
        return feed

    async def pause_feed(self, workspace: str, name: str, *, is_paused: bool) -> Feed:
        """Stop polling a feed, or go on."""
        feed = await self.get_feed(workspace, name)
        await self.tools.store.pause_feed(workspace, feed.id, is_paused=is_paused)
        return replace(feed, is_paused=is_paused)

    async def get_feed(self, workspace: str, name: str) -> Feed:
        """The feed of that id, URL or title.

        Raises:
            InputError: there is none, or several have that title.
        """
        wanted = name.strip().casefold()
        feeds = await self.tools.store.list_feeds(workspace)
        found = [feed for feed in feeds if wanted in (str(feed.id), feed.url.casefold())]
        found = found or [feed for feed in feeds if feed.title.casefold() == wanted]
        if not found:
            raise InputError(f"No feed “{name}” is followed here: `feeds list` shows which are.")
        if len(found) > 1:
            numbers = ", ".join(str(feed.id) for feed in found)
            raise InputError(f"Several feeds are called “{name}”: give the number ({numbers}).")
        return found[0]


def _hours_between(parsed: ParsedFeed) -> float | None:
    """The mean time between a feed's dated entries."""
    dates = sorted(entry.published_at for entry in parsed.entries if entry.published_at)
    if len(dates) < 2:
        return None
    return (dates[-1] - dates[0]).total_seconds() / 3600 / (len(dates) - 1)
