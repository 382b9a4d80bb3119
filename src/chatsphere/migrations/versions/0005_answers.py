"""What people do with messages: edits and what was said before, reactions, pins, words of single pictures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from chatsphere.core.database import Id, Moment

revision = "0005"
down_revision = "0004"

_CLUSTERED: dict[str, Any] = {
    "sqlite_with_rowid": False,
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
}


def upgrade() -> None:
    """Three tables, and what messages and attachments have learnt."""
    op.add_column("messages", sa.Column("reaction_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("reply_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("last_reply", sa.Integer(), nullable=True))
    op.create_index("ix_messages_conversation_id_reply_to", "messages", ["conversation_id", "reply_to"], unique=False)
    _count_replies()
    op.add_column("messages", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("reply_attachment", Id(), nullable=True))
    op.add_column("messages", sa.Column("forwarded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("attachments", sa.Column("caption", sa.String(1000), nullable=False, server_default=""))
    op.create_table(
        "edits",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edit_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("words", sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql"), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "edit_seq"),
        **_CLUSTERED,
    )
    op.create_table(
        "reactions",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("emoji", sa.String(32), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("reacted_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "position", "emoji", "user_id"),
        **_CLUSTERED,
    )
    op.create_table(
        "pins",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pinned_seq", sa.Integer(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("pinned_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        **_CLUSTERED,
    )


def downgrade() -> None:
    """Without them: the log still has what was done, and a rebuild brings it back."""
    for table in ("edits", "reactions", "pins"):
        op.drop_table(table)
    op.drop_column("attachments", "caption")
    op.drop_index("ix_messages_conversation_id_reply_to", table_name="messages")
    for column in ("reaction_count", "reply_count", "last_reply", "pinned", "reply_attachment", "forwarded"):
        op.drop_column("messages", column)


def _count_replies() -> None:
    """What was answered before anybody counted."""
    where, seq, to = (
        sa.column("conversation_id", Id()),
        sa.column("seq", sa.Integer()),
        sa.column("reply_to", sa.Integer()),
    )
    count, last = sa.column("reply_count", sa.Integer()), sa.column("last_reply", sa.Integer())
    messages = sa.table("messages", where, seq, to, count, last)
    said = sa.select(where, to, sa.func.count().label("n"), sa.func.max(seq).label("last"))
    for row in op.get_bind().execute(said.where(to.is_not(None)).group_by(where, to)).all():
        answered = sa.update(messages).where(where == row.conversation_id, seq == row.reply_to)
        op.execute(answered.values(reply_count=row.n, last_reply=row.last))
