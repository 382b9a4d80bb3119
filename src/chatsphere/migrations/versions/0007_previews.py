"""What a link leads to, as a card of fixed size."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from chatsphere.core.database import Id, Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """A table beside the messages, and whether somebody wants to have their links looked at."""
    op.create_table(
        "previews",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sender_id", Id(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", _ascii(8), nullable=False),
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.String(300), nullable=False),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_previews"),
        sa.UniqueConstraint("file_id", name="uq_previews_file_id"),
        sqlite_with_rowid=False,
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.add_column("users", sa.Column("previews", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Without them; the pictures go with the next sweep that finds files which nothing leads to."""
    op.execute(sa.text("UPDATE files SET state = 'doomed' WHERE state = 'preview'"))
    op.drop_column("users", "previews")
    op.drop_table("previews")


def _ascii(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")
