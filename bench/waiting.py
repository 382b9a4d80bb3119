"""Who waits: sockets on which nothing is said, and what memory each of them takes."""

from __future__ import annotations

import asyncio

import uvloop

from bench import worlds
from bench.machine import Meter, memory
from bench.results import Result
from bench.sizes import Sizes
from bench.talking import running
from bench.targets import Client, Target

_AT_ONCE = 50


def idle(target: Target, sizes: Sizes) -> list[Result]:
    """So many sockets, each of somebody else."""
    found = []
    for count in sizes.sockets:
        with running(target, world := worlds.idle(count), sizes):
            found.append(uvloop.run(_sit(target, world.users, sizes)))
    return found


async def _sit(target: Target, users: tuple[str, ...], sizes: Sizes) -> Result:
    # The first few bring in what is loaded once, however many follow.
    first = [await target.connect(user, _nothing) for user in users[:_AT_ONCE]]
    pids = [pid for some in target.parts.values() for pid in some]
    before, meter = memory(pids), Meter(target.parts)
    more: list[Client] = []
    for at in range(len(first), len(users), _AT_ONCE):
        more += await asyncio.gather(*(target.connect(user, _nothing) for user in users[at : at + _AT_ONCE]))
    used = meter.read()
    await asyncio.sleep(min(target.rest, sizes.rest))
    taken = (memory(pids) - before) / len(more)
    for client in (*first, *more):
        await client.close()
    words = f"{len(users):,} sockets"
    return Result(target.name, "idle", words, "socket", len(more), used.seconds, used.cpu, used.generator, memory=taken)


def _nothing(_number: int) -> None:
    """Nothing is said."""
