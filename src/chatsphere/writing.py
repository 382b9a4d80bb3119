"""The public shapes of what somebody is about to say, word for word as clients see them."""

from __future__ import annotations

from chatsphere.core.uploads import Upload
from chatsphere.outlines import Moment, Shape
from chatsphere.shapes import Json, moment


class UploadOut(Shape):
    """A file on its way: so many of its bytes have arrived; once it is ready, a message may take it."""

    id: str
    conversation_id: str
    name: str
    content_type: str
    size: int
    arrived: int
    ready: bool
    expires_at: Moment


def upload(one: Upload) -> Json:
    """A file on its way."""
    return {
        "id": one.id,
        "conversation_id": one.conversation_id,
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "arrived": one.arrived,
        "ready": one.ready,
        "expires_at": moment(one.expires_at),
    }
