"""Links that work once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from chatsphere.core.database import Id, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """A table for them."""
    op.create_table(
        "links",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column(
            "purpose",
            sa.String(16).with_variant(mysql.VARCHAR(16, charset="ascii", collation="ascii_bin"), "mysql"),
            nullable=False,
        ),
        sa.Column("token_hash", sa.LargeBinary(32).with_variant(sa.BINARY(32), "mysql"), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_index("ix_links_user_id", "links", ["user_id"], unique=False)
    op.create_index("ix_links_expires_at", "links", ["expires_at"], unique=False)


def downgrade() -> None:
    """Without them; whoever holds one asks for another later."""
    op.drop_table("links")
