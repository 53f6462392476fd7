"""Several orders for a channel, briefs as posted, the history of the configuration, absences.

Reason: admins change things in the platform itself, so what they changed can be seen and undone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.BigInteger


def upgrade() -> None:
    op.add_column("follow", sa.Column("tags", sa.Text, nullable=False, server_default="[]"))
    op.add_column("feed", sa.Column("failing_since", MOMENT))
    op.create_index("ix_feed_failing_since", "feed", ["failing_since"])
    free_subscription()
    create_brief()
    create_config_edit()
    op.create_table(
        "absence",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("left_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_absence"),
    )
    if op.get_bind().dialect.name == "sqlite":
        number_parts_sqlite()
        create_unindexing_sqlite()


def free_subscription() -> None:
    numbered = _read_counter()
    with op.batch_alter_table("subscription", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint("uq_subscription", type_="unique")
        table.add_column(sa.Column("look", sa.Text, nullable=False, server_default="{}"))
        table.add_column(
            sa.Column("skips_quiet", sa.Boolean, nullable=False, server_default=sa.false())
        )
        table.add_column(
            sa.Column("alerts_per_day", sa.Integer, nullable=False, server_default="0")
        )
        table.add_column(sa.Column("paused_for", sa.Text, nullable=False, server_default=""))
        table.create_index(
            "ix_subscription_workspace_platform_channel_id",
            ["workspace", "platform", "channel_id"],
        )
    if numbered is not None:
        _write_counter(numbered)


def _read_counter() -> int | None:
    """The highest number that SQLite ever gave an order; a copy of the table would forget it."""
    db = op.get_bind()
    if db.dialect.name != "sqlite":
        return None
    found: int | None = db.scalar(
        sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'subscription'")
    )
    return found


def _write_counter(numbered: int) -> None:
    db = op.get_bind()
    db.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'subscription'"))
    counter = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('subscription', :seq)")
    db.execute(counter, {"seq": numbered})


def create_brief() -> None:
    op.create_table(
        "brief",
        sa.Column("slot_key", sa.Text, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("look", sa.Text, nullable=False),
        sa.Column("corrections", sa.Text, nullable=False, server_default="[]"),
        sa.Column("checks", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("slot_key", name="pk_brief"),
        sa.ForeignKeyConstraint(["slot_key"], ["slot.key"], name="fk_brief_slot_key"),
    )
    op.create_index("ix_brief_due_at", "brief", ["due_at"])
    op.create_index("ix_brief_workspace_due_at", "brief", ["workspace", "due_at"])


def create_config_edit() -> None:
    op.create_table(
        "config_edit",
        sa.Column("id", ID, nullable=False),
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("member", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("undone_by", sa.Text, nullable=False, server_default=""),
        sa.Column("undone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_config_edit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_config_edit_workspace_batch", "config_edit", ["workspace", "batch"])
    op.create_index("ix_config_edit_kind_key", "config_edit", ["kind", "key"])


def number_parts_sqlite() -> None:
    # Who sends a part knows it by its number, so that of an erased one must not come back.
    with op.batch_alter_table(
        "part", recreate="always", table_kwargs={"sqlite_autoincrement": True}
    ):
        pass


def create_unindexing_sqlite() -> None:
    # A workspace may ask to be forgotten: then texts that nobody else sees are removed.
    op.execute(
        """
        CREATE TRIGGER text_is_unindexed AFTER DELETE ON text BEGIN
            INSERT INTO text_search (text_search, rowid, title, text)
            VALUES ('delete', old.id, old.title, old.text);
        END
        """
    )
