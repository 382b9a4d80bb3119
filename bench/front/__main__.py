"""Measure what people wait for at the screen; where nothing was left out, docs/benchmarks-front.md is written."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from bench.front import SCENARIOS, report, scenarios, stage
from bench.front.figures import Figure

# However it goes, it ends by itself.
LONGEST = 40 * 60
SIZES = {"rounds": 7, "messages": 10_000}


def main(names: list[str]) -> int:
    """Measure these scenarios, or all; ROUNDS and MESSAGES are read from the environment."""
    rounds, many = (int(os.environ.get(name.upper(), usual)) for name, usual in SIZES.items())
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(LONGEST)
    found: list[Figure] = []
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="chatsphere-bench-") as folder:
        print(f"Making a release and {many:,} messages", flush=True)
        with stage.staged(Path(folder), many) as made:
            version = made.browser.version
            for name in names or SCENARIOS:
                figures = scenarios.SCENARIOS[name](made, rounds)
                loads.append(os.getloadavg()[0])
                print(*(figure.row() for figure in figures), f"load average {loads[-1]:.1f}", sep="\n", flush=True)
                found += figures
    if {figure.scenario for figure in found} == set(SCENARIOS):
        report.write(found, rounds=rounds, many=many, browser=version, loads=loads)
    return 0


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"The measurements took longer than {LONGEST // 60} minutes.")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
