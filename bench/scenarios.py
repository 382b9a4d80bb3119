"""The scenarios by name: what each measures, and what runs one round of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import talking
from bench.results import Result, middle
from bench.sizes import Sizes
from bench.targets import Target


@dataclass(frozen=True, slots=True)
class Scenario:
    """`shape` says in words what happens; `run` starts the target, does one round, stops it and says what it took."""

    name: str
    shape: str
    run: Callable[[Target, Sizes], list[Result]]


SCENARIOS: Sequence[Scenario] = (
    Scenario("pairs", "100 direct conversations, 200 sockets, texts of 100 bytes", talking.pairs),
    Scenario("groups", "10 groups of 50 members, 500 sockets, texts of 100 bytes", talking.groups),
)


NAMES = tuple(scenario.name for scenario in SCENARIOS)


def chosen(names: Sequence[str]) -> list[Scenario]:
    """The scenarios of these names, in their order; all for none."""
    return [scenario for scenario in SCENARIOS if not names or scenario.name in names]


def measure(scenario: Scenario, target: Target, sizes: Sizes) -> list[Result]:
    """Several rounds, each with a fresh server; their medians."""
    rounds = [scenario.run(target, sizes) for _ in range(sizes.rounds)]
    return [middle(same) for same in zip(*rounds, strict=True)]
