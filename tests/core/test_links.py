from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import cycle, islice

import pytest
from sqlalchemy import select, update

from chatsphere.core import access, links, logins, people as accounts, sessions
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.errors import Forbidden, NotFound
from chatsphere.core.tables import links as table, users
from tests.cast import Cast, Person, refused
from tests.core.conftest import Passes


@pytest.fixture
def houses(people: Cast) -> Iterator[list[Chat]]:
    """Two processes over the cast's database, as far as their writers know."""
    other = Chat(people.chat.engine, secret=b"for tests only")
    yield [people.chat, other]
    other.close()


def link_for(person: Person) -> str:
    return person.chat.do(links.make, person.id, links.RESET, links.RESET_FOR)


def kept(chat: Chat) -> int:
    return len(chat.ask(lambda db: db.execute(select(table)).all()))


def test_a_link_works_once_and_looking_at_it_is_free(people: Cast) -> None:
    token = link_for(people.bo)
    assert [people.chat.ask(links.find, token, links.RESET).user_id for _ in range(2)] == [people.bo.id] * 2
    assert people.chat.do(links.take, token, links.RESET).user_id == people.bo.id
    refused(NotFound, people.chat.ask, links.find, token, links.RESET)
    refused(NotFound, people.chat.do, links.take, token, links.RESET)
    assert kept(people.chat) == 0


def test_of_fifty_who_confirm_at_once_one_does(people: Cast, houses: list[Chat]) -> None:
    token = people.chat.do(links.make, people.bo.id, links.CONFIRM, links.CONFIRM_FOR, "bo@example.org")

    def attempt(chat: Chat) -> bool:
        try:
            chat.do(access.confirm, people.bo.id, token)
            return True
        except NotFound:
            return False

    with ThreadPoolExecutor(50) as racers:
        assert list(racers.map(attempt, islice(cycle(houses), 50))).count(True) == 1


def test_of_twenty_who_use_it_at_once_one_gets_in(people: Cast, houses: list[Chat]) -> None:
    token = link_for(people.bo)

    def attempt(at: tuple[int, Chat]) -> bool:
        number, chat = at
        try:
            chat.do(access.reset_password, token, f"hash {number}")
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(20) as racers:
        got_in = list(racers.map(attempt, islice(enumerate(cycle(houses)), 20)))
    assert got_in.count(True) == 1
    assert people.chat.ask(logins.password_of, people.bo.id) == f"hash {got_in.index(True)}"


def test_a_link_that_another_is_using_is_used(people: Cast, houses: list[Chat]) -> None:
    token, taken, released = link_for(people.bo), threading.Event(), threading.Event()

    def take_slowly(tx: Tx) -> str:
        user_id = links.take(tx, token, links.RESET).user_id
        taken.set()
        released.wait(10)
        return user_id

    with ThreadPoolExecutor(2) as racers:
        first = racers.submit(houses[0].do, take_slowly)
        assert taken.wait(10)
        second = racers.submit(houses[1].do, links.take, token, links.RESET)
        time.sleep(0.3)  # the second has come as far as it can
        released.set()
        assert first.result(10) == people.bo.id
        refused(NotFound, second.result, 10)


