"""Messages: a page of them, one of them, a new one, one less."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chatsphere import shapes
from chatsphere.api import parts, rights, staging
from chatsphere.api.endpoint import Body, Form, Query, Reply, endpoint
from chatsphere.api.fields import Alt, ClientId, Content, Id, Limit as PageLimit, Number, Seq
from chatsphere.core import messages
from chatsphere.core.errors import NotFound
from chatsphere.core.messages import Posted
from chatsphere.http.identity import house, me
from chatsphere.shapes import MessageOut


class MessageQuery(Query):
    """Where the page lies; the three exclude each other."""

    before: Annotated[Number | None, Field(description="Older than this message.")] = None
    after: Annotated[Number | None, Field(description="Newer than this message.")] = None
    around: Annotated[Number | None, Field(description="This message and its neighbours.")] = None
    limit: PageLimit = 50

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        given = [name for name in ("before", "after", "around") if getattr(self, name) is not None]
        if len(given) > 1:
            raise PydanticCustomError("exclusive", "excludes {others}", {"field": given[-1], "others": given[0]})
        return self


class NewMessage(Body):
    """What is said; `client_id` makes saying it twice harmless."""

    content: Content = ""
    client_id: ClientId | None = None
    sender_id: Id | None = None
    reply_to: Seq | None = None
    uploads: Annotated[list[Id], Field(max_length=20, default_factory=list, description="Uploads that are whole.")]
    alt: Annotated[list[Alt], Field(max_length=20, default_factory=list, description="For each of them, or for none.")]

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.uploads and not self.content.strip():
            raise PydanticCustomError("empty", "must be more than white space", {"field": "content"})
        if self.alt and len(self.alt) != len(self.uploads):
            raise PydanticCustomError(
                "alt_count", "must be given once for each upload, or not at all", {"field": "alt"}
            )
        return self


class NewAlbum(Form):
    """One to twenty files, with what they show in words, and what is said with them."""

    file: Annotated[list[parts.UploadField], Field(min_length=1, max_length=20)]
    alt: Annotated[list[Alt], Field(max_length=20, default_factory=list)]
    content: Content = ""
    client_id: ClientId | None = None
    reply_to: Number | None = None

    @model_validator(mode="after")
    def _one_alt_each(self) -> Self:
        if self.alt and len(self.alt) != len(self.file):
            raise PydanticCustomError("alt_count", "must be given once for each file, or not at all", {"field": "alt"})
        return self


@endpoint("GET", "/conversations/<conversation_id>/messages", right=rights.sit)
def page(conversation_id: str, query: MessageQuery) -> Reply[list[MessageOut]]:
    """List messages, ascending; the latest page unless told otherwise."""
    found = house().chat.ask(
        messages.page,
        me(),
        conversation_id,
        before=query.before,
        after=query.after,
        around=query.around,
        limit=query.limit,
    )
    following = None
    if found.next is not None:
        following = {"after": found.next} if query.after is not None else {"before": found.next, "around": None}
    return Reply([shapes.message(one) for one in found.items], next=following)


@endpoint(
    "POST", "/conversations/<conversation_id>/messages", status=201, right=rights.speak, limit="post", also=(200, 409)
)
def post(conversation_id: str, body: NewMessage) -> Reply[MessageOut]:
    """Say something."""
    if body.sender_id is not None and body.sender_id != me():
        rights.speak({"sender_id": body.sender_id}, conversation_id=conversation_id)
    return _posted(
        staging.arrived(conversation_id, body.uploads, body.alt, body.content, body.client_id, body.reply_to)
        if body.uploads
        else house().chat.do(messages.post, me(), conversation_id, body.content, body.client_id, body.reply_to)
    )


@endpoint(
    "POST",
    "/conversations/<conversation_id>/<sender_id>/messages/file",
    status=201,
    right=rights.speak,
    right_first=True,
    limit="upload",
    also=(200, 409),
)
def post_files(conversation_id: str, sender_id: str, form: NewAlbum) -> Reply[MessageOut]:
    """Send an album of pictures and files, with or without words."""
    return _posted(staging.album(conversation_id, form.file, form.alt, form.content, form.client_id, form.reply_to))


@endpoint("GET", "/conversations/<conversation_id>/messages/<message_id>", right=rights.sit)
def get(conversation_id: str, message_id: str) -> Reply[MessageOut]:
    """Show one message, or its tombstone."""
    return Reply(shapes.message(house().chat.ask(messages.get, me(), conversation_id, _number(message_id))))


@endpoint("DELETE", "/conversations/<conversation_id>/messages/<message_id>", status=204, right=rights.sit)
def delete(conversation_id: str, message_id: str) -> Reply[None]:
    """Take a message back: its words and files go for good, its number stays."""
    house().chat.do(messages.delete, me(), conversation_id, _number(message_id))
    return Reply()


def _posted(said: Posted) -> Reply[MessageOut]:
    return Reply(shapes.message(said.message), status=201 if said.created else 200)


def _number(text: str) -> int:
    """A message's number from an address; what is none names no message."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise NotFound
    return int(text)
