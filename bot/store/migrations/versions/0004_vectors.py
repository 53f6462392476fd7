"""Vectors of the sentences of texts.

Reason: a question is also held against what sentences mean, whatever their words or language.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "vector",
        sa.Column("text_id", ID, autoincrement=False, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("rows", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("text_id", "model", name="pk_vector"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_vector_text_id"),
    )
