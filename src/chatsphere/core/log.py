"""The log: append (the next number, under a lock), since (read on), redact (words go, numbers stay)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from chatsphere.core import pictures, projection, switches
from chatsphere.core.chat import Db, Tx
from chatsphere.core.database import Id
from chatsphere.core.entries import Entry, Head
from chatsphere.core.errors import NotFound
from chatsphere.core.events import (
    ConversationChanged,
    ConversationCreated,
    MessageEdited,
    MessagePosted,
    Said,
    decode,
    encode,
)
from chatsphere.core.ids import is_id
from chatsphere.core.many import Each, Lookup
from chatsphere.core.seats import seat
from chatsphere.core.tables import conversations, events, meta
from chatsphere.core.values import Event

e, c = events.c, conversations.c


def lock(tx: Tx, conversation_ids: Iterable[str]) -> dict[str, Head]:
    """Lock these conversations, in one order, until the transaction ends; those that do not exist are left out."""
    wanted = {an_id for an_id in conversation_ids if is_id(an_id)}
    if missing := sorted(wanted - tx.heads.keys()):
        for an_id, kind, key, head, count in _LOCKED.run(tx, [(an_id,) for an_id in missing]):
            pair = (key[:16].hex(), key[16:].hex()) if key else None
            tx.heads[an_id] = Head(an_id, kind, pair, head, count)
    return {an_id: tx.heads[an_id] for an_id in wanted if an_id in tx.heads}


_LOCKED = Lookup(
    lambda rows: (
        select(c.id, c.kind, c.direct_key, c.head, c.message_count)
        .where(c.id.in_([row["id"] for row in rows]), c.deleted_at.is_(None))
        .order_by(c.id)
        .with_for_update()
    ),
    id=Id(),
)


def append(tx: Tx, me: str, conversation_id: str, said: Said) -> Event:
    """Say one thing: give it the next number, write it down and let the tables follow."""
    head = tx.heads.get(conversation_id) or lock(tx, [conversation_id]).get(conversation_id)
    if head is None:
        raise NotFound
    head.seq += 1
    entry = Entry(conversation_id, head.seq, me, tx.now, said)
    write(tx, [entry])
    projection.project(tx, entry)
    return ring(tx, entry)


def begin(tx: Tx, me: str, conversation_id: str, said: Said, direct: tuple[str, str] | None) -> Entry:
    """Start a log with its number 1."""
    entry = Entry(conversation_id, 1, me, tx.now, said)
    write(tx, [entry])
    projection.create(tx, entry, direct)
    return entry


def write(tx: Tx, entries: Sequence[Entry]) -> None:
    """Put numbered events into the log."""
    _WRITTEN.run(
        tx,
        [
            {
                "conversation_id": entry.conversation_id,
                "seq": entry.seq,
                "kind": entry.said.kind,
                "actor_id": entry.actor_id,
                "created_at": entry.created_at,
                "client_id": entry.client_id,
                "body": encode(entry.said),
            }
            for entry in entries
        ],
    )


_WRITTEN = Each(insert(events), [column.name for column in events.columns])


def ring(tx: Tx, entry: Entry) -> Event:
    """Note the event for the bell, with a picture of what it changed."""
    [event] = pictures.of_events(tx, entry.conversation_id, [entry])
    tx.events.append(event)
    return event


def redact(tx: Tx, conversation_id: str, seqs: Collection[int]) -> None:
    """Take the words out of these posts and edits; the numbers stay."""
    if seqs:
        _redact(tx, conversation_id, e.seq.in_(seqs))


def _redact(tx: Tx, conversation_id: str, which: ColumnElement[bool]) -> None:
    rows = tx.execute(select(e.seq, e.kind, e.body).where(e.conversation_id == conversation_id, which))
    for row in rows.all():
        said = decode(row.kind, row.body)
        if isinstance(said, MessagePosted | MessageEdited):
            silent = replace(said, content="", files=())
            here = and_(e.conversation_id == conversation_id, e.seq == row.seq)
            tx.execute(update(events).where(here).values(body=encode(silent)))


def redact_all(tx: Tx, conversation_id: str) -> None:
    """Take all words out of a conversation: what was posted, and its titles."""
    first = tx.execute(select(e.body).where(e.conversation_id == conversation_id, e.seq == 1)).scalar_one()
    said = decode(ConversationCreated.kind, first)
    assert isinstance(said, ConversationCreated)  # noqa: S101 - number 1 is nothing else
    for silent in (MessagePosted(""), ConversationChanged(""), replace(said, title=None)):
        these = and_(e.conversation_id == conversation_id, e.kind == silent.kind)
        tx.execute(update(events).where(these).values(body=encode(silent)))
    _redact(tx, conversation_id, e.kind == MessageEdited.kind)


def since(db: Db, me: str, conversation_id: str, after: int, limit: int = 50) -> list[Event]:
    """The events that come after a number, as the caller may hear them."""
    mine = seat(db, me, conversation_id)
    found = news(db, conversation_id, max(after, mine.cleared_seq), limit)
    if any(marked(event) for event in found) and not switches.of(db, me).receipts:
        found = [unmarked(event) for event in found]
    return [hushed(event) if about(event) <= mine.cleared_seq else event for event in found]


def about(event: Event) -> int:
    """The number of the message that an event is about, else its own."""
    return event.seq if event.message is None else event.message.id


def hushed(event: Event) -> Event:
    """An event as whoever hears it to whom the message that it is about is gone: with a tombstone in its place."""
    number = about(event)
    return replace(event, message=pictures.erased(event.conversation_id, number, event.actor_id, event.created_at))


def marked(event: Event) -> bool:
    """Whether an event says of anybody how far they have read."""
    return event.participant is not None or event.conversation is not None


def unmarked(event: Event) -> Event:
    """An event as whoever hears it who hides how far they have read: of nobody else is it said."""
    whole, one = event.conversation, event.participant
    if whole is not None:
        whole = replace(whole, participants=tuple(replace(each, read_seq=0) for each in whole.participants))
    return replace(event, conversation=whole, participant=one and replace(one, read_seq=0))


def news(db: Db, conversation_id: str, after: int, limit: int = 1000) -> list[Event]:
    """The events that come after a number, for the hub, which knows who may hear them."""
    return pictures.of_events(db, conversation_id, _entries(db, conversation_id, after, limit))


def entries(db: Db, conversation_id: str) -> list[Entry]:
    """The whole log of a conversation, for a rebuild."""
    return _entries(db, conversation_id, 0, None)


def _entries(db: Db, conversation_id: str, after: int, limit: int | None) -> list[Entry]:
    found = db.execute(
        select(e.seq, e.kind, e.actor_id, e.created_at, e.client_id, e.body)
        .where(e.conversation_id == conversation_id, e.seq > after)
        .order_by(e.seq)
        .limit(limit)
    )
    return [Entry(conversation_id, r.seq, r.actor_id, r.created_at, decode(r.kind, r.body), r.client_id) for r in found]


def epoch(db: Db) -> str:
    """The name of this log's life; a restore begins a new one."""
    value = db.execute(select(func.max(meta.c.value)).where(meta.c.name == "epoch")).scalar()
    return str(value or "")
