"""What the stages ask of the database, as Protocols; each method is one transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import (
    Analysis,
    Article,
    ArticleAnalysis,
    CalendarEntry,
    ChannelRef,
    DeliveryState,
    Feed,
    NewArticle,
    NewPart,
    Part,
    Poll,
    Reminder,
    Searched,
    Slot,
    SlotRecord,
    Subscription,
)
from bot.ports.asking import SourceStore, TurnStore, VectorStore


class FeedStore(Protocol):
    """Feeds. A URL is polled once for all; a workspace sees the feeds it follows."""

    async def add_feed(
        self,
        workspace: str,
        url: str,
        *,
        title: str,
        outlet: str,
        tier: int,
        now: datetime,
        is_manual: bool = False,
    ) -> Feed:
        """Follow ``url``; following it twice changes nothing and returns what stands."""

    async def remove_feed(self, workspace: str, feed_id: int) -> None:
        """Stop following; articles stay, unseen by this workspace."""

    async def pause_feed(self, workspace: str, feed_id: int, *, is_paused: bool) -> None:
        """Stop or go on polling for this workspace."""

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """What the workspace follows, by title."""

    async def list_due_feeds(
        self, now: datetime, *, limit: int, workspace: str | None = None
    ) -> tuple[Feed, ...]:
        """Feeds to poll now, longest due first: each URL once, not manual, not paused by all."""

    async def save_poll(self, feed_id: int, poll: Poll) -> None:
        """Keep the outcome of a poll; a failing state adds to ``failures``, others clear it."""


class ArticleStore(Protocol):
    """Articles: one per canonical URL, with versions; seen through the feeds one follows."""

    async def list_known(self, feed_id: int, ids: Iterable[str]) -> frozenset[str]:
        """Those of the given guids and URLs that this feed has brought before."""

    async def save_articles(self, feed_id: int, articles: Sequence[NewArticle]) -> int:
        """Store what is new or changed, all or nothing; returns how many were."""

    async def list_articles(
        self, workspace: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[Article, ...]:
        """Newest versions with ``start_at < seen_at <= end_at``, oldest first.

        An article whose text changed appears at the moment its newest version was seen.
        """

    async def find_article(self, workspace: str, url: str) -> Article | None:
        """The newest version under that canonical URL."""

    async def search(
        self,
        workspace: str,
        terms: Sequence[Sequence[str]],
        *,
        as_of: datetime,
        since: datetime | None = None,
        limit: int,
    ) -> tuple[tuple[Article, float], ...]:
        """Articles with any of the terms, best first, with a score (greater is better).

        A term is a group of alternatives, words or phrases, and an article has it if it has
        any of them; a ``*`` at an alternative's end stands for any ending of its last word
        (after at least three letters), no other character is syntax. Many and rare terms
        count most; among equals the newer is first. ``since`` is the earliest publication.
        """

    async def list_recent(
        self, workspace: str, *, as_of: datetime, languages: Collection[str], limit: int
    ) -> tuple[Article, ...]:
        """The articles in those languages that were published last, newest first."""

    async def list_by_url(
        self, workspace: str, urls: Collection[str], *, as_of: datetime
    ) -> tuple[Article, ...]:
        """What the articles under those canonical URLs show, in the order of the URLs."""

    async def count_searched(self, workspace: str, *, as_of: datetime) -> Searched:
        """What a search of this workspace looks through; of very many articles about how many."""


class FactStore(Protocol):
    """What engines made of texts: shared by text, prompt version and engine."""

    async def list_unread(
        self,
        engine: str,
        prompt_version: str,
        *,
        limit: int,
        workspace: str | None = None,
        since: datetime | None = None,
    ) -> tuple[Article, ...]:
        """One article per text that this engine has not analysed, newest first."""

    async def save_analysis(self, analysis: Analysis, now: datetime) -> None:
        """Keep an analysis, in place of an older one of the same engine and prompt."""

    async def list_analyses(
        self, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_articles``, with each text's analysis.

        ``engine``'s newest one, else the newest of any engine; texts without are left out.
        """

    async def list_told(
        self, workspace: str, engine: str, *, start_at: datetime, end_at: datetime
    ) -> tuple[ArticleAnalysis, ...]:
        """As ``list_analyses``, only those that tell of a visit."""


