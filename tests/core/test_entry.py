"""A sign-in that is on its way when what lets one in is changed: it does not arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from chatsphere.core import challenges, devices, factors, logins, passkeys, people as accounts, roster, second, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.errors import NotFound, Unauthenticated
from chatsphere.core.passkeys import Credential
from chatsphere.core.sessions import Place
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time
from tests.core.keys import App, sets_up

HERE = Place("a device", "Firefox on Linux", "192.0.2.7")
OLD, NEW = "the old password's hash", "the new password's hash"
KEY = Credential(b"bo", b"public", 4)

Deed = Callable[[Tx, str], object]


def rekeys(tx: Tx, user_id: str) -> object:
    return accounts.change(tx, user_id, user_id, password_hash=NEW)


def disables(tx: Tx, user_id: str) -> object:
    return roster.disable(tx, None, user_id)


def deletes(tx: Tx, user_id: str) -> None:
    accounts.delete(tx, user_id, user_id)


def adds_a_key(tx: Tx, user_id: str) -> object:
    return passkeys.add(tx, user_id, KEY, "Bo’s")


@pytest.fixture
def bo(people: Cast) -> Person:
    people.chat.do(accounts.change, people.bo.id, people.bo.id, password_hash=OLD)
    return people.bo


@pytest.mark.parametrize("deed", [rekeys, disables, deletes, adds_a_key])
def test_who_has_shown_the_old_password_does_not_come_in_by_it_after(bo: Person, deed: Deed) -> None:
    bo.chat.do(sessions.enter, bo.id, HERE, proven=OLD)
    bo.chat.do(deed, bo.id)
    refused(Unauthenticated, bo.chat.do, sessions.enter, bo.id, HERE, proven=OLD)
    if deed is not adds_a_key:
        refused(Unauthenticated, bo.chat.do, second.begin, bo.id, "password", OLD)


@pytest.mark.parametrize("deed", [rekeys, disables, deletes, adds_a_key, lambda tx, me: factors.drop(tx, None, me)])
def test_a_second_step_that_waits_ends_with_what_it_was_begun_under(bo: Person, time: Time, deed: Deed) -> None:
    app: App = sets_up(bo, time)
    token = bo.chat.do(second.begin, bo.id, "password", OLD)
    bo.chat.do(deed, bo.id)
    refused(NotFound, bo.chat.ask, challenges.find, token, second.PURPOSE)
    refused(NotFound, bo.chat.do, second.enter_by_code, token, app.codes[0], HERE)


def test_of_more_than_a_hundred_sessions_and_devices_the_oldest_goes(bo: Person, time: Time) -> None:
    first = bo.chat.do(sessions.enter, bo.id, Place("device 0", "", ""))
    for number in range(1, 101):
        time.passes(timedelta(seconds=1))
        bo.chat.do(sessions.enter, bo.id, Place(f"device {number}", "", ""))
    kept = bo.chat.ask(sessions.mine, bo.id)
    assert len(kept) == 100
    assert first.session.id not in {one.id for one in kept}
    known = [number for number in range(101) if bo.chat.ask(devices.known, bo.id, f"device {number}")]
    assert known == list(range(1, 101))


def test_a_passkey_lets_nobody_into_an_account_that_is_disabled_and_is_not_used_up_by_it(bo: Person) -> None:
    key = bo.chat.do(passkeys.add, bo.id, KEY, "Bo’s")
    assert bo.chat.do(passkeys.enter, key, 5, HERE).session.user_id == bo.id
    bo.chat.do(disables, bo.id)
    refused(Unauthenticated, bo.chat.do, passkeys.enter, key, 6, HERE)
    assert bo.chat.ask(passkeys.find, b"bo").sign_count == 5


def test_a_password_that_is_kept_better_at_sign_in_does_not_come_back_over_a_new_one(bo: Person) -> None:
    bo.chat.do(rekeys, bo.id)
    assert not bo.chat.do(accounts.rehash, bo.id, OLD, "the old one, kept better")
    assert bo.chat.ask(logins.password_of, bo.id) == NEW
    assert bo.chat.do(accounts.rehash, bo.id, NEW, "the new one, kept better")
