"""Frames as bytes: however they are cut and mixed on their way, the same is understood, in the same order."""

from __future__ import annotations

import asyncio
import json
import socket as sockets
import threading
from collections.abc import Callable, Sequence
from functools import partial
from struct import pack
from typing import Any

import pytest

from chatsphere.core import messages, sessions
from chatsphere.core.chat import Chat
from chatsphere.gateway import connection, handshake, plain, socket, wire
from tests.cast import Cast, Person
from tests.gateway.served import SOCKET

pytestmark = pytest.mark.anyio

MASK = b"\x13\x57\x9b\xdf"
TEXT, CONTINUED, BINARY, CLOSE, PING = 0x1, 0x0, 0x2, 0x8, 0x9


def framed(payload: bytes, opcode: int = TEXT, *, final: bool = True, masked: bool = True) -> bytes:
    """A frame as a client sends it (RFC 6455, section 5.2)."""
    size, mask = len(payload), 0x80 if masked else 0
    if size < 126:
        head = bytes([mask | size])
    elif size < 65536:
        head = bytes([mask | 126]) + pack("!H", size)
    else:
        head = bytes([mask | 127]) + pack("!Q", size)
    body = bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload)) if masked else payload
    return bytes([(0x80 if final else 0) | opcode]) + head + (MASK if masked else b"") + body


def said(ref: int, more: str = "") -> bytes:
    """A ping of ours, which is answered with its number."""
    return json.dumps({"type": "ping", "ref": ref, **({"more": more} if more else {})}).encode()


class Raw:
    """A socket of bytes."""

    def __init__(self, person: Person, port: int, *, early: Callable[[sockets.socket], None] | None = None) -> None:
        token = person.chat.do(sessions.open, person.id, kind="token", name="raw").token
        self.socket = sockets.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(sockets.IPPROTO_TCP, sockets.TCP_NODELAY, 1)
        head = (
            f"GET {SOCKET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {token}\r\n\r\n"
        )
        self.socket.sendall(head.encode())
        if early is not None:
            early(self.socket)
        self._read = self.socket.makefile("rb")
        assert b"101" in self._read.readline()
        while self._read.readline().strip():
            pass
        assert self.hears()["type"] == "hello"

    def frame(self) -> tuple[int, bytes]:
        """The next frame: its kind, and what it holds; kind 0 is the end."""
        head = self._read.read(2)
        if len(head) < 2:
            return 0, b""
        size = head[1]
        if size == 126:
            size = int.from_bytes(self._read.read(2))
        elif size == 127:
            size = int.from_bytes(self._read.read(8))
        return head[0] & 0xF, self._read.read(size)

    def hears(self) -> dict[str, object]:
        """The next text."""
        kind, payload = self.frame()
        assert kind == TEXT, (kind, payload)
        heard: dict[str, object] = json.loads(payload)
        return heard

    def refs(self, count: int) -> list[object]:
        """The numbers of that many answers."""
        found: list[object] = []
        while len(found) < count:
            heard = self.hears()
            if heard["type"] in ("ok", "error", "pong"):
                found.append(heard["ref"])
        return found

    def farewell(self) -> int:
        """The code with which the server hangs up."""
        while True:
            kind, payload = self.frame()
            if kind == CLOSE:
                return int.from_bytes(payload[:2])
            assert kind, "hung up without a word"

    def close(self) -> None:
        """Hang up."""
        self._read.close()
        self.socket.close()


async def scene(
    person: Person, port: int, play: Callable[[Raw], None], *, early: Callable[[sockets.socket], None] | None = None
) -> None:
    """Play something over a socket of bytes; `early` is done before the handshake is answered."""

    def run() -> None:
        raw = Raw(person, port, early=early)
        try:
            play(raw)
        finally:
            raw.close()

    await asyncio.to_thread(run)


def script() -> tuple[bytes, list[int | None]]:
    """Every kind of frame that a client may send, and the numbers of the answers, in order; None: that was no text."""
    long, longer = said(3, "x" * 300), said(9, "y" * 66_000)
    bytes_ = b"".join(
        (
            framed(said(1)),
            framed(said(2)),
            framed(long),
            framed(b"hm", PING),
            framed(said(4)[:9], final=False),
            framed(b"", PING),
            framed(said(4)[9:], CONTINUED),
            framed(said(5)),
            framed(b'{"type": "\\u0072esume", "ref": 6, "epoch": "", "seqs": {}}'),
            framed(said(7)),
            framed(said(8), BINARY),
            framed(longer),
            framed(said(10)),
        )
    )
    return bytes_, [1, 2, 3, 4, 5, 6, 7, None, 9, 10]


def pieces(whole: bytes, size: int) -> Sequence[bytes]:
    """Cut into pieces of this size."""
    return [whole[at : at + size] for at in range(0, len(whole), size)]


