"""Pages leave packed, and never at their true length: others can write into them."""

from __future__ import annotations

import secrets
import struct
import zlib

from flask import Flask, Response, request

# Below this a packed page is hardly smaller.
_LEAST = 1024
# Whoever can write into a page and watch the line could guess, from lengths, at what else is on it: each answer is
# longer than it need be by up to so many bytes, drawn anew.
_SLACK = 128
_NAMED = 8  # the flag in a gzip head which says that a name follows; readers skip it


def install(app: Flask) -> None:
    """Pack every page on its way out."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    # The API's own page is the same for everybody, and its HEAD says what its GET will.
    if request.path.startswith("/api/"):
        return response
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if response.headers.get("Content-Encoding") or request.accept_encodings["gzip"] <= 0:
        return response
    body = response.get_data()
    if len(body) >= _LEAST:
        response.set_data(packed(body))
        response.headers["Content-Encoding"] = "gzip"
    return response


def packed(body: bytes) -> bytes:
    """The body as gzip, under a name of random length that no reader looks at."""
    name = b"-" * secrets.randbelow(_SLACK) + b"\0"
    head = b"\x1f\x8b\x08" + bytes([_NAMED]) + b"\0\0\0\0" + b"\0\xff" + name
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(body) + deflate.flush()
    return head + packed + struct.pack("<LL", zlib.crc32(body), len(body) & 0xFFFFFFFF)
