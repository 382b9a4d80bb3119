"""What one costs beside another, and how far apart the two were meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.results import Result

MARIADB, SQLITE = "ChatSphere on MariaDB", "ChatSphere on SQLite"
EJABBERD, FIRST = "ejabberd on MariaDB", "Flask-SocketIO on SQLite"
_NO_WORSE = 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """In this scenario this is compared, `most` being how much of the peer's ours may be; None where nobody said."""

    scenario: str
    what: str
    ours: str
    peer: str
    most: float | None
    read: Callable[[Result], float | None]
    unit: str = "µs"


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was found for a goal in one variant of its scenario."""

    goal: Goal
    variant: str
    ours: float
    theirs: float

    @property
    def share(self) -> float:
        """How much of the peer's ours is."""
        return self.ours / self.theirs if self.theirs else float("inf")

    @property
    def reached(self) -> bool | None:
        """Whether it is as little as it was meant to be."""
        return None if self.goal.most is None else self.share <= self.goal.most

    def row(self) -> str:
        """As a line of the table."""
        goal = self.goal
        reached = {None: "–", True: "yes", False: "**no**"}[self.reached]
        most = "–" if goal.most is None else spoken(goal.most)
        figures = [f"{_figure(self.ours)} {goal.unit}", f"{_figure(self.theirs)} {goal.unit}"]
        cells = [f"{goal.scenario}: {goal.what}", self.variant, goal.ours, goal.peer, *figures]
        return f"| {' | '.join(cells)} | **{spoken(self.share)}** | {most} | {reached} |"


def _cost(result: Result) -> float | None:
    return None if result.times else result.cost


def _at_rate(result: Result) -> float | None:
    return result.cost if result.times else None


def _p99(result: Result) -> float | None:
    return result.times.get("p99")


def _memory(result: Result) -> float | None:
    return None if result.memory is None else result.memory / 1024


GOALS: Sequence[Goal] = (
    Goal("pairs", "CPU a message", MARIADB, EJABBERD, 1 / 6, _cost),
    Goal("pairs", "CPU a message, at a rate", MARIADB, EJABBERD, None, _at_rate),
    Goal("pairs", "p99 from sending to delivery", MARIADB, EJABBERD, _NO_WORSE, _p99, "ms"),
    Goal("pairs", "CPU a message", SQLITE, FIRST, 1 / 15, _cost),
    Goal("groups", "CPU a delivery", MARIADB, EJABBERD, 1 / 3, _cost),
    Goal("groups", "CPU a delivery", SQLITE, FIRST, None, _cost),
    Goal("history", "CPU a page", MARIADB, EJABBERD, 1 / 6, _cost),
    Goal("history", "CPU a page", SQLITE, FIRST, None, _cost),
    Goal("idle", "memory a socket", MARIADB, EJABBERD, _NO_WORSE, _memory, "KiB"),
    Goal("idle", "memory a socket", SQLITE, FIRST, None, _memory, "KiB"),
)
_HEAD = (
    "| | | ours | peer | ours takes | peer takes | ratio | at most | reached |\n"
    "| - | - | - | - | -: | -: | -: | -: | - |\n"
)


def ratios(results: Iterable[Result]) -> list[Ratio]:
    """One for each goal and variant that both sides have been through."""
    found = {(one.scenario, one.variant, one.target): one for one in results}
    pairs = []
    for goal in GOALS:
        for (scenario, variant, target), ours in found.items():
            theirs = found.get((scenario, variant, goal.peer))
            if (scenario, target) != (goal.scenario, goal.ours) or theirs is None:
                continue
            mine, other = goal.read(ours), goal.read(theirs)
            if mine is not None and other is not None:
                pairs.append(Ratio(goal, variant, mine, other))
    return pairs


def table(results: Iterable[Result]) -> str:
    """The ratios as Markdown; nothing where nothing can be compared."""
    rows = [one.row() for one in ratios(results)]
    return _HEAD + "".join(f"{row}\n" for row in rows) if rows else ""


def spoken(share: float) -> str:
    """A share as one says it: 1/6.4, or 1.2 times."""
    return f"1/{1 / share:.3g}" if 0 < share < 1 else f"{share:.2f} ×"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"
