"""Workers that are asked to go, one after the other, while a crowd talks: a new version comes in like this."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage, gone, some_worker, workers_of

# Seconds that a process may take to go; and on a machine that does much else.
LONGEST, PATIENCE = 20.0, 100.0
pytestmark = pytest.mark.servers


async def _storm(stage: Stage, rounds: int) -> tuple[Crowd, list[float], list[str]]:
    crowd, parent, took = await stage.crowd(), stage.site.pid, []
    async with crowd.talking():
        for _ in range(rounds):
            for old in workers_of(parent):
                os.kill(old, signal.SIGTERM)
                took.append(await gone(old, LONGEST if stage.full else PATIENCE))
                await some_worker(parent, other_than=old)
                await crowd.gets_answers(50 if stage.full else 5)
                while len(workers_of(parent)) < 2:
                    await asyncio.sleep(0.1)
        await crowd.has_said(stage.enough)
    return crowd, took, await crowd.verdict()


def test_whoever_is_told_to_go_goes_in_time_and_drops_nothing(several: Stage, tally: Tally) -> None:
    crowd, took, wrong = asyncio.run(_storm(several, rounds=10 if several.full else 1))
    tally(crowd, restarts=len(took), slowest_to_go=max(took), wrong=len(wrong))
    assert wrong == []
