"""The public shapes of what somebody is about to say, word for word as clients see them."""

from __future__ import annotations

from chatsphere.core.drafts import Draft
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


class DraftFileOut(UploadOut):
    """An upload that is to go along with what is begun, what it shows in words, and what is said of it."""

    alt: str
    caption: str


class DraftOut(Shape):
    """What one has begun to say in a conversation."""

    conversation_id: str
    content: str
    reply_to: int | None
    reply_attachment: str | None
    uploads: list[DraftFileOut]
    changed_at: Moment


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


def draft(one: Draft) -> Json:
    """What is begun."""
    return {
        "conversation_id": one.conversation_id,
        "content": one.content,
        "reply_to": one.reply_to,
        "reply_attachment": one.reply_attachment,
        "uploads": [{**upload(each), "alt": words.alt, "caption": words.caption} for each, words in one.uploads],
        "changed_at": moment(one.changed_at),
    }
