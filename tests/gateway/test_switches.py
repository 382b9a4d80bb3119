"""Whoever hides when they are here, or how far they have read, is not told it of others either; at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatsphere.core import conversations, reading, switches
from chatsphere.gateway.presence import Attendance, LocalPresence
from chatsphere.outside.bus import Felt, Touched
from tests.cast import Cast, Person
from tests.gateway.conftest import Screen, Stage, near

pytestmark = pytest.mark.anyio


async def turns(stage: Stage, one: Person, **what: bool) -> None:
    """Turn somebody's switches in this process, and let it come round."""
    await asyncio.to_thread(lambda: stage.here.do(switches.turn, one.id, **what))
    await stage.settles()


def told(screen: Screen, of: Person) -> list[bool]:
    """What somebody was told of another's coming and going, in order."""
    return [frame["online"] for frame in screen.of("presence") if frame["user_id"] == of.id]


def read(screen: Screen, of: Person) -> list[int]:
    """What somebody was told of how far another has read."""
    return [frame["seq"] for frame in screen.of("read") if frame["user_id"] == of.id]


async def all_here(stage: Stage, cast: Cast) -> tuple[dict[str, Screen], Attendance]:
    attendance = Attendance(LocalPresence(), stage.hub.present)
    screens = {one.name: (await stage.opens(one))[0] for one in (cast.ada, cast.bo, cast.cy)}
    for one in (cast.ada, cast.bo, cast.cy):
        attendance.came(one.id)
    return screens, attendance


async def test_hiding_is_going_for_both_and_typing_is_not_told(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    screens, _ = await all_here(stage, cast)
    await turns(stage, cast.bo, presence=False)
    assert told(screens["ada"], cast.bo) == told(screens["bo"], cast.ada) == [True, False]
    assert told(screens["ada"], cast.cy) == [True]
    for one in (cast.ada, cast.bo):
        stage.hub.tell(Felt("typing", tea, one.id))
    assert [frame["user_id"] for frame in screens["cy"].of("typing")] == [cast.ada.id]
    assert screens["ada"].of("typing") == screens["bo"].of("typing") == []
    assert screens["bo"].of("switched") == [{"type": "switched", "presence": False, "receipts": True}]
    assert screens["ada"].of("switched") == []
    await turns(stage, cast.bo, presence=True)
    assert told(screens["ada"], cast.bo) == told(screens["bo"], cast.ada) == [True, False, True]
    stage.hub.tell(Felt("typing", tea, cast.bo.id))
    assert [frame["user_id"] for frame in screens["ada"].of("typing")] == [cast.bo.id]


async def test_who_hides_comes_unseen_into_groups_too(stage: Stage, cast: Cast) -> None:
    near(cast.bo, stage).chat.do(switches.turn, cast.bo.id, presence=False)
    screens, attendance = await all_here(stage, cast)
    near(cast.ada, stage).starts(cast.bo, cast.cy, title="Tea")
    await stage.settles()
    near(cast.cy, stage).chat.do(conversations.start, cast.cy.id, [cast.bo.id], None)
    await stage.settles()
    assert told(screens["ada"], cast.bo) == told(screens["bo"], cast.ada) == told(screens["cy"], cast.bo) == []
    assert told(screens["ada"], cast.cy) == [True]
    attendance._becomes({cast.ada.id, cast.cy.id})
    attendance._becomes({cast.ada.id, cast.bo.id, cast.cy.id})
    assert told(screens["ada"], cast.bo) == []


async def test_it_is_heard_from_another_process(stage: Stage, cast: Cast) -> None:
    cast.ada.starts(cast.bo)
    screens, _ = await all_here(stage, cast)
    await asyncio.to_thread(stage.there.do, switches.turn, cast.bo.id, presence=False)
    stage.hub.hear(Touched((cast.ada.id, cast.bo.id)))
    await stage.settles()
    assert told(screens["ada"], cast.bo) == told(screens["bo"], cast.ada) == [True, False]


async def test_hidden_marks_reach_only_their_readers_own_sockets(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    said = cast.ada.says("hello", to=tea).id
    screens, _ = await all_here(stage, cast)
    await turns(stage, cast.bo, receipts=False)
    assert read(screens["ada"], cast.bo) == [0]
    for one in (cast.bo, cast.cy):
        await asyncio.to_thread(stage.here.do, reading.read, one.id, tea, said)
    await stage.settles()
    assert (read(screens["ada"], cast.bo), read(screens["ada"], cast.cy)) == ([0], [said])
    assert (read(screens["bo"], cast.bo), read(screens["bo"], cast.cy)) == ([0, said], [])
    await turns(stage, cast.bo, receipts=True)
    assert read(screens["ada"], cast.bo) == [0, said]


async def test_events_carry_no_marks_to_whoever_hides_theirs(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    screens, _ = await all_here(stage, cast)
    await turns(stage, cast.bo, receipts=False)
    near(cast.ada, stage).makes(cast.cy, "admin", of=tea)
    await stage.settles()
    heard: dict[str, Any] = {
        name: screen.of("event")[-1]["participant"]["read_seq"] for name, screen in screens.items()
    }
    assert heard == {"ada": 1, "bo": 0, "cy": 1}
