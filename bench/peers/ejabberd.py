"""ejabberd as a target: Debian's, its archive on the MariaDB that ChatSphere has, and nothing it could do without."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench import keeping
from bench.machine import pinned
from bench.peers import archive, packages, xmpp
from bench.processes import Processes
from bench.seeding import token_of
from bench.targets import Client, Hear, PagesAlone
from bench.worlds import Room, World
from tests.services import MariaDB, Server, free_port

_SETTINGS = """
hosts: [{host}]
loglevel: warning
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false, backlog: 1024}}
auth_method: [sql]
auth_password_format: plain
default_db: sql
cache_size: 100000
sql_type: mysql
sql_server: "127.0.0.1"
sql_port: {database}
sql_database: {name}
sql_username: {name}
sql_password: {name}
s2s_access: none
modules:
  mod_mam:
    default: always
    assume_mam_usage: true
    request_activates_archiving: false
    compress_xml: false
  mod_muc:
    host: {muc}
    history_size: 0
    max_users: 2000
    default_room_options: {{mam: true, persistent: true, max_users: 2000}}
"""
# One core for all: as many schedulers as it says, none of them spinning while it waits, since that would count.
_FLAGS = "+K true +P 250000 +Q 65536 +S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -noinput -boot start"


class Ejabberd(Processes):
    """An ejabberd of its own. A direct message goes to the other's socket alone, one in a group to everybody's."""

    scenarios = frozenset(("pairs", "groups", "idle", "history"))
    name = "ejabberd on MariaDB"
    # After a minute and a half a process of Erlang's sleeps, and gives back what signing in has taken.
    rest = 100.0

    def __init__(self) -> None:
        super().__init__()
        self.echoes = False
        self._rooms: dict[str, list[Room]] = {}

    def start(self, world: World, core: int) -> None:
        """A fresh server on a copy of this world."""
        groups = [room for room in world.rooms if not room.direct]
        self.echoes = bool(groups)
        self._rooms = {user: [room for room in groups if user in room.members] for user in _members(groups)}
        self._begin()
        root = packages.ejabberd()
        shutil.copytree(_kept(world, root), self._folder / "data")
        with pinned(core):
            database = MariaDB(self._folder, **keeping.DURABLE)
            self._servers["database"] = database.start()
            self._serve(root, database.port)

    def _serve(self, root: Path, database: int) -> None:
        self._port = free_port()
        told = self._folder / "ejabberd.yml"
        told.write_text(settings(self._port, database), encoding="utf-8")
        erlang = root / "usr" / "lib" / "erlang"
        [programs] = erlang.glob("erts-*/bin")
        [libraries] = (root / "usr" / "lib").glob("*-linux-gnu")
        environment = {
            "ROOTDIR": erlang,
            "BINDIR": programs,
            "EMU": "beam",
            "PROGNAME": "erl",
            "HOME": self._folder,
            "ERL_LIBS": libraries,
            "ERL_CRASH_DUMP": self._folder / "crash",
            "LD_LIBRARY_PATH": libraries,
            "EJABBERD_CONFIG_PATH": told,
            "EJABBERD_LOG_PATH": self._folder / "ejabberd.log",
        }
        spool = ["-mnesia", "dir", f'"{self._folder}/spool"', "-s", "ejabberd"]
        # `env` becomes erlexec and that becomes the beam; without a name for the node there is no epmd.
        command = ["env", *(f"{name}={value}" for name, value in environment.items()), str(programs / "erlexec")]
        self._servers["server"] = Server([*command, *_FLAGS.split(), *spool], self._listens, self._folder).start()

    async def connect(self, user: str, hear: Hear) -> Client:
        """A stream of this user, who has entered their groups."""
        stream = await xmpp.open_stream(self._port, user, token_of(user), hear)
        for room in self._rooms.get(user, ()):
            await xmpp.join(stream, room, user)
        stream.listen()
        return Talker(stream, user)

    async def reader(self, user: str) -> Browser:
        """A stream of this user for reading."""
        stream = await xmpp.open_stream(self._port, user, token_of(user))
        for room in self._rooms.get(user, ()):
            await xmpp.join(stream, room, user)
        return Browser(stream, user)


class Talker:
    """A stream that sends."""

    def __init__(self, stream: xmpp.Stream, user: str) -> None:
        self._user = user
        self.send = stream.send
        self.close = stream.close

    def frame(self, room: Room, number: int) -> bytes:
        """A message."""
        return xmpp.message(room, self._user, number)


class Browser(PagesAlone):
    """A stream over which somebody reads an archive (XEP-0313)."""

    def __init__(self, stream: xmpp.Stream, user: str) -> None:
        self._stream, self._user = stream, user
        self.close = stream.close

    async def page(self, room: Room, before: int) -> int:
        """Fifty messages."""
        return await xmpp.page(self._stream, room, self._user, archive.id_of(before))

    async def opening(self, room: Room) -> int:
        """The latest fifty."""
        return await self.page(room, room.messages + 1)


def settings(port: int, database: int) -> str:
    """Its ejabberd.yml: where it listens, and where its MariaDB does."""
    return _SETTINGS.format(host=xmpp.HOST, muc=xmpp.MUC, port=port, database=database, name=archive.NAME)


def _members(rooms: Sequence[Room]) -> list[str]:
    return [member for room in rooms for member in room.members]


def _kept(world: World, root: Path) -> Path:
    [schema] = root.glob("usr/share/ejabberd/sql/mysql.sql")
    return keeping.made(
        f"ejabberd-{world.name}",
        lambda making: keeping.mariadb(making, lambda server: archive.fill(server, world, schema)),
    )
