"""What travels beside a bell: it spares a reading, and whatever becomes of it on the way, everybody hears the log."""

from __future__ import annotations

import random

import pytest

from chatsphere.core.chat import Chat
from chatsphere.core.listening import Hearing
from chatsphere.gateway import delivery, hub, tail as tails
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.tail import Tail
from chatsphere.outside.bus import Bell, Note, Touched
from chatsphere.outside.tidings import Tidings
from tests.cast import Cast
from tests.gateway.conftest import Screen, Stage, near

pytestmark = pytest.mark.anyio


class Believes(Hub):
    """Planted: what is brought is taken for what comes next."""

    def _brought(self, tidings: Tidings) -> None:
        self.tails[tidings.conversation_id].end = tidings.first - 1
        super()._brought(tidings)


class WaitsForEver(Hub):
    """Planted: what is missing before what is in hand is not read, for its bell must be on its way."""

    def _waited(self, tail: Tail) -> None:
        pass


@pytest.fixture
async def other(here: Chat, there: Chat, cast: Cast, anyio_backend: str) -> Stage:
    """The hub of the process that the cast acts in; it has something in hand where somebody listens there."""
    return Stage(there, here, Hub)


async def rings(other: Stage) -> list[Note]:
    """What the other process has rung since last asked."""
    await other.settles()
    rung, other.rung[:] = list(other.rung), []
    return rung


async def listens(stage: Stage, other: Stage, cast: Cast) -> tuple[Screen, str]:
    """Bo listens here and Ada there, to a conversation of theirs."""
    tea = cast.ada.starts(cast.bo, title="Tea")
    screen, _ = await stage.opens(cast.bo)
    await other.opens(cast.ada)
    await rings(other)
    return screen, tea


async def test_what_travels_with_its_bell_is_not_read_back(stage: Stage, other: Stage, cast: Cast) -> None:
    screen, tea = await listens(stage, other, cast)
    for number in range(3):
        cast.ada.says(f"{number}", to=tea)
    for note in await rings(other):
        stage.hub.hear(note)
    await stage.settles()
    assert screen.seqs(tea) == [2, 3, 4]
    assert [frame["message"]["content"] for frame in screen.of("event")] == ["0", "1", "2"]
    assert stage.looked["news"] == 0


async def test_lost_late_doubled_and_in_any_order_they_change_nothing(stage: Stage, other: Stage, cast: Cast) -> None:
    screen, tea = await listens(stage, other, cast)
    chance = random.Random(11)
    for number in range(60):
        cast.ada.says(f"{number}", to=tea)
    rung = [note for note in await rings(other) for _ in range(chance.choice((0, 1, 1, 2)))]
    for at in range(0, len(rung), 7):
        some = rung[at : at + 7]
        chance.shuffle(some)
        for note in some:
            stage.hub.hear(note)
        if chance.random() < 0.3:
            await stage.settles()
    await stage.hub.sweep()
    await stage.settles()
    assert screen.seqs(tea) == list(range(2, 62))


async def removed_in_between(stage: Stage, other: Stage, cast: Cast) -> Screen:
    """Cy is removed; of that, the bell is late, and of what was said after it, it is not."""
    tea = cast.ada.starts(cast.bo, cast.cy, title="Tea")
    cy, _ = await stage.opens(cast.cy)
    await other.opens(cast.ada)
    cast.ada.says("with Cy", to=tea)
    cast.ada.removes(cast.cy, of=tea)
    cast.ada.says("without Cy", to=tea)
    rung = await rings(other)
    assert [note.first for note in rung if isinstance(note, Tidings)] == [2, 4]
    for note in rung:
        if note not in (Bell(tea, 3), Touched((cast.cy.id,))):
            stage.hub.hear(note)
    await stage.settles()
    return cy


async def test_who_was_removed_is_told_nothing_after_it(stage: Stage, other: Stage, cast: Cast) -> None:
    cy = await removed_in_between(stage, other, cast)
    assert [frame["seq"] for frame in cy.of("event")] == [2, 3]


async def test_believing_them_would_tell_it(here: Chat, there: Chat, other: Stage, cast: Cast) -> None:
    cy = await removed_in_between(Stage(here, there, Believes), other, cast)
    assert [frame["seq"] for frame in cy.of("event")] == [2, 4]


async def test_what_is_large_or_not_the_same_for_all_is_read(
    stage: Stage, other: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "CARRIED", 2000)
    screen, tea = await listens(stage, other, cast)
    cast.ada.says("small", to=tea)
    cast.ada.edits(2, of=tea, content="still small")
    cast.ada.says("large" * 400, to=tea)
    rung = await rings(other)
    assert [(type(note), getattr(note, "first", 0) or getattr(note, "seq", 0)) for note in rung] == [
        (Tidings, 2),
        (Bell, 2),
        (Bell, 3),
        (Bell, 4),
    ]
    for note in rung:
        stage.hub.hear(note)
    await stage.settles()
    assert screen.seqs(tea) == [2, 3, 4]
    assert stage.looked["news"] > 0


