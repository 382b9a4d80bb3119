"""What people choose for themselves: language, look, what others see of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """A language and a look of one's own, what others see of one, and what one wants to come back to."""
    op.add_column("users", sa.Column("language", _ascii(8), nullable=False, server_default=""))
    op.add_column("users", sa.Column("look", _ascii(40), nullable=False, server_default=""))
    for column in ("presence", "receipts"):
        op.add_column("users", sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("marks", sa.Column("marked_unread", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Without it: everybody reads what their browser asks for, and is seen."""
    op.drop_column("marks", "marked_unread")
    for column in ("receipts", "presence", "look", "language"):
        op.drop_column("users", column)


def _ascii(length: int) -> TypeEngine[str]:
    return sa.String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")
