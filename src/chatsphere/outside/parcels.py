"""How the decoder process and its owner talk over pipes: a JSON head of stated length, then the bytes it announces.

JSON and not pickle: whoever takes over a decoder through a picture must not thereby take over its owner.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

MAX_HEAD = 65_536
MAX_BODY = 1 << 30

Head = dict[str, Any]


class Garbled(Exception):
    """The other side has ended, or does not keep to the form."""


def send(stream: BinaryIO, head: Head, *blobs: bytes) -> None:
    """Write one parcel."""
    packed = json.dumps({**head, "sizes": [len(blob) for blob in blobs]}).encode()
    stream.write(len(packed).to_bytes(4, "big") + packed)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Head, list[bytes]]:
    """Read one parcel; raises Garbled at its end or where it is not one."""
    length = int.from_bytes(_exactly(stream, 4), "big")
    if length > MAX_HEAD:
        raise Garbled
    try:
        head = json.loads(_exactly(stream, length))
        sizes = [int(size) for size in head["sizes"]]
    except (ValueError, TypeError, KeyError) as error:
        raise Garbled from error
    if min(sizes, default=0) < 0 or sum(sizes) > MAX_BODY:
        raise Garbled
    return head, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise Garbled
    return data
