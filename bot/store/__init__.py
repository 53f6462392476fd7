"""The store: everything that is kept, in one database, through SQLAlchemy Core."""

import asyncio

from bot import ports
from bot.store.articles import Articles
from bot.store.briefs import Briefs
from bot.store.calendars import Calendars
from bot.store.choices import Choices
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.facts import Facts
from bot.store.feeds import Feeds
from bot.store.history import History
from bot.store.marks import Marks
from bot.store.migrate import upgrade
from bot.store.searches import Searches
from bot.store.sizes import Sizes
from bot.store.sources import Sources
from bot.store.subscriptions import Subscriptions
from bot.store.turns import Turns
from bot.store.vectors import Vectors
from bot.store.workspaces import Workspaces

__all__ = ["SqlStore", "open_store", "upgrade"]


class SqlStore(
    Feeds,
    Articles,
    Searches,
    Vectors,
    Facts,
    Subscriptions,
    Deliveries,
    Briefs,
    Marks,
    Calendars,
    Choices,
    History,
    Workspaces,
    Turns,
    Sources,
    Sizes,
):
    """Keeps ``ports.Store``, one transaction a method, each in a worker thread."""

    async def close(self) -> None:
        """Let go of the database."""
        await asyncio.to_thread(self.database.close)


def open_store(url: str) -> ports.Store:
    """The store at ``url``, which ``upgrade`` has made; nothing is opened before it is used.

    Raises:
        StoreError: ``url`` names no database that is supported.
    """
    return SqlStore(Database(url))
