"""A commit whose answer never left: whoever asks again hears what they would have heard at first."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.browser.conftest import Site
from tests.chaos.crowd import Crowd, gather
from tests.chaos.history import faults


async def _storm(site: Site, deaths: int) -> tuple[Crowd, int, list[str]]:
    crowd = await gather(site.url, people=12, rooms=4)
    site.runs_as("tests.chaos.failing")
    await asyncio.to_thread(site.stop)
    await asyncio.to_thread(site.start)
    died = 0
    async with crowd.talking():
        while died < deaths:
            await asyncio.sleep(0.05)
            if not site.lives:
                died += 1
                if died == deaths:
                    site.runs_as("chatsphere")
                await asyncio.to_thread(site.start)
        await asyncio.sleep(1)
    return crowd, died, faults(crowd.history, await crowd.log())


def test_each_retry_gets_the_first_answer(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.start()
    try:
        crowd, died, found = asyncio.run(_storm(site, deaths=3))
    finally:
        site.stop()
    assert found == []
    assert crowd.deaf == []
    assert died == 3
    assert len(crowd.waits) == len(crowd.history.said)
