"""How large the database is, and how much room is left for it."""

import shutil
from pathlib import Path

from sqlalchemy import Connection

from bot.model import StoreSize
from bot.store.database import DatabaseRows, writing

_FILES = ("", "-wal")
"""The database file, and what was written since it was last brought up to date."""


class Sizes(DatabaseRows):
    """Keeps ``ports.Store.measure``."""

    @writing
    def measure(self, _db: Connection) -> StoreSize:
        """How large the database is and how much room is left for it.

        A transaction that may write is begun for it, so that one which can't be written says so.
        """
        file = str(self.database.url.database)
        files = (Path(file + ending) for ending in _FILES)
        return StoreSize(
            used=sum(one.stat().st_size for one in files if one.exists()),
            free=_find_free(Path(file).parent),
        )


def _find_free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
