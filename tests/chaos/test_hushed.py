"""Bells that are lost between a commit and their ring: whoever listens at the other worker hears of it by the sweep."""

from __future__ import annotations

import asyncio

import pytest

from chatsphere.gateway.looker import EVERY
from tests.chaos.conftest import Tally
from tests.chaos.crowd import Crowd
from tests.chaos.stage import Stage

# A sweep may have just begun when something is said, and looking takes a moment on a busy machine.
SOON = 2 * EVERY
WORKERS = 2
pytestmark = pytest.mark.servers


async def _storm(stage: Stage) -> tuple[Crowd, list[str]]:
    crowd = await stage.crowd()
    with stage.fails("hush"):
        async with crowd.talking():
            await crowd.has_said(stage.enough)
            # On a busy machine one process may have taken every line there is: then nobody needed a bell.
            while stage.hushed() < WORKERS:
                await crowd.says_one_more()
        return crowd, await crowd.verdict()


def test_what_no_bell_told_is_found_by_the_sweep(several: Stage, tally: Tally) -> None:
    crowd, wrong = asyncio.run(_storm(several))
    late = sum(delay > 0.2 for _, delay in crowd.delays)
    tally(crowd, workers_that_lost_bells=several.hushed(), heard_later_than_bells_ring=late, wrong=len(wrong))
    assert wrong == []
    assert not several.full or max(delay for _, delay in crowd.delays) < SOON
