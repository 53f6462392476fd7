"""The product's commands and marks over plain values, for the Discord tests."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from discord_admin_samples import (
    CHANGE,
    FINDINGS,
    ORDER,
    SETTINGS,
    SETUP,
    STARTERS,
    STATUS,
    TOPICS,
    TRACE,
)
from discord_samples import ANSWER, BRIEF, FEEDS, KEY, PREVIEW, REPORT, REVIEWS, VISITS

from bot.errors import InputError
from bot.model import (
    Answer,
    Author,
    Brief,
    ChangeReport,
    ChannelRef,
    Citation,
    ConfigChange,
    Feed,
    FeedPreview,
    Finding,
    ImportReport,
    KeptBrief,
    Look,
    Origin,
    Picture,
    Proposal,
    Review,
    Rights,
    SetupPlan,
    SetupReport,
    Starter,
    Status,
    Subscription,
    Topic,
    Trace,
    Visit,
    VisitQuery,
    WorkspaceSettings,
)
from bot.ports import ALL_VISITS, NOWHERE
from bot.ports.posting import PLAIN

CALENDAR = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


class _Plain:
    """What every part of the desk has: what was asked, and a failure to come."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.authors: list[Author] = []
        self.failure: Exception | None = None
        self.is_free = asyncio.Event()
        self.is_free.set()

    def _note(self, *call: object, by: Author | None = None) -> None:
        """Remember a call; who made it is kept apart, since its batch is random."""
        self.calls.append(call)
        if by is not None:
            self.authors.append(by)
        if self.failure:
            raise self.failure


