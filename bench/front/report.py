"""docs/benchmarks-front.md: the figures, and on what they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.front.figures import Figure
from bench.machine import described
from chatsphere import __version__

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks-front.md"
PAGE = Path(__file__).with_name("page.md")
NOISE = """
**Other work went on at the same time**, more than {cores} cores can do: these figures say less about
ChatSphere than about waiting for a core.
"""


def write(found: Sequence[Figure], *, rounds: int, many: int, browser: str, loads: Sequence[float]) -> None:
    """Write it."""
    machine = described()
    cores = int(machine["CPU"].rpartition(",")[2].split()[0])
    page = PAGE.read_text(encoding="utf-8").format(
        rounds=rounds,
        many=many,
        browser=browser,
        rows="\n".join(figure.row() for figure in found),
        version=__version__,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        loads=", ".join(f"{load:.1f}" for load in loads),
        noise=NOISE.format(cores=cores) if max(loads) > cores + 1 else "",
        machine="\n".join(f"- {name}: {said}" for name, said in machine.items()),
    )
    DOCUMENT.write_text(page, encoding="utf-8")
