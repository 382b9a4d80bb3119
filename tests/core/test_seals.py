"""What is sealed opens here, for one user and one purpose, and nowhere else."""

from __future__ import annotations

import pytest

from chatsphere.core import seals
from chatsphere.core.chat import Chat
from tests.cast import Cast

SECRET = b"a seed of twenty byt"


def sealed_for(people: Cast, user_id: str) -> bytes:
    return people.chat.ask(seals.seal, "authenticator", user_id, SECRET)


def test_a_seal_opens_for_its_user_and_its_purpose_only(people: Cast) -> None:
    sealed = sealed_for(people, people.ada.id)
    assert people.chat.ask(seals.unseal, "authenticator", people.ada.id, sealed) == SECRET
    for purpose, user_id in (("authenticator", people.bo.id), ("something", people.ada.id)):
        with pytest.raises(seals.Broken):
            people.chat.ask(seals.unseal, purpose, user_id, sealed)


def test_a_seal_shows_nothing_and_is_never_the_same(people: Cast) -> None:
    one, two = sealed_for(people, people.ada.id), sealed_for(people, people.ada.id)
    assert one != two
    assert SECRET not in one
    assert len(one) == len(SECRET) + 28


def test_a_seal_that_was_touched_does_not_open(people: Cast) -> None:
    sealed = sealed_for(people, people.ada.id)
    for broken in (b"", b"x" * 5, sealed[:-1], sealed[:12] + bytes([sealed[12] ^ 1]) + sealed[13:], sealed + b"x"):
        with pytest.raises(seals.Broken):
            people.chat.ask(seals.unseal, "authenticator", people.ada.id, broken)


def test_another_installation_cannot_open_it(people: Cast) -> None:
    elsewhere = Chat(people.chat.engine, secret=b"another secret")
    try:
        with pytest.raises(seals.Broken):
            elsewhere.ask(seals.unseal, "authenticator", people.ada.id, sealed_for(people, people.ada.id))
    finally:
        elsewhere.close()
