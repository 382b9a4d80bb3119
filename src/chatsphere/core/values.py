"""What leaves the core: frozen values, free of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeVar

from chatsphere.core.frozen import frozen

T = TypeVar("T")

Role = Literal["owner", "admin", "member"]
Kind = Literal["direct", "group"]
FirstContact = Literal["anyone", "shared", "nobody"]
# What the audit log knows: one closed list, in the past tense.
Action = Literal[
    "user.created",
    "user.disabled",
    "user.enabled",
    "user.deleted",
    "user.promoted",
    "user.demoted",
    "user.leaving",
    "user.stayed",
    "user.renamed",
    "sessions.ended",
    "reset.made",
    "password.changed",
    "email.changed",
    "email.confirmed",
    "factor.added",
    "factor.removed",
    "recovery.made",
    "recovery.used",
    "identity.linked",
    "identity.unlinked",
    "token.made",
    "token.deleted",
    "invitation.made",
    "invitation.revoked",
    "invitation.used",
    "report.made",
    "report.closed",
    "rule.changed",
    "retention.changed",
    "retention.applied",
    "message.removed",
    "export.begun",
]

# What about an account is worth a letter to its owner: one closed list.
AccountChange = Literal[
    "password",
    "email",
    "passkey-added",
    "passkey-removed",
    "authenticator-added",
    "authenticator-removed",
    "recovery-codes",
    "recovery-code-used",
    "identity-linked",
    "identity-unlinked",
    "token-made",
    "reset-link",
]


@frozen
class User:
    """An account. `email` and what stands behind it are for the account itself and, in part, for administrators.

    `second_factor`: signing in takes one; `first_contact`: who may write to them first; `leaving_at`: when the account
    will be deleted, unless they think again; `language`: the one they have chosen, by its code; `previews`: links that
    they send are looked at; `look`: how pages look to them, as `core/looks.py` writes it; `presence`, `receipts`:
    others see when they are here, and how far they have read.
    """

    id: str
    user_name: str
    display_name: str
    hue: int
    image: str | None
    is_deleted: bool
    created_at: datetime
    email: str | None
    email_verified: bool
    is_admin: bool
    is_disabled: bool
    second_factor: bool
    first_contact: FirstContact
    leaving_at: datetime | None
    language: str = ""
    previews: bool = True
    look: str = ""
    presence: bool = True
    receipts: bool = True


@frozen
class Session:
    """A place where somebody is signed in: a browser (`session`) or a program (`token`)."""

    id: str
    user_id: str
    kind: str
    name: str
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    confirmed_at: datetime


@frozen
class Seat:
    """The caller's place in a conversation: through it everything there is found.

    What is numbered up to `cleared_seq` is gone for them; `hidden` says that the whole conversation is, for now.
    """

    conversation_id: str
    user_id: str
    kind: Kind
    role: Role
    cleared_seq: int
    hidden: bool

    @property
    def manages(self) -> bool:
        """Whether the caller may change a group and its people."""
        return self.role in ("owner", "admin")


@frozen
class Participant:
    """Somebody's place in a conversation, as others in it see it; a `read_seq` of 0 is not shown to them."""

    user: User
    role: Role
    read_seq: int


@frozen
class Rendition:
    """A picture in one size and encoding; `name` is the last part of its path, such as `640.avif`."""

    name: str
    width: int
    height: int
    content_type: str


@frozen
class Reaction:
    """One emoji on a message or on one of its pictures, and who put it there, the first one first."""

    emoji: str
    user_ids: tuple[str, ...]


@frozen
class Attachment:
    """A picture or another file of a message; sizes in bytes and pixels, `thumbhash` in base64, `hue` in degrees.

    `alt` is for whoever cannot see it, `caption` for everybody.
    """

    id: str
    kind: str
    name: str
    content_type: str
    size: int
    width: int | None
    height: int | None
    thumbhash: str | None
    hue: int | None
    alt: str
    renditions: tuple[Rendition, ...]
    caption: str = ""
    reactions: tuple[Reaction, ...] = ()


@frozen
class Preview:
    """What a link leads to. While it is `waiting` only its address is known; `site` is the host that answered."""

    url: str
    state: Literal["waiting", "ready"]
    site: str = ""
    title: str = ""
    description: str = ""
    image: Attachment | None = None


@frozen
class Message:
    """What a participant said. `id` is the number of the event that posted it.

    `reply_attachment` is the one picture that it answers; `forwarded`: its sender took it from elsewhere. `reply_count`
    counts what answers it, also what of that was taken back; `last_reply` is the newest of these.
    """

    id: int
    conversation_id: str
    sender_id: str
    client_id: str | None
    content: str
    html: str
    attachments: tuple[Attachment, ...]
    reply_to: int | None
    reactions: tuple[Reaction, ...]
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    reply_attachment: str | None = None
    forwarded: bool = False
    pinned: bool = False
    previews: tuple[Preview, ...] = ()
    reply_count: int = 0
    last_reply: int | None = None


@frozen
class Worded:
    """The words of one attachment: of a change, None is what stays as it is."""

    id: str
    alt: str | None = None
    caption: str | None = None


@frozen
class Former:
    """What a message said before an edit, with the words of its attachments, and since when it had said so."""

    content: str
    html: str
    attachments: tuple[Worded, ...]
    said_at: datetime


@frozen
class Pin:
    """A message that somebody has pinned for all."""

    message: Message
    user_id: str
    pinned_at: datetime


@frozen
class Picture:
    """A picture in the gallery: its message's words, and `place`, where it stands among those that were asked for."""

    place: str
    conversation_id: str
    message_id: int
    sender_id: str
    content: str
    html: str
    created_at: datetime
    attachment: Attachment


@frozen
class Mine:
    """What only the caller sees of a conversation."""

    unread_count: int
    role: Role
    read_seq: int
    muted: bool
    marked_unread: bool


@frozen
class Conversation:
    """Two or more users and what they said. `mine` and `last_message` are the caller's, and absent in events."""

    id: str
    kind: Kind
    title: str | None
    hue: int
    chosen_hue: int | None
    participants: tuple[Participant, ...]
    created_at: datetime
    last_activity_at: datetime
    last_seq: int
    message_count: int
    last_message: Message | None
    mine: Mine | None


@frozen
class Event:
    """One numbered change to a conversation, with the thing it changed as that is now."""

    conversation_id: str
    seq: int
    kind: str
    actor_id: str
    created_at: datetime
    message: Message | None = None
    participant: Participant | None = None
    conversation: Conversation | None = None


@frozen
class Page(Generic[T]):
    """A piece of a longer list, and where the next one starts (None: there is no more)."""

    items: tuple[T, ...]
    next: str | int | None = None
