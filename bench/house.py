"""ChatSphere as a target: on SQLite, or on MariaDB with Redis, in one process or several."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from bench import keeping
from bench.asking import Asking, connect, request
from bench.machine import pinned
from bench.processes import Processes
from bench.seeding import id_of, token_of
from bench.sockets import Socket, open_socket
from bench.targets import Hear
from bench.texts import number_in, text
from bench.worlds import Room, World
from tests.services import MariaDB, Redis, Server, free_port

_ALL = frozenset(("pairs", "groups", "idle", "history", "inbox", "post", "busy", "pictures", "growth", "workers"))


class House(Processes):
    """A ChatSphere of its own. `database` is `sqlite` or `mariadb`; several `workers` need `redis`."""

    echoes = True
    rest = 0.0
    scenarios = _ALL

    def __init__(self, database: str, *, redis: bool = False, workers: int = 1) -> None:
        super().__init__()
        words = {"sqlite": "SQLite", "mariadb": "MariaDB"}[database]
        many = f", {workers} processes" if workers > 1 else ""
        self.name = f"ChatSphere on {words}{' + Redis' if redis else ''}{many}"
        self._database, self._with_redis, self._workers = database, redis, workers

    def start(self, world: World, core: int) -> None:
        """A fresh server on a copy of this world."""
        self._begin()
        kept = keeping.kept(self._database, world)
        with pinned(core):
            environment = {"CHATSPHERE_DATA_DIR": str(self._folder), **self._stores(kept)}
            self._serve(environment)

    def _stores(self, kept: Path) -> dict[str, str]:
        told = {}
        if self._database == "mariadb":
            shutil.copytree(kept, self._folder / "data")
            database = self._servers["database"] = MariaDB(self._folder, **keeping.DURABLE)
            database.start()
            told["CHATSPHERE_DATABASE_URL"] = database.url(keeping.NAME)
        else:
            shutil.copyfile(kept, self._folder / "chatsphere.db")
        if self._with_redis:
            memory = self._servers["Redis"] = Redis(self._folder)
            told["CHATSPHERE_REDIS_URL"] = memory.start().url
        return told

    def _serve(self, told: Mapping[str, str]) -> None:
        self._port = free_port()
        options = {"--port": str(self._port), "--workers": str(self._workers)}
        command = [sys.executable, "-m", "chatsphere", "serve", *(part for pair in options.items() for part in pair)]
        # `env` becomes the server: its number is the server's.
        told = {**told, "CHATSPHERE_RATE_LIMITS": "off"}
        command = ["env", *(f"{name}={value}" for name, value in told.items()), *command]
        self._servers["server"] = Server(command, self._answers, self._folder).start()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        """End everything and remove it; its workers go when they are told."""
        if "server" in self._servers:
            self._servers.pop("server").stop()
        super().stop()

    async def connect(self, user: str, hear: Hear) -> Talker:
        """A socket of this user."""

        def take(frame: bytes) -> None:
            if frame.startswith(_EVENT):
                hear(number_in(frame))
            elif frame.startswith(_ERROR):
                raise RuntimeError(frame.decode())

        url = f"ws://127.0.0.1:{self._port}/api/v1/socket"
        return Talker(await open_socket(url, _signed_in(user), take))

    async def reader(self, user: str) -> Browser:
        """A connection of this user."""
        return Browser(await connect(self._port), _signed_in(user))


_EVENT, _ERROR = b'{"type":"event"', b'{"type":"error"'
_FRAME = '{"type":"post","ref":%d,"conversation_id":"%s","client_id":"m%d","content":"%s"}'
_SAID = '{"client_id":"m%d","content":"%s"}'
_PART = '--%s\r\nContent-Disposition: form-data; name="client_id"\r\n\r\np%d\r\n'
_JSON = {"Content-Type": "application/json"}
_MESSAGE, _CONVERSATION = b'"client_id":', b'"participants":'


def _signed_in(user: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(user)}"}


class Talker:
    """A socket that posts."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self.send = socket.send
        self.close = socket.close

    def frame(self, room: Room, number: int) -> bytes:
        """A `post`."""
        return (_FRAME % (number, id_of(room.name), number, text(number))).encode()


class Browser:
    """A connection over which somebody reads."""

    def __init__(self, asking: Asking, headers: dict[str, str]) -> None:
        self._asking, self._headers = asking, headers

    async def _get(self, path: str) -> bytes:
        return await self._asking.ask(request("GET", f"/api/v1{path}", self._headers))

    async def page(self, room: Room, before: int) -> int:
        """Fifty messages; the log's number 1 is the conversation's own."""
        path = f"/conversations/{id_of(room.name)}/messages?before={before + 1}&limit=50"
        return (await self._get(path)).count(_MESSAGE)

    async def inbox(self) -> int:
        """The list's first page."""
        return (await self._get("/users/conversations/me?limit=50")).count(_CONVERSATION)

    async def opening(self, room: Room) -> int:
        """The conversation and its latest page."""
        here = f"/conversations/{id_of(room.name)}"
        await self._get(here)
        return (await self._get(f"{here}/messages?limit=50")).count(_MESSAGE)

    async def post(self, room: Room, number: int) -> None:
        """Say something."""
        path, headers = f"/api/v1/conversations/{id_of(room.name)}/messages", {**self._headers, **_JSON}
        body = (_SAID % (number, text(number))).encode()
        await self._asking.ask(request("POST", path, headers, body))

    async def upload(self, room: Room, number: int, jpeg: bytes) -> list[str]:
        """Send a picture; the paths of its renditions."""
        path = f"/api/v1/conversations/{id_of(room.name)}/{id_of(room.members[0])}/messages/file"
        edge = "picture-of-the-benchmark"
        head = _PART % (edge, number) + f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="p.jpg"\r\n'
        body = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + jpeg + f"\r\n--{edge}--\r\n".encode()
        headers = {**self._headers, "Content-Type": f"multipart/form-data; boundary={edge}"}
        answer = json.loads(await self._asking.ask(request("POST", path, headers, body)))
        return [each["url"] for each in answer["attachments"][0]["renditions"]]

    async def fetch(self, path: str) -> int:
        """Read the bytes of a rendition."""
        return len(await self._asking.ask(request("GET", path, self._headers)))

    async def close(self) -> None:
        """Hang up."""
        self._asking.close()
