"""The bell between processes: after a commit it says where there is news. It may lose a note.

What rings here is for the other ends: each process has its own news in hand already. A lost note delays news and
never loses it, since every reader of the log also looks by itself now and then. Beside a bell may travel what it rings
for, which spares a reading; nobody has to believe it, for the bell says the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from chatsphere.core.frozen import frozen
from chatsphere.outside.tidings import Seal, Tidings

if TYPE_CHECKING:
    from chatsphere.settings import Settings

log = structlog.get_logger("chatsphere.bus")

WAITING = 20_000
# The bytes of tidings that may wait for Redis; what is more goes without.
CARRIED = 1024 * 1024
_BATCH = 500
_CALM = 1.0
_LONGEST_PAUSE = 2.0


@frozen
class Bell:
    """There is news in this conversation, up to this number."""

    conversation_id: str
    seq: int


@frozen
class Touched:
    """These users have other seats or another profile, these sessions ended, these (conversation, user) cleared."""

    user_ids: tuple[str, ...] = ()
    session_ids: tuple[str, ...] = ()
    cleared: tuple[tuple[str, str], ...] = ()


@frozen
class Felt:
    """Something that is not in the log and may be lost: `typing`, `read` with the number, `marked` with 1 or 0.

    `read-unseen` is a `read` that only its reader's own sockets are told of.
    """

    kind: str
    conversation_id: str
    user_id: str
    data: int = 0


@frozen
class Missed:
    """Notes may have been missed until now: look at everything. Rung by the bus itself, at each new connection."""


Note = Bell | Touched | Felt | Missed | Tidings
Hear = Callable[[Note], None]


class Bus(Protocol):
    """One end of the bus: hears what the other ends ring."""

    @property
    def sound(self) -> bool:
        """Whether notes are getting through, as far as this end knows."""

    @property
    def carries(self) -> bool:
        """Whether tidings have somebody to go to."""

    async def start(self, hear: Hear) -> None:
        """Begin to hear, in this event loop."""

    async def stop(self) -> None:
        """Say what is still to be said, for a moment, and fall silent."""

    def ring(self, note: Note) -> None:
        """Tell the others; from any thread, never waiting, never failing."""


class LocalBus:
    """A bus inside one process; the ends that share a line hear each other. One alone has nobody to tell."""

    sound = True
    carries = False

    def __init__(self, line: list[LocalBus] | None = None) -> None:
        self._line = [] if line is None else line
        self._hear: Hear | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self, hear: Hear) -> None:
        """Begin to hear, in this event loop."""
        self._hear, self._loop = hear, asyncio.get_running_loop()
        self._line.append(self)

    async def stop(self) -> None:
        """Fall silent."""
        if self in self._line:
            self._line.remove(self)

    def ring(self, note: Note) -> None:
        """Tell the others."""
        for end in list(self._line):
            if end is not self and end._loop is not None and end._hear is not None:
                with contextlib.suppress(RuntimeError):  # its loop is closed: there is nobody any more
                    end._loop.call_soon_threadsafe(end._hear, note)


class RedisBus:
    """A bus over Redis' publish and subscribe, which comes back by itself when Redis was away."""

    carries = True

    def __init__(self, url: str, secret: bytes = b"") -> None:
        self._me = secrets.token_hex(4)
        # Of what comes in by its newer protocol, redis-py makes a text for its log, whether or not anybody keeps one.
        self._redis = Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=2, health_check_interval=3, protocol=2
        )
        # Publishing does not care for the database number, and two installations may share a server.
        database = self._redis.connection_pool.connection_kwargs.get("db", 0)
        self._channel = f"chatsphere:{database}:bus"
        self._waiting: deque[Note] = deque(maxlen=WAITING)
        self._seal = Seal(secret)
        self._tidings: deque[Tidings] = deque()
        self._weight = 0
        self._called = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.sound = False

    async def start(self, hear: Hear) -> None:
        """Begin to hear, in this event loop; returns once connected, or after a moment without Redis."""
        self._loop = asyncio.get_running_loop()
        hearing = asyncio.Event()
        self._tasks = [
            self._loop.create_task(self._listen(hear, hearing)),
            self._loop.create_task(self._speak()),
        ]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hearing.wait(), _CALM)

    async def stop(self) -> None:
        """Say what is still to be said, for a moment, and fall silent."""
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            await asyncio.wait_for(self._publish(), _CALM)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()

    def ring(self, note: Note) -> None:
        """Tell the others; what Redis has not taken waits, and the oldest is dropped when too much does."""
        if isinstance(note, Tidings):
            self._carry(note)
            return
        self._waiting.append(note)
        if self._loop is not None and not self._called:
            self._called = True
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to tell
                self._loop.call_soon_threadsafe(self._wake)

    def _carry(self, tidings: Tidings) -> None:
        # They go with the bell that follows them, and only once.
        if self._weight + tidings.size <= CARRIED:
            self._weight += tidings.size
            self._tidings.append(tidings)

    def _wake(self) -> None:
        # Before looking at what waits: what comes in from now on calls again.
        self._called = False
        self._news.set()

    async def _speak(self) -> None:
        pauses = _Pauses()
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._publish()
                pauses.over()
            except (RedisError, OSError, TimeoutError) as error:
                self._drop_felt()
                await pauses.rest("the bus cannot speak", error)
                self._news.set()

    async def _publish(self) -> None:
        while self._waiting:
            batch = [self._waiting[at] for at in range(min(_BATCH, len(self._waiting)))]
            await self._redis.publish(self._channel, encode(self._me, batch, self._seal.close(self._taken())))
            for note in batch:
                # A note may have been pushed out at the old end while Redis took this batch.
                if self._waiting and self._waiting[0] is note:
                    self._waiting.popleft()

    def _taken(self) -> list[Tidings]:
        taken, self._weight = list(self._tidings), 0
        self._tidings.clear()
        return taken

    def _drop_felt(self) -> None:
        for _ in range(len(self._waiting)):
            note = self._waiting.popleft()
            if not isinstance(note, Felt):
                self._waiting.append(note)

    async def _listen(self, hear: Hear, hearing: asyncio.Event) -> None:
        pauses = _Pauses()
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(self._channel)
                    self.sound = True
                    hear(Missed())
                    hearing.set()
                    pauses.over()
                    await self._hear_on(channel, hear)
            except Exception as error:  # noqa: BLE001 - whatever it is, coming back and looking at everything heals it
                self.sound = False
                await pauses.rest("the bus cannot hear", error)

    async def _hear_on(self, channel: PubSub, hear: Hear) -> None:
        while True:
            # The time limit lets the connection's own health check notice a server that fell silent.
            message = await channel.get_message(timeout=1.0)
            for note in decode(self._me, message["data"], self._seal) if message else ():
                hear(note)


