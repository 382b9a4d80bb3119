"""Two of whom one has blocked the other feel nothing of each other: neither typing nor who is there."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from chatsphere.core import contacts, sessions
from chatsphere.gateway.presence import Attendance, LocalPresence
from chatsphere.outside.bus import Felt, Touched
from tests.cast import Cast, Person
from tests.gateway.conftest import Screen, Stage, near
from tests.gateway.served import opens
from tests.gateway.test_processes import Process, both, redis  # noqa: F401 - fixtures

pytestmark = pytest.mark.anyio


def told(screen: Screen, kind: str, of: Person) -> list[bool]:
    """What somebody was told of another, in order."""
    return [frame.get("online", True) for frame in screen.of(kind) if frame["user_id"] == of.id]


async def test_a_block_is_felt_at_once_in_this_process(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    attendance = Attendance(LocalPresence(), stage.hub.present)
    screens = {one.name: (await stage.opens(one))[0] for one in (cast.ada, cast.bo, cast.cy)}
    for one in (cast.ada, cast.bo, cast.cy):
        attendance.came(one.id)
    # Nothing is looked up any more: what is told from here on is told from what the commit said.
    await stage.hold("seats")
    await asyncio.to_thread(stage.here.do, contacts.block, cast.ada.id, cast.bo.id)
    await asyncio.sleep(0)
    for one in (cast.ada, cast.bo):
        stage.hub.tell(Felt("typing", tea, one.id))
    assert told(screens["ada"], "presence", cast.bo) == told(screens["bo"], "presence", cast.ada) == [True, False]
    assert told(screens["ada"], "typing", cast.bo) == told(screens["bo"], "typing", cast.ada) == []
    assert [told(screens["cy"], "typing", one) for one in (cast.ada, cast.bo)] == [[True], [True]]
    assert told(screens["cy"], "presence", cast.bo) == [True]
    stage.release("seats")
    await stage.settles()


async def test_coming_and_going_is_not_told_while_the_block_holds(stage: Stage, cast: Cast) -> None:
    duo = cast.ada.starts(cast.bo)
    near(cast.ada, stage).chat.do(contacts.block, cast.ada.id, cast.bo.id)
    attendance = Attendance(LocalPresence(), stage.hub.present)
    ada, _ = await stage.opens(cast.ada)
    attendance.came(cast.ada.id)
    bo, _ = await stage.opens(cast.bo)
    attendance.came(cast.bo.id)
    stage.hub.tell(Felt("typing", duo, cast.bo.id))
    assert told(ada, "presence", cast.bo) == told(bo, "presence", cast.ada) == told(ada, "typing", cast.bo) == []
    # A group that both come into is no way round it.
    near(cast.cy, stage).starts(cast.ada, cast.bo, title="Tea")
    await stage.settles()
    assert told(ada, "presence", cast.bo) == told(bo, "presence", cast.ada) == []
    near(cast.ada, stage).chat.do(contacts.unblock, cast.ada.id, cast.bo.id)
    await stage.settles()
    stage.hub.tell(Felt("typing", duo, cast.bo.id))
    assert told(ada, "presence", cast.bo) == told(bo, "presence", cast.ada) == [True]
    assert told(ada, "typing", cast.bo) == [True]


async def test_a_block_from_elsewhere_is_found_by_looking_at_the_seats_again(stage: Stage, cast: Cast) -> None:
    duo = cast.ada.starts(cast.bo)
    attendance = Attendance(LocalPresence(), stage.hub.present)
    ada, _ = await stage.opens(cast.ada)
    bo, _ = await stage.opens(cast.bo)
    attendance.came(cast.ada.id)
    attendance.came(cast.bo.id)
    await asyncio.to_thread(stage.there.do, contacts.block, cast.bo.id, cast.ada.id)
    stage.hub.hear(Touched((cast.ada.id, cast.bo.id)))
    await stage.settles()
    stage.hub.tell(Felt("typing", duo, cast.ada.id))
    assert told(ada, "presence", cast.bo) == told(bo, "presence", cast.ada) == [True, False]
    assert told(bo, "typing", cast.ada) == []


async def test_who_has_read_how_far_is_still_told(stage: Stage, cast: Cast) -> None:
    duo = cast.ada.starts(cast.bo)
    ada, _ = await stage.opens(cast.ada)
    near(cast.ada, stage).chat.do(contacts.block, cast.ada.id, cast.bo.id)
    await stage.settles()
    stage.hub.tell(Felt("read", duo, cast.bo.id, 1))
    assert told(ada, "read", cast.bo) == [True]


@pytest.mark.servers
async def test_a_block_holds_in_the_other_process_within_two_seconds(both: list[Process], cast: Cast) -> None:  # noqa: F811
    tea = cast.cy.starts(cast.ada, cast.bo, title="Tea")
    token = cast.ada.chat.do(sessions.open, cast.ada.id, kind="token", name="script").token
    async with (
        await opens(cast.ada, both[0].port, token=token) as ada,
        await opens(cast.bo, both[1].port) as bo,
        await opens(cast.cy, both[0].port) as cy,
    ):
        while {"type": "presence", "user_id": cast.ada.id, "online": True} not in bo.frames:
            await bo.hears_of("presence")
        await asks_to_block(both[0], token, cast.bo)
        gone = {"type": "presence", "user_id": cast.ada.id, "online": False}
        async with asyncio.timeout(2.0):
            while await bo.hears_of("presence") != gone:
                pass
        await bo.says(type="typing", conversation_id=tea)
        assert (await cy.hears_of("typing"))["user_id"] == cast.bo.id
        await ada.says(type="typing", conversation_id=tea)
        assert (await cy.hears_of("typing"))["user_id"] == cast.ada.id
        # What comes after it over the same way has come: the typing has not.
        await ada.says(type="post", ref=1, conversation_id=tea, content="hello")
        for line in (ada, bo):
            while (await line.hears_of("event"))["kind"] != "message.posted":
                pass
            assert [frame for frame in line.frames if frame["type"] == "typing"] == []


async def asks_to_block(process: Process, token: str, other: Person) -> None:
    """Over HTTP."""
    async with httpx.AsyncClient(base_url=process.base, headers={"Authorization": f"Bearer {token}"}) as client:
        answer = await client.put(f"/api/v1/contacts/{other.id}", json={"blocked": True})
    assert answer.status_code == 200
