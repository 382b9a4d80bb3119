"""Somebody whose every field sings does all that can be done here, and leaves: afterwards nothing sings anywhere.

What Canary said to Ada stays with Ada, under a deleted user's name, and is worded without a note of it.
"""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from chatsphere import archive, jobs, sweep
from chatsphere.core import erasure, exports, files, links, logins, messages, people as accounts
from chatsphere.core.chat import Tx
from chatsphere.core.files import Stored
from chatsphere.house import House, open_house
from chatsphere.http.app import create_app
from chatsphere.outside.memory import LocalMemory
from chatsphere.settings import Settings
from tests.cast import Person, join
from tests.core.test_leaving import keeps_everything, where

PASSWORD = "canary sings on seven boughs"
ADDRESS = "203.0.113.77"
SINGS = (b"canary", ADDRESS.encode())
HTML = {"Accept": "text/html"}


@pytest.fixture
def house(request: pytest.FixtureRequest, make_settings: Callable[..., Settings], database_url: str) -> Iterator[House]:
    """SQLite with what it needs alone, MariaDB with Redis beside it."""
    shared = {} if database_url.startswith("sqlite") else {"redis_url": request.getfixturevalue("redis_url")}
    house = open_house(make_settings(database_url=database_url, **shared))
    yield house
    house.close()


