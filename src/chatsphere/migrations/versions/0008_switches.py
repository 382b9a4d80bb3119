"""What people choose for themselves: language, look, what others see of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """A language of one's own."""
    op.add_column("users", sa.Column("language", _ascii(8), nullable=False, server_default=""))


def downgrade() -> None:
    """Without it: everybody reads what their browser asks for."""
    op.drop_column("users", "language")


def _ascii(length: int) -> TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")
