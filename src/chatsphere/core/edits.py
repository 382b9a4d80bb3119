"""Edits: its sender says a message otherwise, and everybody who reads it may see what it said before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from chatsphere.core import contacts, log, markup, messages, posts, previews
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.events import Attached, MessageEdited
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import edits
from chatsphere.core.values import Attachment, Former, Message, Worded

w = edits.c

MOST = 100
"""So often a message can be changed: each former wording is kept."""
LONGEST_WORDS = 1000
"""Characters of a caption or a description."""


def edit(
    tx: Tx,
    me: str,
    conversation_id: str,
    message_id: int,
    content: str | None = None,
    words: Sequence[Worded] = (),
) -> Message:
    """Say my message otherwise: its words, or those of single files of it. What is the same already changes nothing."""
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    message = messages.get(tx, me, conversation_id, message_id)
    if head is None:
        raise NotFound
    if message.sender_id != me:
        raise Forbidden("Only its sender can change a message.")
    if message.deleted_at is not None:
        raise Conflict("This message was taken back.")
    if content is not None:
        posts.check_words(content, alone=not message.attachments)
    edited = _change(message, content, words)
    if edited is None:
        return message
    contacts.require_free(tx, me, head.direct)
    _require_few(tx, conversation_id, message_id)
    if edited.content is not None:
        previews.revise(tx, me, conversation_id, message_id, edited.content)
    log.append(tx, me, conversation_id, edited)
    return messages.get(tx, me, conversation_id, message_id)


def _change(message: Message, content: str | None, words: Sequence[Worded]) -> MessageEdited | None:
    album = {one.id: one for one in message.attachments}
    new = []
    for one in words:
        if one.id not in album:
            raise Invalid.field("attachments", "There is no such picture or file in this message.")
        said = _said(album[one.id])
        now = replace(said, **{name: text for name, text in _told(one).items() if text is not None})
        if now != said:
            new.append(now)
    content = None if content == message.content else content
    return MessageEdited(message.id, content, tuple(new)) if new or content is not None else None


def _said(one: Attachment) -> Attached:
    return Attached(one.id, one.alt, one.caption)


def _told(one: Worded) -> dict[str, str | None]:
    told = {"alt": one.alt, "caption": one.caption}
    for text in told.values():
        if text is not None and (len(text) > LONGEST_WORDS or not posts.storable(text)):
            raise Invalid.field(
                "attachments", phrase("Words for a picture have at most {most} characters.", most=LONGEST_WORDS)
            )
    return told


def _require_few(tx: Tx, conversation_id: str, message_id: int) -> None:
    here = select(func.count()).where(w.conversation_id == conversation_id, w.seq == message_id)
    if tx.execute(here).scalar_one() >= MOST:
        raise Conflict(phrase("A message can be changed {most} times, and this one was.", most=MOST))


def history(db: Db, me: str, conversation_id: str, message_id: int) -> list[Former]:
    """What a message said before, the first words first. Of one that was taken back nothing is left."""
    messages.get(db, me, conversation_id, message_id)
    here = (w.conversation_id == conversation_id, w.seq == message_id, w.shown.is_(True))
    rows = db.execute(select(edits).where(*here).order_by(w.edit_seq))
    return [_former(row.content, row.words, row.said_at) for row in rows]


def _former(content: str, words: str, said_at: object) -> Former:
    return Former(content, markup.render(content), tuple(Worded(**one) for one in json.loads(words)), said_at)  # type: ignore[arg-type]
