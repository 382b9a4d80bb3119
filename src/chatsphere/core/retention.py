"""Retention: after how long messages go, everywhere or in one conversation, and what would go by a rule.

A conversation's own rule wins over the installation's: it may be shorter or longer, or say that all stays (FOR_EVER).
Messages go as if their senders had taken them back: words and files for good, the number stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, select

from chatsphere.core import audit, rules, storage
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.tables import attachments, conversations, messages, participants, retentions
from chatsphere.core.values import Page

c, m, a, p, r = conversations.c, messages.c, attachments.c, participants.c, retentions.c

FOR_EVER = 0
"""The rule of a conversation whose messages stay, whatever the installation's says."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is older than a rule allows: messages, in how many conversations, and the bytes of their files."""

    messages: int
    conversations: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation with messages from before this moment, which are to go."""

    conversation_id: str
    before: datetime


def reach(db: Db, days: int | None, conversation_id: str | None = None) -> Reach:
    """What would go by this rule now: everywhere but where a rule of its own holds, or in one conversation."""
    if conversation_id is not None:
        where = c.id == conversation_id
        if not db.execute(select(exists().where(where, c.deleted_at.is_(None)))).scalar():
            raise NotFound
        days = rules.retention_days(db) if days is None else days
    else:
        where = ~exists().where(r.conversation_id == c.id)
    if not days:
        return Reach(0, 0, 0)
    old = and_(where, _older(db, _checked(days)))
    numbers = select(func.count().label("said"), func.count(m.conversation_id.distinct()).label("places"))
    there = numbers.select_from(messages).join(conversations, c.id == m.conversation_id)
    row = db.execute(there.where(old)).one()
    kept = storage.sized()
    sizes = (
        select(func.coalesce(func.sum(kept.c.bytes), 0))
        .select_from(messages)
        .join(conversations, c.id == m.conversation_id)
        .join(attachments, and_(a.conversation_id == m.conversation_id, a.seq == m.seq))
        .join(kept, kept.c.file_id == a.file_id)
        .where(old)
    )
    return Reach(int(row.said), int(row.places), int(db.execute(sizes).scalar_one()))


def _older(db: Db, days: int) -> Any:
    before = db.now - timedelta(days=days)
    return and_(c.deleted_at.is_(None), m.deleted_at.is_(None), m.created_at < before)


def decide(tx: Tx, actor_id: str | None, conversation_id: str, days: int | None) -> None:
    """Give a conversation a rule of its own: so many days, FOR_EVER, or None: as everywhere."""
    there = select(c.id).where(c.id == conversation_id, c.deleted_at.is_(None))
    if tx.execute(there).one_or_none() is None:
        raise NotFound
    if days not in (None, FOR_EVER):
        _checked(days)
    tx.execute(delete(retentions).where(r.conversation_id == conversation_id))
    if days is not None:
        tx.execute(insert(retentions).values(conversation_id=conversation_id, days=days, changed_at=tx.now))
    audit.record(tx, actor_id, "retention.changed", conversation_id, days=days)


def _checked(days: int | None) -> int:
    if days is None or not 1 <= days <= rules.LONGEST_RETENTION:
        raise Invalid.field("days", f"Use 1 to {rules.LONGEST_RETENTION:,} days.")
    return days


def own(db: Db, limit: int = 50, after: int = 0) -> Page[storage.Sizable]:
    """The conversations with a rule of their own; `after` that many."""
    found = storage.some(db, r.days.is_not(None), limit + 1, after)
    return Page(tuple(found[:limit]), after + limit if len(found) > limit else None)


def mine(db: Db, me: str) -> dict[str, int]:
    """The rules of my conversations that have one of their own: after how many days messages go there, or FOR_EVER."""
    ruled = select(r.conversation_id, r.days).join(participants, p.conversation_id == r.conversation_id)
    return {row.conversation_id: row.days for row in db.execute(ruled.where(p.user_id == me))}


def due(db: Db) -> list[Due]:
    """Every conversation where something is to go now. It reads all messages there are, so it is for now and then."""
    usual = rules.retention_days(db)
    ages: dict[int, Any] = {} if usual is None else {usual: ~exists().where(r.conversation_id == c.id)}
    for days in db.execute(select(r.days).where(r.days != FOR_EVER).distinct()).scalars():
        where = exists().where(r.conversation_id == c.id, r.days == days)
        ages[days] = ages[days] | where if days in ages else where
    found = []
    for days, where in sorted(ages.items()):
        old = select(m.conversation_id).distinct().join(conversations, c.id == m.conversation_id)
        rows = db.execute(old.where(where, _older(db, days))).scalars()
        found += [Due(one, db.now - timedelta(days=days)) for one in rows]
    return found


def applied(tx: Tx, actor_id: str | None, gone: int, places: int) -> None:
    """Write down that the rules were applied, once for all that went by them."""
    audit.record(tx, actor_id, "retention.applied", None, messages=gone, conversations=places)
