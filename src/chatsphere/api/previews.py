"""Previews: what a message's link leads to, taken away by who sent it."""

from __future__ import annotations

from chatsphere.api import rights
from chatsphere.api.endpoint import Reply, endpoint
from chatsphere.api.fields import message_number
from chatsphere.core import previews
from chatsphere.http.identity import house, me


@endpoint("DELETE", "/conversations/<conversation_id>/messages/<message_id>/previews", status=204, right=rights.sit)
def remove(conversation_id: str, message_id: str) -> Reply[None]:
    """Take away what is shown of a message's links, for everybody; only who sent it can."""
    house().chat.do(previews.remove, me(), conversation_id, message_number(message_id))
    return Reply()
