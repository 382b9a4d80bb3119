"""Messages: a page of them, one of them, a new one, one less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chatsphere import shapes
from chatsphere.api import parts, rights, staging
from chatsphere.api.endpoint import Body, Form, Query, Reply, endpoint
from chatsphere.api.fields import Alt, Caption, ClientId, Content, Id, Limit as PageLimit, Number, Seq, message_number
from chatsphere.api.staging import Words
from chatsphere.core import messages
from chatsphere.core.posts import Posted
from chatsphere.http.identity import house, me
from chatsphere.outlines import MessageOut


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
    reply_attachment: Annotated[Id | None, Field(description="The one picture of it that is answered.")] = None
    uploads: Annotated[list[Id], Field(max_length=20, default_factory=list, description="Uploads that are whole.")]
    alt: Annotated[list[Alt], Field(max_length=20, default_factory=list, description="For each of them, or for none.")]
    caption: Annotated[list[Caption], Field(max_length=20, default_factory=list, description="As `alt`.")]

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.uploads and not self.content.strip():
            raise PydanticCustomError("empty", "must be more than white space", {"field": "content"})
        _once_each(len(self.uploads), "upload", alt=self.alt, caption=self.caption)
        return self


class NewAlbum(Form):
    """One to twenty files, with what they show in words, and what is said with them."""

    file: Annotated[list[parts.UploadField], Field(min_length=1, max_length=20)]
    alt: Annotated[list[Alt], Field(max_length=20, default_factory=list)]
    caption: Annotated[list[Caption], Field(max_length=20, default_factory=list)]
    content: Content = ""
    client_id: ClientId | None = None
    reply_to: Number | None = None
    reply_attachment: Id | None = None

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        _once_each(len(self.file), "file", alt=self.alt, caption=self.caption)
        return self


def _once_each(count: int, what: str, **given: Sequence[str]) -> None:
    for name, words in given.items():
        if words and len(words) != count:
            told = {"field": name, "what": what}
            raise PydanticCustomError("words_count", "must be given once for each {what}, or not at all", told)


@endpoint("GET", "/conversations/<conversation_id>/messages", right=rights.sit)
def page(conversation_id: str, query: MessageQuery) -> Reply[list[MessageOut]]:
    """List messages, ascending; the latest page unless told otherwise."""
    found = house().chat.ask(
        messages.forms_page,
        me(),
        conversation_id,
        house().forms,
        before=query.before,
        after=query.after,
        around=query.around,
        limit=query.limit,
    )
    following = None
    if found.next is not None:
        following = {"after": found.next} if query.after is not None else {"before": found.next, "around": None}
    return Reply(b"[" + b",".join(found.items) + b"]", next=following)


@endpoint(
    "POST", "/conversations/<conversation_id>/messages", status=201, right=rights.speak, limit="post", also=(200, 409)
)
def post(conversation_id: str, body: NewMessage) -> Reply[MessageOut]:
    """Say something."""
    if body.sender_id is not None and body.sender_id != me():
        rights.speak({"sender_id": body.sender_id}, conversation_id=conversation_id)
    words = Words(body.content, body.client_id, body.reply_to, body.reply_attachment)
    if body.uploads:
        album = staging.words(body.alt, body.caption, len(body.uploads))
        return _posted(staging.arrived(conversation_id, body.uploads, album, words))
    return _posted(staging.say(conversation_id, words))


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
    album = staging.words(form.alt, form.caption, len(form.file))
    words = Words(form.content, form.client_id, form.reply_to, form.reply_attachment)
    return _posted(staging.album(conversation_id, form.file, album, words))


@endpoint("GET", "/conversations/<conversation_id>/messages/<message_id>", right=rights.sit)
def get(conversation_id: str, message_id: str) -> Reply[MessageOut]:
    """Show one message, or its tombstone."""
    return Reply(shapes.message(house().chat.ask(messages.get, me(), conversation_id, message_number(message_id))))


@endpoint("DELETE", "/conversations/<conversation_id>/messages/<message_id>", status=204, right=rights.sit)
def delete(conversation_id: str, message_id: str) -> Reply[None]:
    """Take a message back: its words and files go for good, its number stays."""
    house().chat.do(messages.delete, me(), conversation_id, message_number(message_id))
    return Reply()


def _posted(said: Posted) -> Reply[MessageOut]:
    return Reply(shapes.message(said.message), status=201 if said.created else 200)
