"""What the stages ask of the database, as Protocols; each method is one transaction."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.model import CalendarEntry, StoreSize
from bot.ports.administering import ChoiceStore, HistoryStore, WorkspaceStore
from bot.ports.asking import SourceStore, TurnStore, VectorStore
from bot.ports.posting import BriefStore, DeliveryStore, SubscriptionStore
from bot.ports.reading import ArticleStore, FactStore, FeedStore


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


class Store(
    FeedStore,
    ArticleStore,
    FactStore,
    SubscriptionStore,
    DeliveryStore,
    BriefStore,
    MarkStore,
    CalendarStore,
    ChoiceStore,
    HistoryStore,
    WorkspaceStore,
    TurnStore,
    SourceStore,
    VectorStore,
    Protocol,
):
    """Everything that is kept; each method is one transaction."""

    async def measure(self) -> StoreSize:
        """How large the database is and how much room is left for it.

        Raises:
            StoreError: it can't be read or written.
        """

    async def close(self) -> None:
        """Let go of the database."""
