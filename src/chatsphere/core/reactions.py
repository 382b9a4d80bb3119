"""Reactions: one emoji on a message, or on one picture of it, by anybody who reads it."""

from __future__ import annotations

from chatsphere.core import contacts, emoji as emojis, log, messages
from chatsphere.core.chat import Tx
from chatsphere.core.entries import Head
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.events import MessageReacted
from chatsphere.core.phrases import phrase
from chatsphere.core.values import Message, Reaction

MOST = 20
"""Different emoji on one message or picture."""


def react(
    tx: Tx, me: str, conversation_id: str, message_id: int, emoji: str, attachment_id: str | None = None
) -> Message:
    """Put an emoji on a message; a second time changes nothing."""
    head, message, there = _there(tx, me, conversation_id, message_id, attachment_id)
    emoji = _emoji(emoji)
    if message.deleted_at is not None:
        raise Conflict("This message was taken back.")
    if _holds(there, emoji, me):
        return message
    contacts.require_free(tx, me, head.direct)
    if len({one.emoji for one in there} | {emoji}) > MOST:
        raise Conflict(phrase("There are {most} different reactions here already. Take one of those.", most=MOST))
    log.append(tx, me, conversation_id, MessageReacted(message_id, emoji, True, attachment_id))
    return messages.get(tx, me, conversation_id, message_id)


def unreact(
    tx: Tx, me: str, conversation_id: str, message_id: int, emoji: str, attachment_id: str | None = None
) -> None:
    """Take my emoji away again; where it is not, nothing changes."""
    _, _, there = _there(tx, me, conversation_id, message_id, attachment_id)
    emoji = _emoji(emoji)
    if _holds(there, emoji, me):
        log.append(tx, me, conversation_id, MessageReacted(message_id, emoji, False, attachment_id))


def _there(
    tx: Tx, me: str, conversation_id: str, message_id: int, attachment_id: str | None
) -> tuple[Head, Message, tuple[Reaction, ...]]:
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    message = messages.get(tx, me, conversation_id, message_id)
    if head is None:
        raise NotFound
    if attachment_id is None:
        return head, message, message.reactions
    for one in message.attachments:
        if one.id == attachment_id:
            return head, message, one.reactions
    raise NotFound


def _emoji(text: str) -> str:
    emoji = emojis.qualified(text)
    if emoji is None:
        raise Invalid.field("emoji", "This is not one emoji.")
    return emoji


def _holds(there: tuple[Reaction, ...], emoji: str, user_id: str) -> bool:
    return any(one.emoji == emoji and user_id in one.user_ids for one in there)
