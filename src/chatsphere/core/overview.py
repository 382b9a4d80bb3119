"""The overview: how much there is of everything in this installation, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from chatsphere.core import roster, storage
from chatsphere.core.chat import Db
from chatsphere.core.tables import conversations, sessions, tombstones

c, s, t = conversations.c, sessions.c, tombstones.c

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """Living accounts, groups and messages only; `lately` are people with a session used in the last seven days."""

    people: int
    administrators: int
    disabled: int
    lately: int
    conversations: int
    messages: int
    used: storage.Used


def counts(db: Db) -> Counts:
    """How much there is now."""
    there = c.deleted_at.is_(None)
    said = select(func.count().label("talks"), func.coalesce(func.sum(c.message_count), 0).label("messages"))
    row = db.execute(said.where(there)).one()
    gone = db.execute(select(func.count()).select_from(tombstones)).scalar_one()
    seen = select(func.count(s.user_id.distinct())).where(s.last_seen_at > db.now - LATELY)
    return Counts(
        people=roster.count(db),
        administrators=roster.count(db, "administrators"),
        disabled=roster.count(db, "disabled"),
        lately=int(db.execute(seen).scalar_one()),
        conversations=int(row.talks),
        messages=int(row.messages) - int(gone),
        used=storage.total(db),
    )
