"""Search: words are found as they are written, by whoever may read them, to the last message and at a bounded cost."""

from __future__ import annotations

import pytest

from chatsphere.core import contacts, search
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.search import Hit
from chatsphere.core.values import Page
from tests.cast import Cast, Person, refused


def looks(person: Person, words: str, limit: int = 50, after: object = None) -> Page[Hit]:
    """A page of what is found."""
    return person.chat.ask(search.hits, person.id, words, limit, None if after is None else str(after))


def finds(person: Person, words: str) -> list[str]:
    """What is found, each as it stands there."""
    return [f"{one.before}[{one.found}]{one.after}" for one in looks(person, words).items]


@pytest.mark.parametrize(
    ("said", "words", "found"),
    [
        ("The kettle is on", "KETTLE", "The [kettle] is on"),
        ("The kettle is on", "ettl", "The k[ettl]e is on"),
        ("Grüße aus der Straße", "STRASSE", "Grüße aus der [Straße]"),
        ("cafe\u0301 au lait", "CAFÉ", "[café] au lait"),
        ("İstanbul and tea", "tea", "İstanbul and [tea]"),
        ("お茶をどうぞ", "茶", "お[茶]をどうぞ"),
        ("مرحبا يا صديقي", "يا", "مرحبا [يا] صديقي"),
        ("50% of it_is a\\b", "% of it_", "50[% of it_]is a\\b"),
        ("it was ||the butler|| who did it", "butler", "it was ▒▒▒▒▒▒[▒▒▒▒▒▒]▒▒ who did it"),
    ],
)
def test_words_are_found_as_written_in_any_case_and_any_script(people: Cast, said: str, words: str, found: str) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.says(said, to=tea)
    people.ada.says("something else", to=tea)
    assert finds(people.bo, words) == [found]
    assert finds(people.bo, "lait kettle") == []


def test_one_conversation_alone_is_looked_through_by_whoever_sits_in_it(people: Cast) -> None:
    here, there = people.ada.starts(people.bo), people.ada.starts(people.bo, people.cy, title="There")
    for number in range(3):
        people.ada.says(f"tea {number}", to=here)
        people.ada.says(f"tea {number} there", to=there)
    page = people.chat.ask(search.hits, people.bo.id, "tea", 2, None, here)
    assert [one.after for one in page.items] == [" 2", " 1"]
    page = people.chat.ask(search.hits, people.bo.id, "tea", 2, str(page.next), here)
    assert ([one.after for one in page.items], page.next) == ([" 0"], None)
    refused(NotFound, people.chat.ask, search.hits, people.cy.id, "tea", 2, None, here)


def test_the_newest_come_first_conversation_by_conversation_page_by_page(people: Cast) -> None:
    old, new = people.ada.starts(people.bo), people.ada.starts(people.bo, people.cy, title="New")
    for number in range(3):
        people.ada.says(f"tea {number} old", to=old)
        people.bo.says(f"tea {number} new", to=new)
    everything = [f"[tea] {number} {room}" for room in ("new", "old") for number in (2, 1, 0)]
    assert finds(people.ada, "tea") == everything
    seen: list[str] = []
    after: object = None
    for _ in range(8):
        page = looks(people.ada, "tea", 2, after)
        seen += [f"[{one.found}]{one.after}" for one in page.items]
        after = page.next
        if after is None:
            break
        # Meanwhile more is said where one has been, and the rest is found all the same.
        people.bo.says("cake", to=new)
    assert seen == everything


def test_strangers_and_who_has_gone_find_nothing_and_what_was_taken_back_is_found_by_nobody(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    secret = people.ada.says("the password is swordfish", to=club)
    assert len(finds(people.cy, "swordfish")) == 1
    assert finds(people.dee, "swordfish") == []
    people.cy.leaves(club)
    assert finds(people.cy, "swordfish") == []
    people.ada.edits(secret, of=club, content="the password is another")
    assert finds(people.bo, "swordfish") == []
    people.ada.takes_back(secret, of=club)
    assert [finds(one, "password") for one in (people.ada, people.bo)] == [[], []]
    people.ada.says("goodbye all", to=club)
    people.ada.deletes(club)
    assert finds(people.bo, "goodbye") == []


def test_what_is_folded_away_or_put_away_is_not_found(people: Cast) -> None:
    club, tea = people.ada.starts(people.bo, people.cy, title="Club"), people.ada.starts(people.bo)
    people.bo.says("hello club", to=club)
    people.bo.says("hello tea", to=tea)
    people.ada.chat.do(contacts.block, people.ada.id, people.bo.id)
    assert finds(people.ada, "hello") == ["[hello] tea"]
    people.ada.deletes(tea)
    assert finds(people.ada, "hello") == []
    assert sorted(finds(people.bo, "hello")) == ["[hello] club", "[hello] tea"]
    people.ada.chat.do(contacts.unblock, people.ada.id, people.bo.id)
    people.bo.says("back again", to=tea)
    # What was before is not there any more for whoever deleted it.
    assert finds(people.ada, "hello") == ["[hello] club"]
    assert finds(people.ada, "back") == ["[back] again"]


def test_a_page_looks_at_so_many_and_the_next_one_goes_on(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LOOKED_AT", 7)
    monkeypatch.setattr(search, "_AT_ONCE", 3)
    rooms = [people.ada.starts(people.bo, title=f"Room {n}") for n in range(4)]
    for n, room in enumerate(rooms):
        for number in range(n * 3):
            people.bo.says("needle" if (n, number) in ((1, 0), (3, 0)) else "hay", to=room)
    pages, found = 0, []
    after: object = None
    while True:
        page = looks(people.ada, "needle", 50, after)
        found += [one.conversation_id for one in page.items]
        pages, after = pages + 1, page.next
        if after is None:
            break
    assert found == [rooms[3], rooms[1]]
    assert 2 < pages < 8


@pytest.mark.parametrize("after", ["", "x", "2026-01-01~x~1", "2026-01-01T00:00:00+00:00~" + "0" * 32 + "~-1"])
def test_what_is_no_place_is_refused(people: Cast, after: str) -> None:
    refused(Invalid, looks, people.ada, "tea", 50, after)


@pytest.mark.parametrize("words", ["", "   ", "x" * 101])
def test_nothing_and_too_much_is_not_looked_for(people: Cast, words: str) -> None:
    refused(Invalid, looks, people.ada, words)
