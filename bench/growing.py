"""What becomes of a cost as more is kept: the same things asked of databases of different sizes, and larger groups."""

from __future__ import annotations

from dataclasses import replace

import uvloop

from bench import worlds
from bench.reading import lists, openings, pages, read
from bench.results import Result
from bench.sizes import Sizes
from bench.talking import Shape, running, saturated
from bench.targets import Target


def growth(target: Target, sizes: Sizes) -> list[Result]:
    """Ten times as many messages, and again; ten times as many members, and again."""
    found = [result for messages in sizes.grown for result in _kept(target, sizes, messages)]
    return found + [_heard(target, sizes, members) for members in sizes.crowds]


def _kept(target: Target, sizes: Sizes, messages: int) -> list[Result]:
    world = worlds.grown(messages, sizes.pairs, sizes.inbox)
    variant = f"{messages:,} messages"
    asked = [pages(sizes, world, variant), lists(sizes, variant), openings(sizes, world, variant)]
    shape = Shape("pairs", "message", sizes.messages)
    with running(target, world, sizes):
        found = [uvloop.run(read(target, world, one)) for one in asked]
        rooms = [room for room in world.rooms if room.name.startswith("pair")]
        found.append(uvloop.run(saturated(target, rooms, shape, sizes.windows[-1], sizes.patience)))
    return [replace(one, scenario="growth", variant=f"{one.scenario}, {variant}") for one in found]


def _heard(target: Target, sizes: Sizes, members: int) -> Result:
    world = worlds.groups(1, members)
    shape = Shape("growth", "delivery", max(2 * members, sizes.heard // members))
    with running(target, world, sizes):
        found = uvloop.run(saturated(target, world.rooms, shape, 1, sizes.patience))
    return replace(found, variant=f"group, {members:,} members")
