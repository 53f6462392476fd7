"""Calendars: the visits of each workspace under names that last, and the links that open them."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, select

from bot.model import CalendarEntry
from bot.store.database import DatabaseRows, insert, reading, writing
from bot.store.schema import calendar_entry as entries
from bot.store.schema import calendar_link as links
from bot.store.visit_rows import entry_from, entry_to_columns


class Calendars(DatabaseRows):
    """Keeps ``ports.CalendarStore``."""

    @writing
    def update_calendar(
        self,
        db: Connection,
        workspace: str,
        decide: Callable[[tuple[CalendarEntry, ...]], Sequence[CalendarEntry]],
    ) -> tuple[CalendarEntry, ...]:
        """Keep what ``decide`` makes of the entries that stand; what it leaves out is gone.

        Nobody else writes meanwhile, so that two who update at once do it one after the other.
        """
        standing = _list_entries(db, workspace)
        decided = tuple(decide(standing))
        known = {entry.uid: entry for entry in standing}
        for entry in decided:
            if known.pop(entry.uid, None) != entry:
                _save_entry(db, workspace, entry)
        gone = delete(entries).where(entries.c.workspace == workspace)
        for uid in known:
            db.execute(gone.where(entries.c.uid == uid))
        return decided

    @reading
    def list_calendar(self, db: Connection, workspace: str) -> tuple[CalendarEntry, ...]:
        """The entries as they were last kept."""
        return _list_entries(db, workspace)

    @writing
    def save_calendar_token(
        self, db: Connection, workspace: str, token: str, *, is_new: bool
    ) -> str:
        """The workspace's token; ``token`` becomes it if there is none, or if ``is_new``."""
        saved = insert(db, links).values(workspace=workspace, token=token)
        if is_new:
            saved = saved.on_conflict_do_update(index_elements=["workspace"], set_={"token": token})
        else:
            saved = saved.on_conflict_do_nothing(index_elements=["workspace"])
        db.execute(saved)
        kept = select(links.c.token).where(links.c.workspace == workspace)
        found: str = db.execute(kept).scalar_one()
        return found

    @reading
    def find_calendar_workspace(self, db: Connection, token: str) -> str | None:
        """Whose calendar that token opens."""
        return db.scalar(select(links.c.workspace).where(links.c.token == token))


def _list_entries(db: Connection, workspace: str) -> tuple[CalendarEntry, ...]:
    found = select(entries).where(entries.c.workspace == workspace).order_by(entries.c.uid)
    return tuple(map(entry_from, db.execute(found).mappings()))


def _save_entry(db: Connection, workspace: str, entry: CalendarEntry) -> None:
    values = entry_to_columns(entry)
    db.execute(
        insert(db, entries)
        .values(workspace=workspace, uid=entry.uid, **values)
        .on_conflict_do_update(index_elements=["workspace", "uid"], set_=values)
    )
