"""Measures ChatSphere and its peers in one run: `python -m bench.peers`, `ONLY=pairs` takes scenarios by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from bench.house import House
from bench.peers import packages, report
from bench.peers.ejabberd import Ejabberd
from bench.peers.ratios import table
from bench.peers.socketio import FirstVersion
from bench.results import Result, middle
from bench.scenarios import SCENARIOS, Scenario
from bench.server import line
from bench.sizes import Sizes, asked
from bench.targets import Target

NAMES = sorted(Ejabberd.scenarios & FirstVersion.scenarios)
_PATIENCE = 900.0


def main() -> int:
    """Install the peers, measure, print the ratios; what was measured goes into docs/benchmarks-peers.md."""
    names = os.environ.get("ONLY", "").replace(",", " ").split()
    if unknown := set(names) - set(NAMES):
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    print(f"ejabberd in {packages.ejabberd()}, Flask-SocketIO by {packages.python()}", flush=True)
    # A peer may take its time: only what never arrives is lost.
    sizes = replace(asked(), patience=_PATIENCE)
    found: list[Result] = []
    for scenario in SCENARIOS:
        if scenario.name in (names or NAMES):
            print(f"{scenario.name}: {scenario.shape}", flush=True)
            found += (results := side_by_side(scenario, targets(), sizes))
            if not os.environ.get("QUICK"):
                report.record(results)
    print(f"\n{table(found)}", flush=True)
    return 0


def targets() -> list[Target]:
    """Who is measured: ChatSphere in one process on either database, and whoever is on the same."""
    return [House("mariadb"), Ejabberd(), House("sqlite"), FirstVersion()]


def side_by_side(scenario: Scenario, targets: Sequence[Target], sizes: Sizes) -> list[Result]:
    """Everybody's medians; round by round all take their turn, so that whatever befalls the machine befalls all."""
    rounds: list[list[list[Result]]] = [[] for _ in targets]
    for _ in range(sizes.rounds):
        for target, mine in zip(targets, rounds, strict=True):
            mine.append(found := scenario.run(target, sizes))
            for result in found:
                print(f"  {line(result)}", flush=True)
    return [middle(same) for mine in rounds for same in zip(*mine, strict=True)]


if __name__ == "__main__":
    raise SystemExit(main())
