"""The sweep of the sockets: looks, now and then, at what no bell has told."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from chatsphere.gateway.hub import Hub
    from chatsphere.outside.bus import Bus

log = structlog.get_logger("chatsphere.gateway")

# A bell that was lost delays news by this, and a session that ended elsewhere stays open no longer.
EVERY = 1.5
# Seats that changed without a note are found in turn: so many users at a time, and when notes do not get through.
_IN_TURN, _IN_TURN_DEAF = 4, 100


async def keep_looking(hub: Hub, bus: Bus) -> None:
    """Sweep now and then; at once, and through all users, when notes may have been missed."""
    turn: list[str] = []
    hurry = False
    while True:
        if not hurry:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(hub.missed.wait(), EVERY * random.uniform(0.8, 1.0))  # noqa: S311 - spreads it
        if hub.missed.is_set():
            hub.missed.clear()
            hurry, turn = True, list(hub.people)
        turn = turn or list(hub.people)
        count = _IN_TURN if bus.sound and not hurry else _IN_TURN_DEAF
        some, rest = turn[:count], turn[count:]
        try:
            await hub.sweep([user_id for user_id in some if user_id in hub.people])
        except Exception as error:  # noqa: BLE001 - whatever it is, the next sweep is what heals it
            log.warning("the sweep could not look", error=type(error).__name__)
            await asyncio.sleep(EVERY / 3)
        else:
            turn = rest
            hurry = hurry and bool(turn)
