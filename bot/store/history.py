"""History: who changed what of the configuration, recorded where it is changed, and undone.

Feeds as followed, orders and choices are rows of three tables. A row's value is what admins set
of it: neither what names it, nor when it was made, nor what became of it since.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from bot.errors import InputError
from bot.model import Author, ConfigChange, ConfigEdit, ConfigKind
from bot.store.config_rows import Value, find_value, name_row, put_value
from bot.store.database import DatabaseRows, reading, writing
from bot.store.rows import from_json, to_json
from bot.store.schema_administration import config_edit as edits

_PENDING = "pending:"
"""Choices of that name are waiting for somebody, and are no configuration."""
_WHAT = {
    ConfigKind.FEED: "The feed “{}”",
    ConfigKind.SCHEDULE: "Order {}",
    ConfigKind.CHOICE: "The setting “{}”",
}


class History(DatabaseRows):
    """Keeps ``ports.HistoryStore``."""

    @reading
    def list_config_changes(
        self, db: Connection, workspace: str, *, limit: int
    ) -> tuple[ConfigChange, ...]:
        """What was changed, newest first, each batch as one."""
        last_id = func.max(edits.c.id).label("last_id")
        newest = (
            select(edits.c.batch, last_id)
            .where(edits.c.workspace == workspace)
            .group_by(edits.c.batch)
            .order_by(last_id.desc())
            .limit(limit)
            .subquery("newest")
        )
        of_batches = (
            select(edits)
            .join(newest, newest.c.batch == edits.c.batch)
            .where(edits.c.workspace == workspace)
            .order_by(newest.c.last_id.desc(), edits.c.id)
        )
        rows = db.execute(of_batches).mappings()
        return tuple(_change_from(list(own)) for _, own in groupby(rows, itemgetter("batch")))

    @writing
    def undo_config_change(
        self, db: Connection, workspace: str, batch: str, *, by: Author
    ) -> ConfigChange:
        """Put back everything that a batch changed, or nothing; returns what was undone.

        Raises:
            InputError: there is no such batch, it was undone already, or something that it
                changed was changed again since.
        """
        rows = _list_edits(db, workspace, batch)
        if not rows:
            raise InputError("There is no such change: look it up in the history")
        if any(row["undone_at"] for row in rows):
            raise InputError("That change was undone already.")
        # A batch may have changed a row twice, so the last change goes first.
        for row in reversed(rows):
            _undo(db, row, by)
        done = update(edits).where(edits.c.workspace == workspace, edits.c.batch == batch)
        db.execute(done.values(undone_by=by.member, undone_at=by.at))
        return _change_from(_list_edits(db, workspace, batch))


@contextmanager
def recording(
    db: Connection, kind: ConfigKind, workspace: str, key: int | str, by: Author | None
) -> Iterator[None]:
    """Record what is done meanwhile to a row, if it is changed and somebody changes it."""
    before = None if by is None else find_value(db, kind, workspace, key)
    yield
    record(db, kind, workspace, key, by, before=before)


def record(
    db: Connection,
    kind: ConfigKind,
    workspace: str,
    key: int | str,
    by: Author | None,
    *,
    before: Value | None,
) -> None:
    """Record that a row which was ``before`` is what it is now, if that is something else."""
    if by is None or (kind is ConfigKind.CHOICE and str(key).startswith(_PENDING)):
        return
    after = find_value(db, kind, workspace, key)
    if before == after:
        return
    db.execute(
        edits.insert().values(
            workspace=workspace,
            batch=by.batch,
            member=by.member,
            at=by.at,
            kind=kind.value,
            name=name_row(kind, key, after or before or {}),
            key=str(key),
            before=None if before is None else to_json(before),
            after=None if after is None else to_json(after),
        )
    )


def _undo(db: Connection, row: RowMapping, by: Author) -> None:
    kind, workspace, key = ConfigKind(row["kind"]), row["workspace"], row["key"]
    if not _is_still(find_value(db, kind, workspace, key), _value_from(row["after"])):
        what = _WHAT[kind].format(row["name"])
        raise InputError(f"{what} was changed again since: undo that first")
    with recording(db, kind, workspace, key, by):
        put_value(db, kind, workspace, key, _value_from(row["before"]), by.at)


def _is_still(present: Value | None, after: Value | None) -> bool:
    """Whether a row is as it was left; of what an older release did not know nothing is said."""
    if present is None or after is None:
        return present is after
    return all(present.get(name) == value for name, value in after.items())


def _list_edits(db: Connection, workspace: str, batch: str) -> Sequence[RowMapping]:
    of_batch = select(edits).where(edits.c.workspace == workspace, edits.c.batch == batch)
    return db.execute(of_batch.order_by(edits.c.id)).mappings().all()


def _change_from(rows: Sequence[RowMapping]) -> ConfigChange:
    last = rows[-1]
    return ConfigChange(
        batch=last["batch"],
        member=last["member"],
        at=last["at"],
        edits=tuple(map(_edit_from, rows)),
        undone_by=last["undone_by"],
        undone_at=last["undone_at"],
    )


def _edit_from(row: RowMapping) -> ConfigEdit:
    return ConfigEdit(
        kind=ConfigKind(row["kind"]),
        name=row["name"],
        before=_value_from(row["before"]),
        after=_value_from(row["after"]),
    )


def _value_from(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else from_json(text)
