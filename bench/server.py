"""Measures ChatSphere: `python -m bench.server pairs history`, or all. `QUICK=1` only shows that it works."""

from __future__ import annotations

import os
import sys

from bench import report
from bench.house import House
from bench.results import Result
from bench.scenarios import chosen, measure
from bench.sizes import asked


def main(names: list[str]) -> int:
    """Measure these scenarios, or all, on both databases; what was measured goes into docs/benchmarks.md."""
    sizes = asked()
    for scenario in chosen(names):
        print(f"{scenario.name}: {scenario.shape}", flush=True)
        for target in targets(scenario.name):
            results = measure(scenario, target, sizes)
            for result in results:
                print(f"  {line(result)}", flush=True)
            if not os.environ.get("QUICK"):
                report.record(results)
    return 0


def targets(scenario: str) -> list[House]:
    """Where a scenario is played: SQLite, and MariaDB with Redis; what compares processes needs MariaDB for both."""
    if scenario == "workers":
        return [House("mariadb"), House("mariadb", redis=True, workers=2)]
    return [House("sqlite"), House("mariadb", redis=True)]


def line(result: Result) -> str:
    """One result in one line."""
    parts = ", ".join(f"{part} {seconds * 1e6 / result.units:.1f}" for part, seconds in result.cpu.items() if seconds)
    times = "".join(f", {name} {value:.1f} ms" for name, value in result.times.items())
    memory = "" if result.memory is None else f", {result.memory / 1024:.1f} KiB per {result.unit}"
    return (
        f"{result.target}, {result.variant}: {result.cost:.1f} µs of CPU per {result.unit} ({parts}), "
        f"{result.rate:,.0f}/s{times}{memory}; generator {result.generator:.0%}"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
