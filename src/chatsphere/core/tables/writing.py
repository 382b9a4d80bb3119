"""What somebody is about to say: files that come in pieces, and drafts. Kept: plain rows, the last write wins."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, ascii_text, long_text, metadata

uploads = Table(
    "uploads",
    metadata,
    # The file that it becomes has the same id.
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, nullable=False, index=True),
    Column("conversation_id", Id, nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("content_type", ascii_text(100), nullable=False),
    Column("size", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),
    Column("arrived", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False, index=True),
    **MYSQL,
)

pieces = Table(
    "pieces",
    metadata,
    Column("upload_id", Id, primary_key=True),
    Column("name", ascii_text(32), primary_key=True),
    Column("start", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("here", Boolean, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)

drafts = Table(
    "drafts",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("conversation_id", Id, primary_key=True),
    Column("content", Text, nullable=False),
    Column("reply_to", Integer),
    Column("reply_attachment", Id),
    # The uploads that are to go along, each with its description and its caption, as JSON.
    Column("attached", long_text(), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "conversation_id"),
    sqlite_with_rowid=False,
    **MYSQL,
)
