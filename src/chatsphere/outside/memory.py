"""The cache: what was looked up lately, until it changes. It may forget at any time, and always when told to."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from chatsphere.core.carried import Carried

if TYPE_CHECKING:
    from chatsphere.settings import Settings

log = structlog.get_logger("chatsphere.memory")

T = TypeVar("T")
Look = Callable[[], T | None]

# Another process, a command line say, cannot tell a memory inside this one: it must notice by itself within 2 s.
LOCAL_SECONDS = 1.5
# Whoever could not be told, because Redis was away from one process alone, notices by itself within 2 s as well.
REDIS_SECONDS = 2.0
PATIENCE = 0.1
# How long a forgotten key stays closed, so that what was looked up before does not come in after.
_CLOSED = 5.0
_AGAIN = 0.25


class Memory(Protocol):
    """A cache that is read through."""

    def recall(self, key: str, look: Look[T], kind: Carried[T]) -> T | None:
        """What is known under this key, else what `look` finds (None is not kept)."""

    def forget(self, keys: Collection[str]) -> None:
        """From now on nobody is told what these keys stood for; never raises."""

    def close(self) -> None:
        """Let go of what it holds."""


class LocalMemory:
    """A memory inside this process: bounded, the least used goes first, and nothing stays long.

    It keeps values as they are: to make them from bytes took each request longer than all else that says who asks.
    """

    def __init__(self, size: int = 20_000, seconds: float = LOCAL_SECONDS) -> None:
        self._size = size
        self._seconds = seconds
        self._kept: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._looking: dict[str, set[object]] = defaultdict(set)
        self._lock = threading.Lock()

    def recall(self, key: str, look: Look[T], kind: Carried[T]) -> T | None:
        """What is known under this key, else what `look` finds."""
        mine = object()
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known[0] > time.monotonic():
                self._kept.move_to_end(key)
                return cast(T, known[1])
            self._looking[key].add(mine)
        value: T | None = None
        try:
            value = look()
        finally:
            self._keep(key, mine, value)
        return value

    def forget(self, keys: Collection[str]) -> None:
        """Whoever is looking right now may have seen the old: what they find is not kept."""
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)
                self._looking.pop(key, None)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _keep(self, key: str, mine: object, value: object) -> None:
        with self._lock:
            lookers = self._looking.get(key, set())
            fresh = mine in lookers
            lookers.discard(mine)
            if not lookers:
                self._looking.pop(key, None)
            if fresh and value is not None:
                self._kept[key] = (time.monotonic() + self._seconds, value)
                self._kept.move_to_end(key)
                while len(self._kept) > self._size:
                    self._kept.popitem(last=False)


class RedisMemory:
    """A memory that several processes share.

    Every value carries the name of the era it was kept in, and only those of the present era count. A process that
    could not tell Redis to forget trusts nothing there until it has begun a new era.
    """

    def __init__(self, url: str, seconds: float = REDIS_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        )
        self._milliseconds = int(seconds * 1000)
        self._clock = clock
        self._away_until = 0.0
        # A process that was killed may have left something unforgotten, but never for longer than things are kept.
        self._distrusts = False
        self._mending = threading.Lock()
        self._closed = threading.Event()

    def recall(self, key: str, look: Look[T], kind: Carried[T]) -> T | None:
        """What is known under this key, else what `look` finds; without Redis, what it finds."""
        era, value = self._known(key)
        if value is not None:
            return kind.unpack(value)
        began = self._clock()
        found = look()
        # After so long the door that `forget` closed may be open again.
        if found is not None and era is not None and self._clock() - began < _CLOSED / 2:
            self._keep(key, era, kind.pack(found))
        return found

    def forget(self, keys: Collection[str]) -> None:
        """Close these keys for a while, so that nothing older than now comes in."""
        if not keys:
            return
        try:
            if self._distrusts or self._clock() < self._away_until:
                raise ConnectionError
            pipe = self._redis.pipeline(transaction=False)
            for key in keys:
                pipe.set(_name(key), b"", px=int(_CLOSED * 1000))
            pipe.execute()
        except (RedisError, OSError) as error:
            self._distrust(error)

    def close(self) -> None:
        """Close the connections."""
        self._closed.set()
        self._redis.close()

    def _known(self, key: str) -> tuple[bytes | None, bytes | None]:
        """The present era (None: Redis is not to be used now) and the value, if there is one of this era."""
        if self._distrusts or self._clock() < self._away_until:
            return None, None
        try:
            era, kept = cast("list[bytes | None]", self._redis.mget(_ERA, _name(key)))
            if era is None:
                era = self._first_era()
        except (RedisError, OSError) as error:
            self._is_away(error)
            return None, None
        if kept is None:
            return era, None
        of, _, value = kept.partition(b":")
        # An empty one is a closed door: nothing may be kept behind it.
        return (era if kept else None), (value if kept and of == era else None)

    def _keep(self, key: str, era: bytes, value: bytes) -> None:
        try:
            self._put(keys=[_ERA, _name(key)], args=[era, era + b":" + value, self._milliseconds])
        except (RedisError, OSError) as error:
            self._is_away(error)

    def _put(self, keys: list[str], args: list[bytes | int]) -> Any:
        return self._redis.eval(_KEEP, len(keys), *keys, *args)

    def _first_era(self) -> bytes:
        self._redis.set(_ERA, secrets.token_hex(8), nx=True)
        return cast(bytes, self._redis.get(_ERA))

    def _is_away(self, error: BaseException) -> None:
        if self._clock() >= self._away_until:
            log.warning("the cache is away: asking the database", error=type(error).__name__)
        self._away_until = self._clock() + 1.0

    def _distrust(self, error: BaseException) -> None:
        self._is_away(error)
        with self._mending:
            if not self._distrusts:
                self._distrusts = True
                threading.Thread(target=self._mend, name="memory", daemon=True).start()

    def _mend(self) -> None:
        """Begin a new era as soon as Redis can be reached: others may be trusting what should be forgotten."""
        while not self._closed.wait(_AGAIN):
            try:
                # What fails between these two lines is noticed by `forget`, which waits for this lock.
                with self._mending:
                    self._redis.set(_ERA, secrets.token_hex(8))
                    self._distrusts = False
            except (RedisError, OSError):
                continue
            log.info("the cache is back, and empty")
            return


_ERA = "chatsphere:memory:era"

# Keeps a value only while the era is still the one it was looked up in and nobody has closed the key.
_KEEP = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('GET', KEYS[2]) == '' then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
"""


def _name(key: str) -> str:
    return f"chatsphere:memory:{key}"


def open_memory(settings: Settings) -> Memory:
    """The memory that the settings ask for."""
    return RedisMemory(settings.redis_url) if settings.redis_url else LocalMemory()
