"""Questions, what members think of the answers, and the sources under briefs and answers.

Reason: a question may follow an earlier one after any restart, and its limits must outlive it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.BigInteger


def upgrade() -> None:
    create_turn()
    create_vote()
    create_source()
    # What articles took of the model is counted by the day, at every question.
    op.create_index("ix_analysis_analysed_at_tokens", "analysis", ["analysed_at", "tokens"])
    # The newest texts of a language are asked for where a question is in another one.
    op.create_index("ix_text_language", "text", ["language"])


def create_turn() -> None:
    op.create_table(
        "turn",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("member", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("is_waiting", sa.Boolean, nullable=False),
        sa.Column("is_answered", sa.Boolean, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_turn"),
    )
    op.create_index(
        "ix_turn_workspace_conversation_asked_at", "turn", ["workspace", "conversation", "asked_at"]
    )
    op.create_index("ix_turn_workspace_asked_at", "turn", ["workspace", "asked_at"])
    op.create_index("ix_turn_asked_at_tokens", "turn", ["asked_at", "tokens"])


def create_vote() -> None:
    op.create_table(
        "vote",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("member", sa.Text, nullable=False),
        sa.Column("is_good", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("voted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", "member", name="pk_vote"),
        sa.ForeignKeyConstraint(
            ["workspace", "key"],
            ["turn.workspace", "turn.key"],
            name="fk_vote_workspace",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_vote_workspace_voted_at", "vote", ["workspace", "voted_at"])


def create_source() -> None:
    op.create_table(
        "source",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("citations", sa.Text, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_source"),
    )
    op.create_index("ix_source_kept_at", "source", ["kept_at"])
