"""Everybody loses their socket in the same moment, and comes back: not all at once, and nobody for nothing."""

from __future__ import annotations

import asyncio
import random
import signal
import struct
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd, Member
from tests.chaos.raw import CLOSE, TEXT, Answer, knock
from tests.chaos.stage import Stage, by_hand

# Seconds until all are back.
LONGEST = 60.0
RESTARTED = struct.pack("!H", 1012)


@dataclass(slots=True)
class Return:
    """When everybody came back, and what else they were answered."""

    here: int = 0
    came: list[float] = field(default_factory=list)
    put_off: Counter[str] = field(default_factory=Counter)

    def busiest(self) -> int:
        """How many came in the second in which most did."""
        return max(Counter(int(moment) for moment in self.came).values())


async def _stays(url: str, member: Member, seen: Return) -> None:
    """Have a socket, and come back each time that it is lost: after as long as one is told, else after a while."""
    tries, wait = 0, 0.0
    while True:
        await asyncio.sleep(wait)
        try:
            answer = await knock(url, member)
        except OSError:
            tries += 1
            wait = min(10.0, 0.5 * 2**tries) * random.uniform(0.6, 1)
            continue
        if answer.status == 101:
            tries, wait = 0, await _listens(answer, seen)
        else:
            told = answer.headers.get("retry-after", "")
            seen.put_off[f"{answer.status}" + ("" if told.isdigit() else " that does not say when")] += 1
            wait = float(told or 1) * random.uniform(1, 2)
        answer.writer.close()


async def _listens(answer: Answer, seen: Return) -> float:
    """Listen until it ends; how long to stay away then."""
    away = random.uniform(0.5, 5)
    greeted = False
    try:
        async for kind, payload in answer.frames():
            if kind == TEXT and not greeted:
                greeted = True
                seen.here += 1
                seen.came.append(time.monotonic())
            elif kind == CLOSE and payload[:2] == RESTARTED and payload[2:]:
                away = float(payload[2:])
    finally:
        seen.here -= greeted
    return away


async def _all_back(seen: Return, staying: list[asyncio.Task[None]]) -> float:
    began = time.monotonic()
    while seen.here < len(staying):
        assert not any(one.done() for one in staying)
        assert time.monotonic() < began + 4 * LONGEST, f"{seen.here} are here, {dict(seen.put_off)} put off"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _storm(stage: Stage, count: int) -> tuple[Crowd, list[Return], list[float], list[str]]:
    crowd, returns, took = await stage.crowd(), [], []
    seen = Return()
    members = [crowd.members[at % len(crowd.members)] for at in range(count)]
    staying = [asyncio.create_task(_stays(stage.site.url, one, seen)) for one in members]
    await _all_back(seen, staying)
    for with_signal in (signal.SIGTERM, signal.SIGKILL):
        seen.came.clear()
        await by_hand(stage.site.stop, with_signal)
        await by_hand(stage.site.start)
        took.append(await _all_back(seen, staying))
        returns.append(Return(seen.here, list(seen.came), Counter(seen.put_off)))
    # What is said now, all of them hear.
    async with crowd.talking():
        await crowd.has_said(stage.enough)
    for one in staying:
        one.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    return crowd, returns, took, await crowd.verdict()


def test_everybody_comes_back_by_and_by(alone: Stage, tally: Tally) -> None:
    count = 2_000 if alone.full else 150
    crowd, returns, took, wrong = asyncio.run(_storm(alone, count))
    busiest = [one.busiest() for one in returns]
    put_off = returns[-1].put_off
    tally(crowd, sockets=count, all_back_after=max(took), busiest_second=max(busiest), put_off=dict(put_off))
    assert wrong == []
    assert set(put_off) <= {"503"}
    # Spread over several seconds, not all in the same one.
    assert max(busiest) < count
    assert not alone.full or max(took) < LONGEST
