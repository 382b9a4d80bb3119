"""The first version as a target: Flask-SocketIO on SQLite, and the generator's Socket.IO."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench import keeping
from bench.asking import Asking, connect, request
from bench.machine import pinned
from bench.peers import packages
from bench.peers.first_tables import Base, Member, Message, Room as Row, User, opened
from bench.processes import Processes
from bench.seeding import token_of
from bench.sockets import Socket, open_socket
from bench.targets import Client, Hear, PagesAlone, Reader
from bench.texts import number_in, text
from bench.worlds import Room, World
from tests.services import Server, free_port

_EVENT, _GREETED, _PING, _REFUSED = b'42["message"', b"40{", b"2", b"44"
_FRAME = '42["post",{"room":%d,"content":"%s"}]'
_CONTENT = b'"content":'
_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 10_000


class FirstVersion(Processes):
    """A first version of its own."""

    scenarios = frozenset(("pairs", "groups", "idle", "history"))
    name = "Flask-SocketIO on SQLite"
    echoes = True
    rest = 0.0

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}
        self._firsts: dict[str, int] = {}

    def start(self, world: World, core: int) -> None:
        """A fresh server on a copy of this world."""
        self._numbers = {room.name: at for at, room in enumerate(world.rooms, start=1)}
        self._firsts = firsts(world)
        self._begin()
        file = self._folder / "first.db"
        shutil.copyfile(keeping.made(f"first-{world.name}", lambda making: filled(making, world)), file)
        self._port = free_port()
        module = ["-m", "bench.peers.first_version", str(file), str(self._port)]
        where = f"PYTHONPATH={Path(__file__).resolve().parents[2]}"
        with pinned(core):
            # `env` becomes the server: its number is the server's.
            command = ["env", where, str(packages.python()), *module]
            self._servers["server"] = Server(command, self._listens, self._folder).start()

    async def connect(self, user: str, hear: Hear) -> Client:
        """A socket of this user, who has been let in."""
        greeted = asyncio.get_running_loop().create_future()

        def take(packet: bytes) -> None:
            if packet.startswith(_EVENT):
                hear(number_in(packet))
            elif packet == _PING:
                opened_socket.send(b"3")
            elif packet.startswith((_GREETED, _REFUSED)) and not greeted.done():
                greeted.set_result(packet)

        url = f"ws://127.0.0.1:{self._port}/socket.io/?EIO=4&transport=websocket"
        opened_socket = await open_socket(url, {}, take)
        opened_socket.send(b"40" + json.dumps({"token": token_of(user)}).encode())
        if not (await greeted).startswith(_GREETED):
            raise RuntimeError(f"{user} was not let in.")
        return Talker(opened_socket, self._numbers)

    async def reader(self, user: str) -> Reader:
        """A connection of this user."""
        headers = {"Authorization": f"Bearer {token_of(user)}"}
        return Browser(await connect(self._port), headers, self._numbers, self._firsts)


class Talker:
    """A socket that posts."""

    def __init__(self, sends: Socket, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self.send = sends.send
        self.close = sends.close

    def frame(self, room: Room, number: int) -> bytes:
        """A `post`."""
        return (_FRAME % (self._numbers[room.name], text(number))).encode()


class Browser(PagesAlone):
    """A connection over which somebody reads."""

    def __init__(
        self, asking: Asking, headers: dict[str, str], numbers: Mapping[str, int], firsts: Mapping[str, int]
    ) -> None:
        self._asking, self._headers, self._numbers, self._firsts = asking, headers, numbers, firsts

    async def page(self, room: Room, before: int) -> int:
        """Fifty messages; ids are counted over all rooms."""
        path = f"/rooms/{self._numbers[room.name]}/messages?before={self._firsts[room.name] + before - 1}"
        return (await self._asking.ask(request("GET", path, self._headers))).count(_CONTENT)

    async def opening(self, room: Room) -> int:
        """The latest page."""
        return await self.page(room, room.messages + 1)

    async def close(self) -> None:
        """Hang up."""
        self._asking.close()


def firsts(world: World) -> dict[str, int]:
    """The id of each room's first message: they are said room by room."""
    found, following = {}, 1
    for room in world.rooms:
        found[room.name] = following
        following += room.messages
    return found


def filled(making: Path, world: World) -> Path:
    """A database of the first version's with everybody and everything of this world, in this folder."""
    file = making / "first.db"
    engine = opened(str(file))
    Base.metadata.create_all(engine)
    users = {name: at for at, name in enumerate(world.users, start=1)}
    with Session(engine) as db:
        _put(db, User, ({"id": at, "name": name, "token": token_of(name)} for name, at in users.items()))
        for at, room in enumerate(world.rooms, start=1):
            _put(db, Row, iter([{"id": at, "name": room.name}]))
            _put(db, Member, ({"room_id": at, "user_id": users[member]} for member in room.members))
            _put(db, Message, _said(at, room, users))
        db.commit()
    engine.dispose()
    return file


def _said(here: int, room: Room, users: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """What was said in a room, without the mark by which a round finds its own."""
    for number in range(room.messages):
        at = _BEGUN + timedelta(seconds=number)
        user = users[room.members[number % len(room.members)]]
        yield {"room_id": here, "user_id": user, "content": text(number).replace("^", ""), "created_at": at}


def _put(db: Session, table: type[Base], rows: Iterator[dict[str, object]]) -> None:
    while some := list(islice(rows, _BATCH)):
        db.execute(insert(table), some)
