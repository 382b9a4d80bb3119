"""Processes that are killed where they stand, while a crowd talks to them."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage, by_hand, some_worker

# Seconds from one kill to the next, and from a restart to the answers to all who waited.
EVERY, SOON = 3.0, 10.0


async def _kill_the_one(stage: Stage, crowd: Crowd) -> None:
    await by_hand(stage.site.stop, signal.SIGKILL)
    await by_hand(stage.site.start)
    crowd.came_back()


async def _kill_one_of_two(stage: Stage, crowd: Crowd) -> None:
    os.kill(await some_worker(stage.site.pid), signal.SIGKILL)
    crowd.came_back()


async def _storm(stage: Stage, kills: int) -> tuple[Crowd, list[str]]:
    kill = _kill_one_of_two if stage.mariadb else _kill_the_one
    crowd = await stage.crowd()
    async with crowd.talking():
        for _ in range(kills):
            await asyncio.sleep(EVERY if stage.full else EVERY / 3)
            await kill(stage, crowd)
        await crowd.gets_answers()
        await crowd.has_said(stage.enough)
    return crowd, await crowd.verdict()


@pytest.mark.parametrize("where", ["alone", pytest.param("several", marks=pytest.mark.servers)])
def test_what_was_acknowledged_survives_kill_nine(request: pytest.FixtureRequest, where: str, tally: Tally) -> None:
    stage: Stage = request.getfixturevalue(where)
    kills = 60 if stage.full else 2
    crowd, wrong = asyncio.run(_storm(stage, kills))
    tally(crowd, kills=kills, wrong=len(wrong))
    assert wrong == []
    assert not stage.full or crowd.longest_wait < SOON
