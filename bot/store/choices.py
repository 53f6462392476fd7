"""Choices: what the admins of each workspace have chosen, by name."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from bot.model import Author, ConfigKind
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.history import recording
from bot.store.schema import choice


class Choices(DatabaseRows):
    """Keeps ``ports.ChoiceStore``."""

    @reading
    def find_choice(self, db: Connection, workspace: str, name: str) -> str | None:
        """The value chosen for ``name``."""
        chosen = select(choice.c.value)
        return db.scalar(chosen.where(choice.c.workspace == workspace, choice.c.name == name))

    @reading
    def list_choices(self, db: Connection, workspace: str) -> Mapping[str, str]:
        """Everything chosen, by name."""
        chosen = select(choice.c.name, choice.c.value).where(choice.c.workspace == workspace)
        return {row.name: row.value for row in db.execute(chosen.order_by(choice.c.name))}

    @writing
    def save_choice(
        self, db: Connection, workspace: str, name: str, value: str, *, by: Author | None = None
    ) -> None:
        """Keep a choice, in place of the one before."""
        saved = insert(db, choice).values(workspace=workspace, name=name, value=value)
        key = ["workspace", "name"]
        with recording(db, ConfigKind.CHOICE, workspace, name, by):
            db.execute(saved.on_conflict_do_update(index_elements=key, set_={"value": value}))

    @writing
    def drop_choice(
        self, db: Connection, workspace: str, name: str, *, by: Author | None = None
    ) -> None:
        """Take a choice back, if there is one."""
        is_it = (choice.c.workspace == workspace) & (choice.c.name == name)
        with recording(db, ConfigKind.CHOICE, workspace, name, by):
            db.execute(delete(choice).where(is_it))

    @reading
    def list_choosers(self, db: Connection, name: str, value: str) -> tuple[str, ...]:
        """The workspaces that have chosen that value, in order of their names."""
        choosers = select(choice.c.workspace).order_by(choice.c.workspace)
        return tuple(db.scalars(choosers.where(choice.c.name == name, choice.c.value == value)))
