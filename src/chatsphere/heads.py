"""The heads of requests: how large they may be and how long they may take, and one language for what is no request.

The server underneath bounds neither, so that one connection could fill the memory and a thousand silent ones the table
of open files.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chatsphere import policy

LARGEST = 64 * 1024
# Seconds from the first byte of a head, or from the connection, to the head's end.
PATIENCE = 30.0

_TITLES = {
    400: ("Bad Request", "Not understood", "That is not an HTTP request."),
    408: ("Request Timeout", "Too slow", "The request did not arrive in time."),
    431: ("Request Header Fields Too Large", "Too large", "The head of a request has at most 64 KiB."),
}


class TooLarge(Exception):
    """The head has no end in sight."""


class Heads(HttpToolsProtocol):
    """uvicorn's connection, which waits for a head neither for ever nor without a bound."""

    patience = PATIENCE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head = 0
        # What came since anything came of it: of a head, or of the chunks and trailers around a body.
        self._idle = 0
        self._begun = False
        self._status = 400
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless nothing has come of too much already."""
        self._idle += len(data)
        super().data_received(data)
        if self._idle > LARGEST and not self.transport.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._begun = True
        self._head = 0
        if self._waiting is None:
            self._wait()

    def on_url(self, url: bytes) -> None:
        """A piece of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._idle = 0
        self._begun = False
        self._arrived()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._idle = 0
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser stumbled over."""
        self._refuse(self._status)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > LARGEST:
            self._status = 431
            raise TooLarge

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.patience, self._late)

    def _arrived(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _late(self) -> None:
        if self._begun:
            self._refuse(408)
        else:
            # A browser that connected ahead of a request has asked nothing.
            self.transport.close()

    def _refuse(self, status: int) -> None:
        """Say why and hang up; in the middle of an answer there is only hanging up."""
        if not getattr(self.cycle, "response_complete", True):
            self.transport.abort()
            return
        self.transport.write(_answer(status))
        self.transport.close()


def _answer(status: int) -> bytes:
    reason, title, detail = _TITLES[status]
    headers, body = policy.refusal(status, title, detail)
    lines = [b"%s: %s" % header for header in (*headers, (b"connection", b"close"))]
    return b"\r\n".join((f"HTTP/1.1 {status} {reason}".encode(), *lines, b"", body))
