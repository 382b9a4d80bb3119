"""Every table. `events` is the truth; `projection.py` alone writes the tables that follow from it.

There are no foreign keys: the log decides what exists, and on MySQL each of them would lock a parent row per insert.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import BINARY, TypeEngine

from chatsphere.core.database import Id, Moment

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def long_text() -> TypeEngine[str]:
    """Text longer than MySQL's TEXT (64 KiB)."""
    return Text().with_variant(mysql.MEDIUMTEXT(), "mysql")


def ascii_text(length: int) -> TypeEngine[str]:
    """Text of ASCII characters, compared byte by byte."""
    return String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")


def digest() -> TypeEngine[bytes]:
    """A SHA-256, or two ids side by side: 32 bytes."""
    return LargeBinary(32).with_variant(BINARY(32), "mysql")


# --- the truth

events = Table(
    "events",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", ascii_text(32), nullable=False),
    Column("actor_id", Id, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("client_id", ascii_text(64)),
    Column("body", long_text(), nullable=False),
    UniqueConstraint("conversation_id", "actor_id", "client_id"),
    sqlite_with_rowid=False,
    **_MYSQL,
)

# --- what the log has led to: written by projection.py alone

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", ascii_text(8), nullable=False),
    Column("title", String(100)),
    Column("hue", SmallInteger, nullable=False),
    Column("direct_key", digest(), unique=True),
    Column("head", Integer, nullable=False),
    Column("message_count", Integer, nullable=False),
    Column("last_message", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_activity_at", Moment, nullable=False),
    Column("deleted_at", Moment, index=True),
    **_MYSQL,
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("user_id", Id, primary_key=True),
    Column("role", ascii_text(8), nullable=False),
    Column("joined_seq", Integer, nullable=False),
    Index(None, "user_id", "conversation_id"),
    sqlite_with_rowid=False,
    **_MYSQL,
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sender_id", Id, nullable=False),
    Column("client_id", ascii_text(64)),
    Column("content", Text, nullable=False),
    Column("html", long_text(), nullable=False),
    Column("reply_to", Integer),
    Column("ordinal", Integer, nullable=False),
    Column("attachment_count", SmallInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("deleted_at", Moment),
    sqlite_with_rowid=False,
    **_MYSQL,
)

attachments = Table(
    "attachments",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("file_id", Id, nullable=False, unique=True),
    Column("alt", Text, nullable=False),
    sqlite_with_rowid=False,
    **_MYSQL,
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    **_MYSQL,
)

# --- kept: plain rows, the last write wins

marks = Table(
    "marks",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("user_id", Id, primary_key=True),
    Column("read_seq", Integer, nullable=False),
    Column("read_ordinal", Integer, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("cleared_seq", Integer, nullable=False),
    Column("cleared_ordinal", Integer, nullable=False),
    Column("hidden_seq", Integer, nullable=False),
    sqlite_with_rowid=False,
    **_MYSQL,
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_name", ascii_text(32), nullable=False),
    Column("name_key", ascii_text(32), nullable=False, unique=True),
    Column("display_name", String(64), nullable=False),
    Column("display_key", String(256), nullable=False),
    Column("email", String(254)),
    Column("email_key", String(508), unique=True),
    Column("email_verified", Boolean, nullable=False),
    Column("password_hash", ascii_text(200)),
    Column("is_admin", Boolean, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("hue", SmallInteger, nullable=False),
    Column("image", Id),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index(None, "display_key", mysql_length=64),
    **_MYSQL,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False, index=True),
    Column("kind", ascii_text(8), nullable=False),
    Column("name", String(100), nullable=False),
    Column("token_hash", digest(), nullable=False, unique=True),
    Column("device", String(200), nullable=False),
    Column("address", ascii_text(45), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
    **_MYSQL,
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False, index=True),
    Column("purpose", ascii_text(16), nullable=False),
    Column("token_hash", digest(), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    **_MYSQL,
)

files = Table(
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, nullable=False, index=True),
    Column("conversation_id", Id, index=True),
    Column("state", ascii_text(8), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("name", String(255), nullable=False),
    Column("kind", ascii_text(8), nullable=False),
    Column("content_type", ascii_text(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", digest(), nullable=False),
    Column("source_sha256", digest(), nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("thumbhash", ascii_text(64)),
    Column("hue", SmallInteger),
    Index(None, "state", "changed_at"),
    **_MYSQL,
)

renditions = Table(
    "renditions",
    metadata,
    Column("file_id", Id, primary_key=True),
    Column("name", ascii_text(32), primary_key=True),
    Column("position", SmallInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content_type", ascii_text(32), nullable=False),
    Column("sha256", digest()),
    Column("size", Integer),
    sqlite_with_rowid=False,
    **_MYSQL,
)

meta = Table(
    "meta",
    metadata,
    Column("name", ascii_text(32), primary_key=True),
    Column("value", ascii_text(64), nullable=False),
    **_MYSQL,
)
