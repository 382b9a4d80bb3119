"""The bus, in both kinds: the other ends hear what one rings."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

import pytest

from chatsphere.outside.bus import (
    CARRIED,
    Bell,
    Bus,
    Felt,
    LocalBus,
    Missed,
    Note,
    RedisBus,
    Touched,
    decode,
    encode,
)
from chatsphere.outside.tidings import Seal, Tidings
from tests.services import Redis, running_redis

pytestmark = pytest.mark.anyio

SECRET = b"only this installation knows it!"
SEAL = Seal(SECRET)
NOTES: list[Note] = [
    Touched(("ada",), ("session",), (("tea", "ada"),)),
    Bell("tea", 7),
    Felt("typing", "tea", "ada"),
    Felt("read", "tea", "ada", 7),
]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the bus runs in."""
    return "asyncio"


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.servers)])
def new_end(request: pytest.FixtureRequest) -> Callable[[], Bus]:
    """Makes one more end of the same bus, once of each kind."""
    if request.param == "local":
        line: list[LocalBus] = []
        return lambda: LocalBus(line)
    url = request.getfixturevalue("redis_url")
    return lambda: RedisBus(url)


async def until(so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(seconds):
        while not so():
            await asyncio.sleep(0.01)


def said(heard: list[Note]) -> list[Note]:
    """What was rung by somebody, without what the bus itself says."""
    return [note for note in heard if not isinstance(note, Missed)]


async def test_the_others_hear_and_oneself_does_not(new_end: Callable[[], Bus]) -> None:
    ends, heard = [new_end() for _ in range(3)], [list[Note]() for _ in range(3)]
    for end, notes in zip(ends, heard, strict=True):
        await end.start(notes.append)
    for note in NOTES:
        ends[0].ring(note)
    await until(lambda: said(heard[1]) == said(heard[2]) == NOTES)
    assert said(heard[0]) == []
    assert all(end.sound for end in ends)
    for end in ends:
        await end.stop()


async def test_ringing_works_from_any_thread_and_before_and_after(new_end: Callable[[], Bus]) -> None:
    one, two, heard = new_end(), new_end(), list[Note]()
    one.ring(Bell("tea", 1))
    await two.start(heard.append)
    await one.start(lambda note: None)
    await asyncio.gather(*(asyncio.to_thread(one.ring, Bell("tea", number)) for number in range(2, 50)))
    await until(lambda: {Bell("tea", number) for number in range(2, 50)} <= set(heard))
    await one.stop()
    await two.stop()
    one.ring(Bell("tea", 51))


@pytest.mark.servers
async def test_redis_may_go_and_come_back() -> None:
    with running_redis() as server:
        one, two, heard = RedisBus(server.url), RedisBus(server.url), list[Note]()
        await two.start(heard.append)
        await one.start(lambda note: None)
        await _survives(server, one, two, heard)
        await one.stop()
        await two.stop()


async def _survives(server: Redis, one: RedisBus, two: RedisBus, heard: list[Note]) -> None:
    server.stop(signal.SIGKILL)
    one.ring(Felt("typing", "tea", "ada"))
    one.ring(Bell("tea", 2))
    await until(lambda: not two.sound)
    heard.clear()
    await asyncio.to_thread(server.start)
    await until(lambda: Missed() in heard)
    assert two.sound
    # The bell waited; the other end may have come back after it, and looks at everything for that reason.
    one.ring(Bell("tea", 3))
    await until(lambda: Bell("tea", 3) in heard or heard.count(Missed()) > 1)
    assert Felt("typing", "tea", "ada") not in heard


@pytest.mark.servers
async def test_without_redis_it_starts_all_the_same() -> None:
    with running_redis() as server:
        server.stop(signal.SIGKILL)
        bus = RedisBus(server.url)
        async with asyncio.timeout(3):
            await bus.start(lambda note: None)
        assert not bus.sound
        bus.ring(Bell("tea", 1))
        await bus.stop()


def test_notes_travel_unchanged_and_strange_ones_are_passed_over() -> None:
    # Whoever may not hear any more is told of before what they may not hear.
    assert decode("me", encode("you", [*NOTES[1:], Missed(), NOTES[0]]), SEAL) == [*NOTES, Missed()]
    assert decode("me", encode("me", NOTES), SEAL) == []
    said = b'["you", ["bell", "tea"], ["of tomorrow", 1], ["tidings", "forged"], ["bell", "tea", 3]]'
    assert decode("me", said, SEAL) == [Bell("tea", 3)]
    for strange in (b"\xff", b"5", b"[]", b'["you", ["touched", [], [], [5]]]'):
        assert decode("me", strange, SEAL) == []


@pytest.mark.servers
async def test_tidings_go_before_their_bells_as_long_as_few_wait(redis_url: str) -> None:
    one, other, heard = RedisBus(redis_url, SECRET), RedisBus(redis_url, SECRET), list[Note]()
    some = [Tidings("tea", number, (b"x" * (CARRIED // 3),), "life") for number in range(2, 7)]
    await other.start(heard.append)
    await one.start(lambda note: None)
    for tidings in some:
        one.ring(tidings)
        one.ring(Bell("tea", tidings.first))
    await until(lambda: Bell("tea", 6) in heard)
    assert said(heard) == [*some[:3], *(Bell("tea", number) for number in range(2, 7))]
    one.ring(some[4])
    one.ring(Bell("tea", 7))
    await until(lambda: heard[-2:] == [some[4], Bell("tea", 7)])
    await one.stop()
    await other.stop()


@pytest.mark.servers
async def test_a_note_that_cannot_be_taken_has_everything_looked_at(redis_url: str) -> None:
    one, other, heard = RedisBus(redis_url), RedisBus(redis_url), list[Note]()

    def stumbles(note: Note) -> None:
        heard.append(note)
        if note == Bell("tea", 1):
            raise ZeroDivisionError

    await other.start(stumbles)
    await one.start(lambda note: None)
    one.ring(Bell("tea", 1))
    await until(lambda: heard == [Missed(), Bell("tea", 1), Missed()])
    one.ring(Bell("tea", 2))
    await until(lambda: heard[-1] == Bell("tea", 2))
    await one.stop()
    await other.stop()
