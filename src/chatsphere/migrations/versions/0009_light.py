"""The light of rooms: what its pictures give, or what somebody chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """A hue that was chosen; none so far."""
    op.add_column("conversations", sa.Column("chosen_hue", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    """Without it: each room is as its pictures are."""
    op.drop_column("conversations", "chosen_hue")
