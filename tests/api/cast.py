"""The people of the API's scenes: each has a client of their own and says what they do in a word."""

from __future__ import annotations

import itertools
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatsphere.core import passwords, people, sessions
from chatsphere.core.values import User
from chatsphere.house import House

API = "/api/v1"
PASSWORD = "seven green bottles"
_HASH = passwords.hash(PASSWORD)
_numbers = itertools.count(1)


class Person:
    """Somebody who is signed in by a cookie, or by whatever `headers` say."""

    def __init__(self, app: Flask, user: User, session: sessions.Opened | None, headers: dict[str, str]) -> None:
        self.user, self.id, self.headers = user, user.id, headers
        self.session = session
        self.client: FlaskClient = app.test_client()
        if session and not headers:
            self.client.set_cookie("chatsphere", session.token)

    def get(self, path: str, **how: Any) -> TestResponse:
        return self.ask("GET", path, **how)

    def post(self, path: str, json: Any = None, **how: Any) -> TestResponse:
        return self.ask("POST", path, **({"json": json} if json is not None else {}), **how)

    def put(self, path: str, json: Any = None, **how: Any) -> TestResponse:
        return self.ask("PUT", path, **({"json": json} if json is not None else {}), **how)

    def delete(self, path: str, **how: Any) -> TestResponse:
        return self.ask("DELETE", path, **how)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **how: Any) -> TestResponse:
        address = path if path.startswith(("/api/", "/healthz", "/readyz", "/metrics")) else f"{API}{path}"
        return self.client.open(address, method=method, headers={**self.headers, **(headers or {})}, **how)

    def talks_to(self, *others: Person, title: str | None = None) -> str:
        """Start a conversation and return its id."""
        body = {"participants": [other.id for other in others], **({"title": title} if title else {})}
        answer = self.post("/conversations", body)
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json["id"])  # type: ignore[index]

    def says(self, text: str, to: str, **more: Any) -> dict[str, Any]:
        """Post a message and return it."""
        answer = self.post(f"/conversations/{to}/messages", {"content": text, **more})
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json)  # type: ignore[arg-type]

    def sends(self, to: str, *files: tuple[Any, ...], **fields: Any) -> TestResponse:
        """Post an album; files are (stream, name, type)."""
        form = {"data": {"file": list(files), **fields}, "content_type": "multipart/form-data"}
        return self.post(f"/conversations/{to}/me/messages/file", **form)

    def uploads(self, data: bytes, to: str, name: str = "", kind: str = "") -> TestResponse:
        """Send a file in one piece, and return what the last of it was answered."""
        about = {"conversation_id": to, "length": len(data), "name": name, "type": kind}
        begun = self.post("/uploads", about)
        assert begun.status_code == 201, begun.text
        return self.sends_piece(str(begun.json["id"]), 0, data)  # type: ignore[index]

    def sends_piece(self, upload_id: str, start: int, data: bytes) -> TestResponse:
        """Send a piece of a file, which begins there."""
        how = {"data": data, "content_type": "application/offset+octet-stream"}
        return self.ask("PATCH", f"/uploads/{upload_id}", headers={"Upload-Offset": str(start)}, **how)


class Cast:
    """Whoever is needed, made when first called by name."""

    def __init__(self, app: Flask, house: House) -> None:
        self.app, self.house = app, house
        self.on_stage: dict[str, Person] = {}

    def __getattr__(self, name: str) -> Person:
        if name not in self.on_stage:
            self.on_stage[name] = self.join(name, name.capitalize())
        return self.on_stage[name]

    def join(self, user_name: str, display_name: str | None = None, *, admin: bool = False) -> Person:
        """A new account, signed in; hashing is left out, as its own tests have it."""
        email = f"{user_name}-{next(_numbers)}@example.org"
        user = self.house.chat.do(people.register, user_name, email, _HASH, display_name, is_admin=admin)
        return Person(self.app, user, self.house.chat.do(sessions.open, user.id), {})

    def with_token(self, person: Person) -> Person:
        """The same account, as a program."""
        opened = self.house.chat.do(sessions.open, person.id, kind="token", name="program")
        return Person(self.app, person.user, opened, {"Authorization": f"Bearer {opened.token}"})

    def nobody(self) -> Person:
        """Somebody who is not signed in."""
        someone = next(iter(self.on_stage.values()), None) or self.ada
        return Person(self.app, someone.user, None, {})


def problem(answer: TestResponse, status: int, *fields: str) -> dict[str, Any]:
    """The problem that an answer tells of, after looking that it is well-formed and names exactly these fields."""
    assert answer.status_code == status, (answer.status_code, answer.text[:500])
    assert answer.content_type == "application/problem+json"
    body = dict(answer.json)  # type: ignore[arg-type]
    assert body["status"] == status
    assert isinstance(body["type"], str)
    assert body["title"]
    assert body["detail"]
    assert ("request_id" in body) == (status == 500)
    assert ("errors" in body) == (status == 422)
    if fields:
        assert {error["field"] for error in body["errors"]} == set(fields), body["errors"]
        assert all(error["message"] for error in body["errors"])
    return body
