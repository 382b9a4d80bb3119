"""Counting: in this process and in Redis, whatever becomes of Redis, and never more than there is room for."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as some

from chatsphere.outside import counts
from chatsphere.outside.counts import Counts, SharedCounts
from tests.services import Redis, running_redis


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis that things may be done to."""
    with running_redis() as server:
        yield server


class Clock:
    """Time that passes when it is told to; whoever waits for Redis is seen here too."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now

    monotonic = time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time, as the counters see it."""
    fake = Clock()
    monkeypatch.setattr(counts, "time", fake)
    return fake


def test_a_counter_holds_for_its_time_and_begins_anew(clock: Clock) -> None:
    here = Counts()
    assert [here.incr("ada", 60) for _ in range(3)] == [1, 2, 3]
    clock.now += 59
    assert (here.get("ada"), here.ends_at("ada")) == (3, clock.now + 1)
    clock.now += 1
    assert (here.get("ada"), here.ends_at("ada")) == (0, clock.now)
    assert here.incr("ada", 60) == 1


def test_what_is_taken_back_was_never_counted_and_nobody_has_credit(clock: Clock) -> None:
    here = Counts()
    here.incr("ada", 60)
    assert here.incr("ada", 60, -1) == 0
    assert here.incr("ada", 60, -1) == 0
    assert here.incr("ada", 60) == 1


def test_whoever_makes_keys_without_end_fills_nothing_and_frees_nobody(clock: Clock) -> None:
    here = Counts(most=1000)
    for _ in range(20):
        here.incr("guesses at ada", 3600)
    for n in range(10_000):
        here.incr(f"stranger {n}", 300)
        assert len(here._kept) <= 1000
    assert here.get("guesses at ada") == 20


def test_what_is_over_makes_room_first(clock: Clock) -> None:
    here = Counts(most=10)
    for n in range(10):
        here.incr(f"old {n}", 60, 100)
    clock.now += 60
    here.incr("new", 60)
    assert list(here._kept) == ["new"]


@given(some.lists(some.tuples(some.sampled_from("ab"), some.sampled_from([1, 1, 1, -1]), some.integers(0, 40))))
@settings(max_examples=200, deadline=None)
def test_counting_is_what_one_would_do_by_hand(deeds: list[tuple[str, int, int]]) -> None:
    clock, here = Clock(), Counts()
    told: dict[str, tuple[float, int]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "time", clock)
        for key, amount, seconds in deeds:
            clock.now += seconds
            ends, count = told.get(key, (0.0, 0))
            if ends <= clock.now:
                ends, count = clock.now + 60, 0
            told[key] = (ends, max(0, count + amount))
            assert here.incr(key, 60, amount) == told[key][1]


@pytest.mark.servers
def test_two_processes_count_together(redis: Redis) -> None:
    one, other = (SharedCounts(redis_url=redis.url) for _ in range(2))
    assert [process.incr("ada", 60) for process in (one, other, one, other)] == [1, 2, 3, 4]
    assert (one.get("ada"), other.get("ada")) == (4, 4)


@pytest.mark.servers
def test_a_redis_that_is_emptied_sets_nobody_free_who_was_counted_here(redis: Redis) -> None:
    one, other = (SharedCounts(redis_url=redis.url) for _ in range(2))
    for _ in range(3):
        one.incr("ada", 60)
    redis.empty()
    assert one.incr("ada", 60) == 4
    assert other.get("ada") == 1


def asked_of(shared: SharedCounts, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of Redis from now on."""
    asked: list[str] = []
    assert shared._redis
    original = shared._redis.incr

    def incr(key: str, expiry: int, amount: int = 1) -> int:
        asked.append("incr")
        return int(original(key, expiry, amount))

    monkeypatch.setattr(shared._redis, "incr", incr)
    return asked


@pytest.mark.servers
def test_a_redis_that_dies_is_asked_once_in_a_while_and_counted_without(
    redis: Redis, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = SharedCounts(redis_url=redis.url)
    assert [shared.incr("ada", 60) for _ in range(3)] == [1, 2, 3]
    asked = asked_of(shared, monkeypatch)
    redis.stop(signal.SIGKILL)
    assert [shared.incr("ada", 60) for _ in range(10)] == list(range(4, 14))
    assert asked == ["incr"]
    clock.now += 2
    assert shared.incr("ada", 60) == 14
    assert asked == ["incr", "incr"]
    redis.start()
    clock.now += 2
    assert shared.incr("bo", 60) == 1
    assert SharedCounts(redis_url=redis.url).get("bo") == 1


@pytest.mark.servers
def test_a_redis_that_hangs_holds_one_request_for_its_patience_and_no_other(
    redis: Redis, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "PATIENCE", 0.05)
    shared = SharedCounts(redis_url=redis.url)
    shared.incr("ada", 60)
    asked = asked_of(shared, monkeypatch)
    redis.pause()
    try:
        assert [shared.incr("ada", 60) for _ in range(50)] == list(range(2, 52))
        assert asked == ["incr"]
    finally:
        redis.resume()


def test_without_redis_nothing_is_asked_of_it() -> None:
    shared = SharedCounts()
    assert [shared.incr("ada", 60) for _ in range(3)] == [1, 2, 3]
    assert shared.check()
    shared.clear("ada")
    assert (shared.get("ada"), shared.reset()) == (0, 0)
