"""The first tables.

Reason: the first release; what people set and what the bot has done must outlive a restart.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.BigInteger


def upgrade() -> None:
    create_feeds()
    create_articles()
    create_version()
    create_analysis()
    create_subscription()
    create_outbox()
    create_mark()
    if op.get_bind().dialect.name == "sqlite":
        create_search_sqlite()


def create_feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("next_poll_at", MOMENT),
        sa.Column("succeeded_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("owner", "url", name="uq_feed"),
    )
    op.create_index("ix_feed_next_poll_at", "feed", ["next_poll_at"])
    op.create_table(
        "follow",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("tier", sa.Integer, nullable=False),
        sa.Column("is_paused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("followed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "feed_id", name="pk_follow"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_follow_feed_id"),
        sa.CheckConstraint("workspace <> ''", name="ck_follow_workspace"),
    )
    op.create_index("ix_follow_feed_id", "follow", ["feed_id"])


def create_articles() -> None:
    op.create_table(
        "text",
        sa.Column("id", ID, nullable=False),
        sa.Column("text_hash", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sentences", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_text"),
        sa.UniqueConstraint("text_hash", name="uq_text"),
    )
    op.create_table(
        "article",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("url", name="uq_article"),
    )


def create_version() -> None:
    op.create_table(
        "version",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("text_id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("is_stub", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_version_article_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_version_text_id"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_version_feed_id"),
        sa.UniqueConstraint("article_id", "text_id", "feed_id", name="uq_version"),
    )
    op.create_index("ix_version_article_id_seen_at", "version", ["article_id", "seen_at"])
    op.create_index("ix_version_feed_id_seen_at", "version", ["feed_id", "seen_at"])
    op.create_index("ix_version_feed_id_guid", "version", ["feed_id", "guid"])
    op.create_index(
        "ix_version_text_id_article_id_seen_at", "version", ["text_id", "article_id", "seen_at"]
    )


def create_analysis() -> None:
    op.create_table(
        "analysis",
        sa.Column("id", ID, nullable=False),
        sa.Column("text_id", ID, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("prompt_version", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("mentions", sa.Text, nullable=False),
        sa.Column("drops", sa.Text, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("analysed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analysis"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_analysis_text_id"),
        sa.UniqueConstraint("text_id", "engine", "prompt_version", name="uq_analysis"),
    )


def create_subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("times", sa.Text, nullable=False),
        sa.Column("weekdays", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("workspace", "platform", "channel_id", name="uq_subscription"),
        sqlite_autoincrement=True,
    )


def create_outbox() -> None:
    op.create_table(
        "slot",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("is_skipped", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_slot"),
    )
    op.create_index("ix_slot_workspace_due_at", "slot", ["workspace", "due_at"])
    op.create_index("ix_slot_subscription_id_due_at", "slot", ["subscription_id", "due_at"])
    op.create_table(
        "part",
        sa.Column("id", ID, nullable=False),
        sa.Column("slot_key", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("owner", sa.Text),
        sa.Column("lease_until", MOMENT),
        sa.Column("first_try_at", MOMENT),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("message_id", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_part"),
        sa.ForeignKeyConstraint(["slot_key"], ["slot.key"], name="fk_part_slot_key"),
        sa.UniqueConstraint("slot_key", "number", name="uq_part"),
    )
    op.create_index("ix_part_state", "part", ["state"])


def create_mark() -> None:
    op.create_table(
        "mark",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
    )


def create_search_sqlite() -> None:
    # The index reads the words back from ``text``, so they are stored once. Marks (Mn, Mc)
    # count as letters, or words of Devanagari and its kin would fall apart at their vowels.
    op.execute(
        """
        CREATE VIRTUAL TABLE text_search USING fts5(
            title, text, content='text', content_rowid='id',
            tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
        )
        """
    )
    # Texts are never changed or removed, so the index only ever grows.
    op.execute(
        """
        CREATE TRIGGER text_is_indexed AFTER INSERT ON text BEGIN
            INSERT INTO text_search (rowid, title, text) VALUES (new.id, new.title, new.text);
        END
        """
    )