class _Pauses:
    """How long to wait before the next try: longer each time, never the same as the others, said once."""

    def __init__(self) -> None:
        self._failures = 0

    def over(self) -> None:
        """It worked."""
        if self._failures:
            log.info("the bus is back")
        self._failures = 0

    async def rest(self, what: str, error: BaseException) -> None:
        """It did not work: wait a while."""
        if not self._failures:
            log.warning(what, error=type(error).__name__)
        self._failures += 1
        longest = min(_LONGEST_PAUSE, 0.05 * 2**self._failures)
        await asyncio.sleep(random.uniform(longest / 2, longest))  # noqa: S311 - spreads the tries, hides nothing


def encode(sender: str, notes: Iterable[Note], sealed: str = "") -> bytes:
    """Notes as they travel, and before these bells their tidings, sealed; who may hear none comes first."""
    touched: list[Any] = []
    others: list[Any] = []
    for note in notes:
        (touched if isinstance(note, Touched) else others).append(_packed(note))
    tidings = [["tidings", sealed]] if sealed else []
    return json.dumps([sender, *touched, *tidings, *others], separators=(",", ":")).encode()


def decode(me: str, data: bytes, seal: Seal) -> list[Note]:
    """The notes that somebody else sent; what cannot be read, by a newer version say, is passed over."""
    if data.startswith(b'["%b",' % me.encode()):
        return []
    try:
        _, *packed = json.loads(data)
        return [note for one in packed for note in _unpacked(one, seal)]
    except (ValueError, TypeError):
        return []


def _packed(note: Note) -> list[Any]:
    match note:
        case Bell():
            return ["bell", note.conversation_id, note.seq]
        case Touched():
            return ["touched", note.user_ids, note.session_ids, note.cleared]
        case Felt():
            return ["felt", note.kind, note.conversation_id, note.user_id, note.data]
        case _:
            return ["missed"]


def _unpacked(packed: Any, seal: Seal) -> Sequence[Note]:
    match packed:
        case ["bell", str(conversation_id), int(seq)]:
            return (Bell(conversation_id, seq),)
        case ["tidings", str(sealed)]:
            return seal.open(sealed)
        case ["touched", [*user_ids], [*session_ids], [*cleared]]:
            return (Touched(tuple(user_ids), tuple(session_ids), tuple((where, who) for where, who in cleared)),)
        case ["felt", str(kind), str(conversation_id), str(user_id), int(data)]:
            return (Felt(kind, conversation_id, user_id, data),)
        case ["missed"]:
            return (Missed(),)
        case _:
            return ()


def open_bus(settings: Settings) -> Bus:
    """The bus that the settings ask for."""
    if not settings.redis_url:
        return LocalBus()
    return RedisBus(settings.redis_url, settings.secret_key.encode())
