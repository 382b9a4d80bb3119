"""Whether the database takes writes: asked by whoever decides where requests go."""

from __future__ import annotations

from sqlalchemy import update

from chatsphere.core.chat import Tx
from chatsphere.core.tables import meta


def write_nothing(tx: Tx) -> None:
    """A write that changes nothing: it fails where a real one would."""
    tx.execute(update(meta).where(meta.c.name == "epoch").values(value=meta.c.value))
