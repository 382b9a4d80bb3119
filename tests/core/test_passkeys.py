"""Passkeys that are known: whose each is, how often it was used, and what a copy of it gives away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Any

import pytest

from chatsphere.core import audit, factors, passkeys, people as accounts, recovery
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict, Invalid, NotFound, Unauthenticated
from chatsphere.core.passkeys import Credential
from tests.cast import Cast, Person, refused


@pytest.fixture(autouse=True)
def passwords(people: Cast) -> None:
    """Bo has a password as well; Cy has none."""
    people.chat.do(accounts.change, people.bo.id, people.bo.id, password_hash="a hash")


def adds(person: Person, credential_id: bytes, name: str = "a key", **more: Any) -> str:
    credential = Credential(credential_id, b"public", more.pop("sign_count", 0), **more)
    return person.chat.do(passkeys.add, person.id, credential, name)


def asked(person: Person) -> bool:
    return person.chat.ask(accounts.find, person.id, person.id).second_factor


def test_a_passkey_is_a_second_factor_and_is_found_by_its_credential(people: Cast) -> None:
    assert not asked(people.bo)
    passkey_id = adds(people.bo, b"one" * 341, "Bo’s phone", transports=["internal", "hybrid", "warp"], sign_count=7)
    assert asked(people.bo)
    found = people.chat.ask(passkeys.find, b"one" * 341)
    assert (found.id, found.user_id, found.name) == (passkey_id, people.bo.id, "Bo’s phone")
    assert (found.public_key, found.sign_count, found.transports) == (b"public", 7, ("hybrid", "internal"))
    assert people.chat.ask(passkeys.mine, people.bo.id) == [found]
    assert people.chat.ask(passkeys.mine, people.cy.id) == []
    refused(NotFound, people.chat.ask, passkeys.find, b"two")


def test_a_passkey_belongs_to_one_account(people: Cast) -> None:
    adds(people.bo, b"one")
    refused(Conflict, adds, people.bo, b"one")
    refused(Conflict, adds, people.cy, b"one")
    assert not asked(people.cy)


@pytest.mark.parametrize(
    ("kept", "said", "believed"),
    [(0, 0, True), (0, 1, True), (4, 5, True), (4, 400, True), (4, 4, False), (4, 3, False), (4, 0, False)],
)
def test_one_that_counts_must_have_counted_on(people: Cast, kept: int, said: int, believed: bool) -> None:
    passkey_id = adds(people.bo, b"one", sign_count=kept)
    if believed:
        assert people.chat.do(passkeys.use, passkey_id, said) == people.bo.id
        assert people.chat.ask(passkeys.find, b"one").sign_count == said
        assert people.chat.ask(passkeys.find, b"one").last_used_at is not None
    else:
        refused(Unauthenticated, people.chat.do, passkeys.use, passkey_id, said)
        assert people.chat.ask(passkeys.find, b"one").sign_count == kept


def test_of_fifty_who_use_one_count_at_once_one_is_believed(people: Cast, database_url: str) -> None:
    passkey_id = adds(people.bo, b"one", sign_count=4)
    other = Chat(open_engine(database_url), secret=b"for tests only")

    def attempt(chat: Chat) -> bool:
        try:
            return chat.do(passkeys.use, passkey_id, 5) == people.bo.id
        except Unauthenticated:
            return False

    try:
        with ThreadPoolExecutor(50) as racers:
            believed = list(racers.map(attempt, islice(cycle([people.chat, other]), 50)))
    finally:
        other.close()
    assert believed.count(True) == 1


def test_one_names_and_removes_ones_own_only(people: Cast) -> None:
    passkey_id = adds(people.bo, b"one")
    refused(NotFound, people.chat.do, passkeys.rename, people.cy.id, passkey_id, "mine")
    refused(NotFound, people.chat.do, passkeys.remove, people.cy.id, passkey_id)
    people.chat.do(passkeys.rename, people.bo.id, passkey_id, "my phone")
    assert people.chat.ask(passkeys.find, b"one").name == "my phone"
    for name in ("", "x" * 65, "a\nb"):
        refused(Invalid, people.chat.do, passkeys.rename, people.bo.id, passkey_id, name)
        refused(Invalid, adds, people.bo, b"two", name)


def test_the_last_one_that_goes_takes_the_recovery_codes_along(people: Cast) -> None:
    first, second = adds(people.bo, b"one"), adds(people.bo, b"two")
    people.chat.do(recovery.renew, people.bo.id)
    people.chat.do(passkeys.remove, people.bo.id, first)
    assert asked(people.bo)
    assert people.chat.ask(recovery.left, people.bo.id) == 10
    people.chat.do(passkeys.remove, people.bo.id, second)
    assert not asked(people.bo)
    assert people.chat.ask(recovery.left, people.bo.id) == 0
    assert people.chat.ask(factors.kinds, people.bo.id) == ()


def test_the_last_way_in_stays(people: Cast) -> None:
    first = adds(people.cy, b"one")
    refused(Conflict, people.chat.do, passkeys.remove, people.cy.id, first)
    second = adds(people.cy, b"two")
    people.chat.do(passkeys.remove, people.cy.id, first)
    refused(Conflict, people.chat.do, passkeys.remove, people.cy.id, second)
    people.chat.do(accounts.change, people.cy.id, people.cy.id, password_hash="a hash")
    people.chat.do(passkeys.remove, people.cy.id, second)
    assert not asked(people.cy)


def test_there_are_twenty_at_most_and_none_too_long(people: Cast) -> None:
    refused(Invalid, adds, people.bo, b"x" * 1024)
    for number in range(passkeys.MOST):
        adds(people.bo, bytes([number]))
    refused(Conflict, adds, people.bo, b"more")


def test_who_has_lost_everything_is_let_off_all_of_it(people: Cast) -> None:
    adds(people.bo, b"one")
    people.chat.do(recovery.renew, people.bo.id)
    people.chat.do(factors.drop, people.ada.id, people.bo.id)
    assert not asked(people.bo)
    refused(NotFound, people.chat.ask, passkeys.find, b"one")
    last = people.chat.ask(audit.page, 1).items[0]
    assert (last.action, last.actor_id, last.subject_id) == ("factor.removed", people.ada.id, people.bo.id)
    people.chat.do(factors.drop, people.ada.id, people.bo.id)
    assert people.chat.ask(audit.page, 1).items[0].seq == last.seq
    refused(NotFound, people.chat.do, factors.drop, None, "0" * 32)
