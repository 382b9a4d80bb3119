"""A stage for the hub: the real core underneath, screens in place of sockets, and bells that the test rings itself."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest

from chatsphere import asgi
from chatsphere.core import log as events, sessions
from chatsphere.core.chat import Chat, Db
from chatsphere.core.database import open_engine
from chatsphere.gateway.connection import Connection
from chatsphere.gateway.frames import hello
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.socket import on_commit
from chatsphere.outside.bus import Note
from chatsphere.settings import Settings
from tests.cast import Cast, Person, gather
from tests.gateway.served import serving
from tests.services import free_port

P = ParamSpec("P")
R = TypeVar("R")


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the gateway runs in."""
    return "asyncio"


@pytest.fixture
def settings(make_settings: Callable[..., Settings], sqlite_url: str) -> Settings:
    """An installation at a port of its own."""
    return make_settings(database_url=sqlite_url, port=free_port())


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    """The port of a running server."""
    with serving(asgi.build(settings), settings.port):
        yield settings.port


def unwrapped(data: bytes) -> Iterator[dict[str, Any]]:
    """The frames in what went over the wire."""
    while data:
        size, at = data[1], 2
        if size == 126:
            size, at = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, at = int.from_bytes(data[2:10], "big"), 10
        yield json.loads(data[at : at + size])
        data = data[at + size :]


class Screen:
    """What somebody sees of a socket: a face that keeps what was sent."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.stuck = False
        self.reads = asyncio.Event()
        self.reads.set()

    def send(self, data: bytes) -> bool:
        """Keep it, unless nobody reads."""
        assert self.closed is None, "something was sent after the goodbye"
        if self.stuck:
            return False
        self.frames += unwrapped(data)
        return True

    def close(self, code: int, _reason: str = "") -> None:
        """Remember why."""
        self.closed = code

    async def drained(self) -> None:
        """Wait until the reader goes on."""
        await self.reads.wait()

    def kinds(self) -> list[str]:
        """What kinds of frames came."""
        return [frame["type"] for frame in self.frames]

    def seqs(self, conversation: str) -> list[int]:
        """The numbers that were heard of a conversation."""
        return [frame["seq"] for frame in self.of("event") if frame["conversation_id"] == conversation]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The frames of one kind."""
        return [frame for frame in self.frames if frame["type"] == kind]


class Stage:
    """A hub in one process, the cast in another: what the cast does is heard only through bells that are rung."""

    def __init__(self, here: Chat, there: Chat, kind: type[Hub]) -> None:
        self.here, self.there = here, there
        self.looked: Counter[str] = Counter()
        self.held: dict[str, asyncio.Event] = {}
        self.seen: dict[str, asyncio.Event] = {}
        self.failing: set[str] = set()
        self.rung: list[Note] = []
        epoch = here.ask(events.epoch)
        self.hub = kind(self._ask, self.rung.append, epoch)
        on_commit(here, self.hub)

    async def _ask(self, question: Callable[Concatenate[Db, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        name = getattr(question, "__name__", "")
        self.looked[name] += 1
        if name in self.failing:
            raise OSError("the database is away")
        answer = await asyncio.to_thread(partial(self.here.ask, question, *args, **kwargs))
        if name in self.held:
            self.seen[name].set()
            await self.held[name].wait()
        return answer

    async def hold(self, name: str) -> None:
        """From now on what this question finds is not told until `release`."""
        self.held[name], self.seen[name] = asyncio.Event(), asyncio.Event()

    def release(self, name: str) -> None:
        """Tell it."""
        self.held.pop(name).set()

    async def opens(self, person: Person, session_id: str | None = None) -> tuple[Screen, Connection]:
        """A socket of somebody's, which has had its hello."""
        screen = Screen()
        connection = self.connects(person, screen, session_id)
        await self.joins(connection)
        return screen, connection

    def connects(self, person: Person, screen: Screen, session_id: str | None = None) -> Connection:
        """A socket that has not joined yet."""
        session_id = session_id or self.here.do(sessions.open, person.id).session.id
        return Connection(screen, person.id, session_id)

    async def joins(self, connection: Connection) -> None:
        """Let it join and be welcomed."""
        said = hello(connection.user_id, connection.session_id, self.hub.epoch)
        await self.hub.join(connection, partial(connection.tell, said))

    async def settles(self) -> None:
        """Wait until nothing more happens by itself, or what is left waits for the test."""
        quiet, turns = 0, 0
        while quiet < 3 and turns < 200:
            await asyncio.sleep(0.005)
            busy = any(not task.done() for task in self.hub._tasks)
            quiet, turns = (0 if busy and not self.held else quiet + 1), turns + 1


@pytest.fixture
def here(sqlite_url: str) -> Iterator[Chat]:
    """The chat of the process that the hub is in."""
    chat = Chat(open_engine(sqlite_url), secret=b"for tests only")
    yield chat
    chat.close()


@pytest.fixture
def there(sqlite_url: str) -> Iterator[Chat]:
    """The chat of another process on the same database."""
    chat = Chat(open_engine(sqlite_url), secret=b"for tests only")
    yield chat
    chat.close()


@pytest.fixture
def cast(there: Chat) -> Cast:
    """People who act in the other process."""
    return gather(there)


@pytest.fixture
async def stage(here: Chat, there: Chat, anyio_backend: str) -> Stage:
    """A stage with the hub as it is."""
    return Stage(here, there, Hub)


def near(person: Person, stage: Stage) -> Person:
    """The same person, acting in the hub's own process."""
    return Person(stage.here, person.id, person.name)
