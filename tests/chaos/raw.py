"""A socket with nothing around it: for thousands at once, and for those who do not read."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.chaos.crowd import Member

TEXT, CLOSE = 0x1, 0x8


@dataclass(slots=True)
class Answer:
    """What a knock at the door was answered with; reader and writer are for whoever was let in."""

    status: int
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def frames(self) -> AsyncIterator[tuple[int, bytes]]:
        """What comes, by kind, until there is no more."""
        try:
            while True:
                kind, length = await self.reader.readexactly(2)
                if length == 126:
                    (length,) = struct.unpack("!H", await self.reader.readexactly(2))
                elif length == 127:
                    (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
                yield kind & 0xF, await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            return


async def knock(url: str, member: Member, room: int | None = None) -> Answer:
    """Ask for a socket; `room` is how many bytes the kernel keeps for whoever does not read."""
    parts = urlsplit(url)
    plain = socket.socket()
    plain.setblocking(False)
    if room is not None:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    try:
        await asyncio.get_running_loop().sock_connect(plain, (parts.hostname, parts.port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=room or 2**16)
    except OSError:
        plain.close()
        raise
    key = base64.b64encode(os.urandom(16)).decode()
    asked = {"Host": parts.netloc, "Origin": url, "Upgrade": "websocket", "Connection": "Upgrade", **member.headers}
    asked |= {"Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13"}
    lines = ["GET /api/v1/socket HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
    try:
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    except (asyncio.IncompleteReadError, OSError) as error:
        writer.close()
        raise ConnectionError("hung up on") from error
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest if line)}
    return Answer(int(first.split()[1]), headers, reader, writer)
