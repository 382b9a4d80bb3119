"""Accounts elsewhere that open one here, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from chatsphere.core import audit, challenges, identities, jobs, people as persons
from chatsphere.core.chat import Chat
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from chatsphere.core.identities import Voucher
from tests.cast import Cast, Person, refused

GOOGLE, TEA = "https://accounts.google.com", "https://tea.example"
EVE = Voucher(TEA, "eve-1", "eve@example.org", True)


def arrives(chat: Chat, voucher: Voucher = EVE) -> str:
    """Come back from a provider for the first time; returns the token that the name is given with."""
    return chat.do(challenges.begin, None, identities.NEWCOMER, provider="Tea", **asdict(voucher))


def joins(chat: Chat, voucher: Voucher = EVE, user_name: str = "eve") -> Person:
    """A new account that this voucher opens."""
    user = chat.do(identities.join, arrives(chat, voucher), user_name, "Eve")
    return Person(chat, user.id, user_name)


def letters(chat: Chat) -> list[object]:
    """What people were written of."""
    found = []
    while job := chat.do(jobs.lease, [jobs.LETTER]):
        found.append(job.body.get("what"))
    return found


def said(chat: Chat) -> list[str]:
    """What the audit log says, the oldest first."""
    return [one.action for one in reversed(chat.ask(audit.page).items)]


def test_it_is_known_by_issuer_and_subject_and_nothing_else(chat: Chat, people: Cast) -> None:
    eve = joins(chat)
    assert chat.do(identities.use, replace(EVE, email="new@example.org", verified=False)) == eve.id
    assert chat.ask(identities.mine, eve.id)[0].email == "new@example.org"
    for other in (replace(EVE, issuer=GOOGLE), replace(EVE, subject="EVE-1"), replace(EVE, subject="eve-1 ")):
        refused(NotFound, chat.do, identities.use, other)
    user = chat.ask(persons.find, eve.id, eve.id)
    assert (user.email, user.email_verified, user.is_admin) == ("eve@example.org", True, False)


def test_the_first_of_all_is_an_administrator_whichever_way_they_come(chat: Chat) -> None:
    eve = joins(chat)
    assert chat.ask(persons.find, eve.id, eve.id).is_admin


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@EXAMPLE.org", "ａda@example.org"])
def test_a_known_address_opens_nothing_and_makes_nothing(chat: Chat, people: Cast, email: str) -> None:
    words = refused(Conflict, joins, chat, replace(EVE, email=email)).detail
    assert words == "There is an account with this address already."
    refused(NotFound, chat.ask, identities.find, EVE.issuer, EVE.subject)
    assert chat.ask(identities.mine, people.ada.id) == []


def test_an_address_that_is_not_verified_is_refused_before_it_is_looked_up(chat: Chat, people: Cast) -> None:
    for voucher in (replace(EVE, verified=False), replace(EVE, verified=False, email="ada@example.org")):
        assert "confirmed to be yours" in refused(Forbidden, joins, chat, voucher).detail
    refused(Forbidden, joins, chat, replace(EVE, email=None))
    refused(Invalid, joins, chat, replace(EVE, email="no address"))


def test_a_refused_name_leaves_the_newcomer_another_try_and_writes_nothing(chat: Chat, people: Cast) -> None:
    token = arrives(chat)
    refused(Conflict, chat.do, identities.join, token, "ADA", "Eve")
    refused(Invalid, chat.do, identities.join, token, "e", "Eve")
    refused(NotFound, chat.ask, identities.find, EVE.issuer, EVE.subject)
    chat.do(identities.join, token, "eve", "Eve")
    refused(NotFound, chat.do, identities.join, token, "eve2", "Eve")


def test_a_newcomer_has_ten_minutes_to_say_their_name(chat: Chat) -> None:
    token, clock = arrives(chat), chat.clock
    chat.clock = lambda: clock() + timedelta(minutes=11)
    refused(NotFound, chat.do, identities.join, token, "eve", "Eve")


def outcome(deed: Any, *args: Any) -> str:
    """Its refusal's kind, or "done"."""
    try:
        deed(*args)
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


