"""Files on their way in: a row first, then the bytes, then the message; whatever fails, nothing half is left."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chatsphere.api.parts import Upload
from chatsphere.core import files, messages, people
from chatsphere.core.errors import Invalid
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.messages import Posted
from chatsphere.core.values import User
from chatsphere.http.identity import house, me
from chatsphere.outside.images import NotAPicture, Prepared, looks_like_picture


def album(
    conversation_id: str,
    uploads: Sequence[Upload],
    alts: Sequence[str],
    content: str,
    client_id: str | None,
    reply_to: int | None,
) -> Posted:
    """Say something with files; the same `client_id` again gives the message that exists."""
    with _staging() as staged:
        for upload in uploads:
            _keep(staged, conversation_id, upload)
        attached = [Attached(file_id, alt) for file_id, alt in zip(staged, alts or [""] * len(staged), strict=True)]
        said = house().chat.do(messages.post, me(), conversation_id, content, client_id, reply_to, attached)
        if not said.created:
            house().chat.do(files.drop, me(), staged)
    return said


def portrait(upload: Upload) -> User:
    """Make a file the caller's picture."""
    with _staging() as staged, _naming("image"):
        data = house().images.portrait(upload.path, max_pixels=house().settings.max_pixels)
        _store(staged, None, _described(upload, "image", "image/jpeg", data), data)
        return house().chat.do(people.set_image, me(), staged[0])


@contextmanager
def _staging() -> Iterator[list[str]]:
    """The ids of what was staged; on any way out but the good one it is dropped."""
    staged: list[str] = []
    try:
        yield staged
    except BaseException:
        if staged:
            house().chat.do(files.drop, me(), staged)
        raise


@contextmanager
def _naming(field: str) -> Iterator[None]:
    """Say which part of the form it was that could not be decoded."""
    try:
        yield
    except NotAPicture as refusal:
        raise Invalid.field(field, refusal.detail) from None


def _keep(staged: list[str], conversation_id: str, upload: Upload) -> None:
    if looks_like_picture(upload.head, upload.name, upload.content_type):
        with _naming("file"):
            prepared = house().images.prepare(upload.path, max_pixels=house().settings.max_pixels)
        _keep_picture(staged, conversation_id, upload, prepared)
        return
    digest = bytes.fromhex(upload.sha256)
    stored = Stored(upload.name, "file", upload.content_type, upload.size, digest, digest)
    staged.append(house().chat.do(files.stage, me(), conversation_id, stored))
    house().storage.put(files.key(staged[-1]), upload.path)


def _keep_picture(staged: list[str], conversation_id: str, upload: Upload, prepared: Prepared) -> None:
    stored = Stored(
        name=upload.name,
        kind="image",
        content_type=prepared.content_type,
        size=len(prepared.original),
        sha256=hashlib.sha256(prepared.original).digest(),
        source_sha256=bytes.fromhex(upload.sha256),
        width=prepared.width,
        height=prepared.height,
        thumbhash=prepared.thumbhash,
        hue=prepared.hue,
        renditions=prepared.plan,
    )
    _store(staged, conversation_id, stored, prepared.original)
    for name, data in prepared.made.items():
        house().storage.put(files.key(staged[-1], name), data)
        house().chat.do(files.made, staged[-1], name, hashlib.sha256(data).digest(), len(data))


def _described(upload: Upload, kind: str, content_type: str, data: bytes) -> Stored:
    digest = hashlib.sha256(data).digest()
    return Stored(upload.name, kind, content_type, len(data), digest, bytes.fromhex(upload.sha256))


def _store(staged: list[str], conversation_id: str | None, stored: Stored, data: bytes) -> None:
    staged.append(house().chat.do(files.stage, me(), conversation_id, stored))
    house().storage.put(files.key(staged[-1]), data)
