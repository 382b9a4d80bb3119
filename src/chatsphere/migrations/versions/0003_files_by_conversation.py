"""The files of a conversation are found without reading all there are: it holds up everybody when one is erased."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """An index of them."""
    op.create_index("ix_files_conversation_id", "files", ["conversation_id"], unique=False)


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_files_conversation_id", "files")
