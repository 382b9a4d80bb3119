"""The people of a conversation: who comes, who goes, who looks after it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import Id
from chatsphere.core import conversations
from chatsphere.http.identity import house, me, viewer
from chatsphere.outlines import ConversationOut


class Newcomers(Body):
    """Who joins."""

    user_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class RoleChange(Body):
    """The new role; `owner` gives the group away."""

    role: Literal["owner", "admin", "member"]


@endpoint("POST", "/conversations/<conversation_id>/participants", right=rights.manage_people, also=(409,))
def add(conversation_id: str, body: Newcomers) -> Reply[ConversationOut]:
    """Bring people into a group."""
    house().chat.do(conversations.add, me(), conversation_id, body.user_ids)
    return _shown(conversation_id)


@endpoint("PUT", "/conversations/<conversation_id>/participants/<user_id>", right=rights.own_group, also=(409,))
def change_role(conversation_id: str, user_id: str, body: RoleChange) -> Reply[ConversationOut]:
    """Give somebody in a group another role."""
    house().chat.do(conversations.change_role, me(), conversation_id, user_id, body.role)
    return _shown(conversation_id)


@endpoint(
    "DELETE", "/conversations/<conversation_id>/participants/<user_id>", status=204, right=rights.sit, also=(409,)
)
def remove(conversation_id: str, user_id: str) -> Reply[None]:
    """Take somebody out of a group, or leave it oneself."""
    house().chat.do(conversations.remove, me(), conversation_id, user_id)
    return Reply()


def _shown(conversation_id: str) -> Reply[ConversationOut]:
    found = house().chat.ask(conversations.get, me(), conversation_id)
    return Reply(shapes.conversation(found, viewer()))
