"""The machine: which core somebody runs on, what they have used of it, and what they hold in memory."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
SERVER, GENERATOR = 0, 1
"""The cores of whoever is measured, with its database, and of the generator."""
ANYWHERE = -1
"""No core in particular."""


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """This thread runs on that core, if there is one, and so does for good whatever is started here."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core} if core in before else before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def family(pids: Sequence[int]) -> list[int]:
    """These processes and all their descendants."""
    found, waiting = [], list(pids)
    while waiting:
        pid = waiting.pop()
        try:
            waiting += [
                int(child)
                for task in Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()
            ]
        except OSError:
            continue
        found.append(pid)
    return found


def used(pids: Sequence[int]) -> float:
    """Seconds of CPU that these and their descendants have used, in user and kernel mode."""
    ticks = 0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # utime, stime, and the same of children that have ended.
        ticks += sum(int(fields[at]) for at in (11, 12, 13, 14))
    return ticks / _TICK


def memory(pids: Sequence[int]) -> int:
    """Bytes that these and their descendants hold; what they share is shared out among them."""
    total = 0
    for pid in family(pids):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


@dataclass(frozen=True, slots=True)
class Used:
    """What a stretch of time took."""

    seconds: float
    cpu: dict[str, float]
    generator: float


class Meter:
    """Measures from its making on."""

    def __init__(self, parts: Mapping[str, Sequence[int]]) -> None:
        self._parts = parts
        self._before = {part: used(pids) for part, pids in parts.items()}
        self._own, self._at = time.process_time(), time.perf_counter()

    def read(self) -> Used:
        """What was used since; the generator's is the share of its core."""
        seconds = time.perf_counter() - self._at
        own = time.process_time() - self._own
        cpu = {part: used(pids) - self._before[part] for part, pids in self._parts.items()}
        return Used(seconds, cpu, own / seconds)


def described() -> dict[str, str]:
    """What whoever reads figures wants to know of this machine."""
    cpu = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ": unknown")
    total = next((line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "MemTotal: 0")
    return {
        "CPU": f"{cpu.partition(':')[2].strip()}, {os.cpu_count()} cores",
        "memory": f"{int(total.split()[1]) / 2**20:.0f} GiB",
        "kernel": platform.release(),
        "company": f"a load of {os.getloadavg()[1]:.0f} on its cores as this was written",
        "Python": f"{platform.python_version()}, {platform.python_compiler()}",
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()
