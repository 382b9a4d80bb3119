"""Whatever happens to invitations in whatever order: they hold exactly as long and as often as they should."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chatsphere.core import invitations, logins, people as accounts
from chatsphere.core.chat import utc_now
from chatsphere.core.errors import Forbidden, NotFound
from chatsphere.core.invitations import State
from tests.cast import Cast, Person

_numbers = itertools.count(1)


@dataclass
class Life:
    """What should be true of one invitation."""

    token: str
    id: str
    maker: str
    left: int
    until: datetime
    revoked: bool = False


class Lives(RuleBasedStateMachine):
    """Two people who invite, time that passes, and administrators who decide otherwise."""

    cast: ClassVar[Cast]
    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        bo, cy = self.people = (self.cast.bo, self.cast.cy)
        self.chat = self.cast.chat
        self.chat.clock = utc_now
        for person in self.people:
            self.chat.do(accounts.disable, person.id, disabled=False)
        self.group = bo.starts(cy, title="Club")
        self.disabled: set[str] = set()
        self.lives: list[Life] = []

    @rule(target=made, who=st.integers(0, 1), uses=st.integers(1, 3), hours=st.integers(1, 48))
    def make(self, who: int, uses: int, hours: int) -> Life | None:
        maker, lasts = self.people[who].id, timedelta(hours=hours)
        group = [self.group] if who == 0 else []
        try:
            token = self.chat.do(invitations.make, maker, "", lasts, uses, group)
        except NotFound:
            assert maker in self.disabled
            return None
        assert maker not in self.disabled
        newest = max(self.chat.ask(invitations.mine, maker), key=lambda one: one.id)
        self.lives.append(Life(token, newest.id, maker, uses, newest.expires_at))
        return self.lives[-1]

    @rule(life=made)
    def come(self, life: Life | None) -> None:
        name, held = f"life{next(_numbers)}", life is not None and self.expected(life) == "holds"
        token = life.token if life else "never was"
        try:
            user = self.chat.do(accounts.register, name, f"{name}@example.org", None, invitation=token)
        except Forbidden:
            assert not held
            assert self.chat.ask(logins.by_login, name) is None
            return
        assert held
        assert life is not None
        life.left -= 1
        brought = Person(self.chat, user.id, name).conversations()
        assert brought == ([self.group] if life.maker == self.people[0].id else [])

    @rule(life=made, by=st.sampled_from(["maker", "shell", "other"]))
    def revoke(self, life: Life | None, by: str) -> None:
        if life is None:
            return
        other = next(one.id for one in self.people if one.id != life.maker)
        me = {"maker": life.maker, "shell": None, "other": other}[by]
        try:
            self.chat.do(invitations.revoke, me, life.id)
        except NotFound:
            assert by == "other"
            return
        assert by != "other"
        life.revoked = True

    @rule(hours=st.integers(1, 30))
    def pass_time(self, hours: int) -> None:
        clock = self.chat.clock
        self.chat.clock = lambda: clock() + timedelta(hours=hours)

    @rule(who=st.integers(0, 1), disabled=st.booleans())
    def decide(self, who: int, disabled: bool) -> None:
        person = self.people[who]
        self.chat.do(accounts.disable, person.id, disabled=disabled)
        (self.disabled.add if disabled else self.disabled.discard)(person.id)

    def expected(self, life: Life) -> State:
        if life.revoked or life.maker in self.disabled:
            return "revoked"
        if life.until <= self.chat.clock():
            return "expired"
        return "holds" if life.left else "used"

    @invariant()
    def each_is_what_it_should_be(self) -> None:
        for life in self.lives:
            found = self.chat.ask(invitations.look, life.token)
            assert found.state == self.expected(life)
            assert found.most_uses - found.uses == life.left


def test_an_invitation_holds_exactly_as_long_and_as_often_as_it_should(people: Cast) -> None:
    Lives.cast = people
    run_state_machine_as_test(Lives, settings=settings(max_examples=20, stateful_step_count=12, deadline=None))
