"""Who reads: so many connections, each asking for the next thing as soon as it has the last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import uvloop

from bench import worlds
from bench.ledger import Wrong
from bench.machine import Meter
from bench.results import Result
from bench.sizes import Sizes
from bench.talking import Shape, paced, running
from bench.targets import Reader, Target
from bench.worlds import LONG, READER, Room, World

Ask = Callable[[Reader, int], Awaitable[int]]
"""Ask for the thing of this number; returns how much came."""

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: its name and unit, how often, over how many connections, and how much has to come."""

    scenario: str
    variant: str
    unit: str
    count: int
    readers: int
    ask: Ask
    expected: Callable[[int], int]


def history(target: Target, sizes: Sizes) -> list[Result]:
    """Pages of 50 from a long room in a large database."""
    world = worlds.grown(sizes.history, sizes.pairs, sizes.inbox)
    with running(target, world, sizes):
        return [uvloop.run(read(target, world, pages(sizes, world, "8 readers")))]


def inbox(target: Target, sizes: Sizes) -> list[Result]:
    """The list of somebody with many conversations."""
    world = worlds.grown(sizes.history, sizes.pairs, sizes.inbox)
    with running(target, world, sizes):
        return [uvloop.run(read(target, world, lists(sizes, "8 readers")))]


def post(target: Target, sizes: Sizes) -> list[Result]:
    """Saying something over HTTP."""
    world = worlds.pairs(sizes.writers)
    with running(target, world, sizes):
        return [uvloop.run(read(target, world, posts(sizes, world)))]


def pages(sizes: Sizes, world: World, variant: str) -> Asked:
    """Pages from anywhere in the long room."""
    long = room(world, LONG)
    places = Random("pages")  # noqa: S311 - decides what is read, hides nothing
    befores = [places.randint(PAGE + 1, long.messages) for _ in range(1000)]

    def ask(reader: Reader, number: int) -> Awaitable[int]:
        return reader.page(long, befores[number % len(befores)])

    return Asked("history", variant, "page", sizes.pages, sizes.readers, ask, lambda _number: PAGE)


def lists(sizes: Sizes, variant: str) -> Asked:
    """The top of the list of conversations."""
    most = min(PAGE, sizes.inbox)
    return Asked("inbox", variant, "list", sizes.lists, sizes.readers, lambda reader, _: reader.inbox(), lambda _: most)


def openings(sizes: Sizes, world: World, variant: str) -> Asked:
    """What somebody sees who opens the long conversation."""
    long = room(world, LONG)
    return Asked(
        "opening", variant, "opening", sizes.pages, sizes.readers, lambda r, _: r.opening(long), lambda _: PAGE
    )


def posts(sizes: Sizes, world: World) -> Asked:
    """One message after the other, each connection in a room of its own."""

    async def ask(reader: Reader, number: int) -> int:
        await reader.post(world.rooms[number % sizes.writers], number)
        return 1

    return Asked("post", f"{sizes.writers} connections", "message", sizes.posts, sizes.writers, ask, lambda _: 1)


def room(world: World, name: str) -> Room:
    """The room of this name."""
    return next(one for one in world.rooms if one.name == name)


def busy(target: Target, sizes: Sizes) -> list[Result]:
    """Messages at a rate while histories are read at another, from the same process."""
    world = worlds.grown(sizes.grown[0], sizes.pairs, sizes.inbox)
    with running(target, world, sizes):
        return [uvloop.run(_both(target, world, sizes))]


async def _both(target: Target, world: World, sizes: Sizes) -> Result:
    rooms = [room for room in world.rooms if room.name.startswith("pair")]
    over = asyncio.Event()
    reading = asyncio.create_task(_steadily(target, pages(sizes, world, ""), sizes.busy, over))
    told = await paced(target, rooms, Shape("busy", "message", 0), sizes)
    over.set()
    each = await reading / told.seconds
    return replace(told, variant=f"{sizes.rate} messages/s while {each:.0f} pages/s are read")


async def _steadily(target: Target, asked: Asked, rate: int, over: asyncio.Event) -> int:
    """Read so many in a second, or as many as come; returns how many came until it was over."""
    readers = [await target.reader(READER) for _ in range(asked.readers)]
    counts = await asyncio.gather(*(_at_rate(reader, asked, rate / asked.readers, over) for reader in readers))
    for reader in readers:
        await reader.close()
    return sum(counts)


async def _at_rate(reader: Reader, asked: Asked, rate: float, over: asyncio.Event) -> int:
    begun, number = time.perf_counter(), 0
    while not over.is_set():
        await asked.ask(reader, number)
        number += 1
        if (early := begun + number / rate - time.perf_counter()) > 0:
            await asyncio.sleep(early)
    return number


async def read(target: Target, world: World, asked: Asked) -> Result:
    """Ask as often as is asked for, after a few times that do not count."""
    users = [world.rooms[at].members[0] for at in range(asked.readers)] if asked.scenario == "post" else None
    readers = [await target.reader(users[at] if users else READER) for at in range(asked.readers)]
    # Whole turns: whoever asks for a number before asks for those that belong to the same room after.
    warm = max(1, asked.count // 10 // asked.readers) * asked.readers
    await _all(readers, asked, range(warm))
    meter = Meter(target.parts)
    await _all(readers, asked, range(warm, asked.count + warm))
    used = meter.read()
    for reader in readers:
        await reader.close()
    return Result(
        target.name, asked.scenario, asked.variant, asked.unit, asked.count, used.seconds, used.cpu, used.generator
    )


async def _all(readers: Sequence[Reader], asked: Asked, numbers: range) -> None:
    await asyncio.gather(
        *(_each(reader, asked, iter(numbers[at :: len(readers)])) for at, reader in enumerate(readers))
    )


async def _each(reader: Reader, asked: Asked, numbers: Iterator[int]) -> None:
    for number in numbers:
        came = await asked.ask(reader, number)
        if came != asked.expected(number):
            raise Wrong(f"{came} came where {asked.expected(number)} should")
