"""A Redis that dies, forgets or hangs, while a crowd talks: nobody is refused, and whoever is let go is gone."""

from __future__ import annotations

import asyncio
import signal
import time

import httpx
import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd, Member, arrive
from tests.chaos.stage import Stage, by_hand

# Seconds until news are there, and until a session that ended has ended everywhere.
NEWS, REVOKED = 5.0, 2.0
# Of wrong links an address may try so many, in each process where they cannot count together.
TRIES, PROCESSES = 20, 2
pytestmark = pytest.mark.servers


async def _signs_out(crowd: Crowd, member: Member) -> float:
    """Somebody leaves: for how many seconds after that they are still heard or let in anywhere."""
    socket = await crowd.connect(member)
    async with crowd.web(member) as web:
        (await web.delete("/sessions/current")).raise_for_status()
    began = time.monotonic()
    await socket.wait_closed()
    assert socket.close_code == 4001
    known_until = time.monotonic()
    refused = 0
    async with asyncio.timeout(120):
        # Each time by a new connection: either process may take it.
        while refused < 8:
            async with crowd.web(member) as web:
                asked_at = time.monotonic()
                if (await web.get("/users/me")).status_code == 401:
                    refused += 1
                else:
                    refused, known_until = 0, asked_at
    return known_until - began


async def _tries_wrong_links(url: str) -> int:
    """How many an address may try before it is told that this is too often."""
    for tried in range(1000):
        async with httpx.AsyncClient(base_url=url, timeout=30) as web:
            if (await web.get("/reset/nothing")).status_code == 429:
                return tried
    raise AssertionError("no limit holds")


async def _storm(stage: Stage, away: float) -> tuple[Crowd, list[float], int, list[str]]:
    redis, crowd = stage.redis, await stage.crowd()
    assert redis is not None
    leavers = await arrive(stage.site.url, 3)
    revoked = []
    async with crowd.talking():
        await crowd.gets_answers()
        await by_hand(redis.stop, signal.SIGKILL)
        revoked.append(await _signs_out(crowd, leavers[0]))
        await asyncio.sleep(away / 3)
        await by_hand(redis.start)
        await crowd.gets_answers()
        await by_hand(redis.empty)
        revoked.append(await _signs_out(crowd, leavers[1]))
        await crowd.gets_answers()
        redis.pause()
        try:
            until = time.monotonic() + away
            revoked.append(await _signs_out(crowd, leavers[2]))
            tried = await _tries_wrong_links(stage.site.url)
            await asyncio.sleep(until - time.monotonic())
        finally:
            redis.resume()
        await crowd.gets_answers()
        await crowd.has_said(stage.enough)
    return crowd, revoked, tried, await crowd.verdict()


def test_without_redis_everything_goes_on_and_limits_hold(several: Stage, tally: Tally) -> None:
    away = 30.0 if several.full else 1.5
    crowd, revoked, tried, wrong = asyncio.run(_storm(several, away))
    tally(crowd, faults=3, slowest_revocation=max(revoked), tried_before_the_limit=tried, wrong=len(wrong))
    assert wrong == []
    assert crowd.errors.total() == 0
    assert tried <= TRIES * PROCESSES
    assert not several.full or max(delay for _, delay in crowd.delays) < NEWS
    assert not several.full or max(revoked) < REVOKED
