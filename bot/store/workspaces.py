"""Workspaces: those that the bot is not in for now, and those that are to be forgotten."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select, union

from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.erasing import erase_rows
from bot.store.schema import choice, follow, subscription
from bot.store.schema_administration import absence
from bot.store.schema_asking import source, turn, vote
from bot.store.turns import erase_turns

_LOCALE = "locale"
"""A choice that nobody made: every server has a language of its own."""


class Workspaces(DatabaseRows):
    """Keeps ``ports.WorkspaceStore``."""

    @writing
    def save_absence(self, db: Connection, workspace: str, now: datetime) -> bool:
        """Keep that the bot was removed; its feeds are not polled. False if that was known."""
        left = insert(db, absence).values(workspace=workspace, left_at=now)
        kept = left.on_conflict_do_nothing().returning(absence.c.workspace)
        return db.scalar(kept) is not None

    @writing
    def end_absence(self, db: Connection, workspace: str) -> bool:
        """Everything counts again as it was; False if the workspace was not absent."""
        return db.execute(delete(absence).where(absence.c.workspace == workspace)).rowcount > 0

    @reading
    def list_absent(self, db: Connection) -> Mapping[str, datetime]:
        """The workspaces that the bot is not in, with the moment it was removed."""
        absent = select(absence).order_by(absence.c.workspace)
        return {row.workspace: row.left_at for row in db.execute(absent)}

    @reading
    def list_workspaces(self, db: Connection) -> tuple[str, ...]:
        """Every workspace with a feed, an order or a choice that was made, by name."""
        chosen = select(choice.c.workspace).where(choice.c.name != _LOCALE)
        named = union(chosen, *(select(table.c.workspace) for table in (follow, subscription)))
        return tuple(sorted(db.scalars(named)))

    @writing
    def erase_workspace(self, db: Connection, workspace: str) -> int:
        """Delete all that only this workspace has, its history too; returns how many rows.

        What limits count stays for a day, see ``erase_turns``.
        """
        return erase_rows(db, workspace)

    @writing
    def erase_member(self, db: Connection, workspace: str, member: str) -> int:
        """Erase a member's questions, answers and votes, but what limits count; returns how many.

        See ``erase_turns`` for what stays a day.
        """
        is_asked = (turn.c.workspace == workspace) & (turn.c.member == member)
        keys = select(turn.c.key).where(is_asked)
        is_cast = (vote.c.member == member) | vote.c.key.in_(keys)
        of_member = (
            delete(vote).where(vote.c.workspace == workspace, is_cast),
            delete(source).where(source.c.workspace == workspace, source.c.key.in_(keys)),
        )
        count = sum(db.execute(one).rowcount for one in of_member)
        return count + erase_turns(db, is_asked)
