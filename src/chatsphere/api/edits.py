"""Edits: a message said otherwise by its sender, and what it said before."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import Alt, Caption, Content, Id, message_number
from chatsphere.core import edits
from chatsphere.core.values import Worded
from chatsphere.http.identity import house, me
from chatsphere.outlines import FormerOut, MessageOut

_ADDRESS = "/conversations/<conversation_id>/messages/<message_id>"


class NewWords(Body):
    """What is said of one picture or file; what is left out stays."""

    id: Id
    alt: Alt | None = None
    caption: Caption | None = None


class ChangedMessage(Body):
    """What is said instead; what is left out stays."""

    content: Content | None = None
    attachments: Annotated[list[NewWords], Field(max_length=20, default_factory=list)]

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.content is None and not self.attachments:
            raise PydanticCustomError("nothing", "or attachments must be there", {"field": "content"})
        return self


@endpoint("PUT", _ADDRESS, right=rights.own_message, limit="post", also=(403, 409))
def edit(conversation_id: str, message_id: str, body: ChangedMessage) -> Reply[MessageOut]:
    """Say a message of one's own otherwise; what it said before stays to be seen."""
    words = [Worded(one.id, one.alt, one.caption) for one in body.attachments]
    changed = house().chat.do(edits.edit, me(), conversation_id, message_number(message_id), body.content, words)
    return Reply(shapes.message(changed))


@endpoint("GET", f"{_ADDRESS}/history", right=rights.read_message)
def history(conversation_id: str, message_id: str) -> Reply[list[FormerOut]]:
    """List what a message said before, the first words first."""
    found = house().chat.ask(edits.history, me(), conversation_id, message_number(message_id))
    return Reply([shapes.former(one) for one in found])
