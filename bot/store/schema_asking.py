"""The tables of what is asked: questions, what members think of answers, what was cited.

All are of one workspace, and go when they are old: see ``docs/operate.md``.
"""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from bot.store.moment import Moment
from bot.store.schema import metadata

turn = Table(
    "turn",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Column("is_answered", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("tokens", Integer, nullable=False),
    Index(None, "workspace", "conversation", "asked_at"),
    Index(None, "workspace", "asked_at"),
    Index(None, "asked_at", "tokens"),
)

vote = Table(
    "vote",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("is_good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("voted_at", Moment, nullable=False),
    ForeignKeyConstraint(["workspace", "key"], ["turn.workspace", "turn.key"], ondelete="CASCADE"),
    Index(None, "workspace", "voted_at"),
)

source = Table(
    "source",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("citations", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Index(None, "kept_at"),
)