def test_of_many_who_come_at_once_with_one_account_elsewhere_one_gets_one_here(chat: Chat, people: Cast) -> None:
    tokens = [arrives(chat) for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        deeds = [
            pool.submit(outcome, chat.do, identities.join, token, f"eve{i}", "E") for i, token in enumerate(tokens)
        ]
    assert sorted(deed.result() for deed in deeds) == ["Conflict"] * 11 + ["done"]
    assert len(list(chat.ask(persons.search, people.ada.id, "eve").items)) == 1


def test_of_many_who_give_one_newcomer_a_name_one_does(chat: Chat, people: Cast) -> None:
    token = arrives(chat)
    with ThreadPoolExecutor(12) as pool:
        deeds = [pool.submit(outcome, chat.do, identities.join, token, f"eve{i}", "E") for i in range(12)]
    assert sorted(deed.result() for deed in deeds) == ["NotFound"] * 11 + ["done"]


def test_linking_and_unlinking_are_written_down_and_written_of(chat: Chat, people: Cast) -> None:
    identity_id = chat.do(identities.link, people.ada.id, EVE, "Tea")
    assert chat.do(identities.use, EVE) == people.ada.id
    chat.do(persons.change, people.ada.id, people.ada.id, password_hash="h")
    letters(chat)
    chat.do(identities.unlink, people.ada.id, identity_id, [TEA])
    refused(NotFound, chat.do, identities.use, EVE)
    assert letters(chat) == ["identity-unlinked"]
    assert [one for one in said(chat) if one.startswith("identity")] == ["identity.linked", "identity.unlinked"]
    assert chat.ask(audit.verify).broken is None


def test_a_link_is_written_of(chat: Chat, people: Cast) -> None:
    chat.do(identities.link, people.bo.id, EVE, "Tea")
    assert letters(chat) == ["identity-linked"]


def test_what_opens_one_account_is_not_linked_to_another(chat: Chat, people: Cast) -> None:
    chat.do(identities.link, people.ada.id, EVE, "Tea")
    assert "somebody else's" in refused(Conflict, chat.do, identities.link, people.bo.id, EVE, "Tea").detail
    assert "yours" in refused(Conflict, chat.do, identities.link, people.ada.id, EVE, "Tea").detail
    assert "opens one here already" in refused(Conflict, joins, chat).detail
    assert chat.do(identities.use, EVE) == people.ada.id


def test_there_is_an_end_to_how_many_are_linked(chat: Chat, people: Cast) -> None:
    for number in range(identities.MOST):
        chat.do(identities.link, people.ada.id, replace(EVE, subject=f"s{number}"), "Tea")
    refused(Conflict, chat.do, identities.link, people.ada.id, EVE, "Tea")


def test_the_last_way_in_stays(chat: Chat, people: Cast) -> None:
    eve = joins(chat)
    first = chat.ask(identities.mine, eve.id)[0].id
    refused(Conflict, chat.do, identities.unlink, eve.id, first, [TEA, GOOGLE])
    second = chat.do(identities.link, eve.id, replace(EVE, issuer=GOOGLE), "Google")
    # A provider that is not set up any more lets nobody in.
    refused(Conflict, chat.do, identities.unlink, eve.id, first, [TEA])
    chat.do(identities.unlink, eve.id, second, [TEA])
    chat.do(persons.change, eve.id, eve.id, password_hash="h")
    chat.do(identities.unlink, eve.id, first, [])
    assert chat.ask(identities.mine, eve.id) == []


def test_two_who_are_unlinked_at_once_leave_one(chat: Chat, people: Cast) -> None:
    eve = joins(chat)
    chat.do(identities.link, eve.id, replace(EVE, issuer=GOOGLE), "Google")
    with ThreadPoolExecutor(2) as pool:
        ids = [one.id for one in chat.ask(identities.mine, eve.id)]
        deeds = [pool.submit(outcome, chat.do, identities.unlink, eve.id, one, [TEA, GOOGLE]) for one in ids]
    assert sorted(deed.result() for deed in deeds) == ["Conflict", "done"]


def test_only_ones_own_is_unlinked(chat: Chat, people: Cast) -> None:
    joins(chat)
    found = chat.ask(identities.find, EVE.issuer, EVE.subject)
    refused(NotFound, chat.do, identities.unlink, people.ada.id, found.id, [TEA])
    refused(NotFound, chat.do, identities.unlink, people.ada.id, "nothing", [TEA])


def test_who_is_disabled_or_deleted_does_not_come_in(chat: Chat, people: Cast) -> None:
    eve = joins(chat)
    chat.do(persons.disable, eve.id)
    refused(Forbidden, chat.do, identities.use, EVE)
    refused(NotFound, chat.do, identities.link, eve.id, replace(EVE, issuer=GOOGLE), "Google")
    chat.do(persons.disable, eve.id, False)
    chat.do(persons.delete, eve.id, eve.id)
    refused(NotFound, chat.do, identities.use, EVE)
    assert joins(chat).id != eve.id


def test_what_is_forgotten_opens_nothing(chat: Chat, people: Cast) -> None:
    joins(chat)
    found = chat.ask(identities.find, EVE.issuer, EVE.subject)
    chat.do(identities.forget, found.user_id)
    refused(NotFound, chat.do, identities.use, EVE)


@pytest.mark.parametrize(
    ("wishes", "name"),
    [
        (["eve"], "eve"),
        (["Éve Ädams"], "EveAdams"),
        (["", "eve.adams+tea@example.org"], "eve.adamstea"),
        (["日本", "x", "", "Eve"], "Eve"),
        (["Ada"], "Ada2"),
        (["a" * 40], "a" * 32),
        (["日本"], "someone"),
        (["..._-"], "someone"),
        ([], "someone"),
    ],
)
def test_a_free_name_is_suggested(chat: Chat, people: Cast, wishes: list[str], name: str) -> None:
    assert chat.ask(identities.suggest, wishes) == name
    assert persons.fault("user_name", name) is None
