"""The public shapes of things, word for word as clients see them, for the API, the pages and the sockets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from chatsphere.core import values
from chatsphere.core.contacts import Contact
from chatsphere.core.reports import Report

API = "/api/v1"


def moment(at: datetime) -> str:
    """RFC 3339 in UTC, with milliseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


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


class AttachmentOut(Shape):
    """A picture or another file of a message."""

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
    url: str
    renditions: list[RenditionOut]


class ReactionOut(Shape):
    """One emoji and who reacted with it."""

    emoji: str
    user_ids: list[str]


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
    reactions: list[ReactionOut]
    created_at: Moment
    edited_at: Moment | None
    deleted_at: Moment | None


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
    """Who may write to one first: anyone, those with whom one shares a group, or nobody."""

    first_contact: Literal["anyone", "shared", "nobody"]


class ReportOut(Shape):
    """What one has reported; how it ends is not told."""

    id: str
    kind: Literal["message", "picture", "person"]
    reason: Literal["spam", "harassment", "violence", "sexual", "other"]
    created_at: Moment


Json = dict[str, Any]


def user(one: values.User, viewer: values.User | None = None) -> Json:
    """A user as this viewer may see them; None sees what everybody sees."""
    image = f"{API}/users/{one.id}/image" + (f"?v={one.image[-8:]}" if one.image else "")
    shown: Json = {
        "id": one.id,
        "user_name": one.user_name,
        "display_name": one.display_name,
        "image_url": image,
        "hue": one.hue,
        "is_deleted": one.is_deleted,
        "created_at": moment(one.created_at),
    }
    if viewer is not None and viewer.id == one.id:
        shown |= {"email": one.email, "email_verified": one.email_verified, "is_admin": one.is_admin}
    if viewer is not None and viewer.is_admin:
        shown |= {"is_admin": one.is_admin, "is_disabled": one.is_disabled}
    return shown


def session(one: values.Session, current_id: str | None) -> Json:
    """A session; `current_id` is the one that asks."""
    return {
        "id": one.id,
        "device": one.device,
        "address": one.address,
        "created_at": moment(one.created_at),
        "last_seen_at": moment(one.last_seen_at),
        "current": one.id == current_id,
    }


def token(one: values.Session) -> Json:
    """A token without its secret."""
    return {
        "id": one.id,
        "name": one.name,
        "created_at": moment(one.created_at),
        "last_seen_at": moment(one.last_seen_at),
    }


def message(one: values.Message) -> Json:
    """A message."""
    return {
        "id": one.id,
        "conversation_id": one.conversation_id,
        "sender_id": one.sender_id,
        "client_id": one.client_id,
        "content": one.content,
        "html": one.html,
        "attachments": [attachment(one.conversation_id, attached) for attached in one.attachments],
        "reply_to": one.reply_to,
        "reactions": [{"emoji": each.emoji, "user_ids": list(each.user_ids)} for each in one.reactions],
        "created_at": moment(one.created_at),
        "edited_at": one.edited_at and moment(one.edited_at),
        "deleted_at": one.deleted_at and moment(one.deleted_at),
    }


def attachment(conversation_id: str, one: values.Attachment) -> Json:
    """An attachment with the paths of its bytes."""
    url = f"{API}/conversations/{conversation_id}/files/{one.id}"
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "width": one.width,
        "height": one.height,
        "thumbhash": one.thumbhash,
        "hue": one.hue,
        "alt": one.alt,
        "url": url,
        "renditions": [
            {"width": r.width, "height": r.height, "content_type": r.content_type, "url": f"{url}/{r.name}"}
            for r in one.renditions
        ],
    }


def picture(one: values.Picture) -> Json:
    """A picture in the gallery."""
    return {
        "place": one.place,
        "conversation_id": one.conversation_id,
        "message_id": one.message_id,
        "sender_id": one.sender_id,
        "content": one.content,
        "html": one.html,
        "created_at": moment(one.created_at),
        "attachment": attachment(one.conversation_id, one.attachment),
    }


def participant(one: values.Participant, viewer: values.User | None = None) -> Json:
    """Somebody's place in a conversation."""
    return {"user": user(one.user, viewer), "role": one.role, "read_seq": one.read_seq}


def conversation(one: values.Conversation, viewer: values.User | None = None) -> Json:
    """A conversation; with what is the caller's own where the value has it."""
    shown: Json = {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "hue": one.hue,
        "participants": [participant(each, viewer) for each in one.participants],
        "created_at": moment(one.created_at),
        "last_activity_at": moment(one.last_activity_at),
        "last_seq": one.last_seq,
        "message_count": one.message_count,
    }
    if one.mine is not None:
        shown |= {
            "last_message": one.last_message and message(one.last_message),
            "unread_count": one.mine.unread_count,
            "role": one.mine.role,
            "read_seq": one.mine.read_seq,
            "muted": one.mine.muted,
        }
    return shown


def contact(one: Contact) -> Json:
    """What the caller has decided about somebody."""
    return {"user": user(one.user), "blocked": one.blocked, "muted": one.muted}


def report(one: Report) -> Json:
    """A report, as whoever made it sees it."""
    return {"id": one.id, "kind": one.kind, "reason": one.reason, "created_at": moment(one.created_at)}


def event(one: values.Event) -> Json:
    """An event; everybody in the conversation sees the same."""
    shown: Json = {
        "conversation_id": one.conversation_id,
        "seq": one.seq,
        "kind": one.kind,
        "actor_id": one.actor_id,
        "created_at": moment(one.created_at),
    }
    if one.message is not None:
        shown["message"] = message(one.message)
    if one.participant is not None:
        shown["participant"] = participant(one.participant)
    if one.conversation is not None:
        shown["conversation"] = conversation(one.conversation)
    return shown


def event_frame(one: values.Event) -> bytes:
    """The socket's frame for an event, encoded once for all who hear it."""
    return json.dumps({"type": "event", **event(one)}, ensure_ascii=False, separators=(",", ":")).encode()
