"""One database: its engine, its pragmas, and methods that each run as one transaction."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError
from bot.store.refusals import store_errors

P = ParamSpec("P")
R = TypeVar("R")
Rows = TypeVar("Rows", bound="DatabaseRows")

_BUSY_S = 5
_WRITING = {"is_writing": True}


class Database:
    """The connections to one database; opens nothing before the first transaction."""

    def __init__(self, url: str) -> None:
        self.url = _read_url(url)
        self._engine = _make_engine(self.url)
        self._writer = self._engine.execution_options(**_WRITING)

    def run(self, work: Callable[[Connection], R], *, is_writing: bool) -> R:
        """Do ``work`` as one transaction.

        Raises:
            StoreError: the database refused; nothing of the work is kept.
        """
        engine = self._writer if is_writing else self._engine
        with store_errors(), engine.begin() as db:
            return work(db)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


class DatabaseRows:
    """What the methods of every noun stand on: the database they read and write."""

    def __init__(self, database: Database) -> None:
        self.database = database


def reading(
    method: Callable[Concatenate[Rows, Connection, P], R],
) -> Callable[Concatenate[Rows, P], Coroutine[Any, Any, R]]:
    """Make ``method`` a coroutine that runs in a worker thread and sees one moment."""
    return _as_transaction(method, is_writing=False)


def writing(
    method: Callable[Concatenate[Rows, Connection, P], R],
) -> Callable[Concatenate[Rows, P], Coroutine[Any, Any, R]]:
    """As ``reading``, but nobody else writes meanwhile and all of it is kept, or nothing."""
    return _as_transaction(method, is_writing=True)


def _as_transaction(
    method: Callable[Concatenate[Rows, Connection, P], R], *, is_writing: bool
) -> Callable[Concatenate[Rows, P], Coroutine[Any, Any, R]]:
    @wraps(method)
    async def run(rows: Rows, /, *args: P.args, **kwargs: P.kwargs) -> R:
        def work(db: Connection) -> R:
            return method(rows, db, *args, **kwargs)

        return await asyncio.to_thread(rows.database.run, work, is_writing=is_writing)

    return run


def insert(db: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say ``on_conflict_…``, which plain Core has no word for."""
    return postgresql.insert(table) if db.dialect.name == "postgresql" else sqlite.insert(table)


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        # The text may hold a password, so the message doesn't repeat it.
        raise StoreError("DATABASE_URL is no database address: use sqlite:///FILE") from error
    if parsed.drivername != "sqlite":
        raise StoreError(f"{parsed.drivername} is not supported: use sqlite:///FILE")
    if (parsed.database or ":memory:").startswith((":memory:", "file:")):
        raise StoreError("The database needs a file: use sqlite:///FILE")
    return parsed


def _make_engine(url: URL) -> Engine:
    # With its own handling of transactions off, the driver leaves BEGIN to us.
    engine = create_engine(url, connect_args={"timeout": _BUSY_S, "isolation_level": None})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL, because NORMAL may lose the last commits when the power fails: a posted part too.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(db: Connection) -> None:
    is_writing = db.get_execution_options().get("is_writing", False)
    # A transaction that reads first and writes later could fail half-way on another's lock.
    db.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
