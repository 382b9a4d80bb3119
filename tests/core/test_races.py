"""Two who change the same thing at once, each in a process of their own: the second waits, and must look again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from chatsphere.core import conversations, files, messages, people as accounts
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Forbidden, Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.tables import files as files_table, participants
from tests.cast import Cast, refused

R = TypeVar("R")

# Long enough for the second to have come as far as the first one's lock.
WAITS = 0.4


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[Chat]:
    """The chat of another process on the same database."""
    chat = Chat(open_engine(database_url), secret=b"for tests only")
    yield chat
    chat.close()


def overtaken(by: tuple[Any, ...], elsewhere: Chat, deed: Callable[[], R]) -> R:
    """Do a deed while `by`, an operation and its arguments, is carried out elsewhere and not yet committed."""
    operation, *args = by
    done, release = threading.Event(), threading.Event()

    def slowly(tx: Tx, *args: Any) -> None:
        operation(tx, *args)
        done.set()
        release.wait(10)

    with ThreadPoolExecutor(2) as stage:
        first = stage.submit(elsewhere.do, slowly, *args)
        assert done.wait(10)
        second = stage.submit(deed)
        time.sleep(WAITS)
        release.set()
        first.result(10)
        return second.result(10)


def _goes(people: Cast) -> Callable[[], None]:
    return lambda: people.chat.do(accounts.delete, people.bo.id, people.bo.id)


def test_who_becomes_the_owner_while_their_account_goes_hands_over_too(people: Cast, elsewhere: Chat) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    gets_it = (conversations.change_role, people.ada.id, club, people.bo.id, "owner")
    overtaken(gets_it, elsewhere, _goes(people))
    roles = {one.user.user_name: one.role for one in people.cy.looks_at(club).participants}
    assert roles == {"ada": "owner", "cy": "member"}


def test_who_is_removed_while_their_account_goes_is_gone(people: Cast, elsewhere: Chat) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    overtaken((conversations.remove, people.ada.id, club, people.bo.id), elsewhere, _goes(people))
    assert people.chat.ask(accounts.find, people.ada.id, people.bo.id).is_deleted


def test_a_group_that_is_deleted_while_an_account_goes_holds_nobody_up(people: Cast, elsewhere: Chat) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    overtaken((conversations.delete, people.ada.id, club), elsewhere, _goes(people))
    assert people.chat.ask(accounts.find, people.ada.id, people.bo.id).is_deleted


def test_whose_account_goes_is_brought_into_nothing_meanwhile(people: Cast, elsewhere: Chat) -> None:
    club = people.ada.starts(people.cy, title="Club")
    brings = (conversations.add, people.ada.id, club, [people.bo.id])
    overtaken(brings, elsewhere, _goes(people))
    assert [one.user.user_name for one in people.cy.looks_at(club).participants] == ["ada", "cy"]
    other = people.ada.starts(people.dee, title="Other")
    gone = (accounts.delete, people.cy.id, people.cy.id)
    refused(Invalid, overtaken, gone, elsewhere, lambda: people.ada.brings(people.cy, into=other))
    mine = select(participants).where(participants.c.user_id.in_([people.bo.id, people.cy.id]))
    assert people.chat.ask(lambda db: db.execute(mine).all()) == []


def test_who_gave_a_group_away_cannot_delete_it_at_the_last_moment(people: Cast, elsewhere: Chat) -> None:
    club = people.ada.starts(people.bo, title="Club")
    gives = (conversations.change_role, people.ada.id, club, people.bo.id, "owner")
    refused(Forbidden, overtaken, gives, elsewhere, lambda: people.ada.deletes(club))
    assert people.bo.looks_at(club).title == "Club"


def test_who_starts_anew_what_is_just_being_erased_gets_another(people: Cast, elsewhere: Chat) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.deletes(tea)
    erases = (conversations.delete, people.bo.id, tea)
    assert overtaken(erases, elsewhere, lambda: people.ada.starts(people.bo)) != tea


def test_of_two_first_accounts_one_is_an_administrators(chat: Chat, elsewhere: Chat) -> None:
    first = (accounts.register, "first", "first@example.org", None)
    second = overtaken(first, elsewhere, lambda: chat.do(accounts.register, "next", "next@example.org", None))
    assert not second.is_admin


def test_an_account_that_goes_leaves_no_picture_behind(people: Cast, elsewhere: Chat) -> None:
    stored = Stored("a.jpg", "image", "image/jpeg", 5, b"h" * 32, b"s" * 32)
    early, late, after = (people.chat.do(files.stage, people.bo.id, None, stored) for _ in range(3))
    shows = lambda file_id: people.chat.do(accounts.set_image, people.bo.id, file_id)  # noqa: E731
    overtaken((accounts.set_image, people.bo.id, early), elsewhere, lambda: shows(late))
    with_it = (accounts.set_image, people.bo.id, after)
    overtaken(with_it, elsewhere, _goes(people))
    orphan = people.chat.do(files.stage, people.bo.id, None, stored)
    refused(NotFound, shows, orphan)
    people.chat.do(files.drop, people.bo.id, [orphan])
    assert set(people.chat.ask(files.doomed)) == {early, late, after, orphan}


def test_what_is_tidied_away_is_not_attached_any_more(people: Cast, elsewhere: Chat) -> None:
    tea = people.ada.starts(people.bo)
    stored = Stored("a.txt", "file", "text/plain", 5, b"h" * 32, b"s" * 32)
    left, taken = (people.chat.do(files.stage, people.ada.id, tea, stored) for _ in range(2))
    real = people.chat.clock
    people.chat.clock = elsewhere.clock = lambda: real() + 2 * files.STAGED_FOR
    people.ada.says("", to=tea, files=[Attached(taken)])
    late = lambda: people.ada.says("", to=tea, files=[Attached(left)])  # noqa: E731
    refused(Invalid, overtaken, (files.give_up,), elsewhere, late)
    assert set(people.chat.ask(files.doomed)) == {left}
    state = select(files_table.c.state).where(files_table.c.id == taken)
    assert people.chat.ask(lambda db: db.execute(state).scalar_one()) == "attached"


def test_an_album_said_twice_at_once_is_one_message(people: Cast, elsewhere: Chat) -> None:
    tea = people.ada.starts(people.bo)
    stored = Stored("a.txt", "file", "text/plain", 5, b"h" * 32, b"s" * 32)
    one, other = (people.chat.do(files.stage, people.ada.id, tea, stored) for _ in range(2))
    says = (messages.post, people.ada.id, tea, "", "a", None, [Attached(one)])
    again = overtaken(says, elsewhere, lambda: people.ada.says("", to=tea, client_id="a", files=[Attached(other)]))
    assert [said.id for said in people.bo.reads_page(tea)] == [again.id]
