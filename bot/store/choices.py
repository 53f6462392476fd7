"""Choices: what the admins of each workspace have chosen, by name."""

from sqlalchemy import Connection, select

from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.schema import choice


class Choices(DatabaseRows):
    """Keeps ``ports.ChoiceStore``."""

    @reading
    def find_choice(self, db: Connection, workspace: str, name: str) -> str | None:
        """The value chosen for ``name``."""
        chosen = select(choice.c.value)
        return db.scalar(chosen.where(choice.c.workspace == workspace, choice.c.name == name))

    @writing
    def save_choice(self, db: Connection, workspace: str, name: str, value: str) -> None:
        """Keep a choice, in place of the one before."""
        db.execute(
            insert(db, choice)
            .values(workspace=workspace, name=name, value=value)
            .on_conflict_do_update(index_elements=["workspace", "name"], set_={"value": value})
        )

    @reading
    def list_choosers(self, db: Connection, name: str, value: str) -> tuple[str, ...]:
        """The workspaces that have chosen that value, in order of their names."""
        choosers = select(choice.c.workspace).order_by(choice.c.workspace)
        return tuple(db.scalars(choosers.where(choice.c.name == name, choice.c.value == value)))
