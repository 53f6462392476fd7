"""What the stages ask of the outside, as Protocols; adapters keep them, app.py joins the two."""

from bot.ports.administering import ChoiceStore, HistoryStore, WorkspaceStore
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
    Outlines,
    Painter,
    Parser,
    Payloads,
)
from bot.ports.posting import PLAIN, BriefStore, DeliveryStore, SubscriptionStore
from bot.ports.reading import ArticleStore, FactStore, FeedStore
from bot.ports.store import CalendarStore, MarkStore, Store

__all__ = [
    "ALL_VISITS",
    "NOWHERE",
    "PLAIN",
    "ArticleStore",
    "BriefStore",
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
    "HistoryStore",
    "MarkStore",
    "Outlines",
    "Painter",
    "Parser",
    "Payloads",
    "SourceStore",
    "Store",
    "SubscriptionStore",
    "TurnStore",
    "VectorStore",
    "WorkspaceStore",
]
