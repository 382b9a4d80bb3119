"""What a user may hear, and whose coming and going they see: one look, whose answer is one row of one moment.

Whoever has a socket is looked at when it opens and now and then while it is; a driver in Python takes longer to read
ten rows than a database takes to find them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from chatsphere.core.chat import Db
from chatsphere.core.database import Id
from chatsphere.core.gathered import ids, numbers, of_ids, of_numbers
from chatsphere.core.many import Many
from chatsphere.core.switches import Switches
from chatsphere.core.tables import contacts, conversations, marks, participants, users

c, p, m, u, k = conversations.c, participants.c, marks.c, users.c, contacts.c


@dataclass(frozen=True, slots=True)
class Hearing:
    """From where a user may listen to a conversation, where its log stands, and with which number they joined."""

    head: int
    from_seq: int
    joined_seq: int


@dataclass(frozen=True, slots=True)
class Listening:
    """Every conversation that somebody may hear now, and with whom.

    `companions` share one with them and let them see when they are here, as they are let; `apart` are those who are to
    feel nothing of them, nor they of those: one of the two has blocked the other.
    """

    hearings: dict[str, Hearing]
    companions: set[str]
    apart: set[str]
    shows: Switches


def of(db: Db, me: str) -> Listening:
    """What is mine to hear."""
    for presence, receipts, blocked, blocking, companions, hearings in db.glance(_MINE, {"me": me}):
        shows = Switches(bool(presence), bool(receipts))
        apart = of_ids(blocked) | of_ids(blocking)
        here = of_ids(companions) - apart if shows.presence else set[str]()
        heard = {key: Hearing(*numbers) for key, numbers in of_numbers(hearings).items()}
        return Listening(heard, here, apart, shows)
    return Listening({}, set(), set(), Switches())


def heads(db: Db, conversation_ids: Collection[str]) -> dict[str, int]:
    """How far these logs have come; one query, for the sweep."""
    if not conversation_ids:
        return {}
    [[found]] = _HEADS.glance(db, [{"id": one} for one in conversation_ids])
    return {key: head for key, [head] in of_numbers(found).items()}


def _mine() -> Select[Any]:
    me = bindparam("me", type_=Id())
    blocked = select(ids(k.other_id)).where(k.user_id == me, k.blocked.is_(True))
    blocking = select(ids(k.user_id)).where(k.other_id == me, k.blocked.is_(True))
    there = select(p.conversation_id).where(p.user_id == me)
    others = users.alias("others")
    shared = select(p.user_id).distinct().join(others, others.c.id == p.user_id)
    companions = shared.where(p.conversation_id.in_(there), p.user_id != me, others.c.presence.is_(True)).subquery()
    hearings = (
        select(numbers(c.id, c.head, m.cleared_seq, p.joined_seq))
        .join(participants, p.conversation_id == c.id)
        .join(marks, and_(m.conversation_id == c.id, m.user_id == p.user_id))
        .where(p.user_id == me, or_(m.hidden_seq == 0, c.last_message > m.hidden_seq))
    )
    texts = (blocked, blocking, select(ids(companions.c.user_id)), hearings)
    return select(u.presence, u.receipts, *(text.scalar_subquery() for text in texts)).where(u.id == me)


_MINE = _mine()
_HEADS = Many(lambda rows: select(numbers(c.id, c.head)).where(c.id.in_([row["id"] for row in rows])), id=Id())
