"""Who talks to whom: everybody in a world's rooms has a socket and sends, as fast as it goes or at a rate."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import uvloop

from bench import worlds
from bench.ledger import Ledger
from bench.machine import ANYWHERE, GENERATOR, SERVER, Meter, Used, pinned
from bench.results import Result, percentile
from bench.sizes import Sizes
from bench.targets import Client, Target
from bench.worlds import Room, World

_WARM = 5
"""Messages of each sender before anything is measured, and at least one."""


def pairs(target: Target, sizes: Sizes) -> list[Result]:
    """Two people each."""
    return _talk(target, sizes, worlds.pairs(sizes.pairs), Shape("pairs", "message", sizes.messages))


def groups(target: Target, sizes: Sizes) -> list[Result]:
    """Groups, where each message goes to many."""
    return _talk(target, sizes, worlds.groups(sizes.groups, sizes.members), Shape("groups", "delivery", sizes.said))


def workers(target: Target, sizes: Sizes) -> list[Result]:
    """Pairs at their busiest, for comparing one process with two."""
    world = worlds.pairs(sizes.pairs)
    with running(target, world, sizes):
        shape = Shape("workers", "message", sizes.messages)
        return [uvloop.run(saturated(target, world.rooms, shape, sizes.windows[-1], sizes.patience))]


@dataclass(frozen=True, slots=True)
class Shape:
    """The scenario's name, what its costs are said per, and how many messages are sent."""

    name: str
    unit: str
    messages: int


def _talk(target: Target, sizes: Sizes, world: World, shape: Shape) -> list[Result]:
    found = []
    for window in sizes.windows:
        with running(target, world, sizes):
            found.append(uvloop.run(saturated(target, world.rooms, shape, window, sizes.patience)))
    with running(target, world, sizes):
        found.append(uvloop.run(paced(target, world.rooms, shape, sizes)))
    return found


class running:  # noqa: N801 - used as a verb: `with running(…)`
    """The target runs on its core and this process on the other, as long as the block lasts.

    The quick form runs wherever there is room: it measures nothing, and the machine may be busy.
    """

    def __init__(self, target: Target, world: World, sizes: Sizes) -> None:
        self._target, self._world = target, world
        self._core = SERVER if sizes.pinned else ANYWHERE
        self._pinned = pinned(GENERATOR if sizes.pinned else ANYWHERE)

    def __enter__(self) -> None:
        """Start it."""
        self._target.start(self._world, self._core)
        self._pinned.__enter__()

    def __exit__(self, *_details: object) -> None:
        """Stop it."""
        self._pinned.__exit__(None, None, None)
        self._target.stop()


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who writes in one room."""

    user: str
    room: Room


class Crowd:
    """Everybody who has a socket, what they are about to send, and the book of it."""

    def __init__(self, target: Target, rooms: Sequence[Room], each: int) -> None:
        self._target = target
        self._senders = [Sender(user, room) for room in rooms for user in room.members]
        others = 0 if target.echoes else 1
        self.each = each
        self.ledger = Ledger(each, [len(sender.room.members) - others for sender in self._senders])
        self._clients: dict[str, Client] = {}
        self._outbox: list[tuple[Client, bytes]] = []

    async def come(self) -> None:
        """Connect everybody, and build what they will send."""
        for user in dict.fromkeys(sender.user for sender in self._senders):
            self._clients[user] = await self._target.connect(user, self.ledger.ear())
        for number in range(self.ledger.total):
            sender = self._senders[number % len(self._senders)]
            client = self._clients[sender.user]
            self._outbox.append((client, client.frame(sender.room, number)))
        gc.collect()
        gc.freeze()

    async def leave(self) -> None:
        """Hang up."""
        for client in self._clients.values():
            await client.close()
        gc.unfreeze()

    def send(self, number: int, at: float) -> None:
        """Send the message of this number, which is or was due now."""
        client, frame = self._outbox[number]
        self.ledger.sent(number, at)
        client.send(frame)

    async def rush(self, first: int, last: int, window: int, patience: float) -> None:
        """Each sends their messages from the first to before the last, so many in flight at a time."""
        count = len(self._senders)
        waiting: list[Iterator[int]] = [iter(range(first * count + at, last * count, count)) for at in range(count)]

        def go_on(number: int) -> None:
            following = next(waiting[number % count], None)
            if following is not None:
                self.send(following, time.perf_counter())

        self.ledger.landed = go_on
        for _ in range(window):
            for at in range(count):
                go_on(at)
        await self.ledger.until(last * count, patience)

    async def stroll(self, first: int, rate: float, patience: float) -> None:
        """All that is left goes out at an even rate; lateness counts as waiting."""
        begun = time.perf_counter()
        for done, number in enumerate(range(first * len(self._senders), self.ledger.total)):
            due = begun + done / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            self.send(number, due)
        await self.ledger.until(self.ledger.total, patience)


async def saturated(target: Target, rooms: Sequence[Room], shape: Shape, window: int, patience: float) -> Result:
    """As fast as it goes with so many in flight for each sender."""
    crowd = Crowd(target, rooms, each := _each(rooms, shape.messages))
    await crowd.come()
    warm = max(1, min(_WARM, each // 4))
    await crowd.rush(0, warm, window, patience)
    heard, meter = len(crowd.ledger.times), Meter(target.parts)
    await crowd.rush(warm, each, window, patience)
    used = meter.read()
    arrivals = crowd.ledger.check() - heard
    await crowd.leave()
    return _result(target, shape, f"{window} in flight", used, crowd.ledger.total * (each - warm) // each, arrivals)


async def paced(target: Target, rooms: Sequence[Room], shape: Shape, sizes: Sizes) -> Result:
    """At an even rate, for how long it takes from sending to delivery."""
    crowd = Crowd(target, rooms, each := 1 + _each(rooms, sizes.rate * sizes.seconds))
    await crowd.come()
    await crowd.rush(0, 1, 1, sizes.patience)
    heard, meter = len(crowd.ledger.times), Meter(target.parts)
    await crowd.stroll(1, sizes.rate, sizes.patience)
    used = meter.read()
    arrivals = crowd.ledger.check() - heard
    await crowd.leave()
    milliseconds = [second * 1000 for second in crowd.ledger.times[heard:]]
    times = {"p50": percentile(milliseconds, 0.50), "p99": percentile(milliseconds, 0.99)}
    messages = crowd.ledger.total * (each - 1) // each
    return _result(target, shape, f"{sizes.rate} messages/s", used, messages, arrivals, times)


def _each(rooms: Sequence[Room], messages: int) -> int:
    return max(2, messages // sum(len(room.members) for room in rooms))


def _result(
    target: Target,
    shape: Shape,
    variant: str,
    used: Used,
    messages: int,
    arrivals: int,
    times: dict[str, float] | None = None,
) -> Result:
    units = messages if shape.unit == "message" else arrivals
    return Result(
        target.name, shape.name, variant, shape.unit, units, used.seconds, used.cpu, used.generator, times or {}
    )
