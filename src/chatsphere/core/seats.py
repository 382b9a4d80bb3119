"""My seat: everything in a conversation is found through my place in it. Where I cannot sit, there is nothing."""

from __future__ import annotations

from sqlalchemy import and_, select

from chatsphere.core.carried import as_json
from chatsphere.core.chat import Db
from chatsphere.core.errors import NotFound
from chatsphere.core.tables import conversations, marks, participants
from chatsphere.core.values import Seat

c, p, m = conversations.c, participants.c, marks.c
_seat = as_json(Seat)


def seat(db: Db, me: str, conversation_id: str, *, hidden_too: bool = False) -> Seat:
    """My place in this conversation, or NotFound. `hidden_too` finds the one that I put away myself."""
    mine = db.recall(key(conversation_id, me), lambda: _find(db, me, conversation_id), _seat)
    if mine is None or (mine.hidden and not hidden_too):
        raise NotFound
    return mine


def key(conversation_id: str, user_id: str) -> str:
    """Under what name the cache keeps a seat."""
    return f"seat:{conversation_id}:{user_id}"


def _find(db: Db, me: str, conversation_id: str) -> Seat | None:
    row = db.execute(
        select(c.kind, c.last_message, p.role, m.cleared_seq, m.hidden_seq)
        .join(participants, and_(p.conversation_id == c.id, p.user_id == me))
        .join(marks, and_(m.conversation_id == c.id, m.user_id == me))
        .where(c.id == conversation_id)
    ).one_or_none()
    if row is None:
        return None
    hidden = 0 < row.hidden_seq >= row.last_message
    return Seat(conversation_id, me, row.kind, row.role, row.cleared_seq, hidden)
