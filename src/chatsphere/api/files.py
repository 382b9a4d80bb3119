"""The bytes of attachments, for whoever has a seat; asked again on every request."""

from __future__ import annotations

from flask import Response

from chatsphere.api import rights
from chatsphere.api.endpoint import endpoint
from chatsphere.http import blobs

_ADDRESS = "/conversations/<conversation_id>/files/<file_id>"


@endpoint("GET", _ADDRESS, right=rights.sit)
def original(conversation_id: str, file_id: str) -> Response:
    """Read a picture at its full size, or a file."""
    return blobs.attachment(conversation_id, file_id, None)


@endpoint("GET", f"{_ADDRESS}/<name>", right=rights.sit)
def rendition(conversation_id: str, file_id: str, name: str) -> Response:
    """Read a picture in one of its sizes."""
    return blobs.attachment(conversation_id, file_id, name)
