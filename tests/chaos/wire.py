"""A bad line: a proxy that passes bytes on until it cuts, holds, resets or starves them."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["cut", "hold", "reset", "starve"]
FAULTS: tuple[Fault, ...] = ("cut", "hold", "reset", "starve")
CHUNK = 64 * 1024


@dataclass(slots=True)
class Wire:
    """The lines that pass here, and how often each kind of fault befell them."""

    port: int = 0
    lines: set[_Line] = field(default_factory=set)
    befell: dict[Fault, int] = field(default_factory=lambda: dict.fromkeys(FAULTS, 0))

    @property
    def url(self) -> str:
        """Where the server seems to be."""
        return f"http://127.0.0.1:{self.port}"

    def befalls(self, fault: Fault, share: float = 0.5) -> int:
        """Let it happen to a share of the lines that are open; returns to how many."""
        struck = [line for line in self.lines if random.random() < share]
        for line in struck:
            line.suffers(fault)
        self.befell[fault] += len(struck)
        return len(struck)


class _Line:
    """One connection: two streams, and what is wrong with it."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near, self.far = near, far
        self.fault: Fault | None = None

    def suffers(self, fault: Fault) -> None:
        """From now on; what is reset is so at once, what is cut ends in the middle of what comes next."""
        self.fault = fault
        if fault == "reset":
            for end in (self.near, self.far):
                if end.transport.is_closing():
                    continue
                # Closing without lingering says RST instead of FIN.
                sock = end.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.transport.abort()

    async def passes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on one direction until it ends or is ended."""
        while data := await reader.read(CHUNK):
            match self.fault:
                case "cut":
                    writer.write(data[: len(data) // 2])
                    return
                case "hold":
                    # Half open: both ends think the other is there, and nothing comes.
                    await asyncio.sleep(3600)
                case "starve":
                    for byte in range(0, len(data), 16):
                        writer.write(data[byte : byte + 16])
                        await writer.drain()
                        await asyncio.sleep(0.02)
                case _:
                    writer.write(data)
                    await writer.drain()


@asynccontextmanager
async def wire(server_port: int) -> AsyncIterator[Wire]:
    """A proxy before a server on this machine, for as long as this lasts."""
    here = Wire()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", server_port)
            line = _Line(writer, far_writer)
            here.lines.add(line)
            ways = [
                asyncio.create_task(line.passes(reader, far_writer)),
                asyncio.create_task(line.passes(far_reader, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                here.lines.discard(line)
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                for end in (writer, far_writer):
                    end.close()

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
    here.port = proxy.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        proxy.close()
        for line in list(here.lines):
            line.suffers("reset")
