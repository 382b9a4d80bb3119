"""Measure: without a word everything; `ONLY=front` takes a part of it, `ONLY=enter,scroll` scenarios by name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from bench import front, scenarios

PARTS: Mapping[str, Sequence[str]] = {"front": front.SCENARIOS, "server": scenarios.NAMES}


def chosen(only: str, parts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The scenarios to measure, by part; what nobody has is a LookupError."""
    asked = {name for name in only.replace(",", " ").split() if name}
    known = {*parts, *(name for scenarios in parts.values() for name in scenarios)}
    if asked - known:
        raise LookupError(f"There is no {', '.join(sorted(asked - known))}; there are {', '.join(sorted(known))}.")
    found = {
        part: [name for name in scenarios if not asked or part in asked or name in asked]
        for part, scenarios in parts.items()
    }
    return {part: names for part, names in found.items() if names}


def main() -> int:
    """Measure part by part, each in a process of its own; 1 where any of them failed."""
    try:
        picked = chosen(os.environ.get("ONLY", ""), PARTS)
    except LookupError as unknown:
        print(unknown.args[0], file=sys.stderr)
        return 2
    runs = [
        subprocess.run([sys.executable, "-m", f"bench.{part}", *names], check=False) for part, names in picked.items()
    ]
    return int(any(run.returncode for run in runs))


if __name__ == "__main__":
    raise SystemExit(main())
