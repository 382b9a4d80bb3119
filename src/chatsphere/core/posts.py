"""Posts: what somebody wants to say, checked, and compared with what they have said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatsphere.core import files
from chatsphere.core.chat import Tx
from chatsphere.core.errors import Invalid
from chatsphere.core.events import Attached, MessagePosted, Said
from chatsphere.core.frozen import frozen
from chatsphere.core.phrases import phrase
from chatsphere.core.values import Message

LONGEST = 8000
_CLIENT_ID = re.compile(r"[A-Za-z0-9_.~-]{1,64}", re.ASCII)
_HALVES = re.compile("[\ud800-\udfff]")


@frozen
class Post:
    """What somebody wants to say."""

    me: str
    conversation_id: str
    content: str
    client_id: str | None = None
    reply_to: int | None = None
    files: Sequence[Attached] = ()
    reply_attachment: str | None = None
    forwarded: bool = False

    @property
    def said(self) -> MessagePosted:
        """The event that it becomes."""
        return MessagePosted(self.content, self.reply_to, tuple(self.files), self.reply_attachment, self.forwarded)


@frozen
class Posted:
    """The message, and whether it was new or said before with the same `client_id`."""

    message: Message
    created: bool


def check(one: Post) -> None:
    """Refuse what cannot be said."""
    if one.client_id is not None and not _CLIENT_ID.fullmatch(one.client_id):
        raise Invalid.field("client_id", "Use 1 to 64 letters, digits, '-', '_', '.' or '~'.")
    check_words(one.content, alone=not one.files)


def check_words(content: str, *, alone: bool) -> None:
    """Refuse what no message can say; `alone`: there are no files that would say enough."""
    if len(content) > LONGEST:
        raise Invalid.field("content", phrase("A message has at most {most} characters.", most=LONGEST))
    if alone and not content.strip():
        raise Invalid.field("content", "A message needs something to say.")
    if not storable(content):
        raise Invalid.field("content", "This text has characters that cannot be stored.")


def storable(text: str) -> bool:
    """Whether every database can hold this text."""
    return "\0" not in text and (text.isascii() or not _HALVES.search(text))


def same(tx: Tx, one: Post, said: Said) -> bool:
    """Whether this says what was said before, with files that were sent alike."""
    before, again = posted(said), one.said
    if _words(before) != _words(again):
        return False
    return files.sources(tx, [attached.file_id for attached in before.files]) == files.sources(
        tx, [attached.file_id for attached in again.files]
    )


def posted(said: Said) -> MessagePosted:
    """What was said, as what it is."""
    assert isinstance(said, MessagePosted)  # noqa: S101 - nothing else is posted, or has a client_id
    return said


def _words(said: MessagePosted) -> MessagePosted:
    """Everything of it but which files they are."""
    return replace(said, files=tuple(replace(attached, file_id="") for attached in said.files))
