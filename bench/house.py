"""ChatSphere as a target: on SQLite, or on MariaDB with Redis, in one process or several."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from bench import keeping
from bench.machine import pinned
from bench.seeding import id_of, token_of
from bench.sockets import Socket, open_socket
from bench.targets import Hear
from bench.texts import number_in, text
from bench.worlds import Room, World
from tests.services import MariaDB, Redis, Server, free_port

_ALL = frozenset(("pairs", "groups", "idle", "history", "inbox", "post", "pictures", "growth"))


class House:
    """A ChatSphere of its own. `database` is `sqlite` or `mariadb`; several `workers` need `redis`."""

    echoes = True
    scenarios = _ALL

    def __init__(self, database: str, *, redis: bool = False, workers: int = 1) -> None:
        words = {"sqlite": "SQLite", "mariadb": "MariaDB"}[database]
        many = f", {workers} processes" if workers > 1 else ""
        self.name = f"ChatSphere on {words}{' + Redis' if redis else ''}{many}"
        self._database, self._with_redis, self._workers = database, redis, workers
        self._servers: dict[str, Server] = {}
        self._folder = Path()
        self._port = 0

    def start(self, world: World, core: int) -> None:
        """A fresh server on a copy of this world."""
        # On the disk and not in memory: what is durable has to cost what it costs.
        self._folder = Path(tempfile.mkdtemp(prefix="run-", dir=keeping.folder()))
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
        """End everything and remove it."""
        if "server" in self._servers:
            self._servers.pop("server").stop()
        for server in self._servers.values():
            server.stop(signal.SIGKILL)
        self._servers.clear()
        shutil.rmtree(self._folder)

    @property
    def parts(self) -> Mapping[str, Sequence[int]]:
        """The server, and what it keeps things in; SQLite is part of the server."""
        return {"database": [], **{part: [server.pid] for part, server in self._servers.items()}}

    async def connect(self, user: str, hear: Hear) -> Talker:
        """A socket of this user."""

        def take(frame: bytes) -> None:
            if frame.startswith(_EVENT):
                hear(number_in(frame))
            elif frame.startswith(_ERROR):
                raise RuntimeError(frame.decode())

        url = f"ws://127.0.0.1:{self._port}/api/v1/socket"
        return Talker(await open_socket(url, _signed_in(user), take))


_EVENT, _ERROR = b'{"type":"event"', b'{"type":"error"'
_FRAME = '{"type":"post","ref":%d,"conversation_id":"%s","client_id":"m%d","content":"%s"}'


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
