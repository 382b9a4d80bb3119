"""What administrators do to accounts: who may be done what, what goes with it, and that there is always one left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import Any

import pytest
from sqlalchemy import update

from chatsphere.core import access, audit, files, jobs, overview, people as accounts, roster, sessions, storage
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.errors import Conflict, Forbidden, NotFound
from chatsphere.core.files import Stored
from chatsphere.core.tables import users
from tests.cast import Cast, Person, join, refused

FILE = Stored("tea.txt", "file", "text/plain", 3000, b"1" * 32, b"1" * 32)


def names(people: Cast, **how: Any) -> list[str]:
    return [one.user.user_name for one in people.chat.ask(roster.page, **how).items]


def set_users(people: Cast, who: Person, **values: Any) -> None:
    def change(tx: Tx) -> None:
        tx.execute(update(users).where(users.c.id == who.id).values(**values))

    people.chat.do(change)


def test_everybody_is_found_by_the_beginning_of_a_name_and_by_what_they_are(people: Cast) -> None:
    people.chat.do(roster.disable, people.ada.id, people.bo.id)
    set_users(people, people.cy, second_factor=True)
    set_users(people, people.dee, leaving_at=people.chat.clock())
    assert names(people) == ["ada", "bo", "cy", "dee"]
    assert names(people, query="B") == ["bo"]
    assert names(people, which="administrators") == ["ada"]
    assert names(people, which="disabled") == ["bo"]
    assert names(people, which="one-factor") == ["ada", "bo", "dee"]
    assert names(people, which="leaving") == ["dee"]
    first = people.chat.ask(roster.page, limit=3)
    assert first.next == "cy"
    assert names(people, after="cy") == ["dee"]
    people.chat.do(roster.delete, people.ada.id, people.cy.id)
    assert names(people) == ["ada", "bo", "dee"]
    refused(NotFound, people.chat.ask, roster.find, people.cy.id)


DEEDS = (
    roster.disable,
    roster.enable,
    roster.promote,
    roster.demote,
    roster.end_sessions,
    roster.drop_factors,
    roster.make_reset_link,
    roster.delete,
)


def test_whoever_is_no_administrator_any_more_does_nothing_to_anybody(people: Cast) -> None:
    people.chat.do(roster.promote, None, people.bo.id)
    for lost in ({"is_admin": False}, {"is_admin": True, "is_disabled": True}):
        set_users(people, people.bo, **lost)
        for deed in DEEDS:
            refused(Forbidden, people.chat.do, deed, people.bo.id, people.cy.id)
        refused(Forbidden, people.chat.do, roster.rename, people.bo.id, people.cy.id, "cyril", "Cyril")


def test_an_account_comes_with_numbers_and_nothing_else(people: Cast) -> None:
    tea = people.bo.starts(people.ada)
    for name in ("Firefox", "Safari"):
        people.chat.do(sessions.open, people.bo.id, device=name, address="203.0.113.7")
    people.chat.do(sessions.open, people.bo.id, kind="token", name="secret project")
    for _ in range(2):
        people.chat.do(files.stage, people.bo.id, tea, FILE)
    found = people.chat.ask(roster.find, people.bo.id)
    assert (found.devices, found.tokens, found.used) == (2, 1, storage.Used(2, 6000))
    assert found.last_seen_at is not None
    assert people.chat.ask(roster.find, people.cy.id).last_seen_at is None
    assert not any(word in repr(found) for word in ("Firefox", "203.0.113.7", "secret project", "tea.txt"))
    counts = people.chat.ask(overview.counts)
    assert (counts.people, counts.administrators, counts.lately, counts.conversations) == (4, 1, 1, 1)
    assert counts.used == storage.Used(2, 6000)


def test_who_is_disabled_is_signed_out_at_once_and_comes_back_when_let_in(people: Cast) -> None:
    here = people.chat.do(sessions.open, people.bo.id)
    people.chat.do(roster.disable, people.ada.id, people.bo.id)
    assert people.chat.ask(sessions.find, here.token) is None
    people.chat.do(roster.enable, people.ada.id, people.bo.id)
    again = people.chat.do(sessions.open, people.bo.id)
    assert people.chat.ask(sessions.find, again.token) is not None
    assert people.chat.ask(sessions.find, here.token) is None


def test_ending_sessions_ends_programs_too_and_only_theirs(people: Cast) -> None:
    ended = [people.chat.do(sessions.open, people.bo.id, kind=kind, name="x") for kind in ("session", "token")]
    others = people.chat.do(sessions.open, people.cy.id)
    people.chat.do(roster.end_sessions, people.ada.id, people.bo.id)
    assert [people.chat.ask(sessions.find, one.token) for one in ended] == [None, None]
    assert people.chat.ask(sessions.find, others.token) is not None


def test_a_reset_link_replaces_the_one_before_and_is_for_nobody_who_is_disabled(people: Cast) -> None:
    first = people.chat.do(roster.make_reset_link, people.ada.id, people.bo.id)
    second = people.chat.do(roster.make_reset_link, None, people.bo.id)
    # Whoever it is for hears of each.
    for _ in range(2):
        letter = people.chat.do(jobs.lease, [jobs.LETTER])
        assert letter
        assert (letter.user_id, letter.body["what"]) == (people.bo.id, "reset-link")
    refused(NotFound, people.chat.do, access.reset_password, first, "hash")
    assert people.chat.do(access.reset_password, second, "hash") == people.bo.id
    people.chat.do(roster.disable, people.ada.id, people.bo.id)
    assert "disabled" in refused(Conflict, people.chat.do, roster.make_reset_link, None, people.bo.id).detail


def test_lost_second_factors_are_dropped_and_where_there_is_none_it_is_said(people: Cast) -> None:
    refused(Conflict, people.chat.do, roster.drop_factors, people.ada.id, people.bo.id)
    set_users(people, people.bo, second_factor=True)
    assert not people.chat.do(roster.drop_factors, people.ada.id, people.bo.id).second_factor


def test_nobody_does_to_themself_what_makes_no_sense(people: Cast) -> None:
    people.chat.do(roster.promote, people.ada.id, people.bo.id)
    for deed in (roster.disable, roster.end_sessions, roster.make_reset_link, roster.drop_factors, roster.delete):
        refused(Conflict, people.chat.do, deed, people.ada.id, people.ada.id)
    people.chat.do(roster.demote, people.ada.id, people.ada.id)
    assert names(people, which="administrators") == ["bo"]


LOSSES = [roster.disable, roster.demote, roster.delete]


@pytest.mark.parametrize("lose", LOSSES)
def test_the_last_administrator_stays(people: Cast, lose: Callable[..., Any]) -> None:
    refused(Conflict, people.chat.do, lose, None, people.ada.id)
    people.chat.do(roster.promote, None, people.bo.id)
    people.chat.do(roster.disable, None, people.bo.id)
    assert "last administrator" in refused(Conflict, people.chat.do, lose, None, people.ada.id).detail
    people.chat.do(roster.enable, None, people.bo.id)
    people.chat.do(lose, None, people.ada.id)
    refused(Conflict, people.chat.do, lose, None, people.bo.id)


@pytest.mark.parametrize("lose", LOSSES)
def test_of_two_who_take_each_other_s_rank_at_once_one_stays(people: Cast, lose: Callable[..., Any]) -> None:
    people.chat.do(roster.promote, None, people.bo.id)

    def take(chat: Chat, actor: Person, subject: Person) -> None:
        with suppress(Conflict):
            chat.do(lose, actor.id, subject.id)

    with closing(Chat(people.chat.engine, secret=b"for tests only")) as other, ThreadPoolExecutor(2) as threads:
        threads.submit(take, people.chat, people.ada, people.bo)
        threads.submit(take, other, people.bo, people.ada)
    able = [one for one in people.chat.ask(roster.page, which="administrators").items if not one.user.is_disabled]
    assert len(able) == 1


def test_oneself_may_always_go(people: Cast) -> None:
    people.chat.do(accounts.delete, people.ada.id, people.ada.id)
    assert names(people, which="administrators") == []
    people.chat.do(roster.promote, None, people.bo.id)
    assert names(people, which="administrators") == ["bo"]


def test_each_deed_is_written_down_with_who_did_it(people: Cast) -> None:
    ada, bo = people.ada.id, people.bo.id
    for deed in (roster.disable, roster.enable, roster.promote, roster.demote, roster.end_sessions):
        people.chat.do(deed, ada, bo)
    people.chat.do(roster.make_reset_link, None, bo)
    people.chat.do(roster.rename, ada, bo, "bob", "Bob")
    people.chat.do(roster.set_password, None, bo, "hash")
    people.chat.do(roster.delete, ada, bo)
    told = [(one.action, one.actor_id) for one in reversed(people.chat.ask(audit.page, 50, None, bo).items)]
    assert told == [
        ("user.created", bo),
        ("user.disabled", ada),
        ("user.enabled", ada),
        ("user.promoted", ada),
        ("user.demoted", ada),
        ("sessions.ended", ada),
        ("reset.made", None),
        ("user.renamed", ada),
        ("password.changed", None),
        ("user.deleted", ada),
    ]
    assert people.chat.ask(audit.verify).broken is None


def test_who_takes_room_comes_first_and_what_is_doomed_counts_no_more(people: Cast) -> None:
    small, large = people.ada.starts(people.bo), people.cy.starts(people.dee, people.bo, title="Never shown")
    kept = [people.chat.do(files.stage, people.cy.id, large, FILE) for _ in range(2)]
    people.chat.do(files.stage, people.ada.id, small, FILE)
    by_person = people.chat.ask(storage.by_person).items
    assert [(user.user_name, used.bytes) for user, used in by_person] == [("cy", 6000), ("ada", 3000)]
    page = people.chat.ask(storage.by_conversation, 1)
    assert [(one.id, one.kind, one.people, one.used) for one in page.items] == [
        (large, "group", 3, storage.Used(2, 6000))
    ]
    assert "Never shown" not in repr(page)
    assert [one.id for one in people.chat.ask(storage.by_conversation, 1, page.next).items] == [small]  # type: ignore[arg-type]
    people.chat.do(files.made, kept[0], "640.avif", b"2" * 32, 500)
    people.chat.do(files.drop, people.cy.id, kept[1:])
    assert people.chat.ask(storage.total) == storage.Used(2, 6000)


def test_the_first_account_is_made_by_whoever_signs_up_or_by_the_server(chat: Chat) -> None:
    ada = join(chat, "ada")
    bo = chat.do(accounts.register, "bo", "bo@example.org", None, by_themself=False)
    told = {one.subject_id: one.actor_id for one in chat.ask(audit.page).items}
    assert told == {ada.id: ada.id, bo.id: None}


def test_the_last_administrator_does_not_leave_the_others_without_one(people: Cast, chat: Chat) -> None:
    refused(Conflict, chat.do, accounts.leave, people.ada.id)
    assert chat.ask(accounts.find, people.ada.id, people.ada.id).leaving_at is None
    chat.do(roster.promote, None, people.bo.id)
    chat.do(accounts.leave, people.ada.id)
    refused(Conflict, chat.do, roster.demote, None, people.bo.id)
    for one in (people.bo, people.cy, people.dee):
        chat.do(accounts.delete, one.id, one.id)
    chat.do(accounts.stay, people.ada.id)
    assert chat.do(accounts.leave, people.ada.id).leaving_at is not None
