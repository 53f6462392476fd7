"""Visits under names that last, links to them, reminders, and what admins have chosen.

Reason: a calendar program knows a visit by its UID, so that name must outlive the articles.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.BigInteger


def upgrade() -> None:
    create_calendar()
    create_choice()
    op.add_column(
        "subscription",
        sa.Column("has_reminders", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.add_column("slot", sa.Column("kind", sa.Text, nullable=False, server_default="brief"))


def create_calendar() -> None:
    op.create_table(
        "calendar_entry",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.Column("visit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "uid", name="pk_calendar_entry"),
    )
    op.create_table(
        "calendar_link",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_calendar_link"),
        sa.UniqueConstraint("token", name="uq_calendar_link"),
    )


def create_choice() -> None:
    op.create_table(
        "choice",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name", name="pk_choice"),
    )
    op.create_index("ix_choice_name_value", "choice", ["name", "value"])
