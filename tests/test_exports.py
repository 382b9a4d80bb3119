"""Exports: what is in the zip, what never is, and what becomes of one that is killed, unwanted or has no room."""

from __future__ import annotations

import io
import json
import re
import resource
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from chatsphere import jobs, sweep
from chatsphere.core import audit, exports, files, jobs as core_jobs, messages, people as accounts, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.errors import Conflict, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.exports import pace
from chatsphere.house import House, open_house
from chatsphere.settings import Settings
from tests.cast import Cast, Person, gather, refused

DOCUMENT = Path(__file__).parents[1] / "docs" / "export.md"


@pytest.fixture
def house(make_settings: Callable[..., Settings], database_url: str) -> Iterator[House]:
    house = open_house(make_settings(database_url=database_url))
    yield house
    house.close()


@pytest.fixture
def people(house: House) -> Cast:
    return gather(house.chat)


def later(house: House, **by: float) -> None:
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + timedelta(**by)


def shares(house: House, one: Person, to: str, data: bytes, name: str = "tea.jpg", words: str = "") -> str:
    """Post a file, bytes and all; returns its id."""
    picture = name.endswith(".jpg")
    kind, content_type = ("image", "image/jpeg") if picture else ("file", "text/html")
    size = {"width": 40, "height": 30, "hue": 200} if picture else {}
    stored = Stored(name, kind, content_type, len(data), b"1" * 32, b"1" * 32, **size)  # type: ignore[arg-type]
    file_id = house.chat.do(files.stage, one.id, to, stored)
    house.storage.put(files.key(file_id), data)
    house.chat.do(messages.post, one.id, to, words, None, None, [Attached(file_id, "A cup")])
    return file_id


def works(house: House) -> None:
    """Do every slow job that is due."""
    while jobs.once(house, [exports.KIND]):
        pass


def fetched(house: House, one: Person) -> zipfile.ZipFile:
    """The export that somebody can fetch."""
    export = house.chat.ask(exports.ready, one.id)
    assert export is not None
    blob = house.chat.ask(exports.readable, one.id, export.id)
    data = b"".join(house.storage.read(blob.key))
    assert (len(data), len(data)) == (export.size, blob.size)
    return zipfile.ZipFile(io.BytesIO(data))


def exported(house: House, one: Person) -> zipfile.ZipFile:
    house.chat.do(exports.begin, one.id)
    works(house)
    return fetched(house, one)


def data_of(made: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(made.read("data.json")))


