"""The tables of administration: briefs as posted, who changed what, who sent the bot away."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from bot.store.moment import Moment
from bot.store.schema import Id, metadata

brief = Table(
    "brief",
    metadata,
    Column("slot_key", Text, ForeignKey("slot.key"), primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("brief", Text, nullable=False),
    Column("look", Text, nullable=False),
    Column("corrections", Text, nullable=False, server_default="[]"),
    Column("checks", Integer, nullable=False, server_default="0"),
    Index(None, "due_at"),
    Index(None, "workspace", "due_at"),
)

# ``key`` is what names the row within its workspace, as ``history.py`` has it for each kind.
config_edit = Table(
    "config_edit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("undone_by", Text, nullable=False, server_default=""),
    Column("undone_at", Moment),
    Index(None, "workspace", "batch"),
    Index(None, "kind", "key"),
    sqlite_autoincrement=True,
)

absence = Table(
    "absence",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("left_at", Moment, nullable=False),
)