@pytest.mark.parametrize("size", [1 << 20, 1400, 211, 7])
async def test_however_frames_are_cut_they_are_answered_in_order(port: int, cast: Cast, size: int) -> None:
    whole, expected = script()

    def play(raw: Raw) -> None:
        for piece in pieces(whole, size):
            raw.socket.sendall(piece)
        answers: list[object] = []
        while len(answers) < len(expected):
            kind, payload = raw.frame()
            if kind == TEXT:
                answers.append(json.loads(payload)["ref"])
        assert answers == expected

    await scene(cast.ada, port, play)


async def test_one_byte_at_a_time(port: int, cast: Cast) -> None:
    def play(raw: Raw) -> None:
        for ref in (1, 2):
            for byte in framed(said(ref, "z" * 120)):
                raw.socket.sendall(bytes([byte]))
        assert raw.refs(2) == [1, 2]

    await scene(cast.ada, port, play)


async def test_who_talks_before_being_let_in_is_understood_too(
    port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, asked, heard, who = framed(said(1)), threading.Event(), threading.Event(), handshake.who

    async def slowly(*asking: Any) -> Any:
        asked.set()
        await asyncio.to_thread(heard.wait, 10)
        return await who(*asking)

    received = wire.Wire.data_received

    def receive(self: wire.Wire, data: bytes) -> None:
        received(self, data)
        if asked.is_set():
            heard.set()

    def early(line: sockets.socket) -> None:
        assert asked.wait(10)
        line.sendall(first[:5])

    monkeypatch.setattr(socket, "who", slowly)
    monkeypatch.setattr(wire.Wire, "data_received", receive)

    def play(raw: Raw) -> None:
        raw.socket.sendall(first[5:] + framed(said(2)))
        assert raw.refs(2) == [1, 2]

    await scene(cast.ada, port, play, early=early)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (framed(b"\xff\xfe"), 1007),
        (framed(said(1), masked=False), 1002),
        (bytes([0xC1]) + framed(said(1))[1:], 1002),
        (framed(said(1), 0x3), 1002),
        (framed(b"", CONTINUED), 1002),
        (framed(b"{", final=False) + framed(said(1)), 1002),
        (framed(b"x" * 126, PING), 1002),
        (framed(pack("!H", 1000), CLOSE), 1000),
    ],
)
async def test_what_is_no_frame_ends_the_socket_after_what_came_before_it(
    port: int, cast: Cast, frame: bytes, code: int
) -> None:
    def play(raw: Raw) -> None:
        raw.socket.sendall(framed(said(7)) + frame + framed(said(8)))
        assert raw.refs(1) == [7]
        assert raw.farewell() == code

    await scene(cast.ada, port, play)


async def test_a_flood_waits_its_turn_and_nothing_of_it_is_lost(port: int, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    posts = b"".join(
        framed(json.dumps({"type": "post", "ref": n, "conversation_id": tea, "content": str(n)}).encode())
        if n % 100
        else framed(json.dumps({"type": "resume", "ref": n, "epoch": "", "seqs": {tea: 1}}).encode())
        for n in range(900)
    )

    def play(raw: Raw) -> None:
        raw.socket.sendall(posts)
        assert raw.refs(900) == list(range(900))

    await scene(cast.ada, port, play)


async def test_who_does_not_wait_for_answers_is_made_to(port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tea, send = cast.ada.starts(cast.bo), Chat.send
    held: list[Callable[[], None]] = []
    post = json.dumps({"type": "post", "ref": 1, "conversation_id": tea, "content": "x" * 60}).encode()
    monkeypatch.setattr(connection, "UNANSWERED", 4)

    def hold(chat: Chat, operation: Any, *asked: Any, **more: Any) -> None:
        sending = partial(send, chat, operation, *asked, **more)
        held.append(sending) if operation is messages.post else sending()

    monkeypatch.setattr(Chat, "send", hold)

    def play(raw: Raw) -> None:
        raw.socket.sendall(framed(post) * 50)
        other = Raw(cast.bo, port)
        while len(held) < 4:
            other.socket.sendall(framed(said(1)))
            other.refs(1)
        for _ in range(20):
            other.socket.sendall(framed(said(1)))
            assert other.refs(1) == [1]
        other.close()
        assert len(held) == 4
        monkeypatch.setattr(Chat, "send", send)
        for sending in held:
            sending()
        assert raw.refs(50) == [1] * 50

    await scene(cast.ada, port, play)


def test_where_a_frame_ends() -> None:
    short, long = framed(b"x" * 125), framed(b"x" * 126)
    assert plain.end(short + long, 0) == len(short)
    assert plain.end(short + long, len(short)) == len(short + long)
    for data in (b"", short[:1], long[:2], long[:3]):
        assert (plain.end(data, 0) or 0) > len(data)
    assert plain.end(framed(b"x" * 65536), 0) is None
    assert plain.end(framed(b"x", masked=False), 0) is None


def test_what_a_plain_frame_says() -> None:
    for words in ("", "hello", "\u00e9" * 63, "x" * 60_000):
        assert plain.text(framed(words.encode())) == words
    assert plain.text(framed(b"x", BINARY)) is None
    assert plain.text(framed(b"x", final=False)) is None
    assert plain.text(framed(b"\xff")) is None
