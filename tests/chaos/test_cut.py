"""Lines that are cut in mid-frame, held half open, reset and starved, while a crowd talks over them."""

from __future__ import annotations

import asyncio

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage
from tests.chaos.wire import FAULTS, Wire, wire


async def _storm(stage: Stage, rounds: int) -> tuple[Crowd, Wire, list[str]]:
    async with wire(stage.site.port) as line:
        crowd = await stage.crowd()
        crowd.line = line.url
        async with crowd.talking():
            for fault in FAULTS * rounds:
                await asyncio.sleep(0.7)
                while not line.befalls(fault):
                    await asyncio.sleep(0.1)
            # Whatever is still held or starved comes back by a line that is not.
            line.befalls("reset", share=1.0)
            await crowd.has_said(stage.enough)
    return crowd, line, await crowd.verdict()


def test_bad_lines_lose_nothing_and_repeat_nothing(alone: Stage, tally: Tally) -> None:
    crowd, line, wrong = asyncio.run(_storm(alone, rounds=40 if alone.full else 1))
    tally(crowd, **line.befell, wrong=len(wrong))
    assert wrong == []
    assert all(line.befell.values())
