"""The first tables."""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from chatsphere.core.database import Id, Moment

revision = "0001"
down_revision = None

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    """From nothing to the first version."""
    _the_log()
    _what_follows()
    _people()
    _files()
    _meta()


def downgrade() -> None:
    """Back to nothing."""
    for table in (
        "events",
        "conversations",
        "participants",
        "messages",
        "attachments",
        "tombstones",
        "users",
        "sessions",
        "marks",
        "files",
        "renditions",
        "meta",
    ):
        op.drop_table(table)


def _the_log() -> None:
    op.create_table(
        "events",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", _ascii(32), nullable=False),
        sa.Column("actor_id", Id(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("client_id", _ascii(64), nullable=True),
        sa.Column("body", _long_text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sa.UniqueConstraint(
            "conversation_id", "actor_id", "client_id", name="uq_events_conversation_id_actor_id_client_id"
        ),
        sqlite_with_rowid=False,
        **_MYSQL,
    )


def _what_follows() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", _ascii(8), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=True),
        sa.Column("hue", sa.SmallInteger(), nullable=False),
        sa.Column("direct_key", _digest(), nullable=True),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("last_message", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_activity_at", Moment(), nullable=False),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("direct_key", name="uq_conversations_direct_key"),
        **_MYSQL,
    )
    op.create_index("ix_conversations_deleted_at", "conversations", ["deleted_at"], unique=False)
    op.create_table(
        "participants",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("role", _ascii(8), nullable=False),
        sa.Column("joined_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "user_id"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )
    op.create_index(
        "ix_participants_user_id_conversation_id", "participants", ["user_id", "conversation_id"], unique=False
    )
    op.create_table(
        "messages",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sender_id", Id(), nullable=False),
        sa.Column("client_id", _ascii(64), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("html", _long_text(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("attachment_count", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment(), nullable=True),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )
    op.create_table(
        "attachments",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", "position"),
        sa.UniqueConstraint("file_id", name="uq_attachments_file_id"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )
    op.create_table(
        "tombstones",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_name", _ascii(32), nullable=False),
        sa.Column("name_key", _ascii(32), nullable=False),
        sa.Column("display_name", sa.String(length=64), nullable=False),
        sa.Column("display_key", sa.String(length=256), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=508), nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("password_hash", _ascii(200), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("hue", sa.SmallInteger(), nullable=False),
        sa.Column("image", Id(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email_key", name="uq_users_email_key"),
        sa.UniqueConstraint("name_key", name="uq_users_name_key"),
        **_MYSQL,
    )
    op.create_index("ix_users_display_key", "users", ["display_key"], unique=False, mysql_length=64)
    op.create_table(
        "sessions",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("kind", _ascii(8), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", _digest(), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("address", _ascii(45), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_seen_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        **_MYSQL,
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"], unique=False)
    op.create_table(
        "marks",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("read_seq", sa.Integer(), nullable=False),
        sa.Column("read_ordinal", sa.Integer(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("cleared_seq", sa.Integer(), nullable=False),
        sa.Column("cleared_ordinal", sa.Integer(), nullable=False),
        sa.Column("hidden_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "user_id"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.Column("state", _ascii(8), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", _ascii(8), nullable=False),
        sa.Column("content_type", _ascii(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", _digest(), nullable=False),
        sa.Column("source_sha256", _digest(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumbhash", _ascii(64), nullable=True),
        sa.Column("hue", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **_MYSQL,
    )
    op.create_index("ix_files_owner_id", "files", ["owner_id"], unique=False)
    op.create_index("ix_files_state_changed_at", "files", ["state", "changed_at"], unique=False)
    op.create_table(
        "renditions",
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("name", _ascii(32), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content_type", _ascii(32), nullable=False),
        sa.Column("sha256", _digest(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("file_id", "name"),
        sqlite_with_rowid=False,
        **_MYSQL,
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", _ascii(32), nullable=False),
        sa.Column("value", _ascii(64), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        **_MYSQL,
    )
    op.execute(
        sa.text("INSERT INTO meta (name, value) VALUES ('epoch', :epoch)").bindparams(epoch=secrets.token_hex(8))
    )


def _ascii(length: int) -> TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")


def _long_text() -> TypeEngine[str]:
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql")


def _digest() -> TypeEngine[bytes]:
    return sa.LargeBinary(32).with_variant(sa.BINARY(32), "mysql")
