"""Who is online, in one process and between several."""

from __future__ import annotations

import asyncio

import pytest

from chatsphere.gateway import presence
from chatsphere.gateway.presence import Attendance, LocalPresence, RedisPresence
from tests.cast import Cast
from tests.gateway.conftest import Stage, near
from tests.services import Redis

pytestmark = pytest.mark.anyio


async def test_coming_is_told_at_once_and_going_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE", 0.05)
    said: list[tuple[str, bool]] = []
    attendance = Attendance(LocalPresence(), lambda who, online: said.append((who, online)))
    for _ in range(2):
        attendance.came("ada")
    attendance.went("ada")
    await attendance.look()
    assert said == [("ada", True)]
    attendance.went("ada")
    await attendance.look()
    assert said == [("ada", True)]
    await asyncio.sleep(0.06)
    await attendance.look()
    assert said == [("ada", True), ("ada", False)]


async def test_a_page_that_is_loaded_again_never_left() -> None:
    said: list[tuple[str, bool]] = []
    attendance = Attendance(LocalPresence(), lambda who, online: said.append((who, online)))
    attendance.came("ada")
    attendance.went("ada")
    await attendance.look()
    attendance.came("ada")
    await attendance.look()
    assert said == [("ada", True)]


@pytest.mark.servers
async def test_processes_know_of_each_other(redis_url: str) -> None:
    one, two = RedisPresence(redis_url), RedisPresence(redis_url)
    assert await one.look({"ada"}) == {"ada"}
    assert await two.look({"bo"}) == {"ada", "bo"}
    assert await one.look({"ada"}) == {"ada", "bo"}
    assert await two.look({"bo", "ada"}) == {"ada", "bo"}
    assert await one.look(set()) == {"ada", "bo"}
    await two.leave()
    assert await one.look(set()) == set()
    await one.leave()


@pytest.mark.servers
async def test_a_process_that_was_killed_takes_its_people_with_it(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "DEAD_AFTER", 0.2)
    living, killed = RedisPresence(redis_url), RedisPresence(redis_url)
    await killed.look({"bo"})
    assert await living.look({"ada"}) == {"ada", "bo"}
    await asyncio.sleep(0.25)
    assert await living.look({"ada"}) == {"ada"}
    await killed.look({"bo"})
    assert await living.look({"ada"}) == {"ada", "bo"}
    await killed.leave()
    await living.leave()


@pytest.mark.servers
async def test_a_redis_that_forgot_everything_is_told_again(redis_url: str, redis_server: Redis) -> None:
    one, two = RedisPresence(redis_url), RedisPresence(redis_url)
    await one.look({"ada"})
    await two.look({"bo"})
    redis_server.empty()
    await one.look({"ada"})
    assert await two.look({"bo"}) == {"ada", "bo"}
    await one.leave()
    await two.leave()


async def test_companions_are_told_and_others_are_not(stage: Stage, cast: Cast) -> None:
    cast.ada.starts(cast.bo)
    attendance = Attendance(LocalPresence(), stage.hub.present)
    bo, _ = await stage.opens(cast.bo)
    cy, _ = await stage.opens(cast.cy)
    attendance.came(cast.ada.id)
    assert bo.of("presence") == [{"type": "presence", "user_id": cast.ada.id, "online": True}]
    assert cy.of("presence") == []
    late, _ = await stage.opens(cast.bo)
    assert late.kinds() == ["hello", "presence"]


async def test_new_companions_meet(stage: Stage, cast: Cast) -> None:
    attendance = Attendance(LocalPresence(), stage.hub.present)
    for who in (cast.ada, cast.bo, cast.cy):
        attendance.came(who.id)
    ada, _ = await stage.opens(cast.ada)
    cy, _ = await stage.opens(cast.cy)
    tea = cast.ada.starts(cast.bo, title="Tea")
    await stage.hub.relook(cast.ada.id)
    await stage.settles()
    assert [frame["user_id"] for frame in ada.of("presence")] == [cast.bo.id]
    near(cast.ada, stage).brings(cast.cy, into=tea)
    await stage.settles()
    assert sorted(frame["user_id"] for frame in cy.of("presence")) == sorted((cast.ada.id, cast.bo.id))
    assert [frame["user_id"] for frame in ada.of("presence")] == [cast.bo.id, cast.cy.id]
