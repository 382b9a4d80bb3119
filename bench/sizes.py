"""How large everything is: the full form, and a quick one that shows in seconds that it works, and measures nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a run does."""

    rounds: int = 3
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
    patience: float = 120.0
    """Seconds after which what has not arrived is lost."""


QUICK = Sizes(rounds=1, pairs=3, groups=2, members=4, windows=(1, 4), messages=60, said=40, seconds=1)


def asked() -> Sizes:
    """What the environment asks for: `QUICK=1`, `ROUNDS=5`."""
    sizes = QUICK if os.environ.get("QUICK") else Sizes()
    rounds = os.environ.get("ROUNDS")
    return replace(sizes, rounds=int(rounds)) if rounds else sizes
