"""From events to tables. Nothing else writes a table that follows from the log; a rebuild goes through here too."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, delete, insert, or_, select, update

from chatsphere.core import markup
from chatsphere.core.chat import Tx
from chatsphere.core.entries import Entry, Head
from chatsphere.core.events import (
    ConversationChanged,
    ConversationCreated,
    ConversationDeleted,
    ConversationLit,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessagePosted,
    MessagePreviewed,
    MessageReacted,
    MessageUnpinned,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
)
from chatsphere.core.ids import hue_of
from chatsphere.core.many import Each, Updates
from chatsphere.core.tables import (
    attachments,
    conversations,
    edits,
    files,
    messages,
    participants,
    pins,
    reactions,
    tombstones,
)
from chatsphere.core.tables.answers import WHOLE

c, p, m, a, f = conversations.c, participants.c, messages.c, attachments.c, files.c
r = reactions.c

_FOLLOWED = (participants, messages, attachments, tombstones, edits, reactions, pins)


def create(tx: Tx, entry: Entry, direct: tuple[str, str] | None) -> None:
    """Number 1: the conversation and its first participants."""
    said = entry.said
    assert isinstance(said, ConversationCreated)  # noqa: S101 - number 1 is nothing else
    tx.execute(
        insert(conversations).values(
            id=entry.conversation_id,
            kind=said.of,
            title=said.title,
            hue=said.hue,
            direct_key=bytes.fromhex("".join(direct)) if direct else None,
            head=1,
            message_count=0,
            last_message=0,
            created_at=entry.created_at,
            last_activity_at=entry.created_at,
        )
    )
    tx.heads[entry.conversation_id] = Head(entry.conversation_id, said.of, direct, 1, 0)
    rows = [
        {"conversation_id": entry.conversation_id, "user_id": user_id, "role": role, "joined_seq": 1}
        for user_id, role in said.people
    ]
    tx.execute(insert(participants), rows)


def project(tx: Tx, entry: Entry) -> None:
    """One event, number 2 or later; the conversation's head in `tx.heads` stands at it."""
    here = entry.conversation_id
    match entry.said:
        case MessagePosted():
            post(tx, [entry])
            return
        case (
            MessageDeleted(number)
            | MessageEdited(number)
            | MessageReacted(number)
            | MessagePinned(number)
            | MessageUnpinned(number)
            | MessagePreviewed(number)
        ):
            touched = _touch(tx, entry)
            tx.execute(update(messages).where(_at(messages, entry, number)).values(**touched, stamp=entry.stamp))
            # What is done to a message does not bring its conversation to the top of anybody's list.
            tx.execute(update(conversations).where(c.id == here).values(head=entry.seq))
            return
        case ConversationLit(hue):
            # What its pictures give it is kept beside, for when nobody chooses any more.
            tx.execute(update(conversations).where(c.id == here).values(head=entry.seq, chosen_hue=hue))
            return
        case ConversationChanged(title):
            tx.execute(update(conversations).where(c.id == here).values(title=title))
        case ConversationDeleted():
            _clear(tx, here)
            tx.execute(update(conversations).where(c.id == here).values(deleted_at=entry.created_at, title=None))
        case ParticipantJoined(user_id, role):
            values = {"conversation_id": here, "user_id": user_id, "role": role, "joined_seq": entry.seq}
            tx.execute(insert(participants).values(values))
        case ParticipantChanged(user_id, role):
            tx.execute(update(participants).where(_place(here, user_id)).values(role=role))
        case ParticipantLeft(user_id):
            tx.execute(delete(participants).where(_place(here, user_id)))
    tx.execute(update(conversations).where(c.id == here).values(head=entry.seq, last_activity_at=entry.created_at))


def post(tx: Tx, entries: Sequence[Entry]) -> Sequence[dict[str, Any]]:
    """Posts, many at once, in the order of their numbers; returns what is each one's own in its row of `messages`."""
    rows = [_row(tx.heads[entry.conversation_id], entry) for entry in entries]
    _POSTED.run(tx, rows)
    attached: list[dict[str, Any]] = [
        {
            "conversation_id": entry.conversation_id,
            "seq": entry.seq,
            "position": n,
            "file_id": one.file_id,
            "alt": one.alt,
            "caption": one.caption,
        }
        for entry in entries
        if isinstance(entry.said, MessagePosted)
        for n, one in enumerate(entry.said.files)
    ]
    if attached:
        tx.execute(insert(attachments), attached)
    _count_replies(tx, rows)
    _raise_heads(tx, entries, _light(tx, {(one["conversation_id"], one["seq"]) for one in attached}))
    return rows


