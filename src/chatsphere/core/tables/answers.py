"""What people do with messages. It follows from the log: written by projection.py alone."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, SmallInteger, String, Table, Text

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, long_text, metadata

WHOLE = -1
"""The position, among a message's attachments, of the message itself."""

edits = Table(
    "edits",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("edit_seq", Integer, primary_key=True, autoincrement=False),
    # Whether words went with it; one that only added some is known, so that it can be redacted, and not shown.
    Column("shown", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("words", long_text(), nullable=False),
    Column("said_at", Moment, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)

reactions = Table(
    "reactions",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    # Of which attachment, or WHOLE.
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("emoji", String(32), primary_key=True),
    Column("user_id", Id, primary_key=True),
    Column("reacted_seq", Integer, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)

pins = Table(
    "pins",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("pinned_seq", Integer, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("pinned_at", Moment, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)
