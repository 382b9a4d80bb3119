"""Who somebody is: accounts, the ways to show that it is them, and what each has decided about others."""

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
    true,
)

from chatsphere.core.database import Id, Moment
from chatsphere.core.tables.columns import MYSQL, ascii_text, digest, few_bytes, metadata

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
    Column("vouched_email", String(254)),
    Column("password_hash", ascii_text(200)),
    Column("is_admin", Boolean, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("hue", SmallInteger, nullable=False),
    Column("image", Id),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("leaving_at", Moment, index=True),
    Column("second_factor", Boolean, nullable=False, server_default=false()),
    Column("first_contact", ascii_text(8), nullable=False, server_default="anyone"),
    Column("language", ascii_text(8), nullable=False, server_default=""),
    Column("previews", Boolean, nullable=False, server_default=true()),
    Column("look", ascii_text(40), nullable=False, server_default=""),
    Column("presence", Boolean, nullable=False, server_default=true()),
    Column("receipts", Boolean, nullable=False, server_default=true()),
    Index(None, "display_key", mysql_length=64),
    **MYSQL,
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
    **MYSQL,
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False, index=True),
    Column("purpose", ascii_text(16), nullable=False),
    Column("token_hash", digest(), nullable=False, unique=True),
    Column("address", String(254)),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    **MYSQL,
)


identities = Table(
    "identities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False, index=True),
    Column("issuer", ascii_text(255), nullable=False),
    Column("subject", ascii_text(255), nullable=False),
    Column("email", String(254)),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment, nullable=False),
    UniqueConstraint("issuer", "subject"),
    **MYSQL,
)

authenticators = Table(
    "authenticators",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("sealed_seed", few_bytes(255), nullable=False),
    Column("last_step", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    **MYSQL,
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("code_hash", digest(), primary_key=True),
    Column("created_at", Moment, nullable=False),
    sqlite_with_rowid=False,
    **MYSQL,
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False, index=True),
    Column("credential_hash", digest(), nullable=False, unique=True),
    Column("credential_id", few_bytes(1023), nullable=False),
    Column("public_key", few_bytes(1023), nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("transports", ascii_text(100), nullable=False),
    Column("name", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    **MYSQL,
)

challenges = Table(
    "challenges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, index=True),
    Column("purpose", ascii_text(16), nullable=False),
    Column("token_hash", digest(), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    **MYSQL,
)

devices = Table(
    "devices",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("token_hash", digest(), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
    **MYSQL,
)

contacts = Table(
    "contacts",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("other_id", Id, primary_key=True),
    Column("blocked", Boolean, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "other_id", "user_id"),
    sqlite_with_rowid=False,
    **MYSQL,
)
