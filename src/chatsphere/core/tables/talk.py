"""The log, what it has led to, and what is kept beside it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, ascii_text, digest, long_text, metadata

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
    **MYSQL,
)

# --- what the log has led to: written by projection.py alone

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", ascii_text(8), nullable=False),
    Column("title", String(100)),
    Column("hue", SmallInteger, nullable=False),
    Column("chosen_hue", SmallInteger),
    Column("direct_key", digest(), unique=True),
    Column("head", Integer, nullable=False),
    Column("message_count", Integer, nullable=False),
    Column("last_message", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_activity_at", Moment, nullable=False),
    Column("deleted_at", Moment, index=True),
    **MYSQL,
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
    **MYSQL,
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
    # Whether there is something to look for in other tables.
    Column("attachment_count", SmallInteger, nullable=False),
    Column("reaction_count", Integer, nullable=False),
    Column("reply_count", Integer, nullable=False),
    Column("last_reply", Integer),
    Column("pinned", Boolean, nullable=False),
    Column("reply_attachment", Id),
    Column("forwarded", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("deleted_at", Moment),
    # Another one after each change that shows: see `Entry.stamp`.
    Column("stamp", BigInteger, nullable=False, server_default="0"),
    Index(None, "conversation_id", "reply_to"),
    sqlite_with_rowid=False,
    **MYSQL,
)

attachments = Table(
    "attachments",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("file_id", Id, nullable=False, unique=True),
    Column("alt", Text, nullable=False),
    Column("caption", String(1000), nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    **MYSQL,
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
    Column("marked_unread", Boolean, nullable=False, server_default=false()),
    sqlite_with_rowid=False,
    **MYSQL,
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
    # An export may be larger than a MySQL INTEGER counts; SQLite's know no such limit.
    Column("size", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),
    Column("sha256", digest(), nullable=False),
    Column("source_sha256", digest(), nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("thumbhash", ascii_text(64)),
    Column("hue", SmallInteger),
    Index(None, "state", "changed_at"),
    **MYSQL,
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
    **MYSQL,
)
