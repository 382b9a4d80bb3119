"""The sweep of the sockets: looks, now and then, at what no bell has told."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from chatsphere.gateway.hub import Hub
    from chatsphere.outside.bus import Bus

log = structlog.get_logger("chatsphere.gateway")

# A bell that was lost delays news by this, and a session that ended elsewhere stays open no longer.
EVERY = 1.5
# Between two sweeps the seats of some users are looked at, one after the other with time between them: whoever talks
# meanwhile waits no longer than for one look.
_STEPS = 4
# So many users at a time: as long as notes get through, when they do not, and when some may have been missed.
_SOUND, _DEAF, _HURRY = 1, 25, 100


async def keep_looking(hub: Hub, bus: Bus) -> None:
    """Sweep now and then; at once, and through all users, when notes may have been missed."""
    turn: list[str] = []
    hurry, step = False, 0
    while True:
        if not hurry:
            with contextlib.suppress(TimeoutError):
                pause = EVERY / _STEPS * random.uniform(0.8, 1.0)  # noqa: S311 - spreads it
                await asyncio.wait_for(hub.missed.wait(), pause)
            step += 1
        if hub.missed.is_set():
            hub.missed.clear()
            hurry, turn = True, list(hub.people)
        turn = turn or list(hub.people)
        count = _HURRY if hurry else _SOUND if bus.sound else _DEAF
        some, rest = turn[:count], turn[count:]
        try:
            await _look(hub, some, whole=hurry or step % _STEPS == 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next sweep is what heals it
            log.warning("the sweep could not look", error=type(error).__name__)
            await asyncio.sleep(EVERY / 3)
            step -= 1  # what was due is due still
        else:
            turn = rest
            hurry = hurry and bool(turn)


async def _look(hub: Hub, users: Sequence[str], *, whole: bool) -> None:
    if whole:
        await hub.sweep()
    for user_id in users:
        if user_id in hub.people:
            await hub.relook(user_id)
