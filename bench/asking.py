"""A keep-alive HTTP connection of the generator: a request as it was built, the answer's body."""

from __future__ import annotations

import asyncio
from typing import cast


class Refused(Exception):
    """An answer that is not the one that was asked for."""


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    said = {"Host": "127.0.0.1", **headers, **({"Content-Length": str(len(body))} if body else {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Asking(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._got = bytearray()
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        # uvloop's own, which is no subclass of asyncio's.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Gather an answer until it is whole."""
        self._got += data
        if not self._whole:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            self._whole = end + 4 + _length(bytes(self._got[:end]))
        if len(self._got) >= self._whole and self._answer is not None:
            self._answer.set_result(bytes(self._got))

    def connection_lost(self, _error: Exception | None) -> None:
        """Whoever waits waits for nothing."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Refused("The server hung up."))

    async def ask(self, wanted: bytes) -> bytes:
        """The answer's body; Refused unless its status is 200 or 201."""
        assert self._transport is not None  # noqa: S101 - made by `connect`
        self._answer, self._got, self._whole = asyncio.get_running_loop().create_future(), bytearray(), 0
        self._transport.write(wanted)
        head, _, body = (await self._answer).partition(b"\r\n\r\n")
        if head[9:12] not in (b"200", b"201"):
            raise Refused(f"{head[:60]!r} {body[:300]!r}")
        return body

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


async def connect(port: int) -> Asking:
    """A connection to this machine."""
    _, asking = await asyncio.get_running_loop().create_connection(Asking, "127.0.0.1", port)
    return asking


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise Refused("An answer that does not say how long it is.")
