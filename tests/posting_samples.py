"""A workspace with a scripted platform, a clock to set, and articles of a few lines."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zlib import crc32

from fakes.outbox import SetClock
from fakes.scripted import ScriptedChannel

from bot.commands import BotCommands
from bot.ingest import make_article
from bot.jobs.post import deliver_waiting, prepare_due
from bot.jobs.tools import Tools
from bot.model import Brief, ChannelRef, Item, Look, Reading, SlotRecord, Subscription
from bot.ports import Payloads

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
SIX = datetime(2025, 3, 11, 6, tzinfo=UTC)
DESK = ChannelRef("scripted", "desk")
HERE = "console"
TARIFF = "India will cut its import tariff on bourbon to 100 per cent, the finance ministry said."
FRIGATE = "The Ministry of Defence of India ordered four frigates for 3 billion dollars on Monday."


class Recorder(ScriptedChannel):
    """A scripted platform that keeps what it was given to render."""

    def __init__(self) -> None:
        super().__init__()
        self.briefs: list[tuple[Brief, Look]] = []
        self.alerts: list[tuple[Item, Look]] = []

    def render_brief(self, brief: Brief, mark: Callable[[int], str], look: Look) -> Payloads:
        self.briefs.append((brief, look))
        lines = [item.text for section in brief.sections for item in section.items]
        return ({"text": "\n".join(lines), "mark": mark(1)},)

    def render_alert(self, items: Sequence[Item], mark: str, look: Look) -> Payloads:
        self.alerts += [(item, look) for item in items]
        return super().render_alert(items, mark, look)


class Desk:
    """The workspace ``console`` and its one channel, at noon."""

    def __init__(self, tools: Tools) -> None:
        self.clock, self.channel = SetClock(NOW), Recorder()
        self.tools = replace(tools, channels={"scripted": self.channel}, clock=self.clock, rests={})
        self.store = self.tools.store
        self.commands = BotCommands(self.tools)

    async def order(self, name: str = "desk", **changes: object) -> Subscription:
        """An order of a brief at six, UTC."""
        values = {"timezone": "UTC", "times": ("06:00",), "weekdays": (1, 2, 3, 4, 5, 6, 7)}
        values |= {"tags": (), "now": self.clock()} | changes
        return await self.store.save_subscription(HERE, ChannelRef("scripted", name), **values)  # type: ignore[arg-type]

    async def feed(self, name: str = "gazette", *, tier: int = 2, tags: Sequence[str] = ()) -> int:
        """A feed that is followed, with nothing in it."""
        feed = await self.store.add_feed(
            HERE,
            f"https://{name}.example/feed",
            title=name.capitalize(),
            outlet=name.capitalize(),
            tier=tier,
            now=self.clock(),
            tags=tags,
        )
        return feed.id

    async def bring(
        self,
        text: str,
        *,
        by: str = "gazette",
        title: str = "",
        tier: int = 2,
        page: str = "",
        published_at: datetime | None = None,
    ) -> str:
        """An article of that text, seen now; returns its address."""
        feed_id = await self.feed(by, tier=tier)
        url = page or f"https://{by}.example/{crc32(text.encode())}"
        reading = Reading(
            url=url,
            guid="",
            outlet=by.capitalize(),
            title=title or " ".join(text.split()[:5]),
            text=text,
            language="en",
            published_at=published_at or self.clock(),
        )
        await self.store.save_articles(feed_id, [make_article(reading, seen_at=self.clock())])
        return url

    async def post(self, at: datetime) -> None:
        """Prepare and deliver at that moment."""
        self.clock.now = at
        await prepare_due(self.tools)
        await deliver_waiting(self.tools)

    async def slots(self) -> list[SlotRecord]:
        """What became of everything, oldest first."""
        return list(reversed(await self.store.list_slots(HERE, limit=100)))
