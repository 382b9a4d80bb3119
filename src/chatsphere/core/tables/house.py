"""The house itself: who may come in, what was complained of, what is decided, what is to be done, what was done."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Table, Text

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, ascii_text, digest, metadata

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("maker_id", Id, nullable=False, index=True),
    Column("token_hash", digest(), nullable=False, unique=True),
    Column("note", String(100), nullable=False),
    Column("conversation_ids", Text, nullable=False),
    Column("most_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    **MYSQL,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reporter_id", Id, nullable=False, index=True),
    Column("subject_id", Id, nullable=False, index=True),
    Column("kind", ascii_text(8), nullable=False),
    Column("conversation_id", Id),
    Column("message_id", Integer),
    Column("file_id", Id),
    Column("reason", ascii_text(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("state", ascii_text(8), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Id),
    Column("outcome", ascii_text(16)),
    Column("note", Text, nullable=False),
    Index(None, "state", "created_at"),
    **MYSQL,
)

rules = Table(
    "rules",
    metadata,
    Column("name", ascii_text(32), primary_key=True),
    Column("value", ascii_text(64), nullable=False),
    Column("changed_at", Moment, nullable=False),
    **MYSQL,
)

retentions = Table(
    "retentions",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("days", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    **MYSQL,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", ascii_text(32), nullable=False),
    Column("user_id", Id, index=True),
    Column("state", ascii_text(8), nullable=False),
    Column("progress", SmallInteger, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
    **MYSQL,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id),
    Column("action", ascii_text(32), nullable=False),
    Column("subject_id", Id),
    Column("body", Text, nullable=False),
    Column("mac", digest(), nullable=False),
    Index(None, "subject_id"),
    **MYSQL,
)

meta = Table(
    "meta",
    metadata,
    Column("name", ascii_text(32), primary_key=True),
    Column("value", ascii_text(64), nullable=False),
    **MYSQL,
)
