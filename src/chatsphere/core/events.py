"""What can happen in a conversation: one closed list, in the past tense."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from pydantic import TypeAdapter

from chatsphere.core.frozen import frozen
from chatsphere.core.values import Kind, Role


@frozen
class Attached:
    """A staged file that becomes part of a message, with its description for whoever cannot see it."""

    file_id: str
    alt: str = ""
    caption: str = ""


@frozen
class ConversationCreated:
    """Number 1 of every log; names all first participants as (user_id, role)."""

    kind: ClassVar[str] = "conversation.created"
    of: Kind
    title: str | None
    hue: int
    people: tuple[tuple[str, Role], ...]


@frozen
class ConversationChanged:
    """The title is another one now."""

    kind: ClassVar[str] = "conversation.changed"
    title: str


@frozen
class ConversationLit:
    """Somebody chose the hue of the room; None: it takes that of its pictures again."""

    kind: ClassVar[str] = "conversation.lit"
    hue: int | None


@frozen
class ConversationDeleted:
    """The last thing anybody hears of a group."""

    kind: ClassVar[str] = "conversation.deleted"


@frozen
class ParticipantJoined:
    """Somebody was added."""

    kind: ClassVar[str] = "participant.joined"
    user_id: str
    role: Role


@frozen
class ParticipantLeft:
    """Somebody left or was removed; role and read mark as they were."""

    kind: ClassVar[str] = "participant.left"
    user_id: str
    role: Role
    read_seq: int


@frozen
class ParticipantChanged:
    """Somebody has another role."""

    kind: ClassVar[str] = "participant.changed"
    user_id: str
    role: Role


@frozen
class MessagePosted:
    """Somebody said something. A redacted one keeps its number and nothing that was said."""

    kind: ClassVar[str] = "message.posted"
    content: str
    reply_to: int | None = None
    files: tuple[Attached, ...] = field(default=())
    reply_attachment: str | None = None
    forwarded: bool = False


@frozen
class MessageEdited:
    """Its sender says it otherwise: other words (None: they stay), other words of single files."""

    kind: ClassVar[str] = "message.edited"
    message_id: int
    content: str | None = None
    files: tuple[Attached, ...] = field(default=())


@frozen
class MessageReacted:
    """Somebody put an emoji on a message, or on one of its files, or took it away again."""

    kind: ClassVar[str] = "message.reacted"
    message_id: int
    emoji: str
    on: bool
    file_id: str | None = None


@frozen
class MessagePinned:
    """A message is kept in sight for all."""

    kind: ClassVar[str] = "message.pinned"
    message_id: int


@frozen
class MessageUnpinned:
    """It is no longer kept in sight."""

    kind: ClassVar[str] = "message.unpinned"
    message_id: int


@frozen
class MessageDeleted:
    """A message was taken back."""

    kind: ClassVar[str] = "message.deleted"
    message_id: int


@frozen
class MessagePreviewed:
    """What is shown of a message's link is there now, or was taken away. It is kept beside the log, not in it."""

    kind: ClassVar[str] = "message.previewed"
    message_id: int


Said = (
    ConversationCreated
    | ConversationChanged
    | ConversationLit
    | ConversationDeleted
    | ParticipantJoined
    | ParticipantLeft
    | ParticipantChanged
    | MessagePosted
    | MessageEdited
    | MessageReacted
    | MessagePinned
    | MessageUnpinned
    | MessageDeleted
    | MessagePreviewed
)

KINDS: dict[str, type[Said]] = {
    of.kind: of
    for of in (
        ConversationCreated,
        ConversationChanged,
        ConversationLit,
        ConversationDeleted,
        ParticipantJoined,
        ParticipantLeft,
        ParticipantChanged,
        MessagePosted,
        MessageEdited,
        MessageReacted,
        MessagePinned,
        MessageUnpinned,
        MessageDeleted,
        MessagePreviewed,
    )
}


_adapters: dict[str, TypeAdapter[Said]] = {kind: TypeAdapter(of) for kind, of in KINDS.items()}


def encode(said: Said) -> str:
    """The event's body as JSON, without what has columns of its own."""
    return _adapters[said.kind].serializer.to_json(said).decode()


def decode(kind: str, body: str) -> Said:
    """The event that `encode` wrote."""
    return _adapters[kind].validate_json(body)
