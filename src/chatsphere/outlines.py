"""The outlines of the public shapes: what fields each has, for the API's answers and their documentation."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from chatsphere.shapes import moment

Moment = Annotated[
    datetime,
    PlainSerializer(moment, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-06-14T18:20:05.042Z"]}),
]
Hue = Annotated[int, Field(ge=0, le=359, description="Degrees in OKLCH.")]
Role = Literal["owner", "admin", "member"]


class Shape(BaseModel):
    """What leaves the server."""

    model_config = ConfigDict(extra="forbid")


class UserOut(Shape):
    """An account. What follows `created_at` is told to oneself and, but for the address, to administrators."""

    id: str
    user_name: str
    display_name: str
    image_url: str
    hue: Hue
    is_deleted: bool
    created_at: Moment
    email: str | None = None
    email_verified: bool | None = None
    is_admin: bool | None = None
    is_disabled: bool | None = None


class SessionOut(Shape):
    """A place where one is signed in."""

    id: str
    device: str
    address: str
    created_at: Moment
    last_seen_at: Moment
    current: bool


class SignedInOut(SessionOut):
    """A new session and whose it is."""

    user: UserOut


class TokenOut(Shape):
    """A token for a program; its secret is told once."""

    id: str
    name: str
    created_at: Moment
    last_seen_at: Moment


class TokenSecretOut(Shape):
    """A new token, with its secret."""

    id: str
    name: str
    token: str


class RenditionOut(Shape):
    """A picture in one size and encoding."""

    width: int
    height: int
    content_type: str
    url: str


class ReactionOut(Shape):
    """One emoji and who reacted with it, the first one first."""

    emoji: str
    user_ids: list[str]


class AttachmentOut(Shape):
    """A picture or another file of a message, with what is said and felt of it alone."""

    id: str
    kind: Literal["image", "file"]
    name: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    thumbhash: str | None
    hue: Hue | None
    alt: str
    caption: str
    url: str
    renditions: list[RenditionOut]
    reactions: list[ReactionOut]


class PreviewOut(Shape):
    """What a message's link leads to; while it is waited for only its address is known."""

    url: str
    state: Literal["waiting", "ready"]
    site: str
    title: str
    description: str
    image: AttachmentOut | None


class MessageOut(Shape):
    """What a participant said."""

    id: int
    conversation_id: str
    sender_id: str
    client_id: str | None
    content: str
    html: str
    attachments: list[AttachmentOut]
    reply_to: int | None
    reply_attachment: Annotated[str | None, Field(description="The one picture that it answers.")]
    forwarded: Annotated[bool, Field(description="Its sender took it from elsewhere.")]
    pinned: bool
    reactions: list[ReactionOut]
    created_at: Moment
    edited_at: Moment | None
    deleted_at: Moment | None
    previews: list[PreviewOut]
    reply_count: Annotated[int, Field(description="How many messages answer it, those taken back among them.")]
    last_reply: Annotated[int | None, Field(description="The newest of them.")]


class PictureOut(Shape):
    """A picture in the gallery, with what was said with it."""

    place: Annotated[str, Field(description="Where it stands in this list: for `before` and `after`.")]
    conversation_id: str
    message_id: int
    sender_id: str
    content: str
    html: str
    created_at: Moment
    attachment: AttachmentOut


class HitOut(Shape):
    """A message in which words were found: what it says before them, the words as they stand there, and after them."""

    conversation_id: str
    message_id: int
    sender_id: str
    created_at: Moment
    before: str
    found: str
    after: str


class BeatOut(Shape):
    """A stretch of a conversation's time: one of 64 that are equally long."""

    began_at: Moment
    message_id: Annotated[int, Field(description="The first message in it, or the next after it.")]
    count: int
    unread: int
    pictures: int
    hue: Annotated[int | None, Field(description="That of its latest picture that has one.")]
    picture_id: Annotated[str | None, Field(description="That picture: `around` it, the gallery shows more.")]


class WordedOut(Shape):
    """What an attachment was called."""

    id: str
    alt: str
    caption: str


class FormerOut(Shape):
    """What a message said before it was edited, and since when it had said so."""

    content: str
    html: str
    attachments: list[WordedOut]
    said_at: Moment


class PinOut(Shape):
    """A message that is pinned for all, and by whom."""

    message: MessageOut
    user_id: str
    pinned_at: Moment


class ParticipantOut(Shape):
    """Somebody's place in a conversation."""

    user: UserOut
    role: Role
    read_seq: int


class SharedConversationOut(Shape):
    """A conversation as everybody in it sees it."""

    id: str
    kind: Literal["direct", "group"]
    title: str | None
    hue: Hue
    chosen_hue: Annotated[Hue | None, Field(description="What somebody chose; null: `hue` is that of its pictures.")]
    participants: list[ParticipantOut]
    created_at: Moment
    last_activity_at: Moment
    last_seq: int
    message_count: int


class ConversationOut(SharedConversationOut):
    """A conversation as the caller sees it."""

    last_message: MessageOut | None
    unread_count: int
    role: Role
    read_seq: int
    muted: bool
    marked_unread: bool


class EventOut(Shape):
    """One numbered change to a conversation."""

    conversation_id: str
    seq: int
    kind: str
    actor_id: str
    created_at: Moment
    message: MessageOut | None = None
    participant: ParticipantOut | None = None
    conversation: SharedConversationOut | None = None


class ContactOut(Shape):
    """What one has decided about somebody."""

    user: UserOut
    blocked: bool
    muted: bool


class PrivacyOut(Shape):
    """Who may write to one first: anyone, those with whom one shares a group, or nobody.

    `presence`, `receipts`: whether others see when one is here, and how far one has read, and so one sees it of them.
    """

    first_contact: Literal["anyone", "shared", "nobody"]
    presence: bool
    receipts: bool


class ReportOut(Shape):
    """What one has reported; how it ends is not told."""

    id: str
    kind: Literal["message", "picture", "person"]
    reason: Literal["spam", "harassment", "violence", "sexual", "other"]
    created_at: Moment
