"""Lines that are cut in mid-frame, held half open, reset and starved, while a crowd talks over them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.browser.conftest import Site
from tests.chaos.crowd import Crowd, gather
from tests.chaos.history import faults
from tests.chaos.wire import FAULTS, Wire, wire


async def _storm(site: Site, rounds: int) -> tuple[Crowd, Wire, list[str]]:
    async with wire(int(site.url.rsplit(":", 1)[1])) as line:
        crowd = await gather(site.url, people=12, rooms=4)
        crowd.line = line.url
        async with crowd.talking():
            for fault in FAULTS * rounds:
                await asyncio.sleep(0.7)
                line.befalls(fault)
            await asyncio.sleep(1)
            # Whatever is still held or starved comes back by a line that is not.
            line.befalls("reset", share=1.0)
    return crowd, line, faults(crowd.history, await crowd.log())


def test_bad_lines_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.start()
    try:
        crowd, line, found = asyncio.run(_storm(site, rounds=1))
    finally:
        site.stop()
    assert found == []
    assert crowd.deaf == []
    assert all(line.befell.values())
    assert crowd.history.acknowledged > 100
    assert len(crowd.waits) == len(crowd.history.said)
