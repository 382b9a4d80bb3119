"""Everything around who somebody is: more ways in, what people decide about others, and the house's own books."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from chatsphere.core.database import Id, Moment

revision = "0004"
down_revision = "0003"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False, **_MYSQL}


def upgrade() -> None:
    """New tables, and what accounts and links have learnt."""
    _columns()
    _ways_in()
    _decisions()
    _books()


def downgrade() -> None:
    """Without them: second factors, invitations, reports and the audit log are gone."""
    for table in (
        *("identities", "authenticators", "recovery_codes", "passkeys", "challenges", "devices", "contacts"),
        *("invitations", "reports", "rules", "retentions", "jobs", "audit"),
    ):
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM meta WHERE name = 'audit_head'"))
    op.drop_index("ix_users_leaving_at", "users")
    for column in ("leaving_at", "second_factor", "first_contact", "vouched_email"):
        op.drop_column("users", column)
    op.drop_column("links", "address")
    if op.get_context().dialect.name == "mysql":
        op.alter_column("files", "size", type_=sa.Integer(), existing_type=sa.BigInteger(), existing_nullable=False)


def _columns() -> None:
    op.add_column("users", sa.Column("leaving_at", Moment(), nullable=True))
    op.add_column("users", sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("users", sa.Column("first_contact", _ascii(8), nullable=False, server_default="anyone"))
    op.add_column("users", sa.Column("vouched_email", sa.String(254), nullable=True))
    op.execute(sa.text("UPDATE users SET vouched_email = email WHERE email_verified = 1"))
    op.create_index("ix_users_leaving_at", "users", ["leaving_at"], unique=False)
    op.add_column("links", sa.Column("address", sa.String(254), nullable=True))
    if op.get_context().dialect.name == "mysql":
        op.alter_column("files", "size", type_=sa.BigInteger(), existing_type=sa.Integer(), existing_nullable=False)


def _ways_in() -> None:
    op.create_table(
        "identities",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("issuer", _ascii(255), nullable=False),
        sa.Column("subject", _ascii(255), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("issuer", "subject", name="uq_identities_issuer_subject"),
        **_MYSQL,
    )
    op.create_index("ix_identities_user_id", "identities", ["user_id"], unique=False)
    op.create_table(
        "authenticators",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("sealed_seed", _bytes(255), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("user_id"),
        **_MYSQL,
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("code_hash", _digest(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "code_hash"),
        **_CLUSTERED,
    )
    op.create_table(
        "passkeys",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("credential_hash", _digest(), nullable=False),
        sa.Column("credential_id", _bytes(1023), nullable=False),
        sa.Column("public_key", _bytes(1023), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", _ascii(100), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_hash", name="uq_passkeys_credential_hash"),
        **_MYSQL,
    )
    op.create_index("ix_passkeys_user_id", "passkeys", ["user_id"], unique=False)
    op.create_table(
        "challenges",
        sa.Column("id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("purpose", _ascii(16), nullable=False),
        sa.Column("token_hash", _digest(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_challenges_token_hash"),
        **_MYSQL,
    )
    op.create_index("ix_challenges_user_id", "challenges", ["user_id"], unique=False)
    op.create_index("ix_challenges_expires_at", "challenges", ["expires_at"], unique=False)
    op.create_table(
        "devices",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("token_hash", _digest(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "token_hash"),
        **_CLUSTERED,
    )
    op.create_index("ix_devices_last_seen_at", "devices", ["last_seen_at"], unique=False)


def _decisions() -> None:
    op.create_table(
        "contacts",
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("other_id", Id(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "other_id"),
        **_CLUSTERED,
    )
    op.create_index("ix_contacts_other_id_user_id", "contacts", ["other_id", "user_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("maker_id", Id(), nullable=False),
        sa.Column("token_hash", _digest(), nullable=False),
        sa.Column("note", sa.String(100), nullable=False),
        sa.Column("conversation_ids", sa.Text(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        **_MYSQL,
    )
    op.create_index("ix_invitations_maker_id", "invitations", ["maker_id"], unique=False)
    op.create_table(
        "rules",
        sa.Column("name", _ascii(32), nullable=False),
        sa.Column("value", _ascii(64), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        **_MYSQL,
    )
    op.create_table(
        "retentions",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id"),
        **_MYSQL,
    )


def _books() -> None:
    op.create_table(
        "reports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("reporter_id", Id(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("kind", _ascii(8), nullable=False),
        sa.Column("conversation_id", Id(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("reason", _ascii(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", _ascii(8), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", Id(), nullable=True),
        sa.Column("outcome", _ascii(16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        **_MYSQL,
    )
    for columns in (["reporter_id"], ["subject_id"], ["state", "created_at"]):
        op.create_index(f"ix_reports_{'_'.join(columns)}", "reports", columns, unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", _ascii(32), nullable=False),
        sa.Column("user_id", Id(), nullable=True),
        sa.Column("state", _ascii(8), nullable=False),
        sa.Column("progress", sa.SmallInteger(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        **_MYSQL,
    )
    op.create_index("ix_jobs_user_id", "jobs", ["user_id"], unique=False)
    op.create_index("ix_jobs_state_due_at", "jobs", ["state", "due_at"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_id", Id(), nullable=True),
        sa.Column("action", _ascii(32), nullable=False),
        sa.Column("subject_id", Id(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("mac", _digest(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        **_MYSQL,
    )
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"], unique=False)
    # Whoever adds an entry holds this row, so that one follows the other.
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    op.execute(meta.insert().values(name="audit_head", value="0"))


def _ascii(length: int) -> TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")


def _digest() -> TypeEngine[bytes]:
    return sa.LargeBinary(32).with_variant(sa.BINARY(32), "mysql")


def _bytes(most: int) -> TypeEngine[bytes]:
    return sa.LargeBinary(most).with_variant(mysql.VARBINARY(most), "mysql")