def schema() -> dict[str, Any]:
    found = re.search(r"```json\n(.*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def keys(house: House) -> set[str]:
    return {key for key, _ in house.storage.keys()}  # noqa: SIM118 - no dictionary


def test_everything_of_mine_is_in_it(house: House, people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = bo.starts(ada, people.cy, title="Tea & cake")
    said = bo.says("hello **you**", to=tea)
    ada.says("an answer", to=tea, reply_to=said.id)
    cup = shares(house, bo, tea, b"picture bytes")
    page = shares(house, bo, tea, b"<script>", "page.html", "look")
    house.chat.do(sessions.open, ada.id, device="Firefox on Linux", address="203.0.113.7")
    made = exported(house, ada)
    assert made.testzip() is None
    data = data_of(made)
    jsonschema.validate(data, schema())
    [talk] = data["conversations"]
    assert [one["content"] for one in talk["messages"]] == ["hello **you**", "an answer", "", "look"]
    assert talk["messages"][1]["reply_to"] == said.id
    assert made.read(f"pictures/{cup}.jpg") == b"picture bytes"
    assert made.read(f"pictures/{page}.html.bin") == b"<script>"
    assert [one["address"] for one in data["sessions"]] == ["203.0.113.7"]
    assert {one["user_name"] for one in data["people"]} == {"ada", "bo", "cy"}
    html = made.read(talk["page"]).decode()
    for words in ("<strong>you</strong>", "an answer", f"../pictures/{cup}.jpg", f"#m{said.id}", "Tea &amp; cake"):
        assert words in html
    index = made.read("index.html").decode()
    assert f'href="{talk["page"]}"' in index
    assert "<script" not in html + index


def test_what_is_not_mine_to_see_is_not_in_it(house: House, people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    others = bo.starts(cy)
    bo.says("between us", to=others)
    old = ada.starts(bo)
    bo.says("before it was cleared", to=old)
    gone = shares(house, bo, old, b"cleared bytes")
    ada.deletes(old)
    bo.says("since then", to=old)
    group = bo.starts(ada, cy, title="Group")
    bo.says("while in it", to=group)
    bo.removes(ada, group)
    put_away = ada.starts(cy)
    cy.says("put away", to=put_away)
    ada.deletes(put_away)
    made = exported(house, ada)
    everything = b"".join(made.read(name) for name in made.namelist())
    for secret in ("between us", "before it was", "cleared bytes", gone, "while in it", "put away", "bo@example.org"):
        assert secret.encode() not in everything
    assert b"since then" in everything
    assert b"ada@example.org" in everything


def test_there_is_one_at_a_time_and_a_new_one_replaces_it(house: House, people: Cast) -> None:
    ada = people.ada
    house.chat.do(exports.begin, ada.id)
    refused(Conflict, house.chat.do, exports.begin, ada.id)
    works(house)
    first = house.chat.ask(exports.ready, ada.id)
    before = keys(house)
    exported(house, ada)
    second = house.chat.ask(exports.ready, ada.id)
    assert first
    assert second
    assert first.id != second.id
    sweep.tidy(house)
    assert len(keys(house)) == len(before) == 1
    refused(NotFound, house.chat.ask, exports.readable, ada.id, first.id)
    refused(NotFound, house.chat.ask, exports.readable, people.bo.id, second.id)
    actions = [one.action for one in house.chat.ask(audit.page).items]
    assert actions.count("export.begun") == 2
    assert house.chat.do(core_jobs.lease, [core_jobs.LETTER]).body == {"letter": "export-ready"}  # type: ignore[union-attr]


def test_it_is_there_for_a_week_and_then_gone_with_its_bytes(house: House, people: Cast) -> None:
    exported(house, people.ada)
    later(house, days=6.9)
    sweep.tidy(house)
    fetched(house, people.ada)
    later(house, days=0.2)
    assert house.chat.ask(exports.ready, people.ada.id) is None
    sweep.tidy(house)
    assert keys(house) == set()


def test_while_it_is_stored_no_other_runner_begins_it(
    house: House, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.chat.do(exports.begin, people.ada.id)
    put, advance, renewed = house.storage.put, core_jobs.advance, threading.Event()
    storing: list[datetime] = []

    def renews(tx: Tx, *given: Any) -> None:
        advance(tx, *given)
        # One that was under way before renews up to a time that is past.
        if storing and tx.now >= storing[0]:
            renewed.set()

    def slow(key: str, data: Any) -> None:
        later(house, seconds=100)
        storing.append(house.chat.clock())
        assert renewed.wait(10)
        later(house, seconds=100)
        assert house.chat.do(core_jobs.lease, [exports.KIND]) is None
        put(key, data)

    monkeypatch.setattr(pace, "HOLDS_EVERY", 0.01)
    monkeypatch.setattr(core_jobs, "advance", renews)
    monkeypatch.setattr(house.storage, "put", slow)
    works(house)
    assert house.chat.ask(exports.ready, people.ada.id) is not None


def test_one_whose_runner_was_killed_is_begun_again(house: House, people: Cast) -> None:
    people.ada.says("still here", to=people.ada.starts(people.bo))
    house.chat.do(exports.begin, people.ada.id)
    killed = house.chat.do(core_jobs.lease, [exports.KIND])
    assert killed is not None
    (house.arriving / "export-of-the-dead").mkdir()
    works(house)
    assert house.chat.ask(exports.ready, people.ada.id) is None  # its lease still runs
    later(house, minutes=3)
    works(house)
    assert b"still here" in fetched(house, people.ada).read("data.json")
    later(house, hours=30)
    sweep.leftovers(house)
    assert list(house.arriving.iterdir()) == []


def test_a_conversation_that_is_left_meanwhile_ends_where_it_was_left(
    house: House, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatsphere.exports.tour.AT_ONCE", 2)
    tea = people.bo.starts(people.ada, title="Tea")
    for number in range(6):
        people.bo.says(f"cup {number}", to=tea)
    said = pace.Pace.said

    def leaves(self: pace.Pace) -> None:
        if tea in people.ada.conversations():
            people.ada.leaves(tea)
        said(self)

    monkeypatch.setattr(pace.Pace, "said", leaves)
    [talk] = data_of(exported(house, people.ada))["conversations"]
    assert [one["content"] for one in talk["messages"]] == ["cup 0", "cup 1"]


def test_nobody_gets_one_whose_account_went_while_it_was_made(
    house: House, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = people.bo.starts(people.ada)
    people.bo.says("hello", to=tea)
    said = pace.Pace.said

    def goes(self: pace.Pace) -> None:
        house.chat.do(accounts.delete, people.bo.id, people.bo.id)
        monkeypatch.setattr(pace.Pace, "said", said)

    monkeypatch.setattr(pace.Pace, "said", goes)
    house.chat.do(exports.begin, people.bo.id)
    works(house)
    sweep.tidy(house)
    assert keys(house) == set()
    assert list(house.arriving.iterdir()) == []
    assert house.chat.ask(exports.asked, people.bo.id) is None


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """No file of this process grows beyond so many bytes: what a full disk does, for one process alone."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_without_room_it_says_so_and_is_tried_again(
    house: House, people: Cast, small_files: Callable[[int], None]
) -> None:
    tea = people.ada.starts(people.bo)
    shares(house, people.bo, tea, b"x" * 4_000_000)
    house.chat.do(exports.begin, people.ada.id)
    small_files(3_000_000)
    works(house)
    job = house.chat.ask(exports.asked, people.ada.id)
    assert job is not None
    assert (job.state, job.body) == ("waiting", {"trouble": "room"})
    assert list(house.arriving.iterdir()) == []
    small_files(100_000_000)
    later(house, minutes=1)
    works(house)
    assert len(fetched(house, people.ada).namelist()) == 5


def test_a_process_that_is_about_to_end_lets_go_of_it(house: House, people: Cast) -> None:
    house.chat.do(exports.begin, people.ada.id)
    house.draining = True
    works(house)
    house.draining = False
    assert house.chat.ask(exports.asked, people.ada.id).state == "waiting"  # type: ignore[union-attr]
    later(house, minutes=1)
    works(house)
    fetched(house, people.ada)


def test_twenty_thousand_messages_take_no_more_memory_than_a_few(
    make_settings: Callable[..., Settings], sqlite_url: str
) -> None:
    house = open_house(make_settings(database_url=sqlite_url))
    people = gather(house.chat)
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    words = "so much to say " * 20
    for _ in range(100):
        for number in range(199):
            house.chat.send(messages.post, lambda outcome: None, bo.id, tea, f"{number} {words}")
        bo.says("and so on", to=tea)
    house.chat.do(exports.begin, ada.id)
    tracemalloc.start()
    works(house)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    made = fetched(house, ada)
    assert sum(one.file_size for one in made.infolist()) > 20_000_000
    assert peak < 8_000_000, peak
    [talk] = data_of(made)["conversations"]
    assert len(talk["messages"]) == 20_000
    pages = [name for name in made.namelist() if name.startswith("conversations/")]
    assert len(pages) == 10
    assert sum(made.read(name).count(b'role="listitem"') for name in pages) == 20_000
    assert b"Later messages" in made.read(pages[0])
    assert b"Earlier messages" in made.read(pages[9])
    house.close()
