"""How far somebody has read. Marks are kept, not said: they only rise, and nobody replays them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import and_, delete, func, insert, select, update

from chatsphere.core import log
from chatsphere.core.chat import ReadMark, Tx, UnreadMark
from chatsphere.core.errors import NotFound
from chatsphere.core.frozen import frozen
from chatsphere.core.many import Updates
from chatsphere.core.seats import key, seat
from chatsphere.core.tables import marks, messages, users

k, m, u = marks.c, messages.c, users.c


@frozen
class Mark:
    """Up to which number, and how many messages that were."""

    seq: int
    ordinal: int


def read(tx: Tx, me: str, conversation_id: str, seq: int) -> None:
    """I have read up to this number; a lower one than before changes nothing."""
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    seat(tx, me, conversation_id)
    if head is None:
        raise NotFound
    seq = min(seq, head.seq)
    mine = and_(k.conversation_id == conversation_id, k.user_id == me)
    looked = select(k.read_seq, k.marked_unread, u.receipts).join(users, u.id == k.user_id)
    before = tx.execute(looked.where(mine)).one()
    if before.marked_unread:
        _mark(tx, me, conversation_id, unread=False)
    if seq <= before.read_seq:
        return
    ordinal = func.coalesce(func.max(m.ordinal), 0)
    read_up_to = select(ordinal).where(m.conversation_id == conversation_id, m.seq <= seq, m.seq > before.read_seq)
    count = tx.execute(read_up_to).scalar_one()
    values = {"read_seq": seq, "read_ordinal": count} if count else {"read_seq": seq}
    tx.execute(update(marks).where(mine).values(values))
    tx.reads.append(ReadMark(conversation_id, me, seq, before.receipts))


def begin(tx: Tx, conversation_id: str, user_ids: Iterable[str], at: Mark) -> None:
    """Newcomers start with everything read."""
    rows = [
        {
            "conversation_id": conversation_id,
            "user_id": user_id,
            "muted": False,
            "read_seq": at.seq,
            "read_ordinal": at.ordinal,
            "cleared_seq": 0,
            "cleared_ordinal": 0,
            "hidden_seq": 0,
        }
        for user_id in user_ids
    ]
    tx.execute(insert(marks), rows)


def end(tx: Tx, conversation_id: str, user_id: str | None = None) -> None:
    """Whoever is gone has no mark; without a user, nobody has."""
    whose = k.conversation_id == conversation_id
    tx.execute(delete(marks).where(whose if user_id is None else and_(whose, k.user_id == user_id)))


def posted(tx: Tx, own: Mapping[tuple[str, str], Mark]) -> None:
    """Posting reads up to one's own message; by (conversation_id, user_id)."""
    rows = [
        {"conversation_id": where, "user_id": who, "read_seq": mark.seq, "read_ordinal": mark.ordinal}
        for (where, who), mark in own.items()
    ]
    _POSTED.run(tx, rows)


_POSTED = Updates(marks, ["conversation_id", "user_id"], ["read_seq", "read_ordinal"], marked_unread=False)


def mute(tx: Tx, me: str, conversation_id: str, muted: bool) -> None:
    """I want no noise from this conversation, or want it again."""
    seat(tx, me, conversation_id)
    _set(tx, me, conversation_id, muted=muted)


def mark_unread(tx: Tx, me: str, conversation_id: str) -> None:
    """I want to come back to it. How far I have read stays as it is: the others have seen it."""
    seat(tx, me, conversation_id)
    _mark(tx, me, conversation_id, unread=True)


def unmark(tx: Tx, me: str, conversation_id: str) -> None:
    """I have come back to it."""
    seat(tx, me, conversation_id)
    _mark(tx, me, conversation_id, unread=False)


def _mark(tx: Tx, me: str, conversation_id: str, *, unread: bool) -> None:
    mine = and_(k.conversation_id == conversation_id, k.user_id == me, k.marked_unread.is_(not unread))
    if tx.execute(update(marks).where(mine).values(marked_unread=unread)).rowcount:
        tx.marked.append(UnreadMark(conversation_id, me, unread))


def clear(tx: Tx, me: str, conversation_id: str, at: Mark) -> None:
    """What was said up to here is gone for me, and so is the conversation until something is said again.

    The mark stays where it is: the others see it, and would take its rising for my having read.
    """
    _set(tx, me, conversation_id, cleared_seq=at.seq, cleared_ordinal=at.ordinal, hidden_seq=at.seq)
    tx.cleared.append((conversation_id, me))


def reopen(tx: Tx, me: str, conversation_id: str) -> None:
    """I want to see a conversation again that I had put away; its history stays gone."""
    _set(tx, me, conversation_id, hidden_seq=0)


def _set(tx: Tx, me: str, conversation_id: str, **values: int | bool) -> None:
    tx.execute(update(marks).where(k.conversation_id == conversation_id, k.user_id == me).values(**values))
    tx.forgotten.add(key(conversation_id, me))
    tx.users.add(me)
