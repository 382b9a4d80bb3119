"""Invitations: so many times, for so long, into groups that their maker looks after."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from sqlalchemy import select

from chatsphere.core import audit, conversations, invitations, people as accounts
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.tables import invitations as table
from tests.cast import Cast, Person, refused

Passes = Callable[[timedelta], None]
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
_numbers = itertools.count(1)


@pytest.fixture
def passes(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Passes:
    """Lets time pass."""

    def pass_by(span: timedelta) -> None:
        clock = people.chat.clock
        monkeypatch.setattr(people.chat, "clock", lambda: clock() + span)

    return pass_by


@pytest.fixture
def houses(people: Cast, database_url: str) -> Iterator[list[Chat]]:
    """Two processes over the cast's database."""
    other = Chat(open_engine(database_url), secret=b"for tests only")
    yield [people.chat, other]
    other.close()


def invites(person: Person, *into: str, uses: int = 1, lasts: timedelta = WEEK, note: str = "") -> str:
    """Somebody makes an invitation; the token."""
    return person.chat.do(invitations.make, person.id, note, lasts, uses, into)


def comes(chat: Chat, token: str) -> Person:
    """Somebody new signs up by an invitation."""
    name = f"new{next(_numbers)}"
    user = chat.do(accounts.register, name, f"{name}@example.org", None, invitation=token)
    return Person(chat, user.id, name)


def state(person: Person, token: str) -> str:
    return person.chat.ask(invitations.look, token).state


def names_in(person: Person, group: str) -> set[str]:
    return {one.user.user_name for one in person.looks_at(group).participants}


def deeds(chat: Chat) -> list[tuple[str | None, str]]:
    """Who did what with invitations, the first first."""
    items = chat.ask(audit.page).items[::-1]
    return [(one.actor_id, str(one.action)) for one in items if one.action.startswith("invitation")]


def test_whoever_looks_sees_who_invites_and_into_what(people: Cast) -> None:
    club, choir = (people.bo.starts(people.cy, title=title) for title in ("Club", "Choir"))
    token = invites(people.bo, club, choir, note="for the summer", uses=3)
    found = [people.chat.ask(invitations.look, token) for _ in range(2)][1]
    assert (found.maker.id, found.note, found.titles) == (people.bo.id, "for the summer", ("Club", "Choir"))
    assert (found.uses, found.most_uses, found.state) == (0, 3, "holds")
    assert found.expires_at - found.created_at == WEEK
    refused(NotFound, people.chat.ask, invitations.look, "never was")


def test_a_newcomer_is_brought_into_its_groups_by_its_maker(people: Cast) -> None:
    club = people.bo.starts(people.cy, title="Club")
    people.bo.says("hello", to=club)
    new = comes(people.chat, invites(people.bo, club))
    assert new.sees(club) == ["hello"]
    assert new.unread(club) == 0
    joined = people.cy.hears(club)[-1]
    assert (joined.kind, joined.actor_id) == ("participant.joined", people.bo.id)
    assert joined.participant is not None
    assert (joined.participant.user.id, joined.participant.role) == (new.id, "member")


def test_whoever_is_here_comes_in_too_and_only_once(people: Cast) -> None:
    club = people.bo.starts(people.cy, title="Club")
    token = invites(people.bo, club, uses=2)
    for person in (people.dee, people.dee, people.cy, people.bo):
        people.chat.do(invitations.accept, person.id, token)
    assert names_in(people.bo, club) == {"bo", "cy", "dee"}
    assert people.chat.ask(invitations.look, token).uses == 1
    assert people.chat.ask(invitations.is_in, people.dee.id, token)
    assert not people.chat.ask(invitations.is_in, people.ada.id, token)
    refused(NotFound, people.chat.do, invitations.accept, people.dee.id, "never was")