def test_of_two_that_are_made_at_once_one_holds(
    people: Cast, houses: list[Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, both = links.drop, threading.Barrier(2)

    def drop_together(tx: Tx, user_id: str, purpose: str) -> None:
        drop(tx, user_id, purpose)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.3)  # in vain, where one waits for the other

    monkeypatch.setattr(links, "drop", drop_together)
    with ThreadPoolExecutor(2) as makers:
        tokens = list(makers.map(lambda chat: chat.do(links.make, people.bo.id, links.RESET, links.RESET_FOR), houses))
    assert len(set(tokens)) == 2
    assert kept(people.chat) == 1


def test_a_new_link_replaces_ones_own_and_nobody_elses(people: Cast) -> None:
    first, anothers, second = link_for(people.bo), link_for(people.cy), link_for(people.bo)
    refused(NotFound, people.chat.do, links.take, first, links.RESET)
    assert people.chat.do(links.take, anothers, links.RESET).user_id == people.cy.id
    assert people.chat.do(links.take, second, links.RESET).user_id == people.bo.id


def test_a_link_is_for_one_purpose(people: Cast) -> None:
    token = link_for(people.bo)
    other = people.chat.do(links.make, people.bo.id, links.CONFIRM, links.RESET_FOR)
    refused(NotFound, people.chat.do, links.take, token, links.CONFIRM)
    refused(NotFound, people.chat.do, links.take, other, links.RESET)
    assert people.chat.do(links.take, token, links.RESET).user_id == people.bo.id
    assert people.chat.do(links.take, other, links.CONFIRM).user_id == people.bo.id


def test_after_an_hour_it_does_not_hold_and_is_swept_away(people: Cast, passes: Passes) -> None:
    token = link_for(people.bo)
    passes(links.RESET_FOR - timedelta(seconds=30))
    assert people.chat.ask(links.find, token, links.RESET).user_id == people.bo.id
    assert people.chat.do(links.drop_expired) == 0
    passes(timedelta(seconds=30))
    refused(NotFound, people.chat.ask, links.find, token, links.RESET)
    refused(NotFound, people.chat.do, links.take, token, links.RESET)
    assert people.chat.do(links.drop_expired) == 1
    assert kept(people.chat) == 0


def test_who_is_gone_has_no_links(people: Cast) -> None:
    token = link_for(people.bo)
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    assert kept(people.chat) == 0
    refused(NotFound, people.chat.do, links.take, token, links.RESET)
    refused(NotFound, link_for, people.bo)


def test_no_link_lets_in_who_is_disabled(people: Cast) -> None:
    token = link_for(people.bo)
    people.chat.do(accounts.disable, people.bo.id)
    refused(NotFound, people.chat.do, access.reset_password, token, "hash")
    refused(NotFound, link_for, people.bo)
    people.chat.do(accounts.disable, people.bo.id, disabled=False)
    refused(NotFound, people.chat.do, access.reset_password, token, "hash")


def test_a_link_that_was_overlooked_lets_in_nobody_either(people: Cast) -> None:
    token = link_for(people.bo)
    people.chat.do(lambda tx: tx.execute(update(users).where(users.c.id == people.bo.id).values(is_disabled=True)))
    assert kept(people.chat) == 1
    refused(NotFound, people.chat.ask, links.find, token, links.RESET)
    refused(NotFound, people.chat.do, links.take, token, links.RESET)


def test_a_link_to_an_address_that_is_theirs_no_more_is_worthless(people: Cast) -> None:
    def link(address: str) -> str:
        return people.chat.do(links.make, people.bo.id, links.CONFIRM, links.CONFIRM_FOR, address)

    first = link("bo@example.org")
    assert people.chat.ask(links.find, first, links.CONFIRM) == links.Link(people.bo.id, "bo@example.org")
    refused(NotFound, link, "eve@example.org")
    moved = update(users).where(users.c.id == people.bo.id).values(email="new@example.org")
    people.chat.do(lambda tx: tx.execute(moved))
    assert kept(people.chat) == 1
    refused(NotFound, people.chat.ask, links.find, first, links.CONFIRM)
    refused(NotFound, people.chat.do, access.confirm, people.bo.id, first)
    refused(NotFound, link, "bo@example.org")
    second = link("new@example.org")
    refused(Forbidden, people.chat.do, access.confirm, people.cy.id, second)
    people.chat.do(accounts.change, people.bo.id, people.bo.id, email="newer@example.org")
    assert kept(people.chat) == 0
    refused(NotFound, people.chat.do, access.confirm, people.bo.id, second)


def test_a_password_set_meanwhile_makes_the_link_worthless(people: Cast) -> None:
    token = link_for(people.bo)
    people.chat.do(accounts.change, people.bo.id, people.bo.id, password_hash="h")
    refused(NotFound, people.chat.do, links.take, token, links.RESET)


def test_a_reset_signs_out_everywhere(people: Cast) -> None:
    before = people.chat.do(sessions.open, people.bo.id)
    anothers = people.chat.do(sessions.open, people.cy.id)
    assert people.chat.do(access.reset_password, link_for(people.bo), "new hash") == people.bo.id
    assert people.chat.ask(sessions.find, before.token) is None
    assert people.chat.ask(sessions.find, anothers.token) is not None
    assert people.chat.ask(sessions.mine, people.bo.id) == []
    assert people.chat.ask(logins.password_of, people.bo.id) == "new hash"


def test_only_a_hash_of_it_is_kept(people: Cast) -> None:
    token = link_for(people.bo)
    [row] = people.chat.ask(lambda db: db.execute(select(table)).all())
    assert len(token) >= 43
    assert token not in str(row)
    assert len(row.token_hash) == 32
    refused(NotFound, people.chat.do, links.take, row.token_hash.hex(), links.RESET)


@pytest.mark.parametrize("token", ["", "x", "é\udc80", "x" * 10_000])
def test_what_is_no_token_leads_nowhere(people: Cast, token: str) -> None:
    refused(NotFound, people.chat.do, links.take, token, links.RESET)
