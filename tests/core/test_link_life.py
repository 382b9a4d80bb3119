"""The life of links, played in every order that hypothesis thinks of, beside a model that a child could check."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from chatsphere.core import access, links, logins, people as accounts
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import NotFound
from chatsphere.core.links import Link
from tests.cast import gather

PURPOSES = st.sampled_from((links.RESET, links.CONFIRM))
WHO = st.sampled_from(("ada", "bo"))
MOMENT = timedelta(milliseconds=1)
SPANS = st.sampled_from((MOMENT, links.RESET_FOR - MOMENT, links.RESET_FOR, links.CONFIRM_FOR))
BEGINNING = datetime(2026, 6, 14, 18, 20, tzinfo=UTC)


class Life(RuleBasedStateMachine):
    """Links of two people; `held` is what ought to hold, by token: purpose, whose, to which address, until when."""

    tokens = Bundle("tokens")
    chat: Chat

    @initialize()
    def begin(self) -> None:
        """Two people, each with an address, and no link."""
        self.passed = timedelta()
        cast = gather(self.chat)
        self.ids = {"ada": cast.ada.id, "bo": cast.bo.id}
        self.addresses = {name: f"{name}@example.org" for name in self.ids}
        self.vouched = dict(self.addresses)
        self.enabled = {"ada": True, "bo": True}
        self.held: dict[str, tuple[str, str, str | None, datetime]] = {}
        self.moves = 0

    def now(self) -> datetime:
        """The time in the play."""
        return BEGINNING + self.passed

    def right(self, token: str, purpose: str) -> bool:
        """Whether this link ought to hold now."""
        if token not in self.held:
            return False
        wanted, name, address, until = self.held[token]
        fits = wanted == purpose and address in (None, self.goes_to(name, purpose))
        return fits and self.now() < until and self.enabled[name]

    def goes_to(self, name: str, purpose: str) -> str:
        """Where such a link is sent: one to a new password only where it was shown that they read it."""
        return (self.vouched if purpose == links.RESET else self.addresses)[name]

    def drop(self, name: str, *purposes: str) -> None:
        """This person's links for these purposes are worthless."""
        self.held = {token: one for token, one in self.held.items() if one[1] != name or one[0] not in purposes}

    @rule(target=tokens, name=WHO, purpose=PURPOSES, mailed=st.booleans())
    def make(self, name: str, purpose: str, mailed: bool) -> str:
        """A new one replaces the one before."""
        address = self.goes_to(name, purpose) if mailed else None
        lifetime = links.RESET_FOR if purpose == links.RESET else links.CONFIRM_FOR
        try:
            token = self.chat.do(links.make, self.ids[name], purpose, lifetime, address)
        except NotFound:
            assert not self.enabled[name]
            return "never was"
        assert self.enabled[name]
        self.drop(name, purpose)
        self.held[token] = (purpose, name, address, self.now() + lifetime)
        return token

    @rule(name=WHO, purpose=PURPOSES)
    def make_for_an_address_that_is_not_theirs(self, name: str, purpose: str) -> None:
        """There is none."""
        with pytest.raises(NotFound):
            self.chat.do(links.make, self.ids[name], purpose, links.RESET_FOR, "eve@example.org")

    @rule(token=tokens, purpose=PURPOSES)
    def look(self, token: str, purpose: str) -> None:
        """Looking changes nothing."""
        try:
            found: Link | None = self.chat.ask(links.find, token, purpose)
        except NotFound:
            found = None
        assert (found is not None) == self.right(token, purpose)
        if found:
            assert (found.user_id, found.address) == (self.ids[self.held[token][1]], self.held[token][2])

    @rule(token=tokens, purpose=PURPOSES)
    def race(self, token: str, purpose: str) -> None:
        """Fifty use it at once; one gets in, where it holds."""

        def attempt(_: int) -> bool:
            try:
                self.chat.do(links.take, token, purpose)
            except NotFound:
                return False
            return True

        with ThreadPoolExecutor(50) as racers:
            got_in = list(racers.map(attempt, range(50))).count(True)
        assert got_in == int(self.right(token, purpose))
        if got_in:
            del self.held[token]

    @rule(token=tokens)
    def confirm(self, token: str) -> None:
        """By a link to the address that they have now, and by no other."""
        holds = self.right(token, links.CONFIRM)
        try:
            user_id = self.chat.ask(links.find, token, links.CONFIRM).user_id
            self.chat.do(access.confirm, user_id, token)
        except NotFound:
            assert not holds
            return
        assert holds
        name = self.held.pop(token)[1]
        assert user_id == self.ids[name]
        self.vouched[name] = self.addresses[name]
        assert self.chat.ask(accounts.find, user_id, user_id).email_verified

    @rule(token=tokens)
    def reset(self, token: str) -> None:
        """A new password, and no older link to one."""
        holds = self.right(token, links.RESET)
        try:
            self.chat.do(access.reset_password, token, f"hash {token[:8]}")
        except NotFound:
            assert not holds
            return
        assert holds
        name = self.held[token][1]
        assert self.chat.ask(logins.password_of, self.ids[name]) == f"hash {token[:8]}"
        self.drop(name, links.RESET)

    @rule(name=WHO, back=st.booleans())
    def move(self, name: str, back: bool) -> None:
        """Another address, or the one from before: what was sent anywhere holds no more."""
        self.moves += 1
        new = f"{name}@example.org" if back else f"{name}{self.moves}@example.org"
        moved = new != self.addresses[name]
        self.chat.do(accounts.change, self.ids[name], self.ids[name], email=new)
        self.addresses[name] = new
        if moved:
            self.drop(name, links.RESET, links.CONFIRM)

    @rule(name=WHO, disabled=st.booleans())
    def disable(self, name: str, disabled: bool) -> None:
        """Nobody gets in, and no link comes back to life with the account."""
        self.chat.do(accounts.disable, self.ids[name], disabled)
        self.enabled[name] = not disabled
        if disabled:
            self.drop(name, links.RESET, links.CONFIRM)

    @rule(span=SPANS, swept=st.booleans())
    def wait(self, span: timedelta, swept: bool) -> None:
        """Time passes; whatever is swept was worthless."""
        self.passed += span
        if swept:
            self.chat.do(links.drop_expired)


def test_no_order_of_events_lets_anybody_in_who_should_not_be(sqlite_template: Path, tmp_path: Path) -> None:
    count = iter(range(10_000))

    class Played(Life):
        def __init__(self) -> None:
            path = tmp_path / f"{next(count)}.db"
            path.write_bytes(sqlite_template.read_bytes())
            self.chat = Chat(open_engine(f"sqlite:///{path}"), clock=self.now, secret=b"for tests only")
            self.passed = timedelta()
            super().__init__()

        def teardown(self) -> None:
            self.chat.close()

    checks = [HealthCheck.too_slow]
    play: Any = settings(max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Played, settings=play)
