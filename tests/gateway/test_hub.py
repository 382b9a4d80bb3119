"""What a socket hears: everything that is its user's, in order, once, until it is theirs no more."""

from __future__ import annotations

import asyncio
import random

import pytest

from chatsphere.core import sessions
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.looker import keep_looking
from chatsphere.outside.bus import Bell, Felt, LocalBus, Note, Touched
from tests.cast import Cast, Person
from tests.gateway.conftest import Screen, Stage, near

pytestmark = pytest.mark.anyio


def bells(stage: Stage, tea: str, count: int, who: Person) -> list[Note]:
    """Say something so many times, in the other process; returns the bells without ringing them."""
    return [Bell(tea, who.says(f"{number}", to=tea).id) for number in range(count)]


async def test_what_is_committed_here_is_told_without_reading_it_back(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    screens = [(await stage.opens(who))[0] for who in (cast.ada, cast.bo, cast.bo)]
    near(cast.ada, stage).says("hello", to=tea)
    await stage.settles()
    assert [screen.seqs(tea) for screen in screens] == [[2]] * 3
    assert stage.looked["news"] == 0
    assert Bell(tea, 2) in stage.rung


async def test_bells_late_lost_and_rung_twice_change_nothing(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    screen, _ = await stage.opens(cast.bo)
    chance = random.Random(7)
    rung = [note for note in bells(stage, tea, 60, cast.ada) for _ in range(chance.choice((0, 1, 2)))]
    chance.shuffle(rung)
    for note in rung:
        stage.hub.hear(note)
        if chance.random() < 0.2:
            await stage.settles()
    await stage.hub.sweep()
    await stage.settles()
    assert screen.seqs(tea) == list(range(2, 62))


async def test_news_from_both_sides_keeps_its_order(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    screen, _ = await stage.opens(cast.bo)
    for number in range(40):
        side = near(cast.ada, stage) if number % 3 else cast.ada
        said = side.says(f"{number}", to=tea)
        if number % 2:
            stage.hub.hear(Bell(tea, said.id))
    await stage.hub.sweep()
    await stage.settles()
    assert screen.seqs(tea) == list(range(2, 42))


async def test_one_read_serves_five_hundred(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    session = stage.here.do(sessions.open, cast.bo.id).session.id
    screens = [(await stage.opens(cast.bo, session))[0] for _ in range(500)]
    before = stage.looked["news"]
    for note in bells(stage, tea, 200, cast.ada):
        stage.hub.hear(note)
    await stage.settles()
    assert all(screen.seqs(tea) == list(range(2, 202)) for screen in screens)
    assert 0 < stage.looked["news"] - before < 200


async def test_somebody_who_flaps_misses_nothing_and_hears_nothing_twice(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    chance = random.Random(3)
    heard: list[int] = []
    seq = 1
    for number in range(40):
        screen, connection = await stage.opens(cast.bo)
        stage.hub.resume(connection, stage.hub.epoch, {tea: seq})
        for note in bells(stage, tea, chance.randrange(4), cast.ada):
            if chance.random() < 0.7:
                stage.hub.hear(note)
        if number % 2:
            await stage.settles()
        stage.hub.part(connection)
        heard += screen.seqs(tea)
        seq = heard[-1] if heard else seq
    screen, connection = await stage.opens(cast.bo)
    stage.hub.resume(connection, stage.hub.epoch, {tea: seq})
    await stage.settles()
    heard += screen.seqs(tea)
    assert heard == list(range(2, cast.ada.looks_at(tea).last_seq + 1))


async def test_many_who_resume_share_what_one_of_them_read(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    bells(stage, tea, 100, cast.ada)
    opened = [await stage.opens(cast.bo) for _ in range(20)]
    for _, connection in opened:
        stage.hub.resume(connection, stage.hub.epoch, {tea: 1})
        await stage.settles()
    assert all(screen.seqs(tea) == list(range(2, 102)) for screen, _ in opened)
    assert stage.looked["news"] == 1


async def test_resuming_from_too_far_or_from_another_log_resets(stage: Stage, cast: Cast) -> None:
    tea, cake = cast.ada.starts(cast.bo), cast.ada.starts(cast.cy)
    for number in range(1002):
        cast.ada.says(f"{number}", to=tea)
    screen, connection = await stage.opens(cast.bo)
    await stage.hub.prepare(connection, {tea: 2, cake: 1})
    stage.hub.resume(connection, stage.hub.epoch, {tea: 2, cake: 1})
    stage.hub.resume(connection, "another", {tea: 1003})
    assert [(frame["conversation_id"], frame["seq"]) for frame in screen.of("reset")] == [
        (tea, 1003),
        (cake, None),
        (tea, 1003),
    ]
    screen.frames.clear()
    stage.hub.resume(connection, stage.hub.epoch, {tea: 3})
    await stage.settles()
    assert screen.seqs(tea) == list(range(4, 1004))
    assert screen.of("reset") == []


async def test_resuming_from_a_number_that_nobody_told_us_of_yet(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    screen, connection = await stage.opens(cast.bo)
    bells(stage, tea, 3, cast.ada)
    await stage.hub.prepare(connection, {tea: 3})
    stage.hub.resume(connection, stage.hub.epoch, {tea: 3})
    await stage.settles()
    assert screen.seqs(tea) == [4]
    await stage.hub.prepare(connection, {tea: 99})
    stage.hub.resume(connection, stage.hub.epoch, {tea: 99})
    assert screen.of("reset")[-1]["seq"] == 4


async def test_a_new_conversation_is_heard_from_its_first_event(stage: Stage, cast: Cast) -> None:
    screens = [(await stage.opens(who))[0] for who in (cast.ada, cast.bo)]
    here = near(cast.ada, stage).starts(cast.bo, cast.cy, title="Here")
    there = cast.ada.starts(cast.bo, cast.cy, title="There")
    cast.ada.says("first", to=there)
    for note in (Bell(there, 1), Touched((cast.ada.id, cast.bo.id, cast.cy.id)), Bell(there, 2)):
        stage.hub.hear(note)
    await stage.settles()
    assert [screen.seqs(here) for screen in screens] == [[1], [1]]
    assert [screen.seqs(there) for screen in screens] == [[1, 2], [1, 2]]


async def test_a_note_of_new_seats_that_is_lost_is_found_by_looking(stage: Stage, cast: Cast) -> None:
    screen, _ = await stage.opens(cast.bo)
    tea = cast.ada.starts(cast.bo)
    cast.ada.says("hello", to=tea)
    await stage.hub.relook(cast.bo.id)
    await stage.settles()
    assert screen.seqs(tea) == [1, 2]


async def test_who_joins_hears_from_there_and_who_is_removed_nothing_after(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, title="Tea")
    cast.ada.says("before", to=tea)
    bo, _ = await stage.opens(cast.bo)
    cy, connection = await stage.opens(cast.cy)
    ada = near(cast.ada, stage)
    ada.brings(cast.cy, into=tea)
    ada.says("with Cy", to=tea)
    ada.removes(cast.cy, of=tea)
    ada.says("without Cy", to=tea)
    stage.hub.hear(Felt("typing", tea, cast.ada.id))
    await stage.settles()
    assert bo.seqs(tea) == [3, 4, 5, 6]
    assert cy.seqs(tea) == [3, 4, 5]
    assert cy.of("event")[-1]["kind"] == "participant.left"
    assert cy.of("typing") == []
    await stage.hub.prepare(connection, {tea: 1})
    stage.hub.resume(connection, stage.hub.epoch, {tea: 1})
    await stage.settles()
    assert cy.frames[-1] == {"type": "reset", "conversation_id": tea, "seq": None}


async def test_who_was_removed_elsewhere_hears_their_leaving_last(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    cy, _ = await stage.opens(cast.cy)
    cast.ada.removes(cast.cy, of=tea)
    cast.ada.says("without Cy", to=tea)
    stage.hub.hear(Touched((cast.cy.id,)))
    stage.hub.hear(Bell(tea, 3))
    await stage.settles()
    assert cy.seqs(tea) == [2]
    assert tea not in stage.hub.tails


async def test_who_is_back_at_once_hears_on(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    cy, _ = await stage.opens(cast.cy)
    cast.ada.removes(cast.cy, of=tea)
    cast.ada.says("without Cy", to=tea)
    cast.ada.brings(cast.cy, into=tea)
    cast.ada.says("with Cy again", to=tea)
    stage.hub.hear(Bell(tea, 5))
    await stage.settles()
    assert cy.seqs(tea) == [2, 4, 5]


async def test_a_removal_stops_a_slow_reader_of_history_too(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    for _ in range(300):
        cast.ada.says("x" * 4000, to=tea)
    cy, connection = await stage.opens(cast.cy)
    cy.reads.clear()
    stage.hub.resume(connection, stage.hub.epoch, {tea: 1})
    await stage.settles()
    near(cast.ada, stage).removes(cast.cy, of=tea)
    near(cast.ada, stage).says("without Cy", to=tea)
    await stage.settles()
    stage.hub.hear(Felt("typing", tea, cast.ada.id))
    cy.reads.set()
    await stage.settles()
    assert cy.seqs(tea) == list(range(2, 303))
    assert cy.of("typing") == []


async def test_a_deleted_group_says_so_last(stage: Stage, cast: Cast) -> None:
    tea, cake = (cast.ada.starts(cast.bo, title=title) for title in ("Tea", "Cake"))
    bo, connection = await stage.opens(cast.bo)
    near(cast.ada, stage).deletes(tea)
    cast.ada.deletes(cake)
    stage.hub.hear(Bell(cake, 2))
    await stage.settles()
    assert sorted(frame["kind"] for frame in bo.of("event")) == ["conversation.deleted"] * 2
    assert connection.ears == {}
    assert stage.hub.tails == {}


@pytest.mark.parametrize("where", ["here", "there"])
async def test_clearing_a_direct_conversation(stage: Stage, cast: Cast, where: str) -> None:
    tea = cast.ada.starts(cast.bo)
    bo, connection = await stage.opens(cast.bo)
    ada, _ = await stage.opens(cast.ada)
    if where == "here":
        near(cast.bo, stage).deletes(tea)
    else:
        cast.bo.deletes(tea)
        stage.hub.hear(Touched((cast.bo.id,), (), ((tea, cast.bo.id),)))
    await stage.settles()
    assert bo.frames[-1] == {"type": "reset", "conversation_id": tea, "seq": None}
    stage.hub.hear(Felt("typing", tea, cast.ada.id))
    await stage.settles()
    assert bo.of("typing") == []
    near(cast.ada, stage).says("are you there?", to=tea)
    near(cast.ada, stage).says("hello?", to=tea)
    await stage.settles()
    assert bo.seqs(tea) == [2, 3]
    assert ada.seqs(tea) == [2, 3]
    stage.hub.resume(connection, stage.hub.epoch, {tea: 0})
    assert bo.frames[-1] == {"type": "reset", "conversation_id": tea, "seq": 3}


async def test_clearing_of_which_the_note_was_lost(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    bo, _ = await stage.opens(cast.bo)
    cast.bo.deletes(tea)
    await stage.hub.relook(cast.bo.id)
    await stage.hub.relook(cast.bo.id)
    assert bo.frames[-1] == {"type": "reset", "conversation_id": tea, "seq": None}


async def test_reading_is_told_to_all_and_typing_to_the_others(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    cast.ada.says("hello", to=tea)
    ada, _ = await stage.opens(cast.ada)
    bo, _ = await stage.opens(cast.bo)
    near(cast.bo, stage).reads(tea)
    near(cast.bo, stage).reads(tea)
    near(cast.bo, stage).says("hello yourself", to=tea)
    stage.hub.tell(Felt("typing", tea, cast.bo.id))
    await stage.settles()
    mark = {"type": "read", "conversation_id": tea, "user_id": cast.bo.id, "seq": 2}
    assert ada.of("read") == bo.of("read") == [mark]
    assert ada.of("typing") == [{"type": "typing", "conversation_id": tea, "user_id": cast.bo.id}]
    assert bo.of("typing") == []
    assert Felt("typing", tea, cast.bo.id) in stage.rung


async def test_a_session_that_ends_hears_nothing_more(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    doomed = stage.here.do(sessions.open, cast.bo.id).session.id
    bo, _ = await stage.opens(cast.bo, doomed)
    other, _ = await stage.opens(cast.bo)
    stage.here.do(sessions.end, cast.bo.id, doomed)
    near(cast.ada, stage).says("after", to=tea)
    await stage.settles()
    assert (bo.closed, other.closed) == (4001, None)
    assert bo.seqs(tea) == []
    assert other.seqs(tea) == [2]


async def test_a_session_that_ended_elsewhere_is_found_without_a_note(stage: Stage, cast: Cast) -> None:
    session = cast.bo.chat.do(sessions.open, cast.bo.id).session.id
    bo, _ = await stage.opens(cast.bo, session)
    cast.bo.chat.do(sessions.end, cast.bo.id, session)
    await stage.hub.sweep()
    assert bo.closed == 4001


async def test_a_session_that_ends_before_its_hello_gets_none(stage: Stage, cast: Cast) -> None:
    session = stage.here.do(sessions.open, cast.bo.id).session.id
    screen = Screen()
    connection = stage.connects(cast.bo, screen, session)
    await stage.hold("arrive")
    joining = stage.hub._do(stage.joins(connection))
    await stage.seen["arrive"].wait()
    stage.here.do(sessions.end, cast.bo.id, session)
    await stage.settles()
    stage.release("arrive")
    await joining
    assert screen.frames == []
    assert screen.closed == 4001


async def test_seats_that_change_before_the_hello_are_looked_at_again(stage: Stage, cast: Cast) -> None:
    screen = Screen()
    connection = stage.connects(cast.bo, screen)
    await stage.hold("arrive")
    joining = stage.hub._do(stage.joins(connection))
    await stage.seen["arrive"].wait()
    tea = near(cast.ada, stage).starts(cast.bo)
    await stage.settles()
    stage.release("arrive")
    await joining
    near(cast.ada, stage).says("hello", to=tea)
    await stage.settles()
    assert screen.kinds()[0] == "hello"
    assert screen.seqs(tea) == [2]


async def test_a_reader_that_is_too_slow_is_cut_off(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    bo, _ = await stage.opens(cast.bo)
    ada, _ = await stage.opens(cast.ada)
    bo.stuck = True
    near(cast.ada, stage).says("hello", to=tea)
    near(cast.ada, stage).says("hello?", to=tea)
    await stage.settles()
    assert bo.closed == 4008
    assert ada.seqs(tea) == [2, 3]


async def test_a_database_that_was_away_is_made_up_for(stage: Stage, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    screen, _ = await stage.opens(cast.bo)
    bus = LocalBus()
    looking = asyncio.create_task(keep_looking(stage.hub, bus))
    stage.failing = {"news", "seats", "state"}
    stage.hub.hear(Bell(tea, cast.ada.says("hello", to=tea).id))
    cake = cast.ada.starts(cast.bo, title="Cake")
    stage.hub.hear(Touched((cast.bo.id,)))
    await stage.settles()
    assert screen.kinds() == ["hello"]
    stage.failing = set()
    async with asyncio.timeout(3):
        while not (screen.seqs(tea) == [2] and screen.seqs(cake) == [1]):
            await asyncio.sleep(0.02)
    looking.cancel()


async def test_notes_of_new_seats_that_are_lost_are_made_up_for_in_turn(stage: Stage, cast: Cast) -> None:
    screens = [(await stage.opens(who))[0] for who in (cast.ada, cast.bo, cast.cy)]
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    cast.ada.says("hello", to=tea)
    looking = asyncio.create_task(keep_looking(stage.hub, LocalBus()))
    async with asyncio.timeout(10):
        while [screen.seqs(tea) for screen in screens] != [[1, 2]] * 3:
            await asyncio.sleep(0.02)
    looking.cancel()


async def test_nothing_is_kept_for_who_is_gone(stage: Stage, cast: Cast) -> None:
    cast.ada.starts(cast.bo)
    opened = [await stage.opens(who) for who in (cast.ada, cast.bo, cast.ada)]
    for _, connection in opened:
        stage.hub.part(connection)
    hub: Hub = stage.hub
    assert (hub.tails, hub.people, hub.sessions, hub.companions) == ({}, {}, {}, {})
