"""Files in pieces: each in its place, one's own only, bounded, and nothing left of what nobody went on with."""

from __future__ import annotations

from typing import Any

import pytest

from chatsphere.core import conversations, files, messages, people as accounts, uploads
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.posts import Posted
from chatsphere.core.uploads import LEAST_PIECE, MOST_PIECE, Upload
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time

FILE = Stored("tea.txt", "file", "text/plain", 5, b"h" * 32, b"s" * 32)


def begins(one: Person, to: str, size: int = LEAST_PIECE + 5) -> Upload:
    return one.chat.do(uploads.begin, one.id, to, "tea.txt", "text/plain", size)


def sends(one: Person, upload: Upload, start: int, size: int) -> Upload:
    key = one.chat.do(uploads.expect, one.id, upload.id, start, size)
    return one.chat.do(uploads.grow, one.id, upload.id, key)


def makes_ready(one: Person, upload: Upload) -> Upload:
    one.chat.do(uploads.stage, one.id, upload.id, FILE)
    return one.chat.do(uploads.finish, one.id, upload.id)


def says(one: Person, to: str, *upload_ids: str, client_id: str | None = None) -> Posted:
    attached = [Attached(upload_id, "a cat") for upload_id in upload_ids]
    return one.chat.do(messages.post, one.id, to, "", client_id=client_id, files=attached)


def test_a_file_in_two_pieces_becomes_a_message_once(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    upload = begins(people.ada, tea)
    assert (upload.arrived, upload.ready) == (0, False)
    assert sends(people.ada, upload, 0, LEAST_PIECE).arrived == LEAST_PIECE
    refused(Conflict, people.chat.do, uploads.stage, people.ada.id, upload.id, FILE)
    refused(Invalid, says, people.ada, tea, upload.id)
    assert people.chat.ask(uploads.whole, people.ada.id, [upload.id]) == []
    sends(people.ada, upload, LEAST_PIECE, 5)
    assert people.chat.ask(uploads.whole, people.ada.id, [upload.id, "nonsense"]) == [upload.id]
    assert len(people.chat.ask(uploads.keys, people.ada.id, upload.id)) == 2
    people.chat.do(uploads.stage, people.ada.id, upload.id, FILE)
    refused(Invalid, says, people.ada, tea, upload.id)
    assert makes_ready(people.ada, upload).ready
    said = says(people.ada, tea, upload.id, client_id="a")
    assert [one.id for one in said.message.attachments] == [upload.id]
    again = says(people.ada, tea, upload.id, client_id="a")
    assert (again.created, again.message) == (False, said.message)
    refused(Invalid, says, people.ada, tea, upload.id)
    refused(NotFound, people.chat.ask, uploads.get, people.ada.id, upload.id)


def test_pieces_come_in_order_and_in_their_size(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    upload = begins(people.ada, tea, 2 * MOST_PIECE)
    expect = lambda start, size: people.chat.do(uploads.expect, people.ada.id, upload.id, start, size)  # noqa: E731
    refused(Conflict, expect, 1, LEAST_PIECE)
    refused(Invalid, expect, 0, LEAST_PIECE - 1)
    refused(Invalid, expect, 0, MOST_PIECE + 1)
    refused(Invalid, expect, 0, 2 * MOST_PIECE + 1)
    first, second = expect(0, MOST_PIECE), expect(0, MOST_PIECE)
    assert people.chat.do(uploads.grow, people.ada.id, upload.id, second).arrived == MOST_PIECE
    refused(Conflict, people.chat.do, uploads.grow, people.ada.id, upload.id, first)
    assert people.chat.ask(uploads.keys, people.ada.id, upload.id) == [second]


def test_an_upload_is_its_owners_alone_and_found_through_their_seat(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    upload = begins(people.bo, club, 5)
    deeds: list[Any] = [
        (people.chat.ask, uploads.get),
        (people.chat.ask, uploads.keys),
        (people.chat.do, uploads.drop),
    ]
    for way, deed in deeds:
        refused(NotFound, way, deed, people.ada.id, upload.id)
        refused(NotFound, way, deed, people.bo.id, "nonsense")
    refused(NotFound, begins, people.dee, club)
    sends(people.bo, upload, 0, 5)
    makes_ready(people.bo, upload)
    refused(Invalid, says, people.ada, club, upload.id)
    people.ada.removes(people.bo, of=club)
    refused(NotFound, people.chat.ask, uploads.get, people.bo.id, upload.id)
    refused(NotFound, says, people.bo, club, upload.id)


def test_there_is_a_bound_to_what_one_person_has_waiting(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    waiting = [begins(people.ada, tea) for _ in range(uploads.MOST)]
    refused(Conflict, begins, people.ada, tea)
    people.chat.do(uploads.drop, people.ada.id, waiting[0].id)
    begins(people.ada, tea)
    assert len(people.chat.ask(uploads.mine, people.ada.id)) == uploads.MOST
    begins(people.bo, tea)


@pytest.mark.parametrize("way", ["dropped", "forgotten", "erased"])
def test_what_is_not_sent_leaves_nothing_behind(people: Cast, time: Time, way: str) -> None:
    club = people.ada.starts(people.bo, title="Club")
    half, ready = begins(people.ada, club), begins(people.ada, club, 5)
    sends(people.ada, half, 0, LEAST_PIECE)
    sends(people.ada, ready, 0, 5)
    makes_ready(people.ada, ready)
    assert [one for one, _ in people.chat.ask(uploads.lost)] == [ready.id]
    time.passes(files.STAGED_FOR * 2)
    people.chat.do(uploads.give_up)
    people.chat.do(files.give_up)
    assert people.chat.ask(files.doomed) == {}
    if way == "dropped":
        for one in (half, ready):
            people.chat.do(uploads.drop, people.ada.id, one.id)
    elif way == "erased":
        people.ada.deletes(club)
        time.passes(files.STAGED_FOR)
        people.chat.do(conversations.erase_deleted, people.chat.clock())
    else:
        time.passes(uploads.KEPT)
        people.chat.do(uploads.give_up)
    assert set(people.chat.ask(files.doomed)) == {ready.id}
    lost = people.chat.ask(uploads.lost)
    assert {one for one, _ in lost} == {half.id, ready.id}
    assert people.chat.ask(files.known, [half.id]) == {half.id}
    people.chat.do(uploads.forget, lost)
    assert people.chat.ask(uploads.lost) == []
    assert people.chat.ask(files.known, [half.id]) == set()


def test_with_an_account_goes_what_it_had_on_its_way(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    half, ready = begins(people.bo, tea), begins(people.bo, tea, 5)
    sends(people.bo, half, 0, LEAST_PIECE)
    sends(people.bo, ready, 0, 5)
    makes_ready(people.bo, ready)
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    assert set(people.chat.ask(files.doomed)) == {ready.id}
    assert {one for one, _ in people.chat.ask(uploads.lost)} == {half.id, ready.id}


def test_making_room_twice_after_a_crash_is_harmless(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    upload = begins(people.ada, tea, 5)
    sends(people.ada, upload, 0, 5)
    people.chat.do(uploads.stage, people.ada.id, upload.id, FILE)
    makes_ready(people.ada, upload)
    assert makes_ready(people.ada, upload).ready
    assert says(people.ada, tea, upload.id).created
