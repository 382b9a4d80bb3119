"""What links lead to: kept beside the log, one for a message that has one."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, ascii_text, metadata

previews = Table(
    "previews",
    metadata,
    Column("conversation_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sender_id", Id, nullable=False),
    Column("url", Text, nullable=False),
    Column("state", ascii_text(8), nullable=False),
    Column("site", String(255), nullable=False),
    Column("title", String(200), nullable=False),
    Column("description", String(300), nullable=False),
    Column("file_id", Id, unique=True),
    Column("created_at", Moment, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)