def test_who_comes_again_or_may_not_be_added_uses_nothing_up(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    club = people.bo.starts(people.cy, title="Club")
    token = invites(people.bo, club, uses=3)
    with monkeypatch.context() as full:
        full.setattr(conversations, "MOST_PEOPLE", 2)
        for _ in range(4):
            assert people.chat.do(invitations.accept, people.dee.id, token) == []
    assert people.chat.ask(invitations.look, token).uses == 0
    for _ in range(4):
        assert people.chat.do(invitations.accept, people.dee.id, token) == [club]
        people.dee.leaves(club)
    assert people.chat.ask(invitations.look, token).uses == 1
    people.chat.do(invitations.accept, people.ada.id, token)
    assert people.chat.ask(invitations.look, token).uses == 2


def test_one_that_leads_nowhere_counts_nobody_who_is_here(people: Cast) -> None:
    token = invites(people.bo)
    people.chat.do(invitations.accept, people.dee.id, token)
    assert people.chat.ask(invitations.look, token).uses == 0
    comes(people.chat, token)
    assert state(people.bo, token) == "used"


def test_it_works_as_often_as_it_says_and_a_refusal_leaves_no_account(people: Cast) -> None:
    token = invites(people.bo, uses=2)
    comes(people.chat, token)
    assert state(people.bo, token) == "holds"
    comes(people.chat, token)
    assert state(people.bo, token) == "used"
    before = people.chat.ask(accounts.search, people.ada.id).items
    refused(Forbidden, comes, people.chat, token)
    assert people.chat.ask(accounts.search, people.ada.id).items == before


def test_of_fifty_who_race_as_many_come_in_as_may(people: Cast, houses: list[Chat]) -> None:
    club = people.bo.starts(people.cy, title="Club")
    token = invites(people.bo, club, uses=7)

    def tries(chat: Chat) -> bool:
        try:
            comes(chat, token)
        except Forbidden:
            return False
        return True

    with ThreadPoolExecutor(50) as racers:
        came = list(racers.map(tries, islice(cycle(houses), 50)))
    assert came.count(True) == 7
    assert people.chat.ask(invitations.look, token).uses == 7
    assert len(names_in(people.bo, club)) == 2 + 7
    assert len(people.chat.ask(accounts.search, people.ada.id, "new", 100).items) == 7
    assert [action for _, action in deeds(people.chat)].count("invitation.used") == 7


def test_it_holds_for_as_long_as_it_says(people: Cast, passes: Passes) -> None:
    token = invites(people.bo, lasts=HOUR)
    passes(HOUR - timedelta(seconds=30))
    assert state(people.bo, token) == "holds"
    passes(timedelta(seconds=30))
    assert state(people.bo, token) == "expired"
    refused(Forbidden, comes, people.chat, token)
    assert people.chat.do(invitations.drop_expired) == 0
    passes(invitations.REMEMBERED)
    assert people.chat.do(invitations.drop_expired) == 1
    refused(NotFound, people.chat.ask, invitations.look, token)


def test_its_maker_and_administrators_revoke_it_and_nobody_else(people: Cast) -> None:
    for person in (people.bo, people.ada):
        token = invites(people.bo)
        made = people.chat.ask(invitations.mine, people.bo.id)[0]
        refused(NotFound, people.chat.do, invitations.revoke, people.cy.id, made.id)
        for _ in range(2):
            people.chat.do(invitations.revoke, person.id, made.id)
        assert state(people.bo, token) == "revoked"
        refused(Forbidden, comes, people.chat, token)
    assert deeds(people.chat)[1::2] == [(people.bo.id, "invitation.revoked"), (people.ada.id, "invitation.revoked")]
    for nothing in ("0" * 32, "never was"):
        refused(NotFound, people.chat.do, invitations.revoke, people.ada.id, nothing)


def test_whoever_has_a_shell_makes_and_revokes_in_nobodys_name(people: Cast) -> None:
    token = people.chat.do(invitations.make, people.bo.id, by_shell=True)
    people.chat.do(invitations.revoke, None, people.chat.ask(invitations.mine, people.bo.id)[0].id)
    assert state(people.bo, token) == "revoked"
    assert deeds(people.chat) == [(None, "invitation.made"), (None, "invitation.revoked")]


def test_who_may_not_sign_in_invites_nobody(people: Cast) -> None:
    token = invites(people.bo)
    people.chat.do(accounts.disable, people.bo.id)
    assert state(people.bo, token) == "revoked"
    refused(Forbidden, comes, people.chat, token)
    refused(NotFound, invites, people.bo)
    people.chat.do(accounts.disable, people.bo.id, disabled=False)
    assert state(people.bo, token) == "holds"
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    refused(NotFound, people.chat.ask, invitations.look, token)
    refused(Forbidden, comes, people.chat, token)
    refused(NotFound, invites, people.bo)
    assert people.chat.ask(lambda db: db.execute(select(table)).all()) == []


def test_one_invites_only_into_groups_that_one_looks_after(people: Cast) -> None:
    club = people.bo.starts(people.cy, people.dee, title="Club")
    alone, direct = people.cy.starts(people.dee, title="Alone"), people.bo.starts(people.cy)
    people.bo.makes(people.cy, "admin", of=club)
    assert [title for _, title in people.chat.ask(invitations.open_groups, people.cy.id)] == ["Alone", "Club"]
    assert people.chat.ask(invitations.open_groups, people.dee.id) == []
    invites(people.cy, club, alone)
    for person, group in (
        (people.dee, club),
        (people.bo, alone),
        (people.bo, direct),
        (people.bo, "x"),
        (people.ada, club),
    ):
        fault = refused(Invalid, invites, person, group)
        assert fault.errors[0].field == "into"


def test_groups_that_are_gone_or_not_its_makers_any_more_are_passed_over(people: Cast) -> None:
    gone, lost, left, kept = (people.bo.starts(people.cy, title=title) for title in ("Gone", "Lost", "Left", "Kept"))
    people.bo.makes(people.cy, "owner", of=lost)
    people.bo.makes(people.cy, "owner", of=left)
    token = invites(people.bo, gone, lost, left, kept, uses=9)
    people.bo.deletes(gone)
    people.cy.makes(people.bo, "member", of=lost)
    people.bo.leaves(left)
    assert people.chat.ask(invitations.look, token).titles == ("Kept",)
    assert comes(people.chat, token).conversations() == [kept]
    people.chat.do(invitations.accept, people.dee.id, token)
    assert people.dee.conversations() == [kept]
    assert people.chat.ask(invitations.is_in, people.dee.id, token)


def test_a_group_that_is_full_keeps_nobody_out_of_the_house(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    club = people.bo.starts(people.cy, title="Club")
    monkeypatch.setattr(conversations, "MOST_PEOPLE", 2)
    assert comes(people.chat, invites(people.bo, club)).conversations() == []


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("note", {"note": "x" * 101}),
        ("note", {"note": "two\nlines"}),
        ("hours", {"lasts": HOUR - timedelta(seconds=1)}),
        ("hours", {"lasts": timedelta(days=90, seconds=1)}),
        ("uses", {"uses": 0}),
        ("uses", {"uses": 1001}),
    ],
)
def test_what_does_not_fit_is_named(people: Cast, field: str, more: dict[str, Any]) -> None:
    assert [error.field for error in refused(Invalid, invites, people.bo, **more).errors] == [field]


