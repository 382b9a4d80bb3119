"""The scenarios by name: what each measures, and what runs one round of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import growing, picturing, reading, talking, waiting
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
    Scenario("idle", "open sockets on which nothing is said", waiting.idle),
    Scenario("history", "pages of 50 from a conversation of 10,000 among 1,000,000 messages", reading.history),
    Scenario("inbox", "the list of somebody's 500 conversations, over HTTP", reading.inbox),
    Scenario("post", "messages posted over HTTP", reading.post),
    Scenario("busy", "messages at a rate while 500 pages of history are read in a second", reading.busy),
    Scenario("pictures", "12-megapixel JPEGs uploaded by 4 clients, their renditions read by 8", picturing.pictures),
    Scenario("growth", "the same at 10,000, 100,000 and 1,000,000 messages; groups of 10, 100, 1,000", growing.growth),
    Scenario("workers", "pairs, in one process without Redis and in two with it", talking.workers),
)


NAMES = tuple(scenario.name for scenario in SCENARIOS)


def chosen(names: Sequence[str]) -> list[Scenario]:
    """The scenarios of these names, in their order; all for none."""
    return [scenario for scenario in SCENARIOS if not names or scenario.name in names]


def measure(scenario: Scenario, target: Target, sizes: Sizes) -> list[Result]:
    """Several rounds, each with a fresh server; their medians."""
    rounds = [scenario.run(target, sizes) for _ in range(sizes.rounds)]
    return [middle(same) for same in zip(*rounds, strict=True)]
