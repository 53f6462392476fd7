"""database of any older release → database of this one; one transaction, safe to run twice."""

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.store.database import Database

logger = logging.getLogger(__name__)

HEAD = "0005"
"""The newest migration. Known without Alembic, whose import would slow every start."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> None:
    """Bring the database at ``url`` up to date, making it if there is none.

    Raises:
        StoreError: it can't be made or written, or it is newer than the program.
    """
    database = Database(url)
    _make_file(Path(str(database.url.database)))
    try:
        if database.run(_find_revision, is_writing=False) != HEAD:
            database.run(_migrate, is_writing=True)
            logger.info("database.upgraded revision=%s", HEAD)
    finally:
        database.close()


def _make_file(file: Path) -> None:
    """Make the file and its folder, if missing, for their owner alone: feed URLs hold keys."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"The database {file} can't be made: {error.strerror}") from error


def _find_revision(db: Connection) -> str | None:
    if not inspect(db).has_table("alembic_version"):
        return None
    revision: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _migrate(db: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": db})
    # Alembic reads a percent sign as the start of a name.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        # Does nothing if another process was first while this one waited for its turn.
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "The database was made by a newer release: install that one, or restore a backup"
        ) from error