def test_the_longest_and_the_most_fit(people: Cast) -> None:
    fits: tuple[dict[str, Any], ...] = (
        {"note": "x" * 100, "lasts": HOUR, "uses": 1},
        {"lasts": timedelta(days=90), "uses": 1000},
    )
    for more in fits:
        assert state(people.bo, invites(people.bo, **more)) == "holds"


def test_a_hundred_hold_at_once_and_no_more(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_AT_ONCE", 2)
    first, _ = invites(people.bo), invites(people.bo)
    refused(Conflict, invites, people.bo)
    invites(people.cy)
    comes(people.chat, first)
    invites(people.bo)


def test_everybody_lists_their_own_and_administrators_all_without_titles(people: Cast) -> None:
    club = people.bo.starts(people.cy, title="Secret club")
    for person in (people.bo, people.cy):
        invites(person, *([club] if person is people.bo else []), note=person.name)
    assert [(one.note, one.titles, one.groups) for one in people.chat.ask(invitations.mine, people.bo.id)] == [
        ("bo", ("Secret club",), 1)
    ]
    first = people.chat.ask(invitations.everybodys, 1)
    assert isinstance(first.next, str)
    second = people.chat.ask(invitations.everybodys, 1, first.next)
    assert [one.note for one in (*first.items, *second.items)] == ["cy", "bo"]
    assert second.next is None
    assert [(one.titles, one.groups) for one in second.items] == [((), 1)]
    refused(Invalid, people.chat.ask, invitations.everybodys, 1, "nowhere")


def test_one_that_does_not_hold_tells_no_titles(people: Cast) -> None:
    club = people.bo.starts(people.cy, title="Club")
    token = invites(people.bo, club)
    comes(people.chat, token)
    found = people.chat.ask(invitations.look, token)
    assert (found.state, found.titles) == ("used", ())


def test_only_a_hash_of_it_is_kept(people: Cast) -> None:
    token = invites(people.bo)
    [row] = people.chat.ask(lambda db: db.execute(select(table)).all())
    assert len(token) >= 43
    assert token not in str(row)
    assert len(row.token_hash) == 32
    for no_token in (row.token_hash.hex(), "", "é\udc80", "x" * 10_000):
        refused(NotFound, people.chat.ask, invitations.look, no_token)
        refused(Forbidden, comes, people.chat, no_token)


def test_where_only_the_first_may_sign_up_the_second_may_not(chat: Chat) -> None:
    assert chat.ask(accounts.nobody)
    register = lambda name: chat.do(accounts.register, name, f"{name}@example.org", None, only_first=True)  # noqa: E731
    with ThreadPoolExecutor(8) as racers:
        answers = [racers.submit(register, f"racer{number}") for number in range(8)]
    came = [answer.result() for answer in answers if answer.exception() is None]
    assert [one.is_admin for one in came] == [True]
    assert {type(answer.exception()) for answer in answers} == {type(None), Forbidden}
    assert not chat.ask(accounts.nobody)