class SubscriptionStore(Protocol):
    """Standing orders of channels."""

    async def save_subscription(
        self,
        workspace: str,
        channel: ChannelRef,
        *,
        timezone: str,
        times: Sequence[str],
        weekdays: Sequence[int],
        tags: Sequence[str],
        now: datetime,
    ) -> Subscription:
        """Set the channel's order; one channel has one order, a second call replaces it."""

    async def remove_subscription(self, workspace: str, channel: ChannelRef) -> bool:
        """Drop the channel's order; False if it had none."""

    async def set_reminders(self, workspace: str, channel: ChannelRef, *, is_on: bool) -> bool:
        """Post reminders of visits in that channel, or no more; False if it has no order."""

    async def list_subscriptions(self, workspace: str | None = None) -> tuple[Subscription, ...]:
        """The orders of one workspace, or of all."""


class DeliveryStore(Protocol):
    """The outbox (FACTS of exactly-once posting are in docs/decisions.md)."""

    async def list_slot_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of slots due at or after ``since`` that have a row already."""

    async def list_reminder_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of reminders due at or after ``since`` that have a row already."""

    async def find_last_slot_at(self, subscription_id: int, before: datetime) -> datetime | None:
        """When the newest slot before ``before`` was due that was neither skipped nor failed.

        Reminders are no slots of the schedule and don't count.
        """

    async def save_delivery(
        self,
        slot: Slot | Reminder,
        subscription: Subscription,
        parts: Sequence[NewPart],
        *,
        note: str = "",
    ) -> bool:
        """Keep a slot and its rendered parts in one transaction; False if the slot has a row."""

    async def skip_slot(self, slot: Slot, subscription: Subscription, reason: str) -> bool:
        """Keep a slot that will not be posted; False if it has a row."""

    async def claim_part(self, owner: str, now: datetime, lease: timedelta) -> Part | None:
        """Take the next part to send: ready, or sending with an ended lease, in order.

        A part waits until the part before it is sent. The first claim sets
        ``first_try_at``; every claim adds one to ``tries``.
        """

    async def finish_part(
        self, part_id: int, owner: str, state: DeliveryState, *, message_id: str = "", reason: str
    ) -> bool:
        """Record the outcome if ``owner`` still holds the part; False if it doesn't.

        A part that failed or is unknown stops the parts after it, which take its state.
        """

    async def list_slots(self, workspace: str, *, limit: int) -> tuple[SlotRecord, ...]:
        """What became of the newest slots, newest first."""


class MarkStore(Protocol):
    """Small things a platform remembers between starts, such as the hash of its commands."""

    async def find_mark(self, name: str) -> str | None:
        """The value kept under that name."""

    async def save_mark(self, name: str, value: str) -> None:
        """Keep a value."""


class CalendarStore(Protocol):
    """The visits of a workspace under names that last, and who may read them by a link."""

    async def update_calendar(
        self,
        workspace: str,
        decide: Callable[[tuple[CalendarEntry, ...]], Sequence[CalendarEntry]],
    ) -> tuple[CalendarEntry, ...]:
        """Keep what ``decide`` makes of the entries that stand, in one transaction."""

    async def list_calendar(self, workspace: str) -> tuple[CalendarEntry, ...]:
        """The entries as they were last kept."""

    async def save_calendar_token(self, workspace: str, token: str, *, is_new: bool) -> str:
        """The workspace's token; ``token`` becomes it if there is none, or if ``is_new``."""

    async def find_calendar_workspace(self, token: str) -> str | None:
        """Whose calendar that token opens."""


class ChoiceStore(Protocol):
    """What the admins of a workspace have chosen."""

    async def find_choice(self, workspace: str, name: str) -> str | None:
        """The value chosen for ``name``."""

    async def save_choice(self, workspace: str, name: str, value: str) -> None:
        """Keep a choice."""

    async def list_choosers(self, name: str, value: str) -> tuple[str, ...]:
        """The workspaces that have chosen that value."""


class Store(
    FeedStore,
    ArticleStore,
    FactStore,
    SubscriptionStore,
    DeliveryStore,
    MarkStore,
    CalendarStore,
    ChoiceStore,
    TurnStore,
    SourceStore,
    VectorStore,
    Protocol,
):
    """Everything that is kept; each method is one transaction."""

    async def close(self) -> None:
        """Let go of the database."""
