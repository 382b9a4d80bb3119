"""Measures ChatSphere: `python -m bench.server pairs history`, or all. `QUICK=1` only shows that it works."""

from __future__ import annotations

import sys

from bench.house import House
from bench.results import Result
from bench.scenarios import chosen, measure
from bench.sizes import asked


def main(names: list[str]) -> int:
    """Measure these scenarios, or all, on both databases."""
    sizes = asked()
    targets = [House("sqlite"), House("mariadb", redis=True)]
    for scenario in chosen(names):
        print(f"{scenario.name}: {scenario.shape}")
        for target in targets:
            for result in measure(scenario, target, sizes):
                print(f"  {line(result)}", flush=True)
    return 0


def line(result: Result) -> str:
    """One result in one line."""
    parts = ", ".join(f"{part} {seconds * 1e6 / result.units:.1f}" for part, seconds in result.cpu.items() if seconds)
    times = "".join(f", {name} {value:.1f} ms" for name, value in result.times.items())
    return (
        f"{result.target}, {result.variant}: {result.cost:.1f} µs of CPU per {result.unit} ({parts}), "
        f"{result.rate:,.0f}/s{times}; generator {result.generator:.0%}"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
