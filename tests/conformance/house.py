"""A real server of the suite's own: `chatsphere serve` as a process, in a folder of its own, on a free port."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.conformance.people import API, PASSWORD, Person
from tests.conformance.verdicts import done
from tests.services import Server, free_port

_numbers = itertools.count(1)


class House(Server):
    """A served ChatSphere; `settings` are named as in the environment, without the prefix."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder, self.port = folder, free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.socket_address = f"ws://127.0.0.1:{self.port}{API}/socket"
        self.sockets = ExitStack()
        self.settings = {"DATA_DIR": str(folder / "data"), "RATE_LIMITS": "off", **settings}
        self.transport = httpx.HTTPTransport(verify=False)
        super().__init__(command(folder, self.settings, "serve", "--port", str(self.port)), self._answers, folder)

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self.folder / "output").read_text(errors="replace")

    def browser(self, **headers: str) -> httpx.Client:
        """Somebody's browser, with cookies of its own and nothing in them yet."""
        return httpx.Client(
            transport=self.transport, base_url=self.origin, headers=headers, timeout=30, trust_env=False
        )

    def visitor(self) -> Person:
        """Somebody who is not signed in."""
        return Person(self, self.browser(), {})

    def newcomer(self, name: str = "guest", **more: Any) -> Person:
        """Somebody with a new account, signed in by the cookie; their user name begins with `name`."""
        number = next(_numbers)
        account = {"user_name": f"{name}-{number}", "email": f"{name}-{number}@example.org", "password": PASSWORD}
        visitor = self.visitor()
        done(visitor.post("/users", account | more), 201)
        return visitor.signs_in(account["user_name"])

    def close(self) -> None:
        """End it and all that was opened to it."""
        self.sockets.close()
        self.stop()
        self.transport.close()

    def _answers(self) -> bool:
        try:
            return self.visitor().get("/status").status_code == 200
        except httpx.HTTPError:
            return False


def command(folder: Path, settings: dict[str, str], *words: str) -> list[str]:
    """The `chatsphere` command in a folder where no `.env` lies, with these settings and no others."""
    strangers = [name for name in os.environ if name.startswith("CHATSPHERE_")]
    unset = [part for name in strangers for part in ("-u", name)]
    given = [f"CHATSPHERE_{name}={value}" for name, value in settings.items()]
    return ["env", "-C", str(folder), *unset, *given, sys.executable, "-m", "chatsphere", *words]


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[House]:
    """A house for as long as the block lasts."""
    house = House(folder, settings)
    try:
        house.start()
        yield house
    finally:
        house.close()
