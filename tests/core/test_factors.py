"""Who has to have a second factor, who lacks one, and whose sessions rest until there is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyotp
import pytest

from chatsphere.core import audit, authenticators, factors, passkeys, people as accounts, rules, sessions
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.passkeys import Credential
from chatsphere.core.rules import SecondFactor
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time
from tests.core.keys import sets_up


def decides(people: Cast, who: SecondFactor) -> None:
    people.chat.do(rules.require_second_factor, None, who)


def lacks(person: Person) -> bool:
    found = person.chat.ask(sessions.find, person.chat.do(sessions.open, person.id).token)
    assert found
    return found.lacks_factor


@pytest.mark.parametrize(
    ("who", "ada", "bo"), [("optional", False, False), ("admins", True, False), ("everybody", True, True)]
)
def test_the_rule_says_who_lacks_one(people: Cast, who: SecondFactor, ada: bool, bo: bool) -> None:
    decides(people, who)
    assert (lacks(people.ada), lacks(people.bo)) == (ada, bo)
    last = people.chat.ask(audit.page, 1).items[0]
    assert (last.action, last.body) == ("rule.changed", {"rule": "second_factor", "value": who})


def test_what_is_no_rule_is_refused(people: Cast) -> None:
    refused(Invalid, people.chat.do, rules.require_second_factor, people.ada.id, "nobody")


def test_either_kind_will_do(people: Cast, time: Time) -> None:
    decides(people, "everybody")
    people.chat.do(passkeys.add, people.bo.id, Credential(b"one", b"public", 0), "a key")
    sets_up(people.cy, time)
    assert [lacks(one) for one in (people.bo, people.cy, people.dee)] == [False, False, True]


def test_sessions_without_one_rest_and_programs_go_on(people: Cast, time: Time) -> None:
    opened = {
        (person.name, kind): person.chat.do(sessions.open, person.id, kind=kind, name="x").session.id
        for person in (people.ada, people.bo, people.cy)
        for kind in ("session", "token")
    }
    sets_up(people.cy, time)
    everybody, cys = set(opened.values()), {opened["cy", "session"]}
    tokens = {opened[name, "token"] for name in ("ada", "bo", "cy")}
    rests: dict[SecondFactor, set[str]] = {
        "optional": everybody,
        "admins": everybody - {opened["ada", "session"]},
        "everybody": tokens | cys,
    }
    for who, alive in rests.items():
        decides(people, who)
        assert people.chat.ask(sessions.alive, list(everybody)) == alive
    sets_up(people.bo, time)
    assert people.chat.ask(sessions.alive, list(everybody)) == tokens | cys | {opened["bo", "session"]}


def test_two_who_change_ones_factors_at_once_leave_them_as_they_are(
    people: Cast, time: Time, database_url: str
) -> None:
    people.chat.do(accounts.change, people.bo.id, people.bo.id, password_hash="a hash")
    passkey_id = people.chat.do(passkeys.add, people.bo.id, Credential(b"one", b"public", 0), "a key")
    other = Chat(open_engine(database_url), secret=b"for tests only", clock=time)
    deeds: list[tuple[Chat, Any, str]] = [(people.chat, passkeys.remove, passkey_id), (other, _confirms, "")]
    try:
        with ThreadPoolExecutor(2) as racers:
            list(racers.map(lambda deed: deed[0].do(deed[1], people.bo.id, deed[2]), deeds))
    finally:
        other.close()
    assert people.chat.ask(factors.kinds, people.bo.id) == ("authenticator",)
    assert people.chat.ask(accounts.find, people.bo.id, people.bo.id).second_factor


def test_nobody_has_factors_who_is_gone(people: Cast, time: Time) -> None:
    sets_up(people.bo, time)
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    assert people.chat.ask(factors.kinds, people.bo.id) == ()
    refused(NotFound, people.chat.do, authenticators.begin, people.bo.id)
    refused(NotFound, people.chat.do, passkeys.add, people.bo.id, Credential(b"one", b"public", 0), "a key")


def _confirms(tx: Any, me: str, _: str) -> None:
    """Set up an app in one go."""
    authenticators.begin(tx, me)
    authenticators.confirm(tx, me, pyotp.TOTP(authenticators.seed(tx, me)).at(tx.now))
