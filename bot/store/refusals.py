"""vendor error → StoreError: one line that says what is wrong and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from bot.errors import StoreError

# Beginnings of SQLite's own names of errors: what to say, and whether a later try is in vain.
_SAYINGS = {
    "SQLITE_BUSY": ("The database is locked by another process: try again", False),
    "SQLITE_LOCKED": ("The database is locked by another process: try again", False),
    "SQLITE_FULL": ("The disk is full: make room for the database", True),
    "SQLITE_READONLY": ("The database can't be written: check the rights of its file", True),
    "SQLITE_CANTOPEN": ("The database can't be opened: check its folder and rights", True),
    "SQLITE_PERM": ("The database can't be opened: check its folder and rights", True),
    "SQLITE_CORRUPT": ("The database file is damaged: restore a backup", True),
    "SQLITE_NOTADB": ("The database file is not a database: check DATABASE_URL", True),
    "SQLITE_IOERR": ("The disk fails under the database: check the disk", True),
}


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what the database and its driver raise into ``StoreError``."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _to_store_error(error) from error
    except (UnicodeError, OverflowError) as error:
        # The driver meets these before SQLAlchemy wraps anything.
        raise StoreError(f"The database can't hold such a value: {error}") from error


def _to_store_error(error: SQLAlchemyError) -> StoreError:
    cause = error.orig if isinstance(error, StatementError) else error
    name = getattr(cause, "sqlite_errorname", "")
    for start, (saying, is_permanent) in _SAYINGS.items():
        if name.startswith(start):
            return StoreError(saying, permanent=is_permanent)
    line = str(cause).partition("\n")[0]
    if line.startswith("no such table"):
        return StoreError("The database is not set up: run `briefing-bot db upgrade`")
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return StoreError(f"The database refused: {line}", permanent=not is_lost)
