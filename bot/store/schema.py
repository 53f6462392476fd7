"""The tables, as SQLAlchemy Core sees them; the migrations create them.

What belongs to a workspace carries ``workspace`` first in its keys. ``feed``, ``text``,
``article``, ``version`` and ``analysis`` are shared; ``sight.py`` says who sees what of them.
What is kept of questions is in ``schema_asking.py``, what admins need in
``schema_administration.py``.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.store.moment import Moment as Moment

# SQLite numbers rows by itself only in a column declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# ``owner`` is the workspace of a feed that holds what was read by hand, else empty: two
# workspaces can't meet in such a feed even if one guesses the other's URL.
feed = Table(
    "feed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_poll_at", Moment),
    Column("succeeded_at", Moment),
    Column("failing_since", Moment),
    UniqueConstraint("owner", "url"),
    Index(None, "next_poll_at"),
    Index(None, "failing_since"),
)

follow = Table(
    "follow",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("feed_id", Id, ForeignKey("feed.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("is_paused", Boolean, nullable=False, server_default=false()),
    Column("followed_at", Moment, nullable=False),
    Column("tags", Text, nullable=False, server_default="[]"),
    CheckConstraint("workspace <> ''", name="workspace"),
    Index(None, "feed_id"),
)

text = Table(
    "text",
    metadata,
    Column("id", Id, primary_key=True),
    Column("text_hash", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("language", Text, nullable=False),
    UniqueConstraint("text_hash"),
    Index(None, "language"),
)

article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False),
    UniqueConstraint("url"),
)

version = Table(
    "version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("text_id", Id, ForeignKey("text.id"), nullable=False),
    Column("feed_id", Id, ForeignKey("feed.id"), nullable=False),
    Column("guid", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("is_stub", Boolean, nullable=False),
    UniqueConstraint("article_id", "text_id", "feed_id"),
    Index(None, "article_id", "seen_at"),
    Index(None, "feed_id", "seen_at"),
    Index(None, "feed_id", "guid"),
    Index(None, "text_id", "article_id", "seen_at"),
)

analysis = Table(
    "analysis",
    metadata,
    Column("id", Id, primary_key=True),
    Column("text_id", Id, ForeignKey("text.id"), nullable=False),
    Column("engine", Text, nullable=False),
    Column("prompt_version", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    Column("drops", Text, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("analysed_at", Moment, nullable=False),
    UniqueConstraint("text_id", "engine", "prompt_version"),
    Index(None, "analysed_at", "tokens"),
)

# Slot keys hold the id of a subscription for ever, so an id must never come back.
subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("times", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("has_reminders", Boolean, nullable=False, server_default=false()),
    Column("look", Text, nullable=False, server_default="{}"),
    Column("skips_quiet", Boolean, nullable=False, server_default=false()),
    Column("alerts_per_day", Integer, nullable=False, server_default="0"),
    Column("paused_for", Text, nullable=False, server_default=""),
    Index(None, "workspace", "platform", "channel_id"),
    sqlite_autoincrement=True,
)

BRIEF, REMINDER, ALERT, NOTICE = "brief", "reminder", "alert", "notice"
"""What a slot is for: a brief of the schedule, or a message of another kind."""

slot = Table(
    "slot",
    metadata,
    Column("key", Text, primary_key=True),
    Column("subscription_id", Id, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("is_skipped", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default=BRIEF),
    Index(None, "workspace", "due_at"),
    Index(None, "subscription_id", "due_at"),
)

# Who sends a part knows it by its id, even where it was erased meanwhile.
part = Table(
    "part",
    metadata,
    Column("id", Id, primary_key=True),
    Column("slot_key", Text, ForeignKey("slot.key"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("first_try_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("message_id", Text, nullable=False, server_default=""),
    UniqueConstraint("slot_key", "number"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

mark = Table(
    "mark",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

calendar_entry = Table(
    "calendar_entry",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("uid", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("visit", Text, nullable=False),
)

calendar_link = Table(
    "calendar_link",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("token", Text, nullable=False),
    UniqueConstraint("token"),
)

choice = Table(
    "choice",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Index(None, "name", "value"),
)

vector = Table(
    "vector",
    metadata,
    Column("text_id", Id, ForeignKey("text.id"), primary_key=True, autoincrement=False),
    Column("model", Text, primary_key=True),
    Column("rows", LargeBinary, nullable=False),
)
