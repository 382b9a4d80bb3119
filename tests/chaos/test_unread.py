"""Sockets that never read: they are cut off, cost a bounded amount of memory and nobody's time, and miss nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from chatsphere.gateway.wire import BACKLOG
from tests.chaos.conftest import Tally
from tests.chaos.crowd import OBSERVERS, Crowd
from tests.chaos.raw import Answer, knock
from tests.chaos.stage import Stage, memory

# As long as a message may be, three bytes for each character.
LONG = "春" * 7_900
# So little does the kernel keep for who does not read; what it keeps on the server's side we cannot choose.
ROOM = 4096


@dataclass(slots=True)
class Seen:
    """What was measured before and while they slept."""

    cut_off: int
    memory: int
    before: float
    during: float


def _cut_off(output: Path) -> int:
    return sum("a slow reader is cut off" in line for line in output.read_text().splitlines())


def _p99(crowd: Crowd, since: float) -> float:
    """In which time 99 of 100 were answered who began after a moment."""
    waits = sorted(one.told_at - one.began_at for one in crowd.history.said if one.told_at and one.began_at > since)
    return waits[int(len(waits) * 0.99)]


async def _sleeps(crowd: Crowd, count: int) -> list[Answer]:
    """So many sockets of the observers, who sit everywhere; not one of them reads any more."""
    sleepers = [await knock(crowd.url, crowd.members[at % OBSERVERS], ROOM) for at in range(count)]
    for one in sleepers:
        one.writer.transport.pause_reading()  # type: ignore[attr-defined]
    return sleepers


async def _storm(stage: Stage, count: int) -> tuple[Crowd, Seen, list[str]]:
    crowd, output = await stage.crowd(), stage.folder / "output"
    crowd.words = lambda number: f"{number} {LONG}"
    earlier = _cut_off(output)
    async with crowd.talking():
        began = time.monotonic()
        await crowd.gets_answers(300 if stage.full else 20)
        before = _p99(crowd, began)
        least = most = memory(stage.site.pid)
        sleepers = await _sleeps(crowd, count)
        began = time.monotonic()
        while _cut_off(output) < earlier + count:
            assert time.monotonic() < began + 100
            await asyncio.sleep(0.1)
            most = max(most, memory(stage.site.pid))
        during = _p99(crowd, began)
        for one in sleepers:
            one.writer.transport.abort()
        # They wake and go on from where they fell asleep: before all that was said.
        for at in range(count):
            crowd.has_ear(crowd.members[at % OBSERVERS])
        crowd.words = "What I say {}th.".format
        await crowd.has_said(stage.enough)
    seen = Seen(_cut_off(output) - earlier, most - least, before, during)
    return crowd, seen, await crowd.verdict()


def test_who_never_reads_is_cut_off_and_misses_nothing(alone: Stage, tally: Tally) -> None:
    count = 50 if alone.full else 5
    crowd, seen, wrong = asyncio.run(_storm(alone, count))
    growth = f"{seen.memory / 2**20:.0f} MiB"
    tally(crowd, cut_off=seen.cut_off, memory_grew_by=growth, p99_before=seen.before, p99_during=seen.during)
    assert wrong == []
    assert seen.cut_off >= count
    # What waits for each, and as much again for everything else.
    assert seen.memory < 2 * count * BACKLOG + 64 * 2**20
    assert not alone.full or seen.during < 2 * seen.before
