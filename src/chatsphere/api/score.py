"""The score: when how much was said in a conversation."""

from __future__ import annotations

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Reply, endpoint
from chatsphere.core import score
from chatsphere.http.identity import house, me
from chatsphere.outlines import BeatOut


@endpoint("GET", "/conversations/<conversation_id>/score", right=rights.sit)
def of(conversation_id: str) -> Reply[list[BeatOut]]:
    """Show a history in 64 beats of equal time; of a very long one roughly. Empty where nothing was said."""
    return Reply([shapes.beat(one) for one in house().chat.ask(score.of, me(), conversation_id)])
