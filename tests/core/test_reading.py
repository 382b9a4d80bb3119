from __future__ import annotations

import random

import pytest

from chatsphere.core import conversations, listening
from chatsphere.core.chat import Committed
from chatsphere.core.errors import NotFound
from tests.cast import Cast, refused


def test_unread_is_what_others_said_since(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    first = people.ada.says("1", to=tea)
    people.ada.says("2", to=tea)
    assert (people.ada.unread(tea), people.bo.unread(tea)) == (0, 2)
    people.bo.reads(tea, first.id)
    assert people.bo.unread(tea) == 1
    people.bo.says("I read yours by answering", to=tea)
    assert (people.ada.unread(tea), people.bo.unread(tea)) == (1, 0)


def test_marks_only_rise_and_are_told_when_they_do(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = [people.ada.says(str(n), to=tea).id for n in range(3)]
    news: list[Committed] = []
    people.chat.on_commit(news.append)
    people.bo.reads(tea, said[1])
    people.bo.reads(tea, said[0])
    people.bo.reads(tea, 10_000)
    assert [mark.seq for one in news for mark in one.reads] == [said[1], said[2]]
    assert people.bo.unread(tea) == 0
    people.ada.says("next", to=tea)
    assert people.bo.unread(tea) == 1
    refused(NotFound, people.cy.reads, tea, 2)


def test_tombstones_are_never_unread(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = [people.ada.says(str(n), to=tea) for n in range(3)]
    people.ada.takes_back(said[1], of=tea)
    assert people.bo.unread(tea) == 2
    people.bo.reads(tea, said[1].id)
    assert people.bo.unread(tea) == 1
    people.ada.takes_back(said[2], of=tea)
    assert people.bo.unread(tea) == 0
    assert people.bo.looks_at(tea).message_count == 3


@pytest.mark.parametrize("seed", range(6))
def test_unread_agrees_with_counting_through_any_history(people: Cast, seed: int) -> None:
    dice = random.Random(seed)
    club = people.ada.starts(people.bo, people.cy, title="Club")
    cast = [people.ada, people.bo, people.cy]
    for _ in range(60):
        one = dice.choice(cast)
        match dice.randrange(4):
            case 0 | 1:
                one.says("x", to=club)
            case 2:
                one.reads(club, dice.randint(1, one.looks_at(club).last_seq))
            case 3:
                mine = [m for m in one.reads_page(club, limit=100) if m.sender_id == one.id and not m.deleted_at]
                if mine:
                    one.takes_back(dice.choice(mine), of=club)
        for each in cast:
            assert each.unread(club) == _counted(each, club)


def _counted(person: object, club: str) -> int:
    from tests.cast import Person

    assert isinstance(person, Person)
    mine = person.looks_at(club).mine
    assert mine is not None
    page = person.reads_page(club, limit=100)
    return sum(m.id > mine.read_seq and m.sender_id != person.id and m.deleted_at is None for m in page)


def test_muting_is_my_own_affair(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.chat.do(conversations.mute, people.bo.id, tea, True)
    muted = [one.looks_at(tea).mine for one in (people.ada, people.bo)]
    assert [mine.muted for mine in muted if mine] == [False, True]
    assert people.chat.ask(listening.heads, [tea]) == {tea: 1}
