"""What the sweep finds after a crash, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from chatsphere import sweep
from chatsphere.core import files
from chatsphere.core.files import Stored
from chatsphere.core.ids import new_id
from chatsphere.house import House, open_house
from chatsphere.settings import Settings
from tests.cast import Cast, gather

ROWS = Stored("tea.txt", "file", "text/plain", 3, b"1" * 32, b"1" * 32)


@pytest.fixture
def house(make_settings: Callable[..., Settings]) -> Iterator[House]:
    house = open_house(make_settings())
    yield house
    house.close()


@pytest.fixture
def people(house: House) -> Cast:
    return gather(house.chat)


def _two_hours_later(house: House) -> None:
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + timedelta(hours=2)


def _keys(house: House) -> set[str]:
    return {key for key, _ in house.storage.keys()}  # noqa: SIM118 - no dictionary


def test_an_upload_that_never_became_a_message_goes_after_a_while(house: House, people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    staged = house.chat.do(files.stage, people.ada.id, tea, ROWS)
    house.storage.put(files.key(staged), b"tea")
    assert sweep.tidy(house) == 0
    _two_hours_later(house)
    assert sweep.tidy(house) == 1
    assert _keys(house) == set()
    assert house.chat.ask(files.known, {staged}) == set()


def test_bytes_without_a_row_go_after_a_while_and_others_stay(house: House, people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    known, lost = house.chat.do(files.stage, people.ada.id, tea, ROWS), new_id()
    for file_id in (known, lost):
        house.storage.put(files.key(file_id), b"tea")
    assert sweep.strays(house) == 0
    _two_hours_later(house)
    assert sweep.strays(house) == 1
    assert _keys(house) == {files.key(known)}


def test_what_was_arriving_when_a_process_was_killed_goes_after_a_while(house: House) -> None:
    folder = house.arriving / "killed"
    folder.mkdir()
    (folder / "1").write_bytes(b"half a pict")
    assert sweep.leftovers(house) == 0
    assert folder.exists()
    _two_hours_later(house)
    assert sweep.leftovers(house) == 1
    assert not folder.exists()
