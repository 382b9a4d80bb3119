"""The second step: a sign-in that waits is finished once, by its owner's own code, whatever is tried in which order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chatsphere.core import authenticators, challenges, passkeys, second
from chatsphere.core.chat import Chat
from chatsphere.core.errors import NotFound, Unauthenticated
from chatsphere.core.passkeys import Credential
from tests.cast import Cast, Person, join, refused
from tests.core.conftest import Time
from tests.core.keys import App, sets_up


@pytest.fixture
def bos(people: Cast, time: Time) -> App:
    return sets_up(people.bo, time)


def waits(person: Person) -> str:
    """The password was right; the token of what waits now."""
    return person.chat.do(challenges.begin, person.id, second.PURPOSE, way="password")


def finishes(chat: Chat, token: str, code: str) -> bool:
    try:
        chat.do(second.by_code, token, code)
    except (Unauthenticated, NotFound):
        return False
    return True


def test_a_code_finishes_it_once(people: Cast, bos: App, time: Time) -> None:
    token = waits(people.bo)
    assert people.chat.do(second.by_code, token, f" {bos.shows()[:3]} {bos.shows()[3:]} ") == people.bo.id
    time.passes(timedelta(seconds=30))
    refused(NotFound, people.chat.do, second.by_code, token, bos.shows())
    refused(NotFound, people.chat.do, second.by_code, "never-was", bos.shows())
    # What was tried in vain is not spent.
    assert finishes(people.chat, waits(people.bo), bos.shows())


def test_a_recovery_code_finishes_it_once(people: Cast, bos: App) -> None:
    assert finishes(people.chat, waits(people.bo), bos.codes[0].upper())
    assert not finishes(people.chat, waits(people.bo), bos.codes[0])


def test_what_begins_another_thing_cannot_be_finished_here(people: Cast, bos: App) -> None:
    other = people.chat.do(challenges.begin, people.bo.id, "passkey-in")
    nobodys = people.chat.do(challenges.begin, None, second.PURPOSE)
    for token in (other, nobodys):
        refused(NotFound, people.chat.do, second.by_code, token, bos.shows())


def test_it_waits_ten_minutes(people: Cast, bos: App, time: Time) -> None:
    token = waits(people.bo)
    time.passes(challenges.LASTS)
    refused(NotFound, people.chat.do, second.by_code, token, bos.shows())


def test_of_fifty_codes_at_once_one_finishes_it(people: Cast, bos: App) -> None:
    token, shown = waits(people.bo), [bos.shows(-1), bos.shows(), bos.shows(1), *bos.codes]
    with ThreadPoolExecutor(50) as racers:
        got_in = list(racers.map(lambda n: finishes(people.chat, token, shown[n % len(shown)]), range(50)))
    assert got_in.count(True) == 1


def test_a_passkey_finishes_its_owners_only(people: Cast, bos: App) -> None:
    cys = people.chat.do(passkeys.add, people.cy.id, Credential(b"cy", b"public", 4), "Cy’s")
    mine = people.chat.do(passkeys.add, people.bo.id, Credential(b"bo", b"public", 4), "Bo’s")
    token = waits(people.bo)
    refused(Unauthenticated, people.chat.do, second.by_passkey, token, cys, 5)
    assert people.chat.ask(passkeys.find, b"cy").sign_count == 4
    refused(Unauthenticated, people.chat.do, second.by_passkey, token, mine, 4)
    assert people.chat.do(second.by_passkey, token, mine, 5) == people.bo.id
    refused(NotFound, people.chat.do, second.by_passkey, token, mine, 6)


@dataclass
class Model:
    """What should hold of somebody's codes, told without a database."""

    app: App
    spent: int = 0
    paper: set[int] = field(default_factory=lambda: set(range(10)))

    def shown(self, steps: int) -> bool:
        """Whether the code of so many half minutes from now should pass; it is spent then."""
        step = int(self.app.time.now.timestamp()) // authenticators.STEP + steps
        if abs(steps) > authenticators.AROUND or step <= self.spent:
            return False
        self.spent = step
        return True

    def written(self, number: int) -> bool:
        """Whether this recovery code should pass; it is gone then."""
        there = number in self.paper
        self.paper.discard(number)
        return there


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("waits"), st.integers(0, 4)),
        st.tuples(st.just("shows"), st.integers(-3, 3), st.booleans()),
        st.tuples(st.just("reads"), st.integers(0, 2), st.booleans()),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_is_tried_in_whatever_order_each_code_passes_once_and_for_its_owner(
    people: Cast, time: Time, deeds: list[tuple[Any, ...]]
) -> None:
    number = int(time.now.timestamp())
    owner, other = (join(people.chat, f"{name}{number}") for name in ("own", "oth"))
    model, _ = Model(sets_up(owner, time)), sets_up(other, time)
    for kind, by, *whose in deeds:
        if kind == "waits":
            time.passes(timedelta(seconds=by * authenticators.STEP))
            continue
        code = model.app.shows(by) if kind == "shows" else model.app.codes[by]
        if not whose[0]:
            assert not people.chat.do(second.accept, other.id, code)
        else:
            expected = model.shown(by) if kind == "shows" else model.written(by)
            assert people.chat.do(second.accept, owner.id, code) == expected
    time.passes(timedelta(days=1))
