"""What the stages ask of the outside, as Protocols; adapters keep them, app.py joins the two."""

from bot.ports.asking import SourceStore, TurnStore, VectorStore
from bot.ports.commands import ALL_VISITS, NOWHERE, Commands
from bot.ports.outside import (
    CalendarWriter,
    Channel,
    Clock,
    Embedder,
    Engine,
    EventBoard,
    Fetcher,
    Painter,
    Parser,
)
from bot.ports.store import (
    ArticleStore,
    CalendarStore,
    ChoiceStore,
    DeliveryStore,
    FactStore,
    FeedStore,
    MarkStore,
    Store,
    SubscriptionStore,
)

__all__ = [
    "ALL_VISITS",
    "NOWHERE",
    "ArticleStore",
    "CalendarStore",
    "CalendarWriter",
    "Channel",
    "ChoiceStore",
    "Clock",
    "Commands",
    "DeliveryStore",
    "Embedder",
    "Engine",
    "EventBoard",
    "FactStore",
    "FeedStore",
    "Fetcher",
    "MarkStore",
    "Painter",
    "Parser",
    "SourceStore",
    "Store",
    "SubscriptionStore",
    "TurnStore",
    "VectorStore",
]
