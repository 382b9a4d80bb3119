"""An open socket of somebody's, and all that it has heard."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE = 20.0
_refs = itertools.count(1000)

Json = dict[str, Any]


class Socket:
    """One WebSocket; `heard` keeps every frame in the order of its arrival."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire
        self.heard: list[Json] = []
        self.hello = self.next_frame()

    def says(self, kind: str, **fields: Any) -> int:
        """Send a frame; its `ref` is made up unless told."""
        fields.setdefault("ref", next(_refs))
        self.sends({"type": kind, **fields})
        return int(fields["ref"])

    def sends(self, frame: Any) -> None:
        """Send any JSON as it is."""
        self.wire.send(json.dumps(frame))

    def asks(self, kind: str, **fields: Any) -> Json:
        """Send a frame and return what answers it."""
        return self.answer_to(self.says(kind, **fields))

    def answer_to(self, ref: int | None) -> Json:
        """The next frame that answers this ref and was not looked at before."""
        return self.hears(("ok", "error", "pong"), ref=ref)

    def complaint(self, text: str | bytes) -> Json:
        """The error that answers something said out of turn, after which the socket still lives."""
        before = len(self.heard)
        self.wire.send(text)
        self.lives()
        told = [frame for frame in self.heard[before:] if frame["type"] == "error"]
        assert len(told) == 1, told
        assert told[0].keys() == {"type", "ref", "problem"}
        assert {"status", "title", "detail"} <= told[0]["problem"].keys() <= {"status", "title", "detail", "errors"}
        return told[0]

    def posts(self, content: str, to: str, **more: Any) -> int:
        """Post a message and return its id."""
        answer = self.asks("post", conversation_id=to, content=content, **more)
        assert answer["type"] == "ok", answer
        return int(answer["id"])

    def hears(self, of: str | tuple[str, ...], **fields: Any) -> Json:
        """The first frame of this type with these fields since the hello; waits for it."""
        kinds = (of,) if isinstance(of, str) else of
        for frame in self._frames():
            if frame["type"] in kinds and all(name in frame and frame[name] == fields[name] for name in fields):
                return frame
        raise AssertionError(f"closed ({self.wire.close_code}) before {kinds} {fields}: {self.heard}")

    def event(self, conversation: str, kind: str) -> Json:
        """The first event of this kind in a conversation, waited for."""
        return self.hears("event", conversation_id=conversation, kind=kind)

    def of(self, conversation: str) -> list[Json]:
        """Everything heard so far of one conversation, events and news."""
        return [frame for frame in self.heard if frame.get("conversation_id") == conversation]

    def seqs(self, conversation: str) -> list[int]:
        """The numbers of all events heard of one conversation, in the order of their arrival."""
        return [frame["seq"] for frame in self.of(conversation) if frame["type"] == "event"]

    def catches_up(self, conversation: str, seq: int) -> list[int]:
        """The numbers heard of one conversation, once that of `seq` has come and a ping after it was answered."""
        self.hears("event", conversation_id=conversation, seq=seq)
        self.lives()
        return self.seqs(conversation)

    def lives(self) -> None:
        """Fail unless a ping is answered; what was sent before the answer is heard by then."""
        ref = self.says("ping")
        assert self.answer_to(ref) == {"type": "pong", "ref": ref}

    def ending(self) -> int:
        """The code that the server closes with, waited for."""
        try:
            while True:
                self.next_frame()
        except ConnectionClosed:
            return self.wire.close_code or 0

    def next_frame(self) -> Json:
        """The next frame to arrive."""
        text = self.wire.recv(timeout=PATIENCE)
        assert isinstance(text, str), "frames are text"
        frame: Json = json.loads(text)
        self.heard.append(frame)
        return frame

    def _frames(self) -> Iterator[Json]:
        yield from list(self.heard)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                yield self.next_frame()
            except (ConnectionClosed, TimeoutError):
                return


@contextmanager
def open_socket(address: str, headers: dict[str, str]) -> Iterator[Socket]:
    """A socket that has said hello, for as long as the block lasts."""
    with knock(address, headers) as wire:
        yield Socket(wire)


@contextmanager
def knock(address: str, headers: dict[str, str]) -> Iterator[ClientConnection]:
    """The connection that a handshake with just these headers opens; raises InvalidStatus where it is refused."""
    with connect(
        address,
        additional_headers=headers,
        user_agent_header=None,
        compression=None,
        max_size=None,
        max_queue=None,
        open_timeout=PATIENCE,
        close_timeout=2,
        ping_interval=None,
        proxy=None,
    ) as wire:
        yield wire
