"""Reading a multipart body: files go straight to a temporary folder, and stop at the limit instead of being read on."""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Any, get_origin

from flask import request
from pydantic import BaseModel, WithJsonSchema
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData
from werkzeug.wsgi import get_input_stream

from chatsphere.api.bodies import unread
from chatsphere.core.errors import Invalid
from chatsphere.http.identity import house
from chatsphere.http.problems import BadRequest, TooLarge, WrongKind

_CHUNK = 256 * 1024
_MOST_TEXT = 64 * 1024
_MOST_PARTS = 64
_MOST_FILES = 20
_TYPE = re.compile(r"[\w!#$&^.+-]{1,63}/[\w!#$&^.+-]{1,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in, lying in a temporary folder until the request is answered."""

    path: Path
    name: str
    content_type: str
    size: int
    sha256: str

    @property
    def head(self) -> bytes:
        """Its first bytes, enough to tell what it is."""
        with self.path.open("rb") as file:
            return file.read(64)


UploadField = Annotated[Upload, WithJsonSchema({"type": "string", "format": "binary"})]


def received(stack: ExitStack, form: type[BaseModel]) -> Mapping[str, Any]:
    """The parts of this request by name, for the fields of `form`; the folder goes when the stack closes."""
    if request.mimetype != "multipart/form-data":
        raise WrongKind("Send a form, with Content-Type: multipart/form-data.")
    most = house().settings.max_upload_bytes
    if unread() or (request.content_length or 0) > _MOST_FILES * most + _MOST_PARTS * _MOST_TEXT:
        raise TooLarge(f"A file may have {house().settings.max_upload_mb} MB.")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=house().arriving)))
    found: dict[str, list[str | Upload]] = defaultdict(list)
    try:
        for name, value in _Reader(folder, most).parts():
            found[name].append(value)
    except ValueError as error:
        raise BadRequest("The body is not a valid form.") from error
    return {name: _as_field(form, name, values) for name, values in found.items()}


def _as_field(form: type[BaseModel], name: str, values: list[str | Upload]) -> Any:
    field = form.model_fields.get(name)
    many = field is not None and get_origin(field.annotation) in (list, tuple)
    return values[0] if len(values) == 1 and not many else values


class _Reader:
    """The parts of one body, one after another."""

    def __init__(self, folder: Path, most: int) -> None:
        boundary = request.mimetype_params.get("boundary", "").encode("ascii")
        if not boundary:
            raise ValueError("no boundary")
        # The bound is on what waits to be understood, so that a body without its boundary does not fill the memory.
        self._decoder = MultipartDecoder(boundary, max_form_memory_size=4 * _CHUNK, max_parts=_MOST_PARTS)
        self._stream = get_input_stream(request.environ, safe_fallback=False)
        self._folder, self._most = folder, most
        self._files = 0

    def parts(self) -> Iterator[tuple[str, str | Upload]]:
        """Each part's name and its text or file."""
        while not isinstance(event := self._next(), Epilogue):
            if isinstance(event, Field):
                yield event.name, self._text(event.name)
            elif isinstance(event, File):
                yield event.name, self._file(event)

    def _next(self) -> object:
        while isinstance(event := self._decoder.next_event(), NeedData):
            self._decoder.receive_data(self._stream.read(_CHUNK) or None)
        return event

    def _data(self) -> Iterator[bytes]:
        while isinstance(event := self._next(), Data):
            yield event.data
            if not event.more_data:
                return

    def _text(self, name: str) -> str:
        text = bytearray()
        for data in self._data():
            text += data
            if len(text) > _MOST_TEXT:
                raise TooLarge(f"The part {name[:100]} is too long.")
        try:
            return text.decode()
        except UnicodeDecodeError:
            raise Invalid.field(name[:100], "is not valid UTF-8") from None

    def _file(self, part: File) -> Upload:
        self._files += 1
        if self._files > _MOST_FILES:
            raise Invalid.field(part.name[:100], f"at most {_MOST_FILES} files go into one message")
        path = self._folder / str(self._files)
        with path.open("wb") as file:
            size, sha256 = self._write(file)
        return Upload(path, clean_name(part.filename), clean_type(part.headers.get("Content-Type", "")), size, sha256)

    def _write(self, file: IO[bytes]) -> tuple[int, str]:
        size, sha256 = 0, hashlib.sha256()
        for data in self._data():
            size += len(data)
            if size > self._most:
                raise TooLarge(f"A file may have {house().settings.max_upload_mb} MB.")
            sha256.update(data)
            file.write(data)
        return size, sha256.hexdigest()


def clean_type(said: str) -> str:
    """What kind a file is said to be, without parameters."""
    content_type = said.partition(";")[0].strip().lower()
    return content_type if len(content_type) <= 100 and _TYPE.fullmatch(content_type) else "application/octet-stream"


def clean_name(name: str) -> str:
    """A file's name without folders or what cannot be seen, at most 255 characters; its ending stays."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    seen = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C").strip().lstrip(".")
    stem, dot, ending = seen.rpartition(".")
    if dot and stem and len(ending) <= 20:
        return f"{stem[: 254 - len(ending)]}.{ending}"
    return seen[:255] or "file"
