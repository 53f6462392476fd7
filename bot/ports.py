"""What the stages ask of the outside, as Protocols; adapters keep them, app.py joins the two."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import (
    Analysis,
    Answer,
    Article,
    ArticleAnalysis,
    Brief,
    ChannelRef,
    DeliveryState,
    Draft,
    DraftAnswer,
    Drop,
    Feed,
    FeedPreview,
    Fetched,
    NewArticle,
    NewPart,
    ParsedFeed,
    ParsedPage,
    Part,
    Passage,
    Poll,
    Searched,
    Slot,
    SlotRecord,
    Subscription,
    Topic,
    Visit,
)

Clock = Callable[[], datetime]
"""The one way to the present: an aware UTC datetime."""


class Fetcher(Protocol):
    """Fetches from public addresses only, with caps on size, time and hops."""

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """GET ``url``; a 304 comes back with an empty body.

        Raises:
            FetchError: refused address, time-out, too large, status of 400 and above.
        """


class Parser(Protocol):
    """Reads hostile documents in a process that can be killed."""

    async def parse_feed(self, body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
        """Read RSS, Atom or JSON Feed.

        Raises:
            DocumentError: not a feed, a captcha page, or over the limits.
        """

    async def parse_page(self, body: bytes, *, url: str, content_type: str = "") -> ParsedPage:
        """Read an HTML page; its ``text`` is empty when it holds no article.

        Raises:
            DocumentError: a captcha page, not HTML, or over the limits.
        """


class Engine(Protocol):
    """Proposes facts, visits and answers; nothing it says is believed before grounding."""

    @property
    def name(self) -> str:
        """``extractive``, or ``openai/`` and the model's name."""

    @property
    def prompt_version(self) -> str:
        """Changes when the same text could give another draft."""

    async def draft(
        self, article: Article, topics: Sequence[Topic], *, drops: Sequence[Drop] = ()
    ) -> Draft:
        """Propose facts and visits of one article; ``drops`` are the reasons of a failed try.

        Raises:
            ModelError: nothing usable came back.
        """

    async def answer(self, question: str, passages: Sequence[Passage]) -> DraftAnswer:
        """Answer from the passages alone, or with no lines where they don't tell.

        Raises:
            ModelError: nothing usable came back.
        """


class Channel(Protocol):
    """One platform: renders for it and sends to it. Knows nothing of slots or briefs' making."""

    @property
    def platform(self) -> str:
        """The name used in ``ChannelRef.platform``."""

    def render_brief(
        self, brief: Brief, mark: Callable[[int], str]
    ) -> tuple[Mapping[str, object], ...]:
        """The messages of a brief as JSON-able payloads, each within the platform's limits.

        ``mark(number)`` is the short text, unique for ever, that message ``number`` (from 1)
        must show or carry, so that it can be found again.
        """

    async def send(self, channel_id: str, payload: Mapping[str, object], nonce: str) -> str:
        """Post one message and return its id; the same nonce within minutes posts once.

        Raises:
            ChannelError: not posted; or ``is_unknown``, nobody can tell.
        """

    async def find_sent(self, channel_id: str, mark: str, after: datetime) -> str | None:
        """The id of our own message that carries ``mark``, or None if it is surely not there.

        Raises:
            ChannelError: the history can't be read, so nobody can tell.
        """

    async def close(self) -> None:
        """Let go of connections."""


# ---------------------------------------------------------------- the store


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
        self, workspace: str, words: Sequence[str], *, as_of: datetime, limit: int
    ) -> tuple[tuple[Article, float], ...]:
        """Articles with any of the words, best first, with a score (greater is better).

        Words are literal: no character in them is syntax.
        """

    async def count_searched(self, workspace: str, *, as_of: datetime) -> Searched:
        """What a search of this workspace looks through."""


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

    async def list_subscriptions(self, workspace: str | None = None) -> tuple[Subscription, ...]:
        """The orders of one workspace, or of all."""


class DeliveryStore(Protocol):
    """The outbox (FACTS of exactly-once posting are in docs/decisions.md)."""

    async def list_slot_keys(self, subscription_id: int, since: datetime) -> frozenset[str]:
        """Keys of slots due at or after ``since`` that have a row already."""

    async def find_last_slot_at(self, subscription_id: int, before: datetime) -> datetime | None:
        """When the newest slot before ``before`` was due that was neither skipped nor failed."""

    async def save_delivery(
        self, slot: Slot, subscription: Subscription, parts: Sequence[NewPart], *, note: str = ""
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


class Store(
    FeedStore, ArticleStore, FactStore, SubscriptionStore, DeliveryStore, MarkStore, Protocol
):
    """Everything that is kept; each method is one transaction."""

    async def close(self) -> None:
        """Let go of the database."""


# ---------------------------------------------------------------- what platforms may call


class Commands(Protocol):
    """The commands of the product; platforms and the command line call them alike.

    All raise ``BotError`` with one line for the person who asked.
    """

    async def ask(self, workspace: str, question: str, *, now: datetime) -> Answer:
        """Answer from the workspace's articles as of ``now``."""

    async def write_brief(
        self, workspace: str, *, hours: float, tags: Sequence[str] = (), now: datetime
    ) -> Brief:
        """A brief of the last hours."""

    async def add_feed(
        self, workspace: str, url: str, *, now: datetime, title: str = "", tier: int = 3
    ) -> FeedPreview:
        """Follow a feed, or the feed that a site announces."""

    async def list_feeds(self, workspace: str) -> tuple[Feed, ...]:
        """The workspace's feeds."""

    async def remove_feed(self, workspace: str, name: str) -> Feed:
        """Stop following the feed of that id, URL or title."""

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
        """Post at these local times: ``times`` as ``06:00 18:30``, ``days`` as ``mon-fri``."""

    async def stop_schedule(self, workspace: str, channel: ChannelRef) -> Subscription:
        """Post no more in that channel; returns the order that stood."""

    async def list_visits(self, workspace: str, *, now: datetime) -> tuple[Visit, ...]:
        """The ledger as of ``now``, next first."""
