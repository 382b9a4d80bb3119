"""The cache, in both kinds: it answers from memory, and forgets for certain."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from chatsphere.core.carried import Carried, as_json
from chatsphere.core.values import Seat
from chatsphere.outside import memory as memories
from chatsphere.outside.memory import LocalMemory, Memory, RedisMemory
from tests.services import Redis, running_redis

BYTES: Carried[bytes] = Carried(bytes, bytes)


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.servers)])
def memory(request: pytest.FixtureRequest) -> Iterator[Memory]:
    """A memory, once of each kind."""
    kept = LocalMemory(seconds=30) if request.param == "local" else RedisMemory(request.getfixturevalue("redis_url"))
    yield kept
    kept.close()


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A Redis of this test's own, which it may stop."""
    with running_redis() as server:
        yield server


def told(memory: Memory, key: str, value: bytes | None) -> bytes | None:
    """What the memory says when the truth is `value`."""
    return memory.recall(key, lambda: value, BYTES)


def until(so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_it_looks_once(memory: Memory) -> None:
    assert told(memory, "a", b"one") == b"one"
    assert told(memory, "a", b"two") == b"one"
    assert told(memory, "b", b"") == b""


def test_a_value_comes_back_as_it_was(memory: Memory) -> None:
    mine = Seat("c" * 32, "a" * 32, "group", "owner", 7, hidden=False)
    kind = as_json(Seat)
    assert [memory.recall("a", lambda: mine, kind) for _ in range(2)] == [mine, mine]


def test_nothing_found_is_not_kept(memory: Memory) -> None:
    assert told(memory, "a", None) is None
    assert told(memory, "a", b"one") == b"one"


def test_what_is_forgotten_is_looked_up_again(memory: Memory) -> None:
    told(memory, "a", b"one")
    memory.forget([])
    memory.forget(["a", "b"])
    assert told(memory, "a", b"two") == b"two"
    assert told(memory, "a", b"three") in (b"two", b"three")


def test_forgetting_wins_over_who_is_looking(memory: Memory) -> None:
    looking, forgotten = threading.Event(), threading.Event()

    def look() -> bytes:
        looking.set()
        forgotten.wait(5)
        return b"old"

    thread = threading.Thread(target=lambda: memory.recall("a", look, BYTES))
    thread.start()
    looking.wait(5)
    memory.forget(["a"])
    forgotten.set()
    thread.join()
    assert told(memory, "a", b"new") == b"new"


def test_who_fails_to_look_leaves_nothing(memory: Memory) -> None:
    with pytest.raises(ZeroDivisionError):
        memory.recall("a", lambda: bytes(1 // 0), BYTES)
    assert told(memory, "a", b"one") == b"one"


def test_a_local_memory_is_bounded_and_brief() -> None:
    memory = LocalMemory(size=2, seconds=0.05)
    for key in ("a", "b", "c"):
        told(memory, key, b"one")
    assert told(memory, "a", b"two") == b"two"
    time.sleep(0.06)
    assert told(memory, "c", b"two") == b"two"


@pytest.mark.servers
def test_processes_share_a_redis_memory(redis_url: str) -> None:
    here, there = RedisMemory(redis_url), RedisMemory(redis_url)
    told(here, "a", b"one")
    assert told(there, "a", b"two") == b"one"
    there.forget(["a"])
    assert told(here, "a", b"two") == b"two"


@pytest.mark.servers
def test_without_redis_the_truth_is_asked_quickly(own_redis: Redis) -> None:
    memory = RedisMemory(own_redis.url)
    told(memory, "a", b"one")
    own_redis.pause()
    began = time.monotonic()
    assert [told(memory, "a", b"two") for _ in range(50)] == [b"two"] * 50
    memory.forget(["b"])
    assert time.monotonic() - began < 1.0
    own_redis.resume()
    memory.close()


@pytest.mark.servers
@pytest.mark.parametrize("fault", ["hangs", "loses its connections"])
def test_what_could_not_be_forgotten_is_not_believed_later(own_redis: Redis, fault: str) -> None:
    here, there = RedisMemory(own_redis.url), RedisMemory(own_redis.url)
    told(there, "a", b"old")
    own_redis.pause()
    here.forget(["a"])
    if fault == "loses its connections":
        time.sleep(2 * memories.PATIENCE)
    own_redis.resume()
    assert told(here, "a", b"new") == b"new"
    until(lambda: told(there, "a", b"new") == b"new")
    fresh = (str(number) for number in itertools.count())
    until(lambda: told(here, key := next(fresh), b"one") == told(there, key, b"two") == b"one")
    here.close()


@pytest.mark.servers
def test_a_redis_that_was_killed_is_used_again(own_redis: Redis) -> None:
    memory = RedisMemory(own_redis.url)
    own_redis.stop(signal.SIGKILL)
    assert told(memory, "a", b"one") == b"one"
    memory.forget(["a"])
    own_redis.start()
    until(lambda: told(memory, "b", b"one") == b"one" and told(memory, "b", b"two") == b"one")
    memory.close()
