from __future__ import annotations

from datetime import timedelta

import pytest

from chatsphere.core import logins, passwords, people as accounts, sessions
from chatsphere.core.chat import Chat
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, refused


def test_the_first_account_is_an_administrators(people: Cast) -> None:
    assert people.chat.ask(accounts.find, people.bo.id, people.ada.id).is_admin
    assert not people.chat.ask(accounts.find, people.ada.id, people.bo.id).is_admin


def test_names_and_addresses_are_taken_whatever_their_case(people: Cast) -> None:
    register = lambda name, email: people.chat.do(accounts.register, name, email, None)  # noqa: E731
    refused(Conflict, register, "ADA", "new@example.org")
    refused(Conflict, register, "new", "Ada@Example.ORG")
    assert register("new", "new@example.org").display_name == "new"


@pytest.mark.parametrize("name", ["a", "x" * 33, "a b", "é1", "a/b", "", "a\n"])
def test_user_names_are_plain(chat: Chat, name: str) -> None:
    assert refused(Invalid, chat.do, accounts.register, name, "a@example.org", None).errors[0].field == "user_name"


TRICKS = [
    *(
        "a,b@c.org",
        "a;b@c.org",
        "a:b@c.org",
        "<a>b@c.org",
        "a(b)@c.org",
        "[a]@c.org",
        'a"b@c.org',
        "a\\b@c.org",
        "a\x00@c.org",
    ),
    *(
        "a\u202eb@c.org",
        "a\uff20b@c.org",
        "a\uff0cb@c.org",
        "a\u00a0b@c.org",
        "a@b\uff0cc.org",
        "a@b_c.org",
        "a@-b.org",
        "a@b/c",
    ),
    *("a@b:25", "a@[127.0.0.1]", "a@xn--a.org", "a@" + "b" * 64 + ".org", "a@b.org.", "a@\u2603.org\u200b"),
]


@pytest.mark.parametrize(
    "email",
    [
        "o'neill+tea@Sub.Example.ORG",
        "ada@localhost",
        "jürgen@bücher.example",
        "jö@faß.de",
        "a%b!c@xn--bcher-kva.example",
        "用户@例え.jp",
    ],
)
def test_addresses_of_all_the_world_are_addresses(email: str) -> None:
    assert accounts.fault("email", email) is None


@pytest.mark.parametrize(
    "email", ["a", "a@", "@b", "a@b@c", "a b@c.org", "a@b..c", "x" * 250 + "@b.org", "a@b\n", *TRICKS]
)
def test_addresses_have_their_shape(chat: Chat, email: str) -> None:
    assert refused(Invalid, chat.do, accounts.register, "ok", email, None).errors[0].field == "email"


def test_every_fault_is_named_at_once(chat: Chat) -> None:
    faults = refused(Invalid, chat.do, accounts.register, "", "", None, "x" * 65).errors
    assert {fault.field for fault in faults} == {"user_name", "email", "display_name"}


def test_people_are_found_by_the_beginning_of_a_name(people: Cast) -> None:
    people.chat.do(accounts.register, "zed", "z@example.org", None, "Inês 100% Duarte")
    found = lambda query: [u.user_name for u in people.chat.ask(accounts.search, people.ada.id, query).items]  # noqa: E731
    assert found("") == ["ada", "bo", "cy", "dee", "zed"]
    assert found("B") == ["bo"]
    assert found("inês") == ["zed"]
    assert found("duar") == ["zed"]
    assert found("100%") == ["zed"]
    assert found("uarte") == []
    assert found("%") == []
    first = people.chat.ask(accounts.search, people.ada.id, "", 2)
    assert first.next == "bo"
    assert [u.user_name for u in people.chat.ask(accounts.search, people.ada.id, "", 2, "bo").items] == ["cy", "dee"]


def test_letters_that_are_folded_into_many_fit_too(people: Cast) -> None:
    person = people.chat.do(accounts.register, "long", "long@example.org", None, "\ufdfa" * 64)
    assert [one.id for one in people.chat.ask(accounts.search, people.ada.id, "\ufdfa").items] == [person.id]
    long = "\ufdfa" * 64 + "@example.org"
    assert refused(Invalid, people.chat.do, accounts.register, "mail", long, None).errors[0].field == "email"
    refused(Invalid, people.chat.ask, accounts.search, people.ada.id, "", 2, "\u00e9")


def test_nobody_can_take_the_name_that_a_deleted_user_gets(people: Cast) -> None:
    people.chat.do(accounts.register, f"deleted-{people.bo.id[-12:]}", "squat@example.org", None)
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    assert people.chat.ask(accounts.find, people.ada.id, people.bo.id).is_deleted


