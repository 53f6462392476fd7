"""What admins may ask of the product: feeds, orders, settings, history, health."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model import (
    Author,
    Brief,
    ChannelRef,
    ConfigChange,
    Feed,
    FeedPreview,
    Finding,
    ImportReport,
    KeptBrief,
    Look,
    Proposal,
    Rights,
    SetupPlan,
    SetupReport,
    Starter,
    Status,
    Subscription,
    Topic,
    Trace,
    WorkspaceSettings,
)
from bot.ports.posting import PLAIN

MAX_FEEDS = 300
"""Of one workspace, and of one OPML file."""
MAX_OPML = 1_000_000
"""Bytes of an OPML file."""
UNDO_WITHIN = timedelta(hours=24)
"""A change younger than this can be taken back."""


class FeedCommands(Protocol):
    """Feeds: looked at, confirmed, paused, left, carried in and out."""

    async def propose_feed(
        self, workspace: str, url: str, *, title: str = "", tags: Sequence[str] = (), now: datetime
    ) -> Proposal:
        """Look at a feed, or at the feed that a site announces; it waits a day to be confirmed.

        Raises:
            InputError: no such topic; it is followed already; too many feeds.
        """

    async def accept_feed(self, workspace: str, key: str, *, by: Author) -> Feed:
        """Follow what was proposed under that key; doing it twice follows it once.

        Raises:
            InputError: nothing waits under it (any more).
        """

    async def drop_proposal(self, workspace: str, key: str) -> None:
        """Forget what was proposed."""

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """The workspace's feeds."""

    async def test_feed(self, workspace: str, url: str) -> FeedPreview:
        """What a feed that is followed (its name or number), or any other address, brings now."""

    async def remove_feed(self, workspace: str, name: str, *, by: Author) -> Feed:
        """Stop following the feed of that id, URL or title."""

    async def pause_feed(self, workspace: str, name: str, *, is_paused: bool, by: Author) -> Feed:
        """Stop polling a feed, or go on."""

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

    async def export_feeds(self, workspace: str) -> bytes:
        """The workspace's feeds as an OPML file, with titles, outlets, tiers and topics."""


class ScheduleCommands(Protocol):
    """Orders: when and how a channel gets its briefs."""

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
        """Post at these local times: ``times`` as ``06:00 18:30``, ``days`` as ``mon-fri``.

        Without ``order_id`` the channel's only order is changed, or its first one made;
        ``is_another`` adds one beside. An empty ``timezone`` is the workspace's.

        Raises:
            InputError: which of several is not clear; no such time, zone, day or topic.
        """

    async def list_schedules(
        self, workspace: str, channel: ChannelRef | None = None
    ) -> tuple[Subscription, ...]:
        """The orders of a channel, or of the workspace, oldest first."""

    async def stop_schedule(
        self, workspace: str, channel: ChannelRef, *, order_id: int | None = None, by: Author
    ) -> Subscription:
        """Drop an order of the channel, its only one without a number; returns what stood."""

    async def set_reminders(
        self, workspace: str, channel: ChannelRef, *, is_on: bool, by: Author
    ) -> Subscription:
        """Post a reminder some days before each visit in that channel, or no more."""

    async def preview_brief(
        self, workspace: str, channel: ChannelRef, *, now: datetime
    ) -> tuple[Brief, Look]:
        """The channel's next brief as it would be now; a plain one of a day without an order."""

    async def list_briefs_of(
        self, workspace: str, channel: ChannelRef, on: date
    ) -> tuple[KeptBrief, ...]:
        """What was posted in the channel on that day of its own zone, earliest first.

        Raises:
            InputError: nothing was, or it is not kept any more.
        """


class SettingCommands(Protocol):
    """What else a workspace chooses, who changed what, and taking it back."""

    async def get_rights(self, workspace: str) -> Rights:
        """The roles that may manage and look."""

    async def get_settings(self, workspace: str) -> WorkspaceSettings:
        """Everything chosen."""

    async def set_timezone(self, workspace: str, timezone: str, *, by: Author) -> str:
        """The workspace's zone, as people name it; orders that stand keep theirs.

        Returns its IANA name.

        Raises:
            InputError: there is no such zone, or several.
        """

    async def set_language(self, workspace: str, language: str, *, by: Author) -> None:
        """The language of what is posted for all: one that is shipped, or empty for none."""

    async def keep_locale(self, workspace: str, language: str) -> None:
        """The platform's own language for the workspace, which counts while none is chosen."""

    async def set_notices(self, workspace: str, channel: ChannelRef | None, *, by: Author) -> None:
        """Where admins are told of what fails; None for nowhere."""

    async def set_rights(self, workspace: str, rights: Rights, *, by: Author) -> None:
        """The platform's roles that may manage and look."""

    async def set_mention(self, workspace: str, tag: str, role: str, *, by: Author) -> None:
        """The role to mention when a brief has something on a topic; empty for none."""

    async def set_events(self, workspace: str, *, is_on: bool, by: Author | None = None) -> None:
        """Keep the platform's own events of day-precise visits, or no more."""

    async def mute(self, workspace: str, hours: float, *, by: Author) -> datetime:
        """Post nothing for so long; returns until when. 0 ends it at once."""

    async def list_topics(self, workspace: str) -> tuple[Topic, ...]:
        """The topics that articles are read for."""

    async def list_history(self, workspace: str) -> tuple[ConfigChange, ...]:
        """What was changed, newest first."""

    async def undo(
        self, workspace: str, batch: str = "", *, may_rule: bool = True, by: Author
    ) -> ConfigChange:
        """Take a change back, the newest that was not undone if none is named.

        Raises:
            InputError: it is older than a day, was undone, or was changed again since; or it
                chose roles and ``may_rule`` is not so.
        """

    async def list_starters(self) -> tuple[Starter, ...]:
        """The sets of feeds to begin with."""

    async def set_up(self, workspace: str, plan: SetupPlan, *, by: Author) -> SetupReport:
        """Follow the starter feeds, set the order, and write a brief as it would be now.

        Done all in one batch; what the plan gets wrong changes nothing.
        """

    async def forget(self, workspace: str, *, member: str = "") -> int:
        """Erase all that is kept of the workspace, or of a member; returns how many rows."""

    async def leave(self, workspace: str, *, now: datetime) -> None:
        """The bot was removed: everything rests, nothing is lost."""

    async def come_back(self, workspace: str, *, now: datetime) -> bool:
        """The bot is there (again); True if everything goes on that rested."""

    async def list_workspaces(self) -> tuple[str, ...]:
        """Every workspace that something is kept of, without those that rest."""


class HealthCommands(Protocol):
    """Why an article was in a brief or not, how all stands, what is wrong."""

    async def trace(self, workspace: str, url: str, *, now: datetime) -> Trace:
        """Why an article was or was not in the workspace's briefs."""

    async def get_status(self, workspace: str, *, now: datetime) -> Status:
        """What was posted, what fails, what the model may still spend."""

    async def find_problems(self, workspace: str, *, now: datetime) -> tuple[Finding, ...]:
        """Database, model, feeds, orders and notices, each fine or not; no platform's rights."""


class AdminCommands(FeedCommands, ScheduleCommands, SettingCommands, HealthCommands, Protocol):
    """All that admins may ask."""
