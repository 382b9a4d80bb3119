"""Pins: messages kept in sight for all who sit in a conversation."""

from __future__ import annotations

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Reply, endpoint
from chatsphere.api.fields import message_number
from chatsphere.core import pins
from chatsphere.http.identity import house, me
from chatsphere.outlines import MessageOut, PinOut

_ADDRESS = "/conversations/<conversation_id>/messages/<message_id>/pin"


@endpoint("GET", "/conversations/<conversation_id>/pins", right=rights.sit)
def of(conversation_id: str) -> Reply[list[PinOut]]:
    """List what is pinned, the latest first; there are 50 at most."""
    return Reply([shapes.pin(one) for one in house().chat.ask(pins.of, me(), conversation_id)])


@endpoint("PUT", _ADDRESS, right=rights.read_message, limit="react", also=(403, 409))
def pin(conversation_id: str, message_id: str) -> Reply[MessageOut]:
    """Pin a message for all; doing it again changes nothing."""
    return Reply(shapes.message(house().chat.do(pins.pin, me(), conversation_id, message_number(message_id))))


@endpoint("DELETE", _ADDRESS, status=204, right=rights.read_message, limit="react", also=(403,))
def unpin(conversation_id: str, message_id: str) -> Reply[None]:
    """Unpin it; where it is not pinned, nothing changes."""
    house().chat.do(pins.unpin, me(), conversation_id, message_number(message_id))
    return Reply()
