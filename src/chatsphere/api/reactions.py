"""Reactions: one emoji put on a message, or on one of its pictures, and taken away again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Query, Reply, endpoint
from chatsphere.api.fields import Id, message_number
from chatsphere.core import reactions
from chatsphere.http.identity import house, me
from chatsphere.outlines import MessageOut

_ADDRESS = "/conversations/<conversation_id>/messages/<message_id>/reactions/<emoji>"


class ReactionQuery(Query):
    """On what."""

    attachment: Annotated[Id | None, Field(description="On this picture or file of it, and not on the message.")] = None


@endpoint("PUT", _ADDRESS, right=rights.read_message, limit="react", also=(403, 409))
def react(conversation_id: str, message_id: str, emoji: str, query: ReactionQuery) -> Reply[MessageOut]:
    """React with one emoji; doing it again changes nothing."""
    where = (conversation_id, message_number(message_id))
    return Reply(shapes.message(house().chat.do(reactions.react, me(), *where, emoji, query.attachment)))


@endpoint("DELETE", _ADDRESS, status=204, right=rights.read_message, limit="react")
def unreact(conversation_id: str, message_id: str, emoji: str, query: ReactionQuery) -> Reply[None]:
    """Take one's reaction away; where there is none, nothing changes."""
    where = (conversation_id, message_number(message_id))
    house().chat.do(reactions.unreact, me(), *where, emoji, query.attachment)
    return Reply()
