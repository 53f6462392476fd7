"""A row of the configuration ↔ its value: what admins set of it, by the names of its columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from bot.model import ConfigKind
from bot.store.rows import from_json, order_look_from, order_look_to_json, to_json
from bot.store.schema import choice, follow, subscription

Value = Mapping[str, Any]


def _look_from(text: str) -> object:
    """A look with all its words, whatever an older release had kept of it."""
    return from_json(order_look_to_json(order_look_from(text)))


@dataclass(frozen=True, slots=True)
class _Rows:
    """One table of the configuration.

    ``key`` is the column that names a row within its workspace, ``made_at`` the one that says
    when it was made, ``fleeting`` are what becomes of it by itself, with what a row that is
    put back has there. ``read`` are the columns that hold JSON.
    """

    table: Table
    key: str
    make_key: Callable[[str], int | str]
    made_at: str = ""
    restarts: bool = False
    fleeting: Mapping[str, object] = field(default_factory=dict)
    read: Mapping[str, Callable[[str], object]] = field(default_factory=dict)

    def is_row(self, workspace: str, key: int | str) -> ColumnElement[bool]:
        """Whether it is the row of that key in that workspace."""
        columns = self.table.c
        is_key = columns[self.key] == self.make_key(str(key))
        return (columns.workspace == workspace) & is_key

    @property
    def value_names(self) -> tuple[str, ...]:
        """The columns that are a row's value."""
        others = {"workspace", self.key, self.made_at, *self.fleeting}
        return tuple(column.name for column in self.table.c if column.name not in others)


_ROWS = {
    ConfigKind.FEED: _Rows(follow, "feed_id", int, made_at="followed_at", read={"tags": from_json}),
    ConfigKind.SCHEDULE: _Rows(
        subscription,
        "id",
        int,
        made_at="created_at",
        restarts=True,
        fleeting={"paused_for": ""},
        read={"times": from_json, "weekdays": from_json, "tags": from_json, "look": _look_from},
    ),
    ConfigKind.CHOICE: _Rows(choice, "name", str),
}


def find_value(db: Connection, kind: ConfigKind, workspace: str, key: int | str) -> Value | None:
    """What admins have set of that row, as JSON has it; None if there is no such row."""
    rows = _ROWS[kind]
    found = db.execute(select(rows.table).where(rows.is_row(workspace, key)))
    row = found.mappings().one_or_none()
    if row is None:
        return None
    return {name: _read(rows, name, row[name]) for name in rows.value_names}


def name_row(kind: ConfigKind, key: int | str, value: Value) -> str:
    """What people know a row by: a feed's title, an order's number, a choice's name."""
    return str(value["title"]) if kind is ConfigKind.FEED else str(key)


def put_value(
    db: Connection,
    kind: ConfigKind,
    workspace: str,
    key: int | str,
    value: Value | None,
    now: datetime,
) -> None:
    """Make a row what it was, or remove it. An order that is put back counts from ``now``."""
    rows = _ROWS[kind]
    is_row = rows.is_row(workspace, key)
    if value is None:
        db.execute(delete(rows.table).where(is_row))
        return
    columns = {name: to_json(one) if name in rows.read else one for name, one in value.items()}
    columns |= rows.fleeting
    restarted = {rows.made_at: find_start(db, is_row, columns, now)} if rows.restarts else {}
    if db.execute(update(rows.table).where(is_row).values(columns | restarted)).rowcount == 0:
        made_at = {rows.made_at: now} if rows.made_at else {}
        named = {"workspace": workspace, rows.key: rows.make_key(str(key))}
        db.execute(rows.table.insert().values(columns | made_at | named))


def find_start(
    db: Connection, is_order: ColumnElement[bool], columns: Mapping[str, Any], now: datetime
) -> datetime:
    """From when an order counts that is changed now: its slot of this minute is lost to no change.

    That slot is one that the order had and keeps; its brief may not be written yet.
    """
    row = db.execute(select(subscription).where(is_order)).mappings().one_or_none()
    if row is None or row["paused_for"] or row["timezone"] != columns["timezone"]:
        return now
    is_kept = _is_due(dict(row), now) and _is_due(columns, now)
    before = now.replace(second=0, microsecond=0) - timedelta(microseconds=1)
    return max(row["created_at"], before) if is_kept else now


def _is_due(order: Mapping[str, Any], now: datetime) -> bool:
    try:
        local = now.astimezone(ZoneInfo(order["timezone"]))
    except (KeyError, ValueError, OSError):  # a zone that the machine does not know
        return False
    times, weekdays = from_json(order["times"]), from_json(order["weekdays"])
    return f"{local:%H:%M}" in times and local.isoweekday() in weekdays


def _read(rows: _Rows, name: str, held: Any) -> object:
    return rows.read[name](held) if name in rows.read else held
