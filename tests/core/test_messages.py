from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chatsphere.core import messages
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.cast import Cast, refused


def test_what_one_says_the_other_sees(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says("hi", to=tea)
    assert said.id == 2
    assert people.bo.sees(tea) == ["hi"]
    assert people.bo.looks_at(tea).last_message == said


def test_saying_it_twice_says_it_once(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    first = people.chat.do(messages.post, people.ada.id, tea, "hi", client_id="a")
    again = people.chat.do(messages.post, people.ada.id, tea, "hi", client_id="a")
    assert (first.created, again.created) == (True, False)
    assert again.message == first.message
    refused(Conflict, people.ada.says, "something else", tea, client_id="a")
    assert people.bo.says("mine", to=tea, client_id="a").id == 3
    assert people.bo.sees(tea) == ["hi", "mine"]


def test_a_retry_of_what_was_deleted_gives_the_tombstone(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says("hi", to=tea, client_id="a")
    people.ada.takes_back(said, of=tea)
    again = people.chat.do(messages.post, people.ada.id, tea, "hi", client_id="a")
    assert not again.created
    assert again.message.deleted_at is not None
    assert again.message.content == ""


def test_fifty_at_once_with_one_client_id_are_one_message(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    with ThreadPoolExecutor(16) as racers:
        said = list(racers.map(lambda _: people.ada.says("hi", tea, client_id="same"), range(50)))
    assert {one.id for one in said} == {2}
    assert people.bo.sees(tea) == ["hi"]


def test_numbers_have_no_gaps_however_many_speak_at_once(people: Cast) -> None:
    rooms = [people.ada.starts(people.bo, people.cy, title=f"Room {n}") for n in range(3)]
    speakers = (people.ada, people.bo, people.cy)

    def speak(n: int) -> int:
        if n % 7 == 0:
            refused(Invalid, speakers[n % 3].says, "  ", rooms[n % 3])
        return speakers[n % 3].says(f"{n}", rooms[n % 3]).id

    with ThreadPoolExecutor(24) as stage:
        numbers = list(stage.map(speak, range(300)))
    for k, room in enumerate(rooms):
        assert sorted(numbers[k::3]) == list(range(2, 102))
        assert people.ada.looks_at(room).message_count == 100


@pytest.mark.parametrize("content", ["", " \n\t", "x" * 8001, "a\0b", "\ud800"])
def test_what_cannot_be_said_is_refused_by_its_field(people: Cast, content: str) -> None:
    tea = people.ada.starts(people.bo)
    assert refused(Invalid, people.ada.says, content, tea).errors[0].field == "content"
    assert people.bo.sees(tea) == []


def test_the_longest_message_and_every_letter_come_back_as_they_were(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    longest = ("😍🔥é\u202e\r\n" * 2000)[:8000]
    people.ada.says(longest, to=tea)
    assert people.bo.sees(tea) == [longest]


@pytest.mark.parametrize("client_id", ["", "x" * 65, "a b", "é"])
def test_a_client_id_is_url_safe(people: Cast, client_id: str) -> None:
    tea = people.ada.starts(people.bo)
    refused(Invalid, people.ada.says, "hi", tea, client_id=client_id)


def test_a_reply_names_a_message_of_its_own_conversation(people: Cast) -> None:
    tea, cake = people.ada.starts(people.bo), people.ada.starts(people.cy)
    there = people.ada.says("here", to=tea)
    assert people.bo.says("answer", to=tea, reply_to=there.id).reply_to == there.id
    refused(Invalid, people.ada.says, "lost", cake, reply_to=there.id)
    refused(Invalid, people.ada.says, "the first event is no message", tea, reply_to=1)


def test_a_stranger_finds_nothing_at_all(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says("secret", to=tea)
    for where in (tea, "0" * 32, "not an id", ""):
        refused(NotFound, people.cy.sees, where)
        refused(NotFound, people.cy.says, "hello?", where)
        refused(NotFound, people.cy.hears, where)
        refused(NotFound, people.cy.takes_back, said, where)


def test_pages_lead_both_ways_and_around(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    for n in range(2, 12):
        people.ada.says(str(n), to=tea)
    ask = lambda **page: people.chat.ask(messages.page, people.bo.id, tea, limit=4, **page)  # noqa: E731
    numbers = lambda page: ([one.id for one in page.items], page.next)  # noqa: E731
    assert numbers(ask()) == ([8, 9, 10, 11], 8)
    assert numbers(ask(before=8)) == ([4, 5, 6, 7], 4)
    assert numbers(ask(before=4)) == ([2, 3], None)
    assert numbers(ask(after=2)) == ([3, 4, 5, 6], 6)
    assert numbers(ask(after=8)) == ([9, 10, 11], None)
    assert numbers(ask(around=6)) == ([4, 5, 6, 7], 4)
    assert numbers(ask(around=2)) == ([2, 3], None)


def test_taking_it_back_leaves_a_number_and_no_word(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says("a canary", to=tea)
    people.ada.takes_back(said, of=tea)
    people.ada.takes_back(said, of=tea)
    [tombstone] = people.bo.reads_page(tea)
    assert (tombstone.id, tombstone.content, tombstone.html) == (said.id, "", "")
    assert tombstone.deleted_at is not None
    assert [event.kind for event in people.bo.hears(tea)] == [
        "conversation.created",
        "message.posted",
        "message.deleted",
    ]
    assert all("canary" not in str(event) for event in people.bo.hears(tea))


def test_only_the_sender_and_who_looks_after_a_group_may_take_it_back(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says("mine", to=tea)
    refused(Forbidden, people.bo.takes_back, said, tea)
    club = people.ada.starts(people.bo, people.cy, title="Club")
    loud = people.bo.says("loud", to=club)
    refused(Forbidden, people.cy.takes_back, loud, club)
    people.ada.makes(people.cy, "admin", of=club)
    people.cy.takes_back(loud, of=club)
    assert people.bo.sees(club) == [""]
