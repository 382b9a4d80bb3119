"""A real server in a thread, and people who open real sockets to it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self, cast

import uvicorn
from uvicorn._types import ASGIApplication
from websockets.asyncio.client import ClientConnection, connect

from chatsphere.core import sessions
from tests.cast import Person

SOCKET = "/api/v1/socket"


@contextmanager
def serving(app: ASGIApplication, port: int) -> Iterator[uvicorn.Server]:
    """The application behind the server that serves it for people."""
    config = uvicorn.Config(
        app,
        port=port,
        loop="uvloop",
        http=cast("Any", "chatsphere.heads:Heads"),
        ws=cast("Any", "chatsphere.gateway.wire:Wire"),
        ws_max_size=1024 * 1024,
        ws_per_message_deflate=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join(15)
        assert not thread.is_alive()


class Line:
    """A program's socket, with what it was told."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []

    async def says(self, **frame: Any) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps(frame))

    async def hears(self, seconds: float = 5.0) -> dict[str, Any]:
        """The next frame."""
        async with asyncio.timeout(seconds):
            frame = cast("dict[str, Any]", json.loads(await self.socket.recv()))
        self.frames.append(frame)
        return frame

    async def hears_of(self, kind: str, seconds: float = 5.0) -> dict[str, Any]:
        """The next frame of this kind."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.hears(seconds)
                if frame["type"] == kind:
                    return frame

    async def hears_up_to(self, seq: int, seconds: float = 10.0) -> list[int]:
        """The numbers of events until this one."""
        seqs: list[int] = []
        while not seqs or seqs[-1] < seq:
            seqs.append((await self.hears_of("event", seconds))["seq"])
        return seqs

    async def is_silent(self, seconds: float = 0.3) -> None:
        """Fail if anything is heard."""
        try:
            frame = await self.hears(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"heard {frame}")

    async def is_closed(self, seconds: float = 5.0) -> int | None:
        """Wait for the end and return its code."""
        async with asyncio.timeout(seconds):
            await self.socket.wait_closed()
        return self.socket.close_code

    async def __aenter__(self) -> Self:
        """As `async with`."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Hang up."""
        await self.socket.close()


async def opens(person: Person, port: int, *, token: str | None = None) -> Line:
    """A socket of somebody's that has heard its hello."""
    token = token or person.chat.do(sessions.open, person.id, kind="token", name="script").token
    headers = {"Authorization": f"Bearer {token}"}
    line = Line(await connect(f"ws://127.0.0.1:{port}{SOCKET}", additional_headers=headers, max_queue=4096))
    assert (await line.hears())["type"] == "hello"
    return line
