"""The product's commands and marks over plain values, for the Discord tests."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from discord_samples import ANSWER, BRIEF, FEEDS, KEY, PREVIEW, REPORT, REVIEWS, VISITS

from bot.errors import InputError
from bot.model import (
    Answer,
    Brief,
    ChangeReport,
    ChannelRef,
    Citation,
    Feed,
    FeedPreview,
    Origin,
    Picture,
    Review,
    Subscription,
    Visit,
    VisitQuery,
)
from bot.ports import ALL_VISITS, NOWHERE

CALENDAR = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


class Desk:
    """Keeps ``ports.Commands`` over plain values; it remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.failure: Exception | None = None
        self.answer = ANSWER
        self.sources = {("discord:7001", KEY): ANSWER.citations}
        self.reviews: tuple[Review, ...] = REVIEWS
        self.is_free = asyncio.Event()
        self.is_free.set()
        self.feeds = FEEDS
        self.visits = VISITS
        self.picture: Picture | None = None
        self.calendar = CALENDAR
        self.last_brief_at: datetime | None = None

    def _note(self, *call: object) -> None:
        self.calls.append(call)
        if self.failure:
            raise self.failure

    async def ask(
        self, workspace: str, question: str, *, now: datetime, origin: Origin = NOWHERE
    ) -> Answer:
        self._note("ask", workspace, question, now, origin)
        await self.is_free.wait()
        return self.answer

    async def list_sources(self, workspace: str, key: str) -> tuple[Citation, ...]:
        self._note("sources", workspace, key)
        return self._find(workspace, key)

    async def vote(
        self,
        workspace: str,
        key: str,
        *,
        member: str,
        is_good: bool,
        reason: str = "",
        now: datetime,
    ) -> None:
        self._note("vote", workspace, key, member, is_good, reason)
        self._find(workspace, key)

    def _find(self, workspace: str, key: str) -> tuple[Citation, ...]:
        if (workspace, key) not in self.sources:
            raise InputError("Its sources are no longer kept.")
        return self.sources[workspace, key]

    async def list_reviews(self, workspace: str) -> tuple[Review, ...]:
        self._note("reviews", workspace)
        return self.reviews

    async def write_brief(
        self, workspace: str, *, hours: float, tags: Sequence[str] = (), now: datetime
    ) -> Brief:
        self._note("brief", workspace, hours, now)
        return BRIEF

    async def add_feed(
        self, workspace: str, url: str, *, now: datetime, title: str = "", tier: int = 3
    ) -> FeedPreview:
        self._note("add", workspace, url, title)
        return PREVIEW

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        self._note("feeds", workspace)
        return self.feeds

    async def remove_feed(self, workspace: str, name: str) -> Feed:
        self._note("remove", workspace, name)
        for feed in self.feeds:
            if name in (str(feed.id), feed.url, feed.title):
                return feed
        raise InputError("No feed has that name; /feeds list shows them.")

    async def set_schedule(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        times: str,
        timezone: str,
        days: str = "",
        tags: Sequence[str] = (),
        now: datetime,
    ) -> Subscription:
        self._note("schedule", workspace, channel, times, timezone, days, tuple(tags))
        return Subscription(
            id=1,
            workspace=workspace,
            channel=channel,
            timezone=timezone,
            times=tuple(times.split()),
            weekdays=(1, 2, 3, 4, 5),
            tags=tuple(tags),
            created_at=now,
        )

    async def stop_schedule(self, workspace: str, channel: ChannelRef) -> Subscription:
        self._note("stop", workspace, channel)
        return Subscription(
            id=1,
            workspace=workspace,
            channel=channel,
            timezone="UTC",
            times=("06:00",),
            weekdays=(1,),
            tags=(),
            created_at=datetime(2025, 1, 1, tzinfo=UTC),
        )

    async def list_visits(
        self, workspace: str, *, now: datetime, query: VisitQuery = ALL_VISITS
    ) -> tuple[Visit, ...]:
        self._note("visits", workspace, now, query)
        return self.visits

    async def draw_timeline(
        self, visits: Sequence[Visit], *, now: datetime, timezone: str = "UTC"
    ) -> Picture | None:
        self._note("draw", len(visits), now, timezone)
        return self.picture

    async def list_changes(self, workspace: str, *, since: str, now: datetime) -> ChangeReport:
        self._note("changes", workspace, since, now)
        return REPORT

    async def find_last_brief_at(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> datetime | None:
        self._note("last brief", workspace, channel, now)
        return self.last_brief_at

    async def export_calendar(
        self, workspace: str, *, now: datetime, with_coarse: bool = False
    ) -> bytes:
        self._note("export", workspace, now)
        return self.calendar

    async def get_calendar_link(self, workspace: str, *, is_new: bool = False) -> str:
        self._note("link", workspace, is_new)
        return "https://calendar.example.org/calendar/secret_-token.ics"

    async def set_events(self, workspace: str, *, is_on: bool) -> None:
        self._note("events", workspace, is_on)

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool
    ) -> Subscription:
        self._note("reminders", workspace, channel, is_on)
        return Subscription(
            id=1,
            workspace=workspace,
            channel=channel,
            timezone="UTC",
            times=("06:00",),
            weekdays=(1,),
            tags=(),
            created_at=datetime(2025, 1, 1, tzinfo=UTC),
            has_reminders=is_on,
        )


class Marks:
    """Keeps ``ports.MarkStore`` in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def find_mark(self, name: str) -> str | None:
        return self.kept.get(name)

    async def save_mark(self, name: str, value: str) -> None:
        self.kept[name] = value