_LATER = {"edited_at", "deleted_at"}
_AT_FIRST: dict[str, Any] = {"reaction_count": 0, "reply_count": 0, "last_reply": None, "pinned": False}
_POSTED = Each(
    insert(messages).values(_AT_FIRST),
    [column.name for column in messages.columns if column.name not in _LATER | _AT_FIRST.keys()],
)


def _row(head: Head, entry: Entry) -> dict[str, Any]:
    said = entry.said
    assert isinstance(said, MessagePosted)  # noqa: S101 - the caller sorted them
    head.message_count += 1
    return {
        "conversation_id": entry.conversation_id,
        "seq": entry.seq,
        "sender_id": entry.actor_id,
        "client_id": entry.client_id,
        "content": said.content,
        "html": markup.render(said.content),
        "reply_to": said.reply_to,
        "ordinal": head.message_count,
        "attachment_count": len(said.files),
        "reply_attachment": said.reply_attachment,
        "forwarded": said.forwarded,
        "created_at": entry.created_at,
        "stamp": entry.stamp,
    }


def _count_replies(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """What was answered knows how often, and by which message last. What is taken back still counts."""
    for row in rows:
        if row["reply_to"] is not None:
            answered = and_(m.conversation_id == row["conversation_id"], m.seq == row["reply_to"])
            counted = {"reply_count": m.reply_count + 1, "last_reply": row["seq"], "stamp": row["stamp"]}
            tx.execute(update(messages).where(answered).values(counted))


def _light(tx: Tx, albums: Collection[tuple[str, int]]) -> dict[str, int]:
    """The hues that conversations take from these messages: each that of the latest one's first coloured picture."""
    if not albums:
        return {}
    here = or_(*(and_(a.conversation_id == an_id, a.seq == seq) for an_id, seq in sorted(albums)))
    rows = tx.execute(_coloured().where(here).order_by(a.seq, a.position.desc()))
    return {row.conversation_id: row.hue for row in rows}


def _coloured() -> Select[tuple[str, int]]:
    return select(a.conversation_id, f.hue).join(files, f.id == a.file_id).where(f.hue.is_not(None))


def _raise_heads(tx: Tx, entries: Sequence[Entry], hues: Mapping[str, int]) -> None:
    last = {entry.conversation_id: entry for entry in entries}

    _HEADS.run(
        tx,
        [
            {
                "id": an_id,
                "head": entry.seq,
                "last_message": entry.seq,
                "message_count": tx.heads[an_id].message_count,
                "last_activity_at": entry.created_at,
            }
            for an_id, entry in last.items()
        ],
    )
    if hues:
        _HUES.run(tx, [{"id": an_id, "hue": hue} for an_id, hue in hues.items()])


_HEADS = Updates(conversations, ["id"], ["head", "last_message", "message_count", "last_activity_at"])
_HUES = Updates(conversations, ["id"], ["hue"])


def _touch(tx: Tx, entry: Entry) -> dict[str, Any]:
    """What is done to a message, beside it; returns what its own row says from now on."""
    match entry.said:
        case MessageDeleted(message_id):
            return _take_back(tx, entry, message_id)
        case MessageEdited() as edited:
            return _edit(tx, entry, edited)
        case MessageReacted() as reacted:
            return _react(tx, entry, reacted)
        case MessagePinned(message_id):
            at = {"conversation_id": entry.conversation_id, "seq": message_id, "pinned_seq": entry.seq}
            tx.execute(insert(pins).values(**at, user_id=entry.actor_id, pinned_at=entry.created_at))
            return {"pinned": True}
        case MessageUnpinned(message_id):
            tx.execute(delete(pins).where(_at(pins, entry, message_id)))
            return {"pinned": False}
    return {}


def _at(table: Any, entry: Entry, message_id: int) -> Any:
    return and_(table.c.conversation_id == entry.conversation_id, table.c.seq == message_id)


def _edit(tx: Tx, entry: Entry, edited: MessageEdited) -> dict[str, Any]:
    said = tx.execute(select(messages).where(_at(messages, entry, edited.message_id))).one()
    album = tx.execute(select(attachments).where(_at(attachments, entry, edited.message_id)).order_by(a.position)).all()
    worded = {one.file_id: one for one in edited.files}
    shown = edited.content is not None and edited.content != said.content
    for row in album:
        if (now := worded.get(row.file_id)) is not None:
            shown = shown or any(was and was != new for was, new in ((row.alt, now.alt), (row.caption, now.caption)))
            here = and_(_at(attachments, entry, edited.message_id), a.position == row.position)
            tx.execute(update(attachments).where(here).values(alt=now.alt, caption=now.caption))
    words = [{"id": row.file_id, "alt": row.alt, "caption": row.caption} for row in album]
    tx.execute(
        insert(edits).values(
            conversation_id=entry.conversation_id,
            seq=edited.message_id,
            edit_seq=entry.seq,
            shown=shown,
            content=said.content if shown else "",
            words=json.dumps(words, ensure_ascii=False) if shown else "[]",
            said_at=said.edited_at or said.created_at,
        )
    )
    if not shown:
        return {}
    content = said.content if edited.content is None else edited.content
    return {"content": content, "html": markup.render(content), "edited_at": entry.created_at}


def _react(tx: Tx, entry: Entry, reacted: MessageReacted) -> dict[str, Any]:
    here, position = _at(attachments, entry, reacted.message_id), WHOLE
    if reacted.file_id is not None:
        found = tx.execute(select(a.position).where(here, a.file_id == reacted.file_id)).scalar_one_or_none()
        if found is None:
            return {}  # taken back since, with the message
        position = found
    values = {
        "conversation_id": entry.conversation_id,
        "seq": reacted.message_id,
        "position": position,
        "emoji": reacted.emoji,
        "user_id": entry.actor_id,
    }
    if reacted.on:
        tx.execute(insert(reactions).values(**values, reacted_seq=entry.seq))
    else:
        tx.execute(delete(reactions).where(*(r[name] == value for name, value in values.items())))
    return {"reaction_count": m.reaction_count + (1 if reacted.on else -1)}


def _take_back(tx: Tx, entry: Entry, message_id: int) -> dict[str, Any]:
    here = entry.conversation_id
    for table in (edits, reactions, pins):
        tx.execute(delete(table).where(_at(table, entry, message_id)))
    if tx.execute(delete(attachments).where(a.conversation_id == here, a.seq == message_id)).rowcount:
        latest = _coloured().where(a.conversation_id == here).order_by(a.seq.desc(), a.position).limit(1)
        left = tx.execute(latest).one_or_none()
        tx.execute(update(conversations).where(c.id == here).values(hue=hue_of(here) if left is None else left.hue))
    tx.execute(insert(tombstones).values(conversation_id=here, seq=message_id))
    counts = {"attachment_count": 0, "reaction_count": 0, "pinned": False}
    return {"content": "", "html": "", **counts, "edited_at": None, "deleted_at": entry.created_at}


def _place(conversation_id: str, user_id: str) -> Any:
    return and_(p.conversation_id == conversation_id, p.user_id == user_id)


def _clear(tx: Tx, conversation_id: str) -> None:
    for table in _FOLLOWED:
        tx.execute(delete(table).where(table.c.conversation_id == conversation_id))


def erase(tx: Tx, conversation_id: str) -> None:
    """Forget that there ever was such a conversation; the caller takes the log and the marks."""
    _clear(tx, conversation_id)
    tx.execute(delete(conversations).where(c.id == conversation_id))


def rebuild(tx: Tx, entries: Sequence[Entry]) -> None:
    """Make the tables of one conversation anew from its whole log."""
    first = entries[0]
    here = first.conversation_id
    said = first.said
    assert isinstance(said, ConversationCreated)  # noqa: S101 - number 1 is nothing else
    direct = tuple(sorted(user_id for user_id, _ in said.people)) if said.of == "direct" else None
    erase(tx, here)
    create(tx, first, direct)  # type: ignore[arg-type]
    for entry in entries[1:]:
        tx.heads[here].seq = entry.seq
        project(tx, entry)


def snapshot(tx: Any, conversation_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the log has led to for one conversation, for comparing before with after."""
    found = {
        "conversations": tx.execute(select(conversations).where(c.id == conversation_id)),
        **{
            table.name: tx.execute(
                # Stamps say that something has changed since, and nothing of what there is.
                select(*(column for column in table.columns if column.name != "stamp"))
                .where(or_(table.c.conversation_id == conversation_id))
                .order_by(*table.primary_key.columns)
            )
            for table in _FOLLOWED
        },
    }
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}
