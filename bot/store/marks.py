"""Marks: small values by name."""

from sqlalchemy import Connection, select

from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.schema import mark


class Marks(DatabaseRows):
    """Keeps ``ports.MarkStore``."""

    @reading
    def find_mark(self, db: Connection, name: str) -> str | None:
        """The value kept under that name."""
        return db.scalar(select(mark.c.value).where(mark.c.name == name))

    @writing
    def save_mark(self, db: Connection, name: str, value: str) -> None:
        """Keep a value."""
        db.execute(
            insert(db, mark)
            .values(name=name, value=value)
            .on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )
