"""Files that come in pieces, and drafts that follow to another device."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from chatsphere.core.database import Id, Moment

revision = "0006"
down_revision = "0005"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False, **_MYSQL}


def upgrade() -> None:
    """Uploads, their pieces, and drafts."""
    op.create_table(
        "uploads",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content_type", _ascii(100), nullable=False),
        sa.Column("size", _large(), nullable=False),
        sa.Column("arrived", _large(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        **_MYSQL,
    )
    for column in ("owner_id", "conversation_id", "changed_at"):
        op.create_index(f"ix_uploads_{column}", "uploads", [column], unique=False)
    op.create_table(
        "pieces",
        sa.Column("upload_id", Id(), nullable=False),
        sa.Column("name", _ascii(32), nullable=False),
        sa.Column("start", _large(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("upload_id", "name"),
        **_CLUSTERED,
    )
    op.create_table(
        "drafts",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("reply_attachment", Id(), nullable=True),
        sa.Column("attached", sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql"), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "conversation_id"),
        **_CLUSTERED,
    )
    op.create_index("ix_drafts_conversation_id", "drafts", ["conversation_id"], unique=False)


def downgrade() -> None:
    """Without them: what was on its way and what was begun are gone."""
    for table in ("drafts", "pieces", "uploads"):
        op.drop_table(table)


def _ascii(length: int) -> TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")


def _large() -> TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
