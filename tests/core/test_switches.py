"""What others see of somebody: the marks that are told, and who sees whom come and go."""

from __future__ import annotations

from chatsphere.core import listening, people as accounts, switches
from chatsphere.core.chat import Committed, ReadMark
from chatsphere.core.errors import NotFound
from chatsphere.core.switches import Switches
from tests.cast import Cast, Person, refused


def turns(one: Person, **what: bool) -> Switches:
    """Turn somebody's switches."""
    return one.chat.do(switches.turn, one.id, **what)


def marks(one: Person, conversation: str) -> dict[str, int]:
    """How far everybody has read, as somebody sees it."""
    return {each.user.user_name: each.read_seq for each in one.looks_at(conversation).participants}


def test_everybody_is_seen_until_they_say_otherwise(people: Cast) -> None:
    ada = people.ada
    assert people.chat.ask(switches.of, ada.id) == Switches(presence=True, receipts=True)
    assert turns(ada, presence=False) == Switches(presence=False, receipts=True)
    assert turns(ada, receipts=False) == Switches(presence=False, receipts=False)
    assert turns(ada) == people.chat.ask(switches.of, ada.id) == Switches(presence=False, receipts=False)
    assert people.chat.ask(switches.of, people.bo.id) == Switches()


def test_turning_it_takes_the_marks_back_and_brings_them_again(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea, club = ada.starts(bo), ada.starts(bo, people.cy, title="Club")
    said = ada.says("hello", to=tea).id
    bo.reads(tea, said)
    news: list[Committed] = []
    people.chat.on_commit(news.append)
    turns(bo, receipts=False)
    turns(bo, receipts=False)
    assert {mark for one in news for mark in one.reads} == {ReadMark(tea, bo.id, 0), ReadMark(club, bo.id, 0)}
    assert marks(ada, tea) == {"ada": said, "bo": 0}
    assert marks(bo, tea) == {"ada": 0, "bo": said}
    news.clear()
    bo.reads(tea, ada.says("and more", to=tea).id)
    assert [mark.shown for one in news for mark in one.reads] == [False]
    assert bo.unread(tea) == 0
    news.clear()
    turns(bo, receipts=True)
    assert {mark for one in news for mark in one.reads} == {ReadMark(tea, bo.id, said + 1), ReadMark(club, bo.id, 1)}
    assert marks(ada, tea) == marks(bo, tea) == {"ada": said + 1, "bo": said + 1}


def test_events_say_nothing_of_what_is_hidden(people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    club = ada.starts(bo, cy, title="Club")
    turns(bo, receipts=False)
    ada.makes(bo, "admin", of=club)
    ada.makes(cy, "admin", of=club)
    ada.removes(bo, of=club)
    told = [event.participant.read_seq for event in cy.hears(club, after=1) if event.participant]
    assert told == [0, 1, 0]
    turns(cy, receipts=False)
    assert [event.participant.read_seq for event in cy.hears(club, after=1) if event.participant] == [0, 0, 0]
    [begun] = [event.conversation for event in cy.hears(club)[:1]]
    assert begun is not None
    assert {each.read_seq for each in begun.participants} == {0}


def test_whoever_hides_when_they_are_here_sees_nobody_come_and_go(people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    ada.starts(bo, cy, title="Club")
    seen = lambda one: people.chat.ask(listening.of, one.id).companions  # noqa: E731
    assert seen(ada) == {bo.id, cy.id}
    news: list[Committed] = []
    people.chat.on_commit(news.append)
    turns(bo, presence=False)
    assert news[0].users == {ada.id, bo.id, cy.id}
    assert (seen(ada), seen(bo), seen(cy)) == ({cy.id}, set(), {ada.id})
    turns(bo, presence=True)
    assert (seen(ada), seen(bo)) == ({bo.id, cy.id}, {ada.id, cy.id})


def test_an_account_that_is_gone_hides_nothing_any_more(people: Cast) -> None:
    turns(people.ada, presence=False, receipts=False)
    people.chat.do(accounts.delete, people.ada.id, people.ada.id)
    assert people.chat.ask(switches.of, people.ada.id) == Switches()
    refused(NotFound, people.chat.do, switches.turn, people.ada.id, presence=False)
