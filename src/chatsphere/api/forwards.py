"""Forwarding: what was said in one conversation is said again in others, with copies of its files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import ClientId, Id, message_number
from chatsphere.core import files, messages
from chatsphere.core.errors import Conflict, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.posts import Posted
from chatsphere.core.values import Message
from chatsphere.http.identity import house, me
from chatsphere.outlines import MessageOut


class Forwarded(Body):
    """Where to; `client_id` makes forwarding it twice harmless."""

    conversation_ids: Annotated[list[Id], Field(min_length=1, max_length=5)]
    client_id: ClientId | None = None


@endpoint(
    "POST",
    "/conversations/<conversation_id>/messages/<message_id>/forward",
    status=201,
    right=rights.read_message,
    limit="forward",
    also=(403, 409),
)
def forward(conversation_id: str, message_id: str, body: Forwarded) -> Reply[list[MessageOut]]:
    """Say a message again in other conversations. Its files are copied: they stay when the first one goes."""
    source = house().chat.ask(messages.get, me(), conversation_id, message_number(message_id))
    if source.deleted_at is not None:
        raise Conflict("This message was taken back.")
    wanted = list(dict.fromkeys(body.conversation_ids))
    for where in wanted:
        rights.seat(where)
    said = [_said(source, where, body.client_id) for where in wanted]
    return Reply([shapes.message(one.message) for one in said])


def _said(source: Message, where: str, client_id: str | None) -> Posted:
    staged: list[str] = []
    try:
        for (file_id, stored), one in zip(_album(source), source.attachments, strict=True):
            if file_id != one.id:
                raise NotFound
            _copy(staged, where, file_id, stored)
        album = [Attached(new, one.alt, one.caption) for new, one in zip(staged, source.attachments, strict=True)]
        said = _post(where, source.content, client_id, album)
    except BaseException:
        _drop(staged)
        raise
    if not said.created:
        _drop(staged)
    return said


def _album(source: Message) -> Sequence[tuple[str, Stored]]:
    if not source.attachments:
        return ()
    return house().chat.ask(files.album, me(), source.conversation_id, source.id)


def _post(where: str, content: str, client_id: str | None, album: Sequence[Attached]) -> Posted:
    return house().chat.do(messages.post, me(), where, content, client_id, None, album, None, True)


def _copy(staged: list[str], where: str, file_id: str, stored: Stored) -> None:
    """A row first, then the bytes; renditions are made when somebody asks for them."""
    staged.append(house().chat.do(files.stage, me(), where, stored))
    with tempfile.TemporaryDirectory(dir=house().arriving) as folder:
        path = Path(folder) / "copy"
        try:
            with path.open("wb") as copy:
                for piece in house().storage.read(files.key(file_id)):
                    copy.write(piece)
        except FileNotFoundError:
            raise NotFound from None
        house().storage.put(files.key(staged[-1]), path)


def _drop(staged: Sequence[str]) -> None:
    if staged:
        house().chat.do(files.drop, me(), staged)
