"""Coming back after a while: what was missed, in order and once, or word that one has to load afresh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conformance.house import House, served
from tests.conformance.people import ABSENT, Person
from tests.conformance.sockets import Socket
from tests.conformance.verdicts import done

MOST_BEHIND = 1000


def resumes(ear: Socket, seqs: dict[str, int], epoch: str = "") -> None:
    """Resume, and fail unless it is answered with an `ok` of nothing but its ref."""
    ref = ear.says("resume", epoch=epoch or ear.hello["epoch"], seqs=seqs)
    assert ear.answer_to(ref) == {"type": "ok", "ref": ref}


def test_what_was_missed_comes_in_order_and_once_and_then_what_is_new(ada: Person, bo: Person, tea: str) -> None:
    seen = ada.says("seen", to=tea)["id"]
    missed = [ada.says(word, to=tea)["id"] for word in ("one", "two", "three")]
    ear = bo.listens()
    resumes(ear, {tea: seen})
    live = ada.says("live", to=tea)["id"]
    assert ear.catches_up(tea, live) == [*missed, live]


def test_nothing_missed_is_nothing_told(ada: Person, bo: Person, tea: str) -> None:
    seen = ada.says("seen", to=tea)["id"]
    ear = bo.listens()
    resumes(ear, {tea: seen})
    live = ada.says("live", to=tea)["id"]
    assert ear.catches_up(tea, live) == [live]
    assert [one["type"] for one in ear.of(tea)] == ["event"]


def test_each_conversation_goes_on_from_its_own_number(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    other = ada.gathers(bo, cy, title="Other")
    here = [ada.says(word, to=tea)["id"] for word in ("one", "two")]
    there = [ada.says(word, to=other)["id"] for word in ("one", "two")]
    ear = bo.listens()
    resumes(ear, {tea: here[0], other: 0})
    assert ear.catches_up(tea, here[1]) == here[1:]
    assert ear.catches_up(other, there[1]) == [1, *there]


def test_what_is_not_named_just_goes_on(ada: Person, bo: Person, tea: str) -> None:
    ada.says("missed", to=tea)
    ear = bo.listens()
    resumes(ear, {})
    live = ada.says("live", to=tea)["id"]
    assert ear.catches_up(tea, live) == [live]


def test_what_is_not_ones_own_is_reset_to_nothing(ada: Person, eve: Person, tea: str) -> None:
    mine = eve.gathers(ada, title="Eve's")
    ear = eve.listens()
    resumes(ear, {tea: 1, ABSENT: 1, "no such id": 1, mine: 0})
    for one in (tea, ABSENT, "no such id"):
        assert ear.hears("reset", conversation_id=one) == {"type": "reset", "conversation_id": one, "seq": None}
    assert ear.catches_up(mine, 1) == [1]
    ada.says("not for eve", to=tea)
    ear.lives()
    assert ear.seqs(tea) == []


def test_another_epoch_is_a_reset_to_the_head(ada: Person, bo: Person, tea: str) -> None:
    head = ada.says("seen", to=tea)["id"]
    ear = bo.listens()
    resumes(ear, {tea: head, ABSENT: 1}, epoch="another")
    assert ear.hears("reset", conversation_id=tea) == {"type": "reset", "conversation_id": tea, "seq": head}
    assert ear.hears("reset", conversation_id=ABSENT)["seq"] is None
    live = ada.says("live", to=tea)["id"]
    assert ear.catches_up(tea, live) == [live]


def test_resuming_twice_is_no_harm(ada: Person, bo: Person, tea: str) -> None:
    missed = [ada.says(word, to=tea)["id"] for word in ("one", "two")]
    ear = bo.listens()
    for _ in range(2):
        resumes(ear, {tea: missed[0] - 1})
        ear.hears("event", conversation_id=tea, seq=missed[1])
    ear.lives()
    live = ada.says("live", to=tea)["id"]
    heard = ear.catches_up(tea, live)
    assert heard in ([*missed, *missed, live], [*missed, live])


@dataclass(frozen=True)
class Epic:
    """A conversation of so many events that some are too far behind."""

    conversation: str
    last: int


@pytest.fixture
def epic(ada: Person, bo: Person) -> Epic:
    tea = ada.gathers(bo, title="Epic")
    ear = ada.listens()
    refs = [ear.says("post", conversation_id=tea, content=f"{number}") for number in range(MOST_BEHIND + 5)]
    for ref in refs[-1:]:
        ear.answer_to(ref)
    return Epic(tea, ada.looks_at(tea)["last_seq"])


def test_a_thousand_events_are_caught_up_with_and_one_more_is_a_reset(epic: Epic, bo: Person) -> None:
    near, far = bo.listens(), bo.listens()
    resumes(near, {epic.conversation: epic.last - MOST_BEHIND})
    assert near.catches_up(epic.conversation, epic.last) == list(range(epic.last - MOST_BEHIND + 1, epic.last + 1))
    resumes(far, {epic.conversation: epic.last - MOST_BEHIND - 1})
    reset = {"type": "reset", "conversation_id": epic.conversation, "seq": epic.last}
    assert far.hears("reset", conversation_id=epic.conversation) == reset
    far.lives()
    assert far.seqs(epic.conversation) == []


def test_events_are_caught_up_over_http_from_any_distance(epic: Epic, bo: Person) -> None:
    found, path = [], f"/conversations/{epic.conversation}/events?after=0&limit=100"
    while path:
        answer = bo.get(path)
        found += [one["seq"] for one in done(answer)]
        path = answer.links.get("next", {}).get("url", "")
    assert found == list(range(1, epic.last + 1))


@pytest.fixture
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that a scene may stop and start again."""
    with served(tmp_path_factory.mktemp("fragile")) as house:
        yield house


def test_after_a_restart_everybody_goes_on_where_they_were(fragile: House) -> None:
    ada, bo = fragile.newcomer("ada"), fragile.newcomer("bo")
    tea = ada.gathers(bo)
    ear = bo.listens()
    said = ada.says("before", to=tea)
    ear.catches_up(tea, said["id"])
    epoch = ear.hello["epoch"]
    missed = ada.says("missed", to=tea)
    ear.wire.close()
    fragile.stop()
    fragile.start()
    again = bo.listens()
    assert again.hello["epoch"] == epoch
    resumes(again, {tea: said["id"]}, epoch=epoch)
    live = ada.says("after", to=tea)
    assert again.catches_up(tea, live["id"]) == [missed["id"], live["id"]]
