"""Stamps: by which a message says that something about it has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """A stamp for each message: of what is there already the same, until something changes it."""
    op.add_column("messages", sa.Column("stamp", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Without it: each message is looked at anew."""
    op.drop_column("messages", "stamp")
