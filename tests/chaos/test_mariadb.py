"""A database that dies, restarts or lets nobody in, while a crowd talks: errors perhaps, but never a false ok."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage, by_hand

EVERY, SOON = 5.0, 5.0
pytestmark = pytest.mark.servers


async def _restarts(stage: Stage, with_signal: signal.Signals) -> None:
    assert stage.mariadb is not None
    await by_hand(stage.mariadb.stop, with_signal)
    await by_hand(stage.mariadb.start)


async def _lets_nobody_in(stage: Stage, crowd: Crowd) -> None:
    assert stage.mariadb is not None
    before = crowd.errors.total()
    with stage.mariadb.crowded():
        while crowd.errors.total() == before:
            await asyncio.sleep(0.1)
        await asyncio.sleep(EVERY if stage.full else 0.5)


async def _storm(stage: Stage, kills: int, others: int) -> tuple[Crowd, list[float], list[str]]:
    crowd = await stage.crowd()
    faults = ["killed"] * kills + ["restarted", "crowded"] * others
    recoveries = []
    async with crowd.talking():
        for fault in faults:
            await asyncio.sleep(EVERY if stage.full else 1)
            match fault:
                case "killed":
                    await _restarts(stage, signal.SIGKILL)
                case "restarted":
                    await _restarts(stage, signal.SIGTERM)
                case _:
                    await _lets_nobody_in(stage, crowd)
            back = crowd.came_back()
            await crowd.gets_answers()
            recoveries.append(crowd.answered_after(back))
        await crowd.has_said(stage.enough)
    return crowd, recoveries, await crowd.verdict()


def test_a_database_that_is_away_is_an_error_and_never_a_false_ok(several: Stage, tally: Tally) -> None:
    kills, others = (20, 5) if several.full else (1, 1)
    crowd, recoveries, wrong = asyncio.run(_storm(several, kills, others))
    tally(crowd, kills=kills, restarts=others, limits=others, slowest_recovery=max(recoveries), wrong=len(wrong))
    assert wrong == []
    assert set(crowd.errors) <= {"503"}
    assert not several.full or max(recoveries) < SOON
