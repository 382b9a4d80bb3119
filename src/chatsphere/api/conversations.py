"""Conversations: start one, look at it, name it, put it away."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import ABSENT, Id, Seq, Title
from chatsphere.core import conversations, lights, reading
from chatsphere.http.identity import house, me, viewer
from chatsphere.outlines import ConversationOut


class NewConversation(Body):
    """Who talks, and about what; without a title it is the one direct conversation of two."""

    participants: Annotated[list[Id], Field(max_length=1000)]
    title: Title | None = None


class ConversationChange(Body):
    """The title of a group, its light, whether it is silent for oneself, or whether one wants to come back to it."""

    title: Title = ABSENT
    hue: Annotated[int | None, Field(ge=0, le=359, description="For all in it; null: that of its pictures.")] = None
    muted: bool = ABSENT
    marked_unread: bool = ABSENT


class ReadUpTo(Body):
    """The number of the last event that was seen."""

    seq: Seq


@endpoint("POST", "/conversations", status=201)
def start(body: NewConversation) -> Reply[ConversationOut]:
    """Start a conversation; of two people without a title, the one that exists where it does (200)."""
    started = house().chat.do(conversations.start, me(), body.participants, body.title)
    return Reply(shapes.conversation(started.conversation, viewer()), status=201 if started.created else 200)


@endpoint("GET", "/conversations/<conversation_id>", right=rights.sit)
def get(conversation_id: str) -> Reply[ConversationOut]:
    """Show a conversation."""
    return _shown(conversation_id)


@endpoint("GET", "/conversations/<user1_id>/<plain:user2_id>")
def direct(user1_id: str, user2_id: str) -> Reply[ConversationOut]:
    """Show the direct conversation of two users, one of them the caller."""
    found = house().chat.ask(conversations.direct, me(), user1_id, user2_id)
    return Reply(shapes.conversation(found, viewer()))


@endpoint("PUT", "/conversations/<conversation_id>", right=rights.change, also=(409,))
def change(conversation_id: str, body: ConversationChange) -> Reply[ConversationOut]:
    """Give a group another title or a room its light, mute it for oneself, or mark it as unread until one reads it."""
    if body.title is not ABSENT:
        house().chat.do(conversations.rename, me(), conversation_id, body.title)
    if "hue" in body.model_fields_set:
        house().chat.do(lights.choose, me(), conversation_id, body.hue)
    if body.muted is not ABSENT:
        house().chat.do(conversations.mute, me(), conversation_id, body.muted)
    if body.marked_unread is not ABSENT:
        mark = reading.mark_unread if body.marked_unread else reading.unmark
        house().chat.do(mark, me(), conversation_id)
    return _shown(conversation_id)


@endpoint("PUT", "/conversations/<conversation_id>/read", status=204, right=rights.sit)
def read(conversation_id: str, body: ReadUpTo) -> Reply[None]:
    """Say how far one has read; marks only rise."""
    house().chat.do(reading.read, me(), conversation_id, body.seq)
    return Reply()


@endpoint("DELETE", "/conversations/<conversation_id>", status=204, right=rights.sit)
def delete(conversation_id: str) -> Reply[None]:
    """Delete a group for all, or a direct conversation for oneself."""
    house().chat.do(conversations.delete, me(), conversation_id)
    return Reply()


def _shown(conversation_id: str) -> Reply[ConversationOut]:
    found = house().chat.ask(conversations.get, me(), conversation_id)
    return Reply(shapes.conversation(found, viewer()))
