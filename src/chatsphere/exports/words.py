"""data.json: the same for programs. Its shape is promised in docs/export.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TextIO

from chatsphere import __version__, shapes
from chatsphere.core.exports import Belonging
from chatsphere.core.values import Attachment, Conversation, Former, Message, Session, User
from chatsphere.shapes import moment, reaction

FORMAT = 1
Json = dict[str, Any]


class Words:
    """Writes data.json from its beginning to its end, never holding more than one message."""

    def __init__(self, file: TextIO, made_at: datetime) -> None:
        self._file = file
        self._first = True
        head = {"format": FORMAT, "chatsphere": __version__, "made_at": moment(made_at)}
        file.write(_told(head).rstrip("}"))

    def add(self, name: str, value: Json | list[Json]) -> None:
        """One of the things at the top."""
        self._file.write(f",\n{_told(name)}: {_told(value)}")

    def begin(self, name: str) -> None:
        """A list at the top, which is written piece by piece."""
        self._file.write(f",\n{_told(name)}: [")
        self._first = True

    def open(self, conversation: Json) -> None:
        """A conversation, up to its messages."""
        self._file.write("\n" if self._first else ",\n")
        self._file.write(f'{_told(conversation).rstrip("}")}, "messages": [')
        self._first = True

    def message(self, message: Json) -> None:
        """One of its messages."""
        self._file.write("\n  " if self._first else ",\n  ")
        self._file.write(_told(message))
        self._first = False

    def close(self) -> None:
        """That was the conversation."""
        self._file.write("]}")
        self._first = False

    def end(self, name: str | None = None) -> None:
        """The list is at its end; without a name, so is everything."""
        self._file.write("]" if name else "\n}\n")


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def account(user: User, image: str | None) -> Json:
    """Who it is."""
    return {
        "id": user.id,
        "user_name": user.user_name,
        "display_name": user.display_name,
        "email": user.email,
        "email_verified": user.email_verified,
        "is_admin": user.is_admin,
        "first_contact": user.first_contact,
        "language": user.language,
        "look": user.look,
        "presence": user.presence,
        "receipts": user.receipts,
        "second_factor": user.second_factor,
        "created_at": moment(user.created_at),
        "leaving_at": user.leaving_at and moment(user.leaving_at),
        "image": image,
    }


def session(one: Session) -> Json:
    """A place where they are signed in, or a program that may act for them."""
    seen = {"created_at": moment(one.created_at), "last_seen_at": moment(one.last_seen_at)}
    return {"id": one.id, "name": one.name, "device": one.device, "address": one.address, **seen}


def belongings(rows: Iterable[Belonging]) -> list[Json]:
    """What else is theirs, times as everywhere."""
    return [{name: moment(v) if isinstance(v, datetime) else v for name, v in row.items()} for row in rows]


def person(user: User) -> Json:
    """Somebody whom they talk with: what everybody sees, and no more."""
    shown = {"id": user.id, "user_name": user.user_name, "display_name": user.display_name}
    return shown | {"is_deleted": user.is_deleted}


def conversation(one: Conversation, page: str) -> Json:
    """A conversation; its messages follow."""
    mine = one.mine
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "created_at": moment(one.created_at),
        "last_activity_at": moment(one.last_activity_at),
        "role": mine and mine.role,
        "read_seq": mine and mine.read_seq,
        "muted": mine and mine.muted,
        "marked_unread": mine and mine.marked_unread,
        "participants": [{"user_id": each.user.id, "role": each.role} for each in one.participants],
        "page": page,
    }


def message(one: Message, paths: Mapping[str, str], former: Iterable[Former] = ()) -> Json:
    """A message and what it said before; where its files lie in the zip is in `paths`, by their ids."""
    return {
        "id": one.id,
        "sender_id": one.sender_id,
        "content": one.content,
        "attachments": [_attachment(each, paths.get(each.id)) for each in one.attachments],
        "previews": [{"url": each.url, "title": each.title, "description": each.description} for each in one.previews],
        "reply_to": one.reply_to,
        "reply_attachment": one.reply_attachment,
        "forwarded": one.forwarded,
        "pinned": one.pinned,
        "reactions": [reaction(each) for each in one.reactions],
        "edits": [shapes.former(each) for each in former],
        "created_at": moment(one.created_at),
        "edited_at": one.edited_at and moment(one.edited_at),
        "deleted_at": one.deleted_at and moment(one.deleted_at),
    }


def _attachment(one: Attachment, path: str | None) -> Json:
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "width": one.width,
        "height": one.height,
        "alt": one.alt,
        "caption": one.caption,
        "reactions": [reaction(each) for each in one.reactions],
        "path": path,
    }