@pytest.fixture(autouse=True)
def beside(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Another process has the SQLite file open too: else the log would go with the last connection that is closed."""
    database = tmp_path / "chatsphere.db"
    request.getfixturevalue("sqlite_url")
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("SELECT count(*) FROM users").fetchone()
    yield
    connection.close()


@pytest.fixture
def app(house: House) -> Flask:
    return create_app(house)


class Canary:
    """Somebody at a browser, where everything is called after them."""

    def __init__(self, app: Flask, house: House) -> None:
        self.house = house
        self.client: FlaskClient = app.test_client()
        self.client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": "Canaryfox/9.1"}
        names = {"user_name": "canary-first", "display_name": "First Canary"}
        self.sends("/register", names | {"email": "canary@canary.example", "password": PASSWORD})
        self.id = str(self.client.get("/api/v1/users/me").get_json()["id"])

    def sends(self, path: str, form: dict[str, Any]) -> None:
        answer = self.client.post(path, data=form)
        assert answer.status_code in (200, 303), answer.text

    def asks(self, method: str, path: str, **how: Any) -> Any:
        answer = self.client.open(f"/api/v1{path}", method=method, **how)
        assert answer.status_code in (200, 201, 204), answer.text
        return answer.get_json(silent=True)

    def starts(self, *others: Person, **more: Any) -> str:
        body = {"participants": [one.id for one in others], **more}
        return str(self.asks("POST", "/conversations", json=body)["id"])

    def says(self, words: str, to: str) -> int:
        return int(self.asks("POST", f"/conversations/{to}/messages", json={"content": words})["id"])


def picture() -> io.BytesIO:
    """A picture that says in its metadata whose it is."""
    image, data = Image.linear_gradient("L").convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "A canary took this"
    image.save(data, "JPEG", exif=exif, comment=b"canary")
    data.seek(0)
    return data


def lives(canary: Canary, ada: Person, bo: Person) -> str:
    """All that can be done; returns the conversation with Ada, which stays."""
    settings = {"display_name": "Second Canary", "user_name": "canary-second"}
    canary.sends("/settings/profile", settings)
    canary.sends("/settings/tokens", {"name": "canary bot", "current_password": PASSWORD})
    canary.asks("PUT", "/users/me/upload", data={"image": (picture(), "canary.jpg")})
    canary.sends("/login", {"login": "canary@canary.example", "password": PASSWORD})
    tea = canary.starts(ada)
    canary.says("these words stay", tea)
    album = {"file": (picture(), "stays.jpg", "image/jpeg"), "content": "and so does this picture"}
    canary.asks("POST", f"/conversations/{tea}/me/messages/file", data=album)
    gone = canary.says("canary wishes it had not said this", tea)
    canary.asks("PUT", f"/conversations/{tea}/messages/{gone}", json={"content": "canary wishes it twice"})
    canary.asks("PUT", f"/conversations/{tea}/messages/{gone}/pin")
    canary.asks("DELETE", f"/conversations/{tea}/messages/{gone}")
    both = canary.starts(bo)
    canary.says("canary to bo", both)
    bo.says("bo to canary", to=both)
    bo.deletes(both)
    alone = canary.starts(bo, title="Canary's own group")
    canary.says("canary alone", alone)
    canary.asks("DELETE", f"/conversations/{alone}/participants/{bo.id}")
    staged = Stored("canary draft.txt", "file", "text/plain", 6, b"1" * 32, b"1" * 32)
    draft = canary.house.chat.do(files.stage, canary.id, tea, staged)
    canary.house.storage.put(files.key(draft), b"canary")
    begun = {"conversation_id": tea, "length": 2**17, "name": "canary-half.txt", "type": "text/canary"}
    canary.asks("PUT", f"/conversations/{tea}/draft", json={"content": "a canary is about to say"})
    half = canary.asks("POST", "/uploads", json=begun)["id"]
    piece = {"data": b"canary" * 2**14, "content_type": "application/offset+octet-stream"}
    canary.asks("PATCH", f"/uploads/{half}", headers={"Upload-Offset": "0"}, **piece)
    canary.house.chat.do(links.make, canary.id, links.RESET, links.RESET_FOR)
    # Others know them by sight.
    ada.says("who are you?", to=tea)
    assert ada.looks_at(tea).participants
    canary.house.chat.do(keeps_everything, Person(canary.house.chat, canary.id, "canary"), ada)
    canary.sends("/settings/export", {})
    while jobs.once(canary.house, [exports.KIND]):
        pass
    assert canary.house.chat.ask(exports.ready, canary.id)
    return tea


def goes(canary: Canary) -> None:
    """Leaves by the settings page; a week passes, and the sweeps and jobs that it brings."""
    canary.sends("/settings/leave", {})
    clock, past = canary.house.chat.clock, timedelta(days=7, minutes=1)
    canary.house.chat.clock = lambda: clock() + past
    assert sweep.departures(canary.house) == 1
    past += timedelta(minutes=6)
    sweep.tidy(canary.house)
    while jobs.once(canary.house, [erasure.SCRUB]):
        pass


def sung_in_files(folder: Path) -> list[str]:
    """Every file below this folder in whose name or bytes it sings: the database, its log, media, what was arriving."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in found if sings(str(path.relative_to(folder)).encode()) or sings(path.read_bytes())]


def sings(data: bytes) -> bool:
    return any(note in data.lower() for note in SINGS)


def sung_in_memory(house: House) -> list[str]:
    """Every key of the cache that sings, or its value."""
    if isinstance(house.memory, LocalMemory):
        kept = [(key, value) for key, (_, value) in house.memory._kept.items()]
        return [key for key, value in kept if sings(key.encode() + repr(value).encode())]
    with redis.Redis.from_url(str(house.settings.redis_url)) as server:
        # Counters of the limits know addresses until they run out; see SECURITY.md.
        keys = [key for key in server.scan_iter("*") if server.type(key) == b"string"]
        values = [(key, server.get(key) or b"") for key in keys]
    return [key.decode() for key, value in values if b"canary" in (key + value).lower()]


def sung_in_tables(tx: Tx) -> set[str]:
    return set().union(*(where(tx, note) for word in SINGS for note in (word, word.title())))


def test_nothing_of_somebody_is_left_when_they_have_gone(
    app: Flask, house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    ada, bo = join(house.chat, "ada"), join(house.chat, "bo")
    canary = Canary(app, house)
    tea = lives(canary, ada, bo)
    assert house.chat.do(sung_in_tables) > {"users.email", "sessions.address", "passkeys.name", "files.name"}
    assert sung_in_files(tmp_path)
    goes(canary)
    assert house.chat.do(sung_in_tables) == set()
    assert sung_in_files(tmp_path) == []
    assert sung_in_memory(house) == []
    assert house.chat.ask(accounts.search, ada.id, "canary").items == ()
    assert house.chat.ask(logins.by_login, "canary@canary.example") is None
    archive.back_up(house.chat.engine, house.storage, tmp_path / "backup.tar")
    assert not sings((tmp_path / "backup.tar").read_bytes())
    assert not sings(caplog.text.encode())
    assert not sings("".join(capfd.readouterr()).encode())
    assert ada.sees(tea) == ["these words stay", "and so does this picture", "", "who are you?"]
    [them] = [one.user for one in ada.looks_at(tea).participants if one.user.id != ada.id]
    assert (them.display_name, them.is_deleted, them.image) == ("Deleted user", True, None)
    stays = house.chat.ask(messages.page, ada.id, tea).items[1].attachments[0]
    assert b"".join(house.storage.read(files.key(stays.id)))


def test_not_even_copies_are_left_that_sqlite_made_when_it_moved_rows(
    make_settings: Callable[..., Settings], sqlite_url: str, tmp_path: Path
) -> None:
    house = open_house(make_settings(database_url=sqlite_url))
    crowd = [house.chat.do(accounts.register, f"{n:x}-canary", f"{n}@canary.example", None).id for n in range(600)]
    for one in crowd[::7]:
        house.chat.do(accounts.change, one, one, display_name="Canary " * 9)
    for one in crowd:
        house.chat.do(accounts.delete, one, one)
    sweep.scrub(house)
    assert sung_in_files(tmp_path) == []
    house.close()
