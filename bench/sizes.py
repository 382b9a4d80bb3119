"""How large everything is: the full form, and a quick one that shows in seconds that it works, and measures nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a run does."""

    rounds: int = 3
    pinned: bool = True
    pairs: int = 100
    groups: int = 10
    members: int = 50
    windows: tuple[int, ...] = (1, 16)
    messages: int = 20_000
    """In pairs, for each window."""
    said: int = 4_000
    """In groups, for each window."""
    rate: int = 200
    seconds: int = 10
    sockets: tuple[int, ...] = (1_000, 10_000)
    rest: float = 100.0
    """Seconds that a target may have at most until its sockets have come to rest."""
    history: int = 1_000_000
    """Messages in the database that is read from."""
    inbox: int = 500
    """Conversations of whoever reads."""
    readers: int = 8
    pages: int = 2_000
    lists: int = 200
    writers: int = 32
    posts: int = 4_000
    grown: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    crowds: tuple[int, ...] = (10, 100, 1_000)
    heard: int = 100_000
    """Deliveries in a growing group."""
    busy: int = 500
    """Pages read in a second while others write."""
    pictures: int = 24
    width: int = 4_000
    patience: float = 120.0
    """Seconds after which what has not arrived is lost."""


QUICK = Sizes(
    rounds=1,
    pinned=False,
    pairs=3,
    groups=2,
    members=4,
    windows=(1, 4),
    messages=60,
    said=40,
    seconds=1,
    sockets=(60,),
    rest=0.0,
    history=400,
    inbox=5,
    readers=2,
    pages=20,
    lists=10,
    writers=3,
    posts=30,
    grown=(400,),
    crowds=(3,),
    heard=60,
    busy=20,
    pictures=4,
    width=640,
)


def asked() -> Sizes:
    """What the environment asks for: `QUICK=1`, `ROUNDS=5`."""
    sizes = QUICK if os.environ.get("QUICK") else Sizes()
    rounds = os.environ.get("ROUNDS")
    return replace(sizes, rounds=int(rounds)) if rounds else sizes
