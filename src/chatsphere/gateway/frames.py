"""The frames of the socket: what a client may say, and what it is told. Their public picture is docs/asyncapi.yaml."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from chatsphere.core.errors import Refusal

LONGEST_FRAME = 128 * 1024
# The largest whole number that every JSON reader keeps exactly.
_LARGEST = 2**53 - 1

Ref = int
Seq = Annotated[int, Field(ge=0, le=_LARGEST)]
AnId = Annotated[str, Field(max_length=36)]


class NotUnderstood(Refusal):
    """The frame cannot be read."""

    status, title = 400, "Not understood"


class TooLarge(Refusal):
    """The frame is longer than is taken here."""

    status, title = 413, "Too large"


class NotValid(Refusal):
    """The frame can be read, and is not one of ours."""

    status, title = 422, "Not valid"


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Post(_Frame):
    """Say something."""

    type: Literal["post"]
    ref: Ref
    conversation_id: AnId
    content: str
    client_id: str | None = None
    reply_to: Annotated[int, Field(ge=1, le=_LARGEST)] | None = None
    reply_attachment: AnId | None = None


class Read(_Frame):
    """I have read up to this number."""

    type: Literal["read"]
    ref: Ref
    conversation_id: AnId
    seq: Seq


class Typing(_Frame):
    """I am writing something here."""

    type: Literal["typing"]
    conversation_id: AnId


class Resume(_Frame):
    """Go on from these numbers."""

    type: Literal["resume"]
    ref: Ref
    epoch: Annotated[str, Field(max_length=64)]
    seqs: dict[AnId, Seq]


class Ping(_Frame):
    """Are you there?"""

    type: Literal["ping"]
    ref: Ref


ClientFrame = Annotated[Post | Read | Typing | Resume | Ping, Field(discriminator="type")]
_client_frame: TypeAdapter[Post | Read | Typing | Resume | Ping] = TypeAdapter(ClientFrame)


def parse(text: str) -> Post | Read | Typing | Resume | Ping:
    """The frame that a client sent, or a Refusal that says why it is none."""
    # No character takes more than four bytes.
    if len(text) > LONGEST_FRAME // 4 and len(text.encode()) > LONGEST_FRAME:
        raise TooLarge("A frame has at most 128 KiB.")
    try:
        return _client_frame.validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if fault["type"] == "json_invalid":
        raise NotUnderstood("A frame is one JSON object.")
    where = ".".join(str(part) for part in fault["loc"][1:])
    raise NotValid(f"{where}: {fault['msg']}" if where else fault["msg"])


def ref_of(text: str) -> int | None:
    """The `ref` of a frame that is not understood, where it has one."""
    if len(text) > LONGEST_FRAME:
        return None
    try:
        said = from_json(text)
    except ValueError:
        return None
    ref = said.get("ref") if isinstance(said, dict) else None
    return ref if isinstance(ref, int) and not isinstance(ref, bool) else None


def hello(user_id: str, session_id: str, epoch: str) -> bytes:
    """The first frame of every socket."""
    return _encode({"type": "hello", "user_id": user_id, "session_id": session_id, "epoch": epoch})


def ok(ref: int, message_id: int | None = None) -> bytes:
    """It is done, and committed."""
    # The hottest frame of all: any encoder would take several times as long.
    return _DONE % ref if message_id is None else _SAID % (ref, message_id)


_DONE, _SAID = b'{"type":"ok","ref":%d}', b'{"type":"ok","ref":%d,"id":%d}'


def pong(ref: int) -> bytes:
    """I am here."""
    return _encode({"type": "pong", "ref": ref})


def error(ref: int | None, refusal: Refusal) -> bytes:
    """Why not."""
    problem: dict[str, Any] = {"status": refusal.status, "title": refusal.title, "detail": refusal.detail}
    if refusal.errors:
        problem["errors"] = [{"field": one.field, "message": one.message} for one in refusal.errors]
    if (retry_after := getattr(refusal, "retry_after", None)) is not None:
        problem["retry_after"] = retry_after
    return _encode({"type": "error", "ref": ref, "problem": problem})


def read(conversation_id: str, user_id: str, seq: int) -> bytes:
    """Somebody has read up to this number."""
    return _encode({"type": "read", "conversation_id": conversation_id, "user_id": user_id, "seq": seq})


def marked(conversation_id: str, unread: bool) -> bytes:
    """I have marked it as unread at another device, or have come back to it there."""
    return _encode({"type": "marked", "conversation_id": conversation_id, "unread": unread})


def switched(*, presence: bool, receipts: bool) -> bytes:
    """I show other things of myself than before, and see others of others."""
    return _encode({"type": "switched", "presence": presence, "receipts": receipts})


def typing(conversation_id: str, user_id: str) -> bytes:
    """Somebody is writing something."""
    return _encode({"type": "typing", "conversation_id": conversation_id, "user_id": user_id})


def presence(user_id: str, online: bool) -> bytes:
    """Somebody came or went."""
    return _encode({"type": "presence", "user_id": user_id, "online": online})


def reset(conversation_id: str, seq: int | None) -> bytes:
    """Load this conversation afresh and go on from this number; None: it is not yours (any more)."""
    return _encode({"type": "reset", "conversation_id": conversation_id, "seq": seq})


def _encode(frame: dict[str, Any]) -> bytes:
    return to_json(frame)
