"""Whether an account exists is not to be told by the time that a refusal takes.

What is measured is processor time of this process and not the clock: that the machine is busy with something else does
not count. Tries at a name that exists and at one that does not take turns, so that whatever changes on the way (caches,
the processor's speed) touches both alike. Ranks are compared, not means (Mann and Whitney's test), so that one odd try
weighs no more than any other. Reading one row more than none is work too: so much as a network never lets through is
allowed. Where there is no more difference than that the test is red less than once in a million runs; where the dummy
hash is missing, the chance that it stays green is smaller than that by far, and a test below shows it.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import passwords, people
from chatsphere.house import House
from chatsphere.http.app import create_app
from tests.web.conftest import PASSWORD

RARE = 1e-6
UNSEEN = 50e-6
"""Seconds by which one may take longer than the other: a tenth of how much a quiet local network varies."""
PAIRS = 100


def chance(one: list[float], other: list[float]) -> float:
    """How likely ranks as uneven as these are where both are of one kind (the normal approximation, two-sided)."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    ranks = sum(rank for rank, (_, mine) in enumerate(ranked, 1) if mine)
    expected = len(one) * (len(ranked) + 1) / 2
    spread = math.sqrt(len(one) * len(other) * (len(ranked) + 1) / 12)
    return math.erfc(abs(ranks - expected) / spread / math.sqrt(2))


def tells(one: list[float], other: list[float]) -> bool:
    """Whether one of the two takes longer, by more than anybody would see."""
    slower, faster = (one, other) if statistics.median(one) > statistics.median(other) else (other, one)
    if statistics.median(slower) - statistics.median(faster) <= UNSEEN:
        return False
    return chance([took - UNSEEN for took in slower], faster) < RARE


def in_turns(ask: Callable[[str], object], pairs: int = PAIRS) -> tuple[list[float], list[float]]:
    """What asking for those who are there and for those who are not takes, in turns and in changing order."""
    took: tuple[list[float], list[float]] = ([], [])
    for n in range(-2, pairs):
        for which in (0, 1) if n % 2 else (1, 0):
            name = f"{('somebody', 'nobodyyy')[which]}{n % 20:02}"
            began = time.process_time()
            ask(name)
            # The first ones fill the caches.
            if n >= 0:
                took[which].append(time.process_time() - began)
    return took


@pytest.fixture
def app(house: House, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app with twenty people in it, whom nobody keeps from guessing."""
    hashed = passwords.hash(PASSWORD)
    for n in range(20):
        house.chat.do(people.register, f"somebody{n:02}", f"somebody{n:02}@example.org", hashed)
    house.settings = house.settings.model_copy(update={"rate_limits": False})
    return create_app(house)


def guesses(client: FlaskClient) -> Callable[[str], object]:
    def guess(name: str) -> None:
        answer = client.post("/login", data={"login": name, "password": "not this one at all"})
        assert answer.status_code == 401

    return guess


def test_a_wrong_password_takes_as_long_for_nobody_as_for_somebody(guest: FlaskClient) -> None:
    assert not tells(*in_turns(guesses(guest)))


def test_a_forgotten_password_takes_as_long_for_nobody_as_for_somebody(guest: FlaskClient) -> None:
    def forgets(name: str) -> None:
        assert guest.post("/forgot", data={"login": name}).status_code == 303

    # The writer's thread is of this process too, so what it does for somebody alone would be seen.
    assert not tells(*in_turns(forgets, 200))


def test_without_the_dummy_hash_one_would_see_it(guest: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda hashed, password: bool(hashed) and whole(hashed, password))
    assert tells(*in_turns(guesses(guest), 30))


def test_one_hash_is_made_whoever_it_is(guest: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes | str] = []

    class Counting:
        """The hasher, which says how often it is asked."""

        def verify(self, hashed: str, password: bytes) -> bool:
            made.append(hashed)
            return whole.verify(hashed, password)

        def hash(self, password: bytes | str) -> str:
            made.append(password)
            return whole.hash(password)

    whole, guess = passwords._hasher, guesses(guest)
    guess("nobody")
    monkeypatch.setattr(passwords, "_hasher", Counting())
    for name in ("somebody01", "nobody", "somebody01@example.org", "no@where", "\uff53omebody01", ""):
        made.clear()
        guess(name)
        assert len(made) == 1, name


def test_the_test_itself_tells_alike_from_different() -> None:
    alike = [1 + (n * 7919 % 100) / 1000 for n in range(200)]
    assert not tells(alike[:100], alike[100:])
    assert not tells(alike[:100], [value + UNSEEN for value in alike[100:]])
    assert tells(alike[:100], [value + 0.06 for value in alike[100:]])