class _Reading(_Plain):
    """What everybody may ask."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = ANSWER
        self.sources = {("discord:7001", KEY): ANSWER.citations}
        self.reviews: tuple[Review, ...] = REVIEWS
        self.brief = BRIEF
        self.visits = VISITS
        self.picture: Picture | None = None
        self.calendar = CALENDAR
        self.last_brief_at: datetime | None = None

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
        return self.brief

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


class _Feeds(_Plain):
    """Feeds, and what was proposed, by workspace and key."""

    def __init__(self) -> None:
        super().__init__()
        self.feeds = FEEDS
        self.preview = PREVIEW
        self.proposals: dict[tuple[str, str], Proposal] = {}
        self.report = ImportReport(added=(), known=(), refused=())
        self.opml = b"<opml version='2.0'><body/></opml>"

    async def propose_feed(
        self, workspace: str, url: str, *, title: str = "", tags: Sequence[str] = (), now: datetime
    ) -> Proposal:
        self._note("propose", workspace, url, title, tuple(tags))
        preview = self.preview
        if title:
            preview = replace(preview, feed=replace(preview.feed, title=title))
        key = f"p{len(self.proposals) + 1}"
        self.proposals[workspace, key] = Proposal(key=key, preview=preview, tags=tuple(tags))
        return self.proposals[workspace, key]

    async def accept_feed(self, workspace: str, key: str, *, by: Author) -> Feed:
        self._note("accept", workspace, key, by=by)
        if (workspace, key) not in self.proposals:
            raise InputError("This feed is no longer waiting to be confirmed: add it again.")
        proposal = self.proposals[workspace, key]
        return replace(proposal.preview.feed, tags=proposal.tags)

    async def drop_proposal(self, workspace: str, key: str) -> None:
        self._note("drop", workspace, key)
        self.proposals.pop((workspace, key), None)

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        self._note("feeds", workspace)
        return self.feeds

    async def test_feed(self, workspace: str, url: str) -> FeedPreview:
        self._note("test", workspace, url)
        return self.preview

    async def remove_feed(self, workspace: str, name: str, *, by: Author) -> Feed:
        self._note("remove", workspace, name, by=by)
        return self._get_feed(name)

    async def pause_feed(self, workspace: str, name: str, *, is_paused: bool, by: Author) -> Feed:
        self._note("pause", workspace, name, is_paused, by=by)
        return replace(self._get_feed(name), is_paused=is_paused)

    def _get_feed(self, name: str) -> Feed:
        for feed in self.feeds:
            if name in (str(feed.id), feed.url, feed.title):
                return feed
        raise InputError("No feed has that name; /feeds list shows them.")

    async def import_feeds(
        self,
        workspace: str,
        document: bytes,
        *,
        by: Author,
        progress: Callable[[int, int], None] | None = None,
    ) -> ImportReport:
        self._note("import", workspace, document, by=by)
        if progress:
            progress(1, 2)
            await self.is_free.wait()
            progress(2, 2)
        return self.report

    async def export_feeds(self, workspace: str) -> bytes:
        self._note("export feeds", workspace)
        return self.opml


class _Orders(_Plain):
    """Orders of channels, and briefs that were posted."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: tuple[Subscription, ...] = ()
        self.schedule_failure: Exception | None = None
        self.kept: tuple[KeptBrief, ...] = ()

    async def set_schedule(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        times: str,
        timezone: str,
        days: str = "",
        tags: Sequence[str] = (),
        look: Look = PLAIN,
        skips_quiet: bool = False,
        alerts_per_day: int = 0,
        order_id: int | None = None,
        is_another: bool = False,
        by: Author,
    ) -> Subscription:
        given = (times, timezone, days, tuple(tags), look, skips_quiet, alerts_per_day)
        self._note("schedule", workspace, channel, *given, order_id, is_another, by=by)
        if self.schedule_failure:
            raise self.schedule_failure
        return replace(
            ORDER,
            id=order_id or 1,
            workspace=workspace,
            channel=channel,
            timezone=timezone or "UTC",
            times=tuple(times.split()),
            tags=tuple(tags),
            created_at=by.at,
            look=look,
            skips_quiet=skips_quiet,
            alerts_per_day=alerts_per_day,
        )

    async def list_schedules(
        self, workspace: str, channel: ChannelRef | None = None
    ) -> tuple[Subscription, ...]:
        self._note("schedules", workspace, channel)
        return tuple(order for order in self.orders if channel in (None, order.channel))

    async def stop_schedule(
        self, workspace: str, channel: ChannelRef, *, order_id: int | None = None, by: Author
    ) -> Subscription:
        self._note("stop", workspace, channel, order_id, by=by)
        return replace(ORDER, id=order_id or 1, workspace=workspace, channel=channel)

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool, by: Author
    ) -> Subscription:
        self._note("reminders", workspace, channel, is_on, by=by)
        return replace(ORDER, workspace=workspace, channel=channel, has_reminders=is_on)

    async def preview_brief(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> tuple[Brief, Look]:
        self._note("preview", workspace, channel, now)
        return BRIEF, PLAIN

    async def list_briefs_of(
        self, workspace: str, channel: ChannelRef, on: date
    ) -> tuple[KeptBrief, ...]:
        self._note("briefs", workspace, channel, on)
        if not self.kept:
            raise InputError("No brief was posted in this channel on that day.")
        return self.kept


class _Settings(_Plain):
    """Everything else that admins choose."""

    def __init__(self) -> None:
        super().__init__()
        self.rights = Rights()
        self.undone_by_rulers: list[bool] = []
        self.rights_failure: Exception | None = None
        self.settings: WorkspaceSettings = SETTINGS
        self.history: tuple[ConfigChange, ...] = (CHANGE,)
        self.setup: SetupReport = SETUP
        self.setup_failure: Exception | None = None
        self.starters: tuple[Starter, ...] = STARTERS
        self.topics: tuple[Topic, ...] = TOPICS
        self.workspaces: set[str] = {"discord:7001"}
        self.absent: set[str] = set()
        self.locales: dict[str, str] = {}

    async def get_rights(self, workspace: str) -> Rights:
        if self.rights_failure:
            raise self.rights_failure
        return self.rights

    async def get_settings(self, workspace: str) -> WorkspaceSettings:
        return self.settings

    async def set_timezone(self, workspace: str, timezone: str, *, by: Author) -> str:
        self._note("timezone", workspace, timezone, by=by)
        return timezone

    async def set_language(self, workspace: str, language: str, *, by: Author) -> None:
        self._note("language", workspace, language, by=by)

    async def set_notices(self, workspace: str, channel: ChannelRef | None, *, by: Author) -> None:
        self._note("notices", workspace, channel, by=by)

    async def set_rights(self, workspace: str, rights: Rights, *, by: Author) -> None:
        self._note("rights", workspace, rights, by=by)
        self.rights = rights

    async def set_mention(self, workspace: str, tag: str, role: str, *, by: Author) -> None:
        self._note("mention", workspace, tag, role, by=by)

    async def set_events(self, workspace: str, *, is_on: bool, by: Author | None = None) -> None:
        self._note("events", workspace, is_on, by=by)

    async def mute(self, workspace: str, hours: float, *, by: Author) -> datetime:
        self._note("mute", workspace, hours, by=by)
        return by.at + timedelta(hours=hours)

    async def list_topics(self, workspace: str) -> tuple[Topic, ...]:
        self._note("topics", workspace)
        return self.topics

    async def list_history(self, workspace: str) -> tuple[ConfigChange, ...]:
        self._note("history", workspace)
        return self.history

    async def undo(
        self, workspace: str, batch: str = "", *, may_rule: bool = True, by: Author
    ) -> ConfigChange:
        self.undone_by_rulers.append(may_rule)
        self._note("undo", workspace, batch, by=by)
        return self.history[0]

    async def list_starters(self) -> tuple[Starter, ...]:
        self._note("starters")
        return self.starters

    async def set_up(self, workspace: str, plan: SetupPlan, *, by: Author) -> SetupReport:
        if self.setup_failure:
            raise self.setup_failure
        self._note("set up", workspace, plan, by=by)
        order = replace(self.setup.order, workspace=workspace, channel=plan.channel)
        return replace(self.setup, order=order, batch=by.batch)

    async def forget(self, workspace: str, *, member: str = "") -> int:
        self._note("forget", workspace, member)
        return 12

    async def keep_locale(self, workspace: str, language: str) -> None:
        self.locales[workspace] = language

    async def leave(self, workspace: str, *, now: datetime) -> None:
        self._note("leave", workspace)
        self.absent.add(workspace)

    async def come_back(self, workspace: str, *, now: datetime) -> bool:
        self._note("come back", workspace)
        was_away = workspace in self.absent
        self.absent.discard(workspace)
        self.workspaces.add(workspace)
        return was_away

    async def list_workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self.workspaces - self.absent))


class _Health(_Plain):
    """Why, how all stands, what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[Finding, ...] = FINDINGS
        self.status: Status = STATUS
        self.traced: Trace = TRACE

    async def trace(self, workspace: str, url: str, *, now: datetime) -> Trace:
        self._note("trace", workspace, url)
        return self.traced

    async def get_status(self, workspace: str, *, now: datetime) -> Status:
        self._note("status", workspace)
        return self.status

    async def find_problems(self, workspace: str, *, now: datetime) -> tuple[Finding, ...]:
        self._note("problems", workspace)
        return self.findings


class Desk(_Reading, _Feeds, _Orders, _Settings, _Health):
    """Keeps ``ports.Commands`` over plain values; it remembers what it was asked.

    Rights, settings and workspaces are read all the time, and not noted.
    """


class Marks:
    """Keeps ``ports.MarkStore`` in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def find_mark(self, name: str) -> str | None:
        return self.kept.get(name)

    async def save_mark(self, name: str, value: str) -> None:
        self.kept[name] = value
