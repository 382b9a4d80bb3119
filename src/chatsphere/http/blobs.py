"""Bytes on their way out: whole or a range, not at all to whoever has them, and never without asking for the right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from chatsphere.core import files
from chatsphere.core.errors import NotFound
from chatsphere.core.files import Blob
from chatsphere.http.identity import house, me
from chatsphere.http.responses import Response as Answer

# Nothing in it may run, whatever it is and however it is opened.
_HARMLESS = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Content:
    """What there is to send: its digest, its size, and how to read from one byte to before another."""

    sha256: bytes
    size: int
    content_type: str
    read: Callable[[int, int], Iterable[bytes]]
    disposition: str = "inline"
    harmless: bool = True


def attachment(conversation_id: str, file_id: str, name: str | None) -> Response:
    """Answer with an attachment's bytes, or with one of its renditions."""
    return found(house().chat.ask(files.readable, me(), conversation_id, file_id, name), file_id, name)


def found(blob: Blob, file_id: str, name: str | None) -> Response:
    """Answer with bytes that were found through a right, a rendition made now if it was not yet."""
    return served(blob if blob.sha256 is not None else _made(blob, file_id, name or ""))


def served(blob: Blob) -> Response:
    """Answer with bytes from the storage."""
    sha256, size = blob.sha256, blob.size
    if sha256 is None or size is None:
        raise NotFound

    def read(start: int, end: int) -> Iterable[bytes]:
        return _stored(blob.key, start, end)

    picture = blob.kind == "image"
    disposition = f"{'inline' if picture else 'attachment'}; filename*=UTF-8''{quote(blob.name, safe='')}"
    return _answer(Content(sha256, size, blob.content_type, read, disposition, harmless=not picture))


def generated(data: bytes, content_type: str) -> Response:
    """Answer with bytes that were made for this."""
    return _answer(
        Content(hashlib.sha256(data).digest(), len(data), content_type, lambda start, end: [data[start:end]])
    )


def _made(blob: Blob, file_id: str, name: str) -> Blob:
    data = house().images.rendition(b"".join(_stored(blob.original)), name)
    digest = hashlib.sha256(data).digest()
    house().storage.put(blob.key, data)
    try:
        house().chat.do(files.made, file_id, name, digest, len(data))
    except NotFound:
        # Taken back while it was being made: the sweep may have been here before these bytes.
        house().storage.delete([blob.key])
        raise
    return replace(blob, sha256=digest, size=len(data))


def _stored(key: str, start: int = 0, end: int | None = None) -> Iterable[bytes]:
    try:
        return house().storage.read(key, start, end)
    except FileNotFoundError:
        raise NotFound from None


def _answer(content: Content) -> Response:
    etag = content.sha256.hex()
    if request.if_none_match.contains_weak(etag):
        answer: Response = Answer(status=304)
        del answer.headers["Content-Type"]
    else:
        answer = _full(content, etag)
        answer.headers["Content-Disposition"] = content.disposition
    answer.set_etag(etag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Accept-Ranges"] = "bytes"
    if content.harmless:
        answer.headers["Content-Security-Policy"] = _HARMLESS
    return answer


def _full(content: Content, etag: str) -> Response:
    start, end, status = _wanted(content.size, etag)
    body: Iterable[bytes] = () if request.method == "HEAD" else content.read(start, end)
    answer = Answer(body, status, content_type=content.content_type, direct_passthrough=True)
    answer.headers["Content-Length"] = str(end - start)
    if status == 206:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    return answer


def _wanted(size: int, etag: str) -> tuple[int, int, int]:
    """From where to before where, and the status that says so. Several ranges at once are answered with all of it."""
    wanted = request.range
    valid = request.headers.get("If-Range", f'"{etag}"') == f'"{etag}"'
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not valid:
        return 0, size, 200
    found = wanted.range_for_length(size)
    if found is None:
        raise RequestedRangeNotSatisfiable(size)
    return found[0], found[1], 206
