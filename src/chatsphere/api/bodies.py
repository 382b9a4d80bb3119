"""Reading a JSON body: its kind, its size, its syntax, and what is wrong with its fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import request
from pydantic import ValidationError
from werkzeug.wsgi import get_input_stream

from chatsphere.core.errors import FieldError, Invalid
from chatsphere.core.uploads import MOST_PIECE
from chatsphere.http.problems import BadRequest, TooLarge, WrongKind

MOST_BYTES = 1024 * 1024
PIECE = "application/offset+octet-stream"
OFFSET = "Upload-Offset"

_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a field here",
    "string_type": "must be text",
    "string_unicode": "is not valid Unicode",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dataclass_type": "must be a file",
}


def read() -> Mapping[str, Any]:
    """The JSON object in this request's body."""
    if request.mimetype != "application/json":
        raise WrongKind("Send JSON, with Content-Type: application/json.")
    parsed = _parsed(_bytes())
    if not isinstance(parsed, dict):
        raise Invalid.field("body", "must be a JSON object")
    return parsed


def piece() -> Mapping[str, Any]:
    """A part of a file in this request's body, and from which byte on it belongs there."""
    if request.mimetype != PIECE:
        raise WrongKind(f"Send bytes, with Content-Type: {PIECE}.")
    start = request.headers.get(OFFSET, "")
    if not (start.isascii() and start.isdecimal() and len(start) <= 15):
        raise Invalid.field(OFFSET, "must say, as a header, from which byte on this belongs")
    return {"start": int(start), "data": _bytes(MOST_PIECE, "A piece may have 8 MiB.")}


def unread() -> bool:
    """Whether the server in front of us found the body too large and left it where it was."""
    return bool(request.environ.get("chatsphere.too_large"))


def field_errors(error: ValidationError) -> list[FieldError]:
    """What pydantic found, by the name of the field as the client knows it."""
    found = {}
    for fault in error.errors(include_url=False, include_input=False):
        # A check of several fields together says itself which one is at fault.
        named = fault["loc"][0] if fault["loc"] else fault.get("ctx", {}).get("field", "body")
        field = shown(str(named))
        message = _PLAIN.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        place = next((f"item {part + 1} " for part in fault["loc"][1:] if isinstance(part, int)), "")
        found[field, f"{place}{message}"] = FieldError(field, f"{place}{message}")
    return list(found.values())[:100]


def shown(name: str) -> str:
    """A name of the client's own invention, fit to be shown again."""
    return name[:100].encode("utf-8", "replace").decode()


def _bytes(most: int = MOST_BYTES, too_large: str = "JSON is taken up to 1 MiB.") -> bytes:
    if unread() or (request.content_length or 0) > most:
        raise TooLarge(too_large)
    body: bytes = get_input_stream(request.environ, safe_fallback=False).read(most + 1)
    if len(body) > most:
        raise TooLarge(too_large)
    return body


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_not_json, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not valid JSON in UTF-8.") from error


def _not_json(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are unique: of two, readers would disagree which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found
