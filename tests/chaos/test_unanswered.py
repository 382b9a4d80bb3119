"""A commit whose answer never left: whoever asks again hears what they would have heard at first."""

from __future__ import annotations

import asyncio

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage, by_hand


async def _storm(stage: Stage, deaths: int) -> tuple[Crowd, list[str]]:
    crowd, site = await stage.crowd(), stage.site
    async with crowd.talking():
        with stage.fails("die"):
            for _ in range(deaths):
                while site.lives:
                    await asyncio.sleep(0.02)
                await by_hand(site.start)
                crowd.came_back()
        if not site.lives:
            await by_hand(site.start)
        await crowd.has_said(stage.enough)
    return crowd, await crowd.verdict()


def test_each_retry_gets_the_first_answer(alone: Stage, tally: Tally) -> None:
    deaths = 200 if alone.full else 2
    crowd, wrong = asyncio.run(_storm(alone, deaths))
    tally(crowd, deaths=deaths, wrong=len(wrong))
    assert wrong == []