def test_one_changes_oneself_and_an_administrator_only_names(people: Cast) -> None:
    change = lambda me, whom, **new: people.chat.do(accounts.change, me.id, whom.id, **new)  # noqa: E731
    assert change(people.bo, people.bo, display_name=" Bo B ").display_name == "Bo B"
    assert change(people.ada, people.bo, user_name="bob").user_name == "bob"
    refused(Forbidden, change, people.ada, people.bo, email="x@example.org")
    refused(Forbidden, change, people.bo, people.cy, display_name="Cynthia")
    refused(Conflict, change, people.bo, people.bo, user_name="Cy")
    refused(NotFound, people.chat.do, accounts.change, people.ada.id, "0" * 32, display_name="Ghost")
    assert people.chat.ask(logins.by_login, "BOB").user.id == people.bo.id  # type: ignore[union-attr]


def test_a_new_password_ends_the_other_sessions(people: Cast) -> None:
    here, there = (people.chat.do(sessions.open, people.bo.id, device=name) for name in ("here", "there"))
    assert people.chat.ask(sessions.find, there.token) is not None
    people.chat.do(accounts.change, people.bo.id, people.bo.id, password_hash="h", keep_session=here.session.id)
    assert people.chat.ask(sessions.find, here.token) is not None
    assert people.chat.ask(sessions.find, there.token) is None


def test_what_is_remembered_of_somebody_changes_with_them(people: Cast) -> None:
    opened = people.chat.do(sessions.open, people.bo.id)
    signed_in = people.chat.ask(sessions.find, opened.token)
    assert signed_in is not None
    people.chat.do(accounts.change, people.bo.id, people.bo.id, display_name="Another")
    again = people.chat.ask(sessions.find, opened.token)
    assert again is not None
    assert again.user.display_name == "Another"
    people.chat.do(accounts.disable, people.bo.id)
    assert people.chat.ask(sessions.find, opened.token) is None


def test_sessions_end_one_by_one_and_are_ones_own(people: Cast) -> None:
    opened = people.chat.do(sessions.open, people.bo.id, device="Firefox", address="127.0.0.1")
    token = people.chat.do(sessions.open, people.bo.id, kind="token", name="script")
    assert token.token.startswith("cs_")
    assert [one.device for one in people.chat.ask(sessions.mine, people.bo.id)] == ["Firefox"]
    refused(NotFound, people.chat.do, sessions.end, people.cy.id, opened.session.id)
    refused(NotFound, people.chat.do, sessions.end, people.bo.id, token.session.id)
    people.chat.do(sessions.end, people.bo.id, token.session.id, "token")
    assert people.chat.ask(sessions.alive, [opened.session.id, token.session.id]) == {opened.session.id}
    assert people.chat.ask(sessions.find, "nonsense") is None


def test_sessions_that_are_long_over_leave_nothing_behind(people: Cast) -> None:
    idle = people.chat.do(sessions.open, people.bo.id, address="127.0.0.1")
    token = people.chat.do(sessions.open, people.bo.id, kind="token", name="script")
    assert people.chat.do(sessions.drop_expired) == 0
    real = people.chat.clock
    people.chat.clock = lambda: real() + sessions.IDLE + timedelta(seconds=1)
    fresh = people.chat.do(sessions.open, people.bo.id)
    assert people.chat.do(sessions.drop_expired) == 1
    assert people.chat.ask(sessions.find, idle.token) is None
    assert None not in (people.chat.ask(sessions.find, one.token) for one in (token, fresh))


@pytest.mark.parametrize("name", ["", "x" * 65, "two\nlines"])
def test_a_token_has_a_name_that_can_be_shown(people: Cast, name: str) -> None:
    fault = refused(Invalid, people.chat.do, sessions.open, people.bo.id, kind="token", name=name).errors[0]
    assert fault.field == "name"


@pytest.mark.parametrize("password", ["short", "x" * 1025, "password123", "PassWord123", "1234567890"])
def test_passwords_that_anybody_would_guess_are_refused(password: str) -> None:
    refused(Invalid, passwords.check, password)


def test_a_password_is_kept_as_a_hash_of_its_own() -> None:
    passwords.check("a fine long one")
    hashed = passwords.hash("a fine long one")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify(hashed, "a fine long one")
    assert not passwords.verify(hashed, "another long one")
    assert not passwords.verify(None, "nobody has this password")
    assert not passwords.needs_rehash(hashed)
