"""The light of a room: what its pictures give, or a hue that somebody who sits in it chose for all."""

from __future__ import annotations

from chatsphere.core import contacts, conversations, log
from chatsphere.core.chat import Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.events import ConversationLit


def choose(tx: Tx, me: str, conversation_id: str, hue: int | None) -> None:
    """From now on the room has this hue (0-359), or (None) that of its pictures again; as it is, nothing changes."""
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    now = conversations.get(tx, me, conversation_id)
    if head is None:
        raise NotFound
    if now.chosen_hue == hue:
        return
    contacts.require_free(tx, me, head.direct)
    log.append(tx, me, conversation_id, ConversationLit(hue))
