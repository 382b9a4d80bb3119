from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chatsphere.core import files, messages, people as accounts
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.posts import Posted
from chatsphere.core.values import Rendition
from chatsphere.core.writer import Call, Outcome
from tests.cast import Cast, Person, refused


def _picture(source: bytes = b"s" * 32) -> Stored:
    sizes = (Rendition("320.avif", 320, 200, "image/avif"), Rendition("640.avif", 640, 400, "image/avif"))
    return Stored("a.jpg", "image", "image/jpeg", 5, b"h" * 32, source, 800, 500, "th", 20, sizes)


def _sends(one: Person, to: str, *stored: Stored, client_id: str | None = None, alt: str = "a cat") -> Posted:
    ids = [one.chat.do(files.stage, one.id, to, each) for each in stored]
    attached = [Attached(file_id, alt) for file_id in ids]
    return one.chat.do(messages.post, one.id, to, "", client_id=client_id, files=attached)


def test_an_album_keeps_its_order_and_its_descriptions(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = _sends(people.ada, tea, _picture(b"1" * 32), _picture(b"2" * 32)).message
    [seen] = people.bo.reads_page(tea)
    assert seen == said
    assert [one.alt for one in seen.attachments] == ["a cat", "a cat"]
    assert [one.name for one in seen.attachments[0].renditions] == ["320.avif", "640.avif"]
    assert people.bo.looks_at(tea).last_message == said


def test_files_are_found_through_a_seat_only(people: Cast) -> None:
    tea, club = people.ada.starts(people.bo), people.ada.starts(people.cy)
    [picture] = _sends(people.ada, tea, _picture()).message.attachments
    look = lambda one, where, *more: one.chat.ask(files.readable, one.id, where, picture.id, *more)  # noqa: E731
    assert look(people.bo, tea).key.endswith(f"{picture.id}/original")
    assert look(people.bo, tea, "320.avif").sha256 is None
    people.chat.do(files.made, picture.id, "320.avif", b"x" * 32, 3)
    assert look(people.bo, tea, "320.avif").size == 3
    refused(NotFound, look, people.bo, tea, "999.avif")
    refused(NotFound, look, people.bo, tea, "\u00e9.avif")
    refused(NotFound, look, people.cy, tea)
    refused(NotFound, look, people.cy, club)
    people.bo.deletes(tea)
    people.ada.says("again", to=tea)
    refused(NotFound, look, people.bo, tea)


def test_only_what_i_staged_here_can_be_attached_and_only_once(people: Cast) -> None:
    tea, other = people.ada.starts(people.bo), people.ada.starts(people.cy)
    mine = people.chat.do(files.stage, people.ada.id, tea, _picture())
    post = lambda one, where, *ids: one.says("", where, files=[Attached(i) for i in ids])  # noqa: E731
    refused(Invalid, post, people.bo, tea, mine)
    refused(Invalid, post, people.ada, other, mine)
    refused(Invalid, post, people.ada, tea, mine, mine)
    post(people.ada, tea, mine)
    refused(Invalid, post, people.ada, tea, mine)


def test_the_same_album_again_is_the_same_message_and_another_is_not(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    first = _sends(people.ada, tea, _picture(), client_id="a")
    again = _sends(people.ada, tea, _picture(), client_id="a")
    assert (again.created, again.message) == (False, first.message)
    refused(Conflict, _sends, people.ada, tea, _picture(b"z" * 32), client_id="a")
    refused(Conflict, _sends, people.ada, tea, _picture(), client_id="a", alt="a dog")


def test_what_is_taken_back_is_doomed_with_all_its_renditions(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = _sends(people.ada, tea, _picture()).message
    [picture] = said.attachments
    assert people.chat.ask(files.doomed) == {}
    people.ada.takes_back(said, of=tea)
    doomed = people.chat.ask(files.doomed)
    assert set(doomed) == {picture.id}
    assert {key.rsplit("/")[-1] for key in doomed[picture.id]} == {"original", "320.avif", "640.avif"}
    refused(NotFound, people.chat.ask, files.readable, people.bo.id, tea, picture.id)
    refused(NotFound, people.chat.do, files.made, picture.id, "320.avif", b"x" * 32, 3)
    people.chat.do(files.forget, list(doomed))
    assert people.chat.ask(files.known, doomed.keys()) == set()


def test_what_was_staged_and_never_said_goes_after_a_while(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    left = people.chat.do(files.stage, people.ada.id, tea, _picture())
    dropped = people.chat.do(files.stage, people.ada.id, tea, _picture())
    people.chat.do(files.drop, people.bo.id, [dropped])
    assert people.chat.ask(files.doomed) == {}
    people.chat.do(files.drop, people.ada.id, [dropped])
    assert set(people.chat.ask(files.doomed)) == {dropped}
    real = people.chat.clock
    people.chat.clock = lambda: real() + files.STAGED_FOR + timedelta(seconds=1)
    people.chat.do(files.give_up)
    assert set(people.chat.ask(files.doomed)) == {dropped, left}


@pytest.mark.parametrize("way", ["another picture", "the account goes"])
def test_a_picture_of_oneself_goes_when_it_is_not_shown_any_more(people: Cast, way: str) -> None:
    first = people.chat.do(files.stage, people.bo.id, None, _picture())
    people.chat.do(accounts.set_image, people.bo.id, first)
    shown = people.chat.ask(files.portrait, people.ada.id, people.bo.id)
    assert shown is not None
    if way == "another picture":
        people.chat.do(accounts.set_image, people.bo.id, people.chat.do(files.stage, people.bo.id, None, _picture()))
    else:
        people.chat.do(accounts.delete, people.bo.id, people.bo.id)
        assert people.chat.ask(files.portrait, people.ada.id, people.bo.id) is None
    assert set(people.chat.ask(files.doomed)) == {first}


def _says_at_once(one: Person, to: str, *posts: tuple[Any, ...]) -> list[Outcome[Posted]]:
    """Post many albums in one batch; each is (client_id, *files)."""
    said = [
        (client_id, [Attached(one.chat.do(files.stage, one.id, to, each)) for each in album])
        for client_id, *album in posts
    ]
    calls = [Call(messages.post, (one.id, to, "", client_id, None, album), {}, print) for client_id, album in said]
    return one.chat.do(lambda tx, _me, _to: list(messages.post_many(tx, calls)), one.id, to)


def test_the_same_album_twice_in_one_batch_is_one_message(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    album, other = _picture(), _picture(b"z" * 32)
    first, again, different = _says_at_once(people.ada, tea, ("a", album), ("a", album), ("a", other))
    assert again.result() == replace(first.result(), created=False)
    assert isinstance(different.error, Conflict)
    assert len(people.bo.reads_page(tea)) == 1


def test_of_a_batch_of_albums_the_latest_coloured_one_gives_the_hue(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    grey = replace(_picture(), hue=None)
    _says_at_once(people.ada, tea, ("a", _picture()), ("b", grey, replace(_picture(), hue=120)), ("c", grey))
    assert people.bo.looks_at(tea).hue == 120


def test_a_conversation_takes_the_hue_of_its_latest_picture(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    own = people.ada.looks_at(tea).hue
    _sends(people.ada, tea, _picture(), replace(_picture(), hue=120))
    assert people.bo.looks_at(tea).hue == 20
    grey = _sends(people.bo, tea, replace(_picture(), hue=None)).message
    assert people.bo.looks_at(tea).hue == 20
    green = _sends(people.bo, tea, replace(_picture(), hue=None), replace(_picture(), hue=120)).message
    assert people.bo.looks_at(tea).hue == 120
    people.bo.takes_back(grey, of=tea)
    people.bo.takes_back(green, of=tea)
    assert people.bo.looks_at(tea).hue == 20
    people.ada.takes_back(2, of=tea)
    assert people.bo.looks_at(tea).hue == own
