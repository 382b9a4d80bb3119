"""Processes that are killed where they stand, while a crowd talks to them."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from tests.browser.conftest import Site
from tests.chaos.crowd import Crowd, gather
from tests.chaos.history import faults


async def _storm(site: Site, kills: int, every: float) -> tuple[Crowd, list[str]]:
    """Kill the one process again and again; what the crowd saw, and what is wrong with it."""
    crowd = await gather(site.url, people=12, rooms=4)
    async with crowd.talking():
        for _ in range(kills):
            await asyncio.sleep(every)
            # A server goes with the thread that began it: the loop's helpers last as long as the loop.
            await asyncio.to_thread(site.stop, signal.SIGKILL)
            await asyncio.to_thread(site.start)
        await asyncio.sleep(1)
    return crowd, faults(crowd.history, await crowd.log())


def test_what_was_acknowledged_survives_kill_nine(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.start()
    try:
        crowd, found = asyncio.run(_storm(site, kills=3, every=1.5))
    finally:
        site.stop()
    assert found == []
    assert crowd.deaf == []
    assert crowd.history.acknowledged > 100
    assert len(crowd.waits) == len(crowd.history.said)