async def test_those_of_another_life_of_the_log_are_passed_over(stage: Stage, other: Stage, cast: Cast) -> None:
    screen, tea = await listens(stage, other, cast)
    stage.hub.hear(Tidings(tea, 2, (b"\x81\x02{}",), "another"))
    assert screen.of("event") == []
    stage.hub.hear(Tidings("nobody listens to this", 2, (b"\x81\x02{}",), stage.hub.epoch))
    assert screen.seqs(tea) == []


async def in_hand_before_its_time(stage: Stage, other: Stage, cast: Cast) -> tuple[Screen, str, list[Note]]:
    """Something is said there, and then here, and what rings there is late."""
    screen, tea = await listens(stage, other, cast)
    cast.ada.says("there", to=tea)
    near(cast.bo, stage).says("here", to=tea)
    late = await rings(other)
    await stage.settles()
    return screen, tea, late


async def test_what_is_in_hand_waits_for_what_is_on_its_way(stage: Stage, other: Stage, cast: Cast) -> None:
    screen, tea, late = await in_hand_before_its_time(stage, other, cast)
    assert screen.seqs(tea) == []
    for note in late:
        stage.hub.hear(note)
    assert screen.seqs(tea) == [2, 3]
    assert stage.looked["news"] == 0


async def test_its_bell_alone_has_it_read(stage: Stage, other: Stage, cast: Cast) -> None:
    screen, tea, _ = await in_hand_before_its_time(stage, other, cast)
    stage.hub.hear(Bell(tea, 2))
    await stage.settles()
    assert screen.seqs(tea) == [2, 3]


async def test_it_does_not_wait_for_ever(
    stage: Stage, other: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0)
    screen, tea, _ = await in_hand_before_its_time(stage, other, cast)
    assert screen.seqs(tea) == [2, 3]


def rests(stage: Stage, tea: str) -> bool:
    """Whether nothing is waited for there, and nothing is under way."""
    return stage.hub.tails[tea].waiting is None and not stage.hub._tasks


@pytest.mark.parametrize("alone", [False, True])
async def test_patience_ends_with_the_gap_it_was_for(
    stage: Stage, other: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 60)
    screen, tea, late = await in_hand_before_its_time(stage, other, cast)
    first = stage.hub.tails[tea].waiting
    assert first is not None
    for note in [Bell(tea, 2)] if alone else late:
        stage.hub.hear(note)
    await stage.settles()
    assert (screen.seqs(tea), rests(stage, tea)) == ([2, 3], True)
    assert first.cancelled()
    looked = stage.looked["news"]
    # The next gap is waited for as long as any, and not as long as is left of the first.
    cast.ada.says("there again", to=tea)
    near(cast.bo, stage).says("here again", to=tea)
    await stage.settles()
    second = stage.hub.tails[tea].waiting
    assert second is not None
    assert second.when() > first.when()
    for note in await rings(other):
        stage.hub.hear(note)
    await stage.settles()
    assert (screen.seqs(tea), rests(stage, tea)) == ([2, 3, 4, 5], True)
    assert stage.looked["news"] == looked


@pytest.mark.parametrize(("bound", "most"), [("KEPT_EVENTS", 4), ("KEPT_BYTES", 3_000)])
async def test_only_so_much_is_held_behind_a_gap_and_the_rest_is_read(
    stage: Stage, other: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 60)
    monkeypatch.setattr(tails, bound, most)
    screen, tea, late = await in_hand_before_its_time(stage, other, cast)
    for number in range(20):
        near(cast.bo, stage).says(f"{number}", to=tea)
    await stage.settles()
    held = stage.hub.tails[tea]._ahead.values()
    assert 1 < (len(held) if bound == "KEPT_EVENTS" else sum(len(one.frame) for one in held)) <= most
    for note in late:
        stage.hub.hear(note)
    await stage.settles()
    assert screen.seqs(tea) == list(range(2, 24))
    assert stage.looked["news"] == 1
    assert not stage.hub.tails[tea]._ahead


async def test_waiting_for_ever_loses_it(
    here: Chat, there: Chat, other: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0)
    screen, tea, _ = await in_hand_before_its_time(Stage(here, there, WaitsForEver), other, cast)
    assert screen.seqs(tea) == []


async def test_who_stands_ahead_hears_only_what_is_new_to_them(stage: Stage, other: Stage, cast: Cast) -> None:
    early, tea = await listens(stage, other, cast)
    cast.ada.says("heard by looking", to=tea)
    late, connection = await stage.opens(cast.bo)
    stage.hub._listen(connection, tea, Hearing(2, 0, 1), 2)
    for note in await rings(other):
        stage.hub.hear(note)
    cast.ada.says("brought", to=tea)
    for note in await rings(other):
        stage.hub.hear(note)
    await stage.settles()
    assert (early.seqs(tea), late.seqs(tea)) == ([2, 3], [3])
