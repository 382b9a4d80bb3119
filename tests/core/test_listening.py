"""What somebody may hear and with whom, as one look finds it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from chatsphere.core import contacts, listening, tables
from chatsphere.core.chat import Tx
from chatsphere.core.ids import new_id
from chatsphere.core.listening import Hearing, Listening
from chatsphere.core.switches import Switches
from tests.cast import Cast, Person


def looks(one: Person) -> Listening:
    return one.chat.ask(listening.of, one.id)


def test_a_look_finds_every_conversation_and_from_where(people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    tea, club = ada.starts(bo), ada.starts(bo, title="Club")
    ada.says("hello", to=tea)
    ada.brings(cy, into=club)
    assert looks(ada).hearings == {tea: Hearing(2, 0, 1), club: Hearing(2, 0, 1)}
    assert looks(cy).hearings == {club: Hearing(2, 0, 2)}
    assert (looks(ada).companions, looks(cy).companions) == ({bo.id, cy.id}, {ada.id, bo.id})


def test_what_was_put_away_is_heard_again_when_something_is_said(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    ada.says("hello", to=tea)
    bo.deletes(tea)
    assert tea not in looks(bo).hearings
    ada.says("still there?", to=tea)
    assert looks(bo).hearings == {tea: Hearing(3, 2, 1)}


def test_a_block_keeps_both_apart(people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    ada.starts(bo, cy, title="Club")
    ada.chat.do(contacts.block, ada.id, bo.id)
    assert (looks(ada).apart, looks(bo).apart, looks(cy).apart) == ({bo.id}, {ada.id}, set())
    assert (looks(ada).companions, looks(bo).companions) == ({cy.id}, {cy.id})


def test_whoever_has_nothing_hears_nothing(people: Cast) -> None:
    nothing = Listening({}, set(), set(), Switches())
    assert looks(people.ada) == nothing
    assert people.chat.ask(listening.of, new_id()) == people.chat.ask(listening.of, "?") == nothing


def test_of_many_none_is_cut_off(people: Cast) -> None:
    others = {new_id() for _ in range(2_500)}
    people.chat.do(_block_all, people.ada.id, sorted(others))
    assert looks(people.ada).apart == others


def _block_all(tx: Tx, me: str, others: Sequence[str]) -> None:
    rows = [
        {"user_id": me, "other_id": other, "blocked": True, "muted": False, "changed_at": tx.now} for other in others
    ]
    tx.execute(insert(tables.contacts), rows)


def test_how_far_logs_have_come(people: Cast) -> None:
    rooms = [people.ada.starts(people.bo, title=f"{number}") for number in range(5)]
    people.ada.says("hello", to=rooms[3])
    heads = people.chat.ask(listening.heads, [*rooms, new_id(), "?"])
    assert heads == {room: 1 + (room == rooms[3]) for room in rooms}
    assert people.chat.ask(listening.heads, []) == {}
