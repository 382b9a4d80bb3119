"""What a round came to, and the median of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """One round of one scenario at one target.

    `units` were done in `seconds`; `cpu` has what each part used of the core while they were, in seconds, and
    `generator` the share of its own core that the generator needed. `times` are milliseconds by name (`p50`, `p99`),
    `memory` is in bytes per unit. `rounds` says of how many this is the median.
    """

    target: str
    scenario: str
    variant: str
    unit: str
    units: int
    seconds: float
    cpu: dict[str, float] = field(default_factory=dict)
    generator: float = 0.0
    times: dict[str, float] = field(default_factory=dict)
    memory: float | None = None
    rounds: int = 1

    @property
    def cost(self) -> float:
        """Microseconds of CPU per unit, all parts together."""
        return sum(self.cpu.values()) * 1e6 / self.units

    @property
    def rate(self) -> float:
        """Units per second."""
        return self.units / self.seconds


def middle(rounds: Sequence[Result]) -> Result:
    """The median of the rounds, figure by figure."""
    first = rounds[0]
    per_unit = {part: median(one.cpu.get(part, 0.0) / one.units for one in rounds) for part in first.cpu}
    memories = [one.memory for one in rounds if one.memory is not None]
    return replace(
        first,
        seconds=median(one.seconds / one.units for one in rounds) * first.units,
        cpu={part: cost * first.units for part, cost in per_unit.items()},
        generator=median(one.generator for one in rounds),
        times={name: median(one.times[name] for one in rounds) for name in first.times},
        memory=median(memories) if memories else None,
        rounds=len(rounds),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
