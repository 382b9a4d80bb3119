"""The face of a socket, and uvicorn's behind it: bytes go straight to the transport, which is the only queue.

A frame is wrapped for the wire once and the same bytes go to every socket: a server's frames are not masked, and
nothing is compressed per connection.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Response
from websockets.protocol import OPEN

from chatsphere import policy
from chatsphere.gateway import plain

EXTENSION = "chatsphere.face"
LONGEST_MESSAGE = 1024 * 1024
# What may wait for a slow reader before it is cut off, and how long it has to take its farewell.
BACKLOG = 4 * 1024 * 1024
_FAREWELL = 3.0
_UNREAD = 64 * 1024
# A restarted server should not meet everybody in the same second.
_COME_BACK_WITHIN = 5.0

_WORDS = ("Not understood", "That is not how a socket is opened.")
_BROKEN_WORDS = ("Something broke", "It is not your fault, and it was written down.")

BROKEN, RESTARTED, ENDED, SLOW = 1011, 1012, 4001, 4008


class Face(Protocol):
    """All that the gateway needs of a socket server."""

    def send(self, data: bytes) -> bool:
        """Put wrapped frames on the wire without waiting; False: not done, too much waits there already."""

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; nothing is sent after it, and who does not answer is hung up on."""

    async def drained(self) -> None:
        """Wait until the reader has taken most of what was sent."""


def wrapped(payload: bytes) -> bytes:
    """A text frame as it goes over the wire (RFC 6455, section 5.2: final, unmasked)."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes([size]) + payload
    if size < 65536:
        return b"\x81\x7e" + struct.pack("!H", size) + payload
    return b"\x81\x7f" + struct.pack("!Q", size) + payload


class Wire(WebSocketsSansIOProtocol):
    """uvicorn's socket, which also shows the application its face, and reads plain frames itself."""

    leaving: Callable[[], None] | None = None
    heard: Callable[[str], bool] | None = None
    _plain: bool | None = None
    _begun = b""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is no handshake, and what went wrong in one, is answered by the library itself.
        self.conn.reject = partial(_rejected, self.conn.reject)  # type: ignore[method-assign]

    def data_received(self, data: bytes) -> None:
        """Read whole plain frames here, which nearly all are; the library judges everything else."""
        if not self.handshake_complete:
            # Whoever talks on before they are let in may have begun a frame, so that the library has to end it.
            self._plain = self._plain is None
        if not (self._plain and self._open()):
            super().data_received(data)
            return
        data = self._begun + data
        at = 0
        while (end := plain.end(data, at)) is not None and end <= len(data) and self._open():
            self._frame(data[at:end])
            at = end
        self._begun = data[at:]
        if end is None or not self._open():
            self._plain, self._begun = False, b""
            super().data_received(data[at:])

    def _open(self) -> bool:
        return self.handshake_complete and not self.close_sent and self.conn.state is OPEN

    def _frame(self, frame: bytes) -> None:
        text = plain.text(frame) if self.conn.current_size is None else None
        if text is None:
            super().data_received(frame)
        elif not (self.queue.empty() and self.heard is not None and self.heard(text)):
            self.curr_msg_data_type, self.frames = "text", [text.encode()]
            self.send_receive_event_to_app()

    def handle_connect(self, event: Any) -> None:
        """Put the face where the application finds it, in the scope's extensions."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][EXTENSION] = {"face": WireFace(self)}

    async def send(self, message: Any) -> None:
        """Pass on what the application sends; an answer in place of a socket completes the handshake too."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True

    def send_bytes(self, data: bytes) -> bool:
        """Put wrapped frames on the wire without waiting; False: too much waits there already."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return True
        # What waited before this counts: a single large piece is no sign of a slow reader.
        if self.transport.get_write_buffer_size() > BACKLOG:
            return False
        self.transport.write(data)
        return True

    def say_goodbye(self, code: int, reason: str = "") -> None:
        """Send a close frame and hang up in a while, whether it was read or not."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        if code == ENDED and self.transport.get_write_buffer_size() > _UNREAD:
            # What still waits would be delivered to somebody who is signed out.
            self.transport.abort()
            return
        self.stop_keepalive()
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.transport.resume_reading()
        self.read_paused = False
        # `close` would wait for a reader that reads nothing; `abort` does not.
        self.close_timer = self.loop.call_later(_FAREWELL, self.transport.abort)

    async def drained(self) -> None:
        """Wait until the reader has taken most of what was sent."""
        await self.writable.wait()

    def handle_ping(self) -> None:
        """Answer a ping; who asks on and on and reads none of the answers is cut off like any slow reader."""
        if not self.close_sent and self.transport.get_write_buffer_size() <= BACKLOG:
            super().handle_ping()
            return
        # The library has made a pong already, and would keep it.
        self.conn.data_to_send()
        self.say_goodbye(SLOW, "too slow")

    def keepalive_timeout(self) -> None:
        """Nobody is there: `close` would wait for the rest to be read."""
        super().keepalive_timeout()
        self.transport.abort()

    def shutdown(self) -> None:
        """The server is leaving: let the application finish, else say goodbye here."""
        if self.leaving is not None and not self.close_sent:
            self.leaving()
        else:
            super().shutdown()


def _rejected(reject: Callable[[int, str], Response], status: int, text: str) -> Response:
    """The library's refusal, in our words and with our policy."""
    response = reject(status, text)
    title, detail = _WORDS if status < 500 else _BROKEN_WORDS
    headers, response.body = policy.refusal(int(status), title, detail)
    for name, value in headers:
        response.headers.pop(name.decode(), None)
        response.headers[name.decode()] = value.decode()
    return response


class WireFace:
    """The face over a `Wire`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.send = wire.send_bytes

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye."""
        self._wire.say_goodbye(code, reason)

    async def drained(self) -> None:
        """Wait until the reader has taken most of what was sent."""
        await self._wire.drained()

    def when_heard(self, hear: Callable[[str], bool]) -> None:
        """Have `hear` told of each text at once; those that it does not take wait for the application as usual."""
        self._wire.heard = hear

    def when_leaving(self, leave: Callable[[], None]) -> None:
        """Have `leave` called when the server begins to stop."""
        self._wire.leaving = leave


def come_back() -> str:
    """What a socket is told when its server stops: how many seconds to wait, different for everybody."""
    return f"{random.uniform(0.2, _COME_BACK_WITHIN):.1f}"  # noqa: S311 - spreads the returns, hides nothing
