"""Uploads: a file comes in pieces, goes on after a cut from where it was, and is taken by a message once it is whole.

In the manner of tus 1.0: a length that is told first, PATCH with `Upload-Offset`, HEAD to hear how far it is.
"""

from __future__ import annotations

from typing import Annotated

from flask import Response
from pydantic import Field

from chatsphere import writing
from chatsphere.api import rights, staging
from chatsphere.api.bodies import OFFSET
from chatsphere.api.endpoint import Body, Piece, Reply, endpoint
from chatsphere.api.fields import Id
from chatsphere.api.parts import clean_name, clean_type
from chatsphere.core import uploads
from chatsphere.core.errors import Refusal
from chatsphere.core.uploads import Upload
from chatsphere.http.identity import house, me
from chatsphere.http.problems import TooLarge
from chatsphere.writing import UploadOut


class NewUpload(Body):
    """A file that is to come: for which conversation, how long it is, and what it calls itself."""

    conversation_id: Id
    length: Annotated[int, Field(ge=0, le=2**53 - 1, description="Bytes of the whole file.")]
    name: Annotated[str, Field(max_length=1000)] = ""
    type: Annotated[str, Field(max_length=255)] = ""


@endpoint("POST", "/uploads", status=201, limit="upload", also=(404, 409, 413))
def begin(body: NewUpload) -> Reply[UploadOut]:
    """Announce a file; its bytes follow in pieces."""
    rights.seat(body.conversation_id)
    if body.length > house().settings.max_upload_bytes:
        raise TooLarge(f"A file may have {house().settings.max_upload_mb} MB.")
    told = (clean_name(body.name), clean_type(body.type), body.length)
    return _told(house().chat.do(uploads.begin, me(), body.conversation_id, *told))


@endpoint("GET", "/uploads")
def mine() -> Reply[list[UploadOut]]:
    """List what of one's own is on its way, or waits for its message."""
    return Reply([writing.upload(one) for one in house().chat.ask(uploads.mine, me())])


@endpoint("GET", "/uploads/<upload_id>")
def get(upload_id: str) -> Reply[UploadOut]:
    """Show how much of a file has arrived; HEAD tells it too."""
    return _told(house().chat.ask(uploads.get, me(), upload_id))


@endpoint("PATCH", "/uploads/<upload_id>", right=rights.own_upload, limit="piece", also=(409,))
def grow(upload_id: str, piece: Piece) -> Reply[UploadOut]:
    """Send a piece of the file; with the last one it is made ready, and refused where it is no picture it claims to be.

    An empty piece at the end asks again for what the last one did.
    """
    if piece.data:
        key = house().chat.do(uploads.expect, me(), upload_id, piece.start, len(piece.data))
        house().storage.put(key, piece.data)
        grown = _grown(upload_id, key)
    else:
        grown = house().chat.ask(uploads.at, me(), upload_id, piece.start)
    whole = grown.arrived == grown.size and not grown.ready
    return _told(staging.finish(upload_id) if whole else grown)


@endpoint("DELETE", "/uploads/<upload_id>", status=204)
def drop(upload_id: str) -> Reply[None]:
    """Take a file back before it is sent; what has arrived of it goes for good."""
    house().chat.do(uploads.drop, me(), upload_id)
    return Reply()


def _grown(upload_id: str, key: str) -> Upload:
    try:
        return house().chat.do(uploads.grow, me(), upload_id, key)
    except Refusal:
        # Another one was quicker. The bytes of this one would stay as long as the upload does, however many are sent.
        house().storage.delete([key])
        house().chat.do(uploads.forget, [(upload_id, key.rpartition("/")[2])])
        raise


def _told(one: Upload) -> Reply[UploadOut]:
    def headers(answer: Response) -> None:
        answer.headers[OFFSET] = str(one.arrived)
        answer.headers["Upload-Length"] = str(one.size)

    return Reply(writing.upload(one), then=headers)
