"""The things that people of the cast carry: an app that shows codes, a paper with recovery codes."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyotp

from chatsphere.core import authenticators
from tests.cast import Person
from tests.core.conftest import Time


@dataclass
class App:
    """Somebody's authenticator app, set up; `codes` are the recovery codes that came with it."""

    owner: Person
    time: Time
    seed: str
    codes: tuple[str, ...] = field(default=())

    def shows(self, steps: int = 0) -> str:
        """What it shows now, or so many half minutes later."""
        return pyotp.TOTP(self.seed).at(self.time.now, counter_offset=steps)


def begins(person: Person, time: Time) -> App:
    """Scan the seed, and type nothing yet."""
    person.chat.do(authenticators.begin, person.id)
    return App(person, time, person.chat.ask(authenticators.seed, person.id))


def sets_up(person: Person, time: Time) -> App:
    """An app that is a second factor, and whose first code is some time ago."""
    app = begins(person, time)
    app.codes = person.chat.do(authenticators.confirm, person.id, app.shows())
    time.passes(authenticators.BEGUN_FOR)
    return app
