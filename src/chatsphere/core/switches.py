"""Switches: what others see of me, and so I of them. Whoever hides something of theirs does not see others' either."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import and_, select, update

from chatsphere.core import sessions
from chatsphere.core.chat import Db, ReadMark, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.tables import marks, participants, users

u, p, k = users.c, participants.c, marks.c


@dataclass(frozen=True, slots=True)
class Switches:
    """Whether others see when I am here, and how far I have read."""

    presence: bool = True
    receipts: bool = True


def of(db: Db, me: str) -> Switches:
    """How mine stand."""
    row = db.execute(select(u.presence, u.receipts).where(u.id == me)).one_or_none()
    return Switches() if row is None else Switches(row.presence, row.receipts)


def turn(tx: Tx, me: str, *, presence: bool | None = None, receipts: bool | None = None) -> Switches:
    """From now on others see this of me, or do not; None is left as it is."""
    mine = and_(u.id == me, u.deleted_at.is_(None))
    row = tx.execute(select(u.presence, u.receipts).where(mine).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    before = Switches(row.presence, row.receipts)
    now = replace(
        before,
        presence=before.presence if presence is None else presence,
        receipts=before.receipts if receipts is None else receipts,
    )
    if now == before:
        return now
    tx.execute(update(users).where(mine).values(presence=now.presence, receipts=now.receipts))
    sessions.changed(tx, me)
    if now.presence != before.presence:
        # Each of them has to look again who their companions are.
        tx.users.update(_together(tx, me))
    if now.receipts != before.receipts:
        tx.reads.extend(_marks(tx, me, shown=now.receipts))
    return now


def _together(db: Db, me: str) -> set[str]:
    mine = select(p.conversation_id).where(p.user_id == me).scalar_subquery()
    return set(db.execute(select(p.user_id).distinct().where(p.conversation_id.in_(mine))).scalars())


def _marks(db: Db, me: str, *, shown: bool) -> list[ReadMark]:
    """What everybody is told: how far I am everywhere, or 0, which takes it back."""
    found = db.execute(select(k.conversation_id, k.read_seq).where(k.user_id == me))
    return [ReadMark(row.conversation_id, me, row.read_seq if shown else 0) for row in found]
