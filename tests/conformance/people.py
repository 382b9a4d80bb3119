"""The people of the scenes: each has a browser or a program of their own and says in a word what they do."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import httpx

from tests.conformance.sockets import Socket, open_socket
from tests.conformance.verdicts import done

if TYPE_CHECKING:
    from tests.conformance.house import House

API = "/api/v1"
PASSWORD = "seven green bottles"
ABSENT = "01a2b3c4d5e6f708192a3b4c5d6e7f80"
FRESH = 60.0
"""Seconds for which nobody is asked again who they are, by far."""
_numbers = itertools.count(1)

Json = dict[str, Any]
Part = tuple[str, bytes, str]
"""A file on its way: its name, its bytes, its type."""


class Person:
    """Somebody at a browser (signed in by its cookie) or a program (with an Authorization header)."""

    def __init__(self, house: House, browser: httpx.Client, account: Json) -> None:
        self.house, self.browser, self.account = house, browser, account
        self._confirmed = time.monotonic()

    @property
    def id(self) -> str:
        """Their user id."""
        return str(self.account["id"])

    @property
    def name(self) -> str:
        """Their user name."""
        return str(self.account["user_name"])

    @property
    def cookie(self) -> str:
        """The Cookie header that their browser sends."""
        return "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())

    # --- asking

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Ask for a path of the API, whole (as the API itself names it) or without what all of them begin with."""
        return self.browser.request(method, path if path.startswith(f"{API}/") else f"{API}{path}", **how)

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self.ask("GET", path, **how)

    def post(self, path: str, body: Any = None, **how: Any) -> httpx.Response:
        return self.ask("POST", path, **({} if body is None else {"json": body}), **how)

    def put(self, path: str, body: Any = None, **how: Any) -> httpx.Response:
        return self.ask("PUT", path, **({} if body is None else {"json": body}), **how)

    def delete(self, path: str, **how: Any) -> httpx.Response:
        return self.ask("DELETE", path, **how)

    def page(self, path: str, **how: Any) -> httpx.Response:
        """Open a page, or whatever stands beside the API."""
        return self.browser.get(path, **how)

    # --- who they are

    def signs_in(self, login: str, password: str = PASSWORD) -> Person:
        """The same person, once they have signed in, in a browser of its own."""
        browser = self.house.browser()
        session = done(browser.post(f"{API}/sessions", json={"login": login, "password": password}), 201)
        return Person(self.house, browser, session["user"])

    def recent(self) -> Person:
        """The same person, who has shown who they are a moment ago: what asks for that lets them go on."""
        if time.monotonic() - self._confirmed > FRESH:
            answer = self.browser.post("/confirm", data={"password": PASSWORD})
            assert answer.status_code == 303, answer.text
            self._confirmed = time.monotonic()
        return self

    def again(self) -> Person:
        """The same person at another browser."""
        return self.signs_in(self.name)

    def program(self, **how: Any) -> Person:
        """A program of theirs, which has a token."""
        token = done(self.post("/tokens", {"name": "a program"}, **how), 201)["token"]
        return Person(self.house, self.house.browser(Authorization=f"Bearer {token}"), self.account)

    def session_id(self) -> str:
        """The id of the session that they are in."""
        return str(next(one["id"] for one in done(self.get("/sessions")) if one["current"]))

    # --- what they do

    def talks_to(self, other: Person) -> str:
        """The id of the direct conversation with somebody."""
        answer = self.post("/conversations", {"participants": [other.id]})
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["id"])

    def gathers(self, *others: Person, title: str = "Tea") -> str:
        """The id of a new group that they own."""
        body = {"participants": [other.id for other in others], "title": title}
        return str(done(self.post("/conversations", body), 201)["id"])

    def says(self, content: str, to: str, **more: Any) -> Json:
        """A message that they post."""
        return dict(done(self.post(f"/conversations/{to}/messages", {"content": content, **more}), 201))

    def sends(self, *files: Part, to: str, **fields: Any) -> httpx.Response:
        """The answer to an album that they post."""
        parts = [("file", part) for part in files]
        return self.post(f"/conversations/{to}/me/messages/file", files=parts, data=fields)

    def shows(self, *files: Part, to: str, **fields: Any) -> Json:
        """A message with files that they post."""
        return dict(done(self.sends(*files, to=to, **fields), 201))

    def takes_back(self, message: Json) -> None:
        """Delete a message."""
        done(self.delete(f"/conversations/{message['conversation_id']}/messages/{message['id']}"), 204)

    def reads(self, conversation: str, seq: int) -> None:
        """Say how far they have read."""
        done(self.put(f"/conversations/{conversation}/read", {"seq": seq}), 204)

    # --- what they see

    def looks_at(self, conversation: str) -> Json:
        """The conversation as they see it."""
        return dict(done(self.get(f"/conversations/{conversation}")))

    def sees(self, conversation: str, **page: Any) -> list[Json]:
        """A page of messages."""
        return list(done(self.get(f"/conversations/{conversation}/messages", params=page)))

    def message(self, conversation: str, number: int) -> Json:
        """One message."""
        return dict(done(self.get(f"/conversations/{conversation}/messages/{number}")))

    def log(self, conversation: str, after: int = 0) -> list[Json]:
        """The events after a number."""
        return list(done(self.get(f"/conversations/{conversation}/events", params={"after": after, "limit": 100})))

    def is_out_of(self, conversation: str) -> bool:
        """Whether the conversation is a 404 for them."""
        return self.get(f"/conversations/{conversation}").status_code == 404

    # --- live

    def listens(self, **headers: str) -> Socket:
        """An open socket of theirs that has said hello; it is closed when the scene ends."""
        given = dict(self.browser.headers.items())
        if "authorization" in given:
            signed = {"Authorization": given["authorization"]}
        else:
            signed = {"Cookie": self.cookie, "Origin": self.house.origin}
        return self.house.sockets.enter_context(open_socket(self.house.socket_address, signed | headers))


def texts(messages: Sequence[Json]) -> list[str]:
    """What messages say."""
    return [one["content"] for one in messages]


def numbers(messages: Sequence[Json]) -> list[int]:
    """The ids of messages."""
    return [one["id"] for one in messages]


def new_key() -> str:
    """A client_id that nobody has used."""
    return f"key-{next(_numbers)}"
