"""Who sends pictures, and who looks at them: photographs as telephones take them, and the sizes made of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from io import BytesIO
from random import Random
from typing import Protocol, cast

import uvloop
from PIL import Image

from bench import worlds
from bench.machine import Meter
from bench.results import Result
from bench.sizes import Sizes
from bench.talking import running
from bench.targets import Target
from bench.worlds import Room, World

_SENDERS, _READERS = 4, 8


class Album(Protocol):
    """A connection over which pictures go."""

    async def upload(self, room: Room, number: int, jpeg: bytes) -> list[str]:
        """Send a picture; where its renditions are found."""

    async def fetch(self, path: str) -> int:
        """Read one; how many bytes came."""

    async def close(self) -> None:
        """Hang up."""


def pictures(target: Target, sizes: Sizes) -> list[Result]:
    """Uploads, then reading what was made of them."""
    world = worlds.pairs(_SENDERS)
    jpeg = photograph(sizes.width)
    with running(target, world, sizes):
        return uvloop.run(_show(target, world, sizes.pictures, jpeg))


def photograph(width: int) -> bytes:
    """A JPEG, four to three, with as much in it as a photograph has."""
    rng, small = Random("photograph"), (width // 16, width * 3 // 64)  # noqa: S311 - decides what is seen
    noise = Image.frombytes("RGB", small, rng.randbytes(small[0] * small[1] * 3))
    into = BytesIO()
    noise.resize((width, width * 3 // 4), Image.Resampling.BICUBIC).save(into, "JPEG", quality=88)
    return into.getvalue()


async def _show(target: Target, world: World, count: int, jpeg: bytes) -> list[Result]:
    albums = [await _album(target, world.rooms[at % _SENDERS]) for at in range(_READERS)]
    await albums[0].upload(world.rooms[0], count, jpeg)
    meter = Meter(target.parts)
    shown = await asyncio.gather(
        *(_send(albums[at], world.rooms[at], range(at, count, _SENDERS), jpeg) for at in range(_SENDERS))
    )
    sent = meter.read()
    paths = [(at, path) for at, some in enumerate(shown) for path in some]
    # Each is asked for once before it counts: whatever is made on demand is there then.
    await _look(albums, paths)
    meter = Meter(target.parts)
    await _look(albums, paths * 10)
    looked = meter.read()
    for album in albums:
        await album.close()
    return [
        Result(target.name, "pictures", "upload", "picture", count, sent.seconds, sent.cpu, sent.generator),
        Result(
            target.name, "pictures", "view", "rendition", len(paths) * 10, looked.seconds, looked.cpu, looked.generator
        ),
    ]


async def _album(target: Target, room: Room) -> Album:
    return cast(Album, await target.reader(room.members[0]))


async def _send(album: Album, room: Room, numbers: range, jpeg: bytes) -> list[str]:
    return [path for number in numbers for path in await album.upload(room, number, jpeg)]


async def _look(albums: Sequence[Album], paths: Sequence[tuple[int, str]]) -> None:
    """Whoever sent a picture looks at it, over two connections."""

    async def each(at: int) -> None:
        mine = [path for owner, path in paths if owner == at % _SENDERS][at // _SENDERS :: _READERS // _SENDERS]
        for path in mine:
            assert await albums[at].fetch(path) > 0  # noqa: S101 - an empty picture is none

    await asyncio.gather(*map(each, range(_READERS)))
