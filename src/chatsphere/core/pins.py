"""Pins: messages that anybody who sits in a conversation keeps in sight for all."""

from __future__ import annotations

from sqlalchemy import and_, select

from chatsphere.core import contacts, log, messages, pictures
from chatsphere.core.chat import Db, Tx
from chatsphere.core.entries import Head
from chatsphere.core.errors import Conflict, NotFound
from chatsphere.core.events import MessagePinned, MessageUnpinned
from chatsphere.core.seats import seat
from chatsphere.core.tables import messages as messages_table, pins
from chatsphere.core.values import Message, Pin

i, m = pins.c, messages_table.c

MOST = 50
"""Pins of one conversation: all of them are one short list."""


def pin(tx: Tx, me: str, conversation_id: str, message_id: int) -> Message:
    """Pin a message for all; a second time changes nothing."""
    head, message = _there(tx, me, conversation_id, message_id)
    if message.deleted_at is not None:
        raise Conflict("This message was taken back.")
    if message.pinned:
        return message
    contacts.require_free(tx, me, head.direct)
    if len(tx.execute(select(i.seq).where(i.conversation_id == conversation_id)).all()) >= MOST:
        raise Conflict(f"{MOST} messages are pinned here already. Unpin one first.")
    log.append(tx, me, conversation_id, MessagePinned(message_id))
    return messages.get(tx, me, conversation_id, message_id)


def unpin(tx: Tx, me: str, conversation_id: str, message_id: int) -> None:
    """It need not be in sight any more; where it is not pinned, nothing changes."""
    head, message = _there(tx, me, conversation_id, message_id)
    if message.pinned:
        contacts.require_free(tx, me, head.direct)
        log.append(tx, me, conversation_id, MessageUnpinned(message_id))


def _there(tx: Tx, me: str, conversation_id: str, message_id: int) -> tuple[Head, Message]:
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    message = messages.get(tx, me, conversation_id, message_id)
    if head is None:
        raise NotFound
    return head, message


def of(db: Db, me: str, conversation_id: str) -> list[Pin]:
    """What is pinned here, the latest first."""
    mine = seat(db, me, conversation_id)
    here = and_(i.conversation_id == conversation_id, i.seq > mine.cleared_seq)
    rows = db.execute(
        select(messages_table, i.user_id, i.pinned_at)
        .join(pins, and_(i.conversation_id == m.conversation_id, i.seq == m.seq))
        .where(here)
        .order_by(i.pinned_seq.desc())
    ).all()
    found = pictures.of_rows(db, rows)
    return [Pin(one, row.user_id, row.pinned_at) for one, row in zip(found, rows, strict=True)]
