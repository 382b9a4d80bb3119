"""Replies: what answers a message."""

from __future__ import annotations

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Query, Reply, endpoint
from chatsphere.api.fields import Limit, Number, message_number
from chatsphere.core import messages
from chatsphere.http.identity import house, me
from chatsphere.outlines import MessageOut


class ReplyQuery(Query):
    """Where the page lies."""

    after: Number | None = None
    limit: Limit = 50


@endpoint("GET", "/conversations/<conversation_id>/messages/<message_id>/replies", right=rights.read_message)
def of(conversation_id: str, message_id: str, query: ReplyQuery) -> Reply[list[MessageOut]]:
    """List what answers a message, in the order in which it was said."""
    number = message_number(message_id)
    found = house().chat.ask(messages.replies, me(), conversation_id, number, after=query.after, limit=query.limit)
    following = None if found.next is None else {"after": found.next}
    return Reply([shapes.message(one) for one in found.items], next=following)
