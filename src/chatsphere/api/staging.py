"""Files on their way in: a row first, then the bytes, then the message; whatever fails, nothing half is left."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chatsphere.api.parts import Upload
from chatsphere.core import files, messages, people, uploads
from chatsphere.core.errors import Invalid
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.posts import Posted
from chatsphere.core.values import User
from chatsphere.http.identity import house, me
from chatsphere.outside.images import NotAPicture, Prepared, looks_like_picture


@dataclass(frozen=True, slots=True)
class Words:
    """What is said with the files, if there are any, and in answer to what."""

    content: str
    client_id: str | None
    reply_to: int | None
    reply_attachment: str | None


def album(
    conversation_id: str,
    uploads: Sequence[Upload],
    album: Sequence[tuple[str, str]],
    words: Words,
) -> Posted:
    """Say something with files; the same `client_id` again gives the message that exists."""
    with _staging() as staged:
        for upload in uploads:
            _keep(staged, conversation_id, upload)
        said = say(conversation_id, words, _attached(staged, album))
        if not said.created:
            house().chat.do(files.drop, me(), staged)
    return said


def arrived(
    conversation_id: str,
    upload_ids: Sequence[str],
    album: Sequence[tuple[str, str]],
    words: Words,
) -> Posted:
    """Say something with files that came in pieces before; the same `client_id` again gives the message that exists."""
    for upload_id in house().chat.ask(uploads.whole, me(), upload_ids):
        # Whoever took in the last piece was killed before the file was made of them.
        finish(upload_id)
    with _naming("uploads"):
        return say(conversation_id, words, _attached(upload_ids, album))


def say(conversation_id: str, words: Words, attached: Sequence[Attached] = ()) -> Posted:
    """Say something, with files that are here."""
    told = (words.content, words.client_id, words.reply_to, attached, words.reply_attachment)
    return house().chat.do(messages.post, me(), conversation_id, *told)


def words(alts: Sequence[str], captions: Sequence[str], count: int) -> list[tuple[str, str]]:
    """What each file shows and what is said of it; of none where nothing was given."""
    return list(zip(alts or [""] * count, captions or [""] * count, strict=True))


def _attached(file_ids: Sequence[str], album: Sequence[tuple[str, str]]) -> list[Attached]:
    return [Attached(file_id, alt, caption) for file_id, (alt, caption) in zip(file_ids, album, strict=True)]


def finish(upload_id: str) -> uploads.Upload:
    """Make the file of an upload whose pieces have all arrived; what claims to be a picture and is none goes at once.

    Doing it twice, or in two processes at once, is harmless: the same bytes come to lie in the same places.
    """
    begun = house().chat.ask(uploads.get, me(), upload_id)
    with tempfile.TemporaryDirectory(dir=house().arriving) as folder:
        path = Path(folder) / "whole"
        whole = Upload(path, begun.name, begun.content_type, *_joined(upload_id, path))
        try:
            _make(upload_id, whole)
        except NotAPicture as refusal:
            house().chat.do(uploads.drop, me(), upload_id)
            raise Invalid.field("uploads", refusal.detail) from None
    return house().chat.do(uploads.finish, me(), upload_id)


def _make(upload_id: str, whole: Upload) -> None:
    if not looks_like_picture(whole.head, whole.name, whole.content_type):
        house().chat.do(uploads.stage, me(), upload_id, _plain(whole))
        house().storage.put(files.key(upload_id), whole.path)
        return
    prepared = house().images.prepare(whole.path, max_pixels=house().settings.max_pixels)
    house().chat.do(uploads.stage, me(), upload_id, _pictured(whole, prepared))
    house().storage.put(files.key(upload_id), prepared.original)
    _keep_made(upload_id, prepared)


def _joined(upload_id: str, path: Path) -> tuple[int, str]:
    """Put the pieces together; returns size and digest of the whole."""
    size, digest = 0, hashlib.sha256()
    with path.open("wb") as file:
        for key in house().chat.ask(uploads.keys, me(), upload_id):
            for data in house().storage.read(key):
                size += file.write(data)
                digest.update(data)
    return size, digest.hexdigest()


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
    """Say which part of the request it was that could not be decoded, or is not there any more."""
    try:
        yield
    except NotAPicture as refusal:
        raise Invalid.field(field, refusal.detail) from None
    except Invalid as refusal:
        if [one.field for one in refusal.errors] != ["file"]:
            raise
        raise Invalid.field(field, refusal.detail) from None


def _keep(staged: list[str], conversation_id: str, upload: Upload) -> None:
    if looks_like_picture(upload.head, upload.name, upload.content_type):
        with _naming("file"):
            prepared = house().images.prepare(upload.path, max_pixels=house().settings.max_pixels)
        _store(staged, conversation_id, _pictured(upload, prepared), prepared.original)
        _keep_made(staged[-1], prepared)
        return
    staged.append(house().chat.do(files.stage, me(), conversation_id, _plain(upload)))
    house().storage.put(files.key(staged[-1]), upload.path)


def _plain(upload: Upload) -> Stored:
    digest = bytes.fromhex(upload.sha256)
    return Stored(upload.name, "file", upload.content_type, upload.size, digest, digest)


def _pictured(upload: Upload, prepared: Prepared) -> Stored:
    return Stored(
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


def _keep_made(file_id: str, prepared: Prepared) -> None:
    for name, data in prepared.made.items():
        house().storage.put(files.key(file_id, name), data)
        house().chat.do(files.made, file_id, name, hashlib.sha256(data).digest(), len(data))


def _described(upload: Upload, kind: str, content_type: str, data: bytes) -> Stored:
    digest = hashlib.sha256(data).digest()
    return Stored(upload.name, kind, content_type, len(data), digest, bytes.fromhex(upload.sha256))


def _store(staged: list[str], conversation_id: str | None, stored: Stored, data: bytes) -> None:
    staged.append(house().chat.do(files.stage, me(), conversation_id, stored))
    house().storage.put(files.key(staged[-1]), data)
