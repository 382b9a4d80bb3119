"""How often something happened lately: counted in Redis for all processes, and in this one whatever becomes of Redis.

Both count all the time, and the larger number holds: a Redis that dies, hangs or is emptied sets nobody free.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from limits.storage import RedisStorage, Storage
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger("chatsphere.counts")

R = TypeVar("R")

SCHEME = "chatsphere"
# Seconds that Redis may take to answer, and for which it is not asked again after it did not.
PATIENCE, _AGAIN = 1.0, 2.0
# How much is counted here at a time; about 20 MB.
MOST = 50_000


class Counts:
    """Counters inside this process: each for its time, and only so many of them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def incr(self, key: str, seconds: float, amount: int = 1) -> int:
        """Count on, from nothing where the counter's time is over."""
        now = time.time()
        with self._lock:
            ends, count = self._kept.get(key, (0.0, 0))
            if ends <= now:
                ends, count = now + seconds, 0
                self._make_room(now)
            self._kept[key] = (ends, max(0, count + amount))
            return max(0, count + amount)

    def get(self, key: str) -> int:
        """How often so far."""
        ends, count = self._kept.get(key, (0.0, 0))
        return count if ends > time.time() else 0

    def ends_at(self, key: str) -> float:
        """When the counter's time is over."""
        return max(time.time(), self._kept.get(key, (0.0, 0))[0])

    def clear(self, key: str | None = None) -> int:
        """Forget one counter, or all; returns how many."""
        with self._lock:
            going = list(self._kept) if key is None else [key] if key in self._kept else []
            for one in going:
                del self._kept[one]
            return len(going)

    def _make_room(self, now: float) -> None:
        """Forget what is over; where that is not enough, what has the least to say.

        Whoever makes keys without end cannot push out a counter that is about to refuse somebody.
        """
        if len(self._kept) < self._most:
            return
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > now}
        if len(self._kept) > self._most // 2:
            loudest = sorted(self._kept.items(), key=lambda item: item[1][1], reverse=True)
            self._kept = dict(loudest[: self._most // 2])


class SharedCounts(Storage):
    """What Flask-Limiter counts in; never raises, and never waits for Redis more than once in a while."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's own way to say it

    def __init__(self, uri: str | None = None, redis_url: str | None = None, most: int = MOST, **options: bool) -> None:
        super().__init__(uri, **options)
        self._here = Counts(most)
        self._asked_again_at = 0.0
        self._redis: RedisStorage | None = None
        if redis_url:
            self._redis = RedisStorage(
                redis_url,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                # Passed on to redis-py as it is, which would else ask four times.
                retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
            )

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What an operation may fail with: nothing does."""
        return RedisError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count on."""
        here = self._here.incr(key, expiry, amount)
        return max(here, self._shared(lambda redis: redis.incr(key, expiry, amount), here))

    def get(self, key: str) -> int:
        """How often so far."""
        here = self._here.get(key)
        return max(here, self._shared(lambda redis: redis.get(key), here))

    def get_expiry(self, key: str) -> float:
        """When one may again."""
        here = self._here.ends_at(key)
        return max(here, self._shared(lambda redis: redis.get_expiry(key), here))

    def check(self) -> bool:
        """Whether one can count: always."""
        return True

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._here.clear(key)
        self._shared(lambda redis: redis.clear(key), None)

    def reset(self) -> int | None:
        """Forget all that was counted."""
        self._shared(lambda redis: redis.reset(), None)
        return self._here.clear()

    def _shared(self, ask: Callable[[RedisStorage], R], otherwise: R) -> R:
        if self._redis is None or time.monotonic() < self._asked_again_at:
            return otherwise
        try:
            return ask(self._redis)
        except (RedisError, OSError) as error:
            # What a hanging Redis costs is borne by one request in a while, not by each.
            self._asked_again_at = time.monotonic() + _AGAIN
            log.warning("Redis counts nothing just now: limits hold in each process", error=type(error).__name__)
            return otherwise
