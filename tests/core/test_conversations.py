from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Table, select

from chatsphere.core import conversations, listening, log, people as accounts
from chatsphere.core.chat import Chat, Db
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.tables import metadata
from tests.cast import Cast, refused


def test_a_pair_has_one_conversation_whoever_starts_it(people: Cast) -> None:
    with ThreadPoolExecutor(8) as racers:
        starts = [
            racers.submit(one.starts, other) for one, other in 4 * [(people.ada, people.bo), (people.bo, people.ada)]
        ]
    assert len({start.result() for start in starts}) == 1
    here = people.ada.starts(people.bo)
    assert people.chat.ask(conversations.direct, people.bo.id, people.ada.id, people.bo.id).id == here
    refused(NotFound, people.chat.ask, conversations.direct, people.cy.id, people.ada.id, people.bo.id)
    refused(NotFound, people.chat.ask, conversations.direct, people.ada.id, people.ada.id, people.cy.id)


def test_the_first_event_names_everybody(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    [first] = people.bo.hears(club)
    assert (first.seq, first.kind) == (1, "conversation.created")
    assert first.conversation is not None
    assert [(one.user.user_name, one.role) for one in first.conversation.participants] == [
        ("ada", "owner"),
        ("bo", "member"),
        ("cy", "member"),
    ]
    assert first.conversation.mine is None


def test_what_is_no_conversation_is_refused(people: Cast) -> None:
    start = lambda ids, title=None: people.chat.do(conversations.start, people.ada.id, ids, title)  # noqa: E731
    refused(Invalid, start, [])
    refused(Invalid, start, [people.ada.id], "Just me")
    refused(Invalid, start, [people.bo.id, people.cy.id])
    refused(Invalid, start, ["f" * 32])
    refused(Invalid, start, ["nobody", people.bo.id], "With a ghost")
    refused(Invalid, start, [people.bo.id], " ")
    refused(Invalid, start, [people.bo.id], "x" * 101)


def test_two_with_a_title_are_a_group(people: Cast) -> None:
    plan = people.ada.starts(people.bo, title="Surprise")
    assert people.ada.looks_at(plan).kind == "group"
    assert people.ada.starts(people.bo) != plan


def test_the_owner_and_admins_rename_a_group(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    people.ada.makes(people.bo, "admin", of=club)
    people.chat.do(conversations.rename, people.bo.id, club, "Society")
    people.chat.do(conversations.rename, people.bo.id, club, "Society")
    refused(Forbidden, people.chat.do, conversations.rename, people.cy.id, club, "Mine")
    refused(Conflict, people.chat.do, conversations.rename, people.ada.id, people.ada.starts(people.bo), "Us")
    assert [event.kind for event in people.cy.hears(club, after=1)] == ["participant.changed", "conversation.changed"]
    assert people.cy.looks_at(club).title == "Society"


def test_newcomers_see_everything_and_start_read(people: Cast) -> None:
    club = people.ada.starts(people.bo, title="Club")
    people.ada.says("before you", to=club)
    people.ada.brings(people.cy, people.bo, into=club)
    assert people.cy.sees(club) == ["before you"]
    assert people.cy.unread(club) == 0
    people.ada.says("welcome", to=club)
    assert people.cy.unread(club) == 1
    joined = people.bo.hears(club, after=2)[0]
    assert joined.kind == "participant.joined"
    assert joined.participant is not None
    assert joined.participant.user.id == people.cy.id
    refused(Forbidden, people.bo.brings, people.dee, into=club)
    refused(Conflict, people.ada.brings, people.dee, into=people.ada.starts(people.bo))


def test_roles_are_the_owners_to_give(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    refused(Forbidden, people.bo.makes, people.bo, "owner", club)
    refused(Conflict, people.ada.makes, people.ada, "member", club)
    refused(NotFound, people.ada.makes, people.dee, "admin", club)
    people.ada.makes(people.bo, "owner", of=club)
    roles = {one.user.user_name: one.role for one in people.cy.looks_at(club).participants}
    assert roles == {"bo": "owner", "ada": "admin", "cy": "member"}
    refused(Forbidden, people.ada.makes, people.cy, "admin", club)


def test_who_leaves_or_is_removed_finds_nothing_any_more(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    refused(Conflict, people.ada.leaves, club)
    refused(Forbidden, people.bo.removes, people.cy, club)
    refused(Forbidden, people.bo.removes, people.ada, club)
    people.bo.leaves(club)
    people.ada.removes(people.cy, of=club)
    people.ada.says("just me", to=club)
    for gone in (people.bo, people.cy):
        refused(NotFound, gone.sees, club)
        refused(NotFound, gone.hears, club)
        assert club not in gone.conversations()
    last = [event.participant.user.user_name for event in people.ada.hears(club, after=1) if event.participant]
    assert last == ["bo", "cy"]
    people.ada.brings(people.bo, into=club)
    assert people.bo.unread(club) == 0
    assert people.bo.sees(club) == ["just me"]


def test_a_deleted_group_is_gone_for_all_and_says_so_last(people: Cast) -> None:
    club = people.ada.starts(people.bo, title="Canary club")
    people.ada.says("canary", to=club)
    refused(Forbidden, people.bo.deletes, club)
    people.ada.deletes(club)
    for one in (people.ada, people.bo):
        refused(NotFound, one.sees, club)
        assert one.conversations() == []
    heard = people.chat.ask(log.news, club, 0)
    assert heard[-1].kind == "conversation.deleted"
    _nowhere(people.chat, "anary")
    people.chat.do(conversations.erase_deleted, people.chat.clock())
    assert people.chat.ask(listening.heads, [club]) == {}


def test_a_direct_conversation_goes_for_me_alone_until_somebody_writes(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.says("old", to=tea)
    people.bo.deletes(tea)
    refused(NotFound, people.bo.sees, tea)
    refused(NotFound, people.bo.deletes, tea)
    assert people.bo.conversations() == []
    assert people.ada.sees(tea) == ["old"]
    people.ada.says("new", to=tea)
    assert people.bo.conversations() == [tea]
    assert people.bo.sees(tea) == ["new"]
    assert people.bo.unread(tea) == 1
    assert people.bo.looks_at(tea).message_count == 1
    assert [event.message.content for event in people.bo.hears(tea) if event.message] == ["new"]


def test_starting_it_again_brings_it_back_empty(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.bo.says("old", to=tea)
    people.ada.deletes(tea)
    assert people.ada.starts(people.bo) == tea
    assert people.ada.sees(tea) == []
    assert people.ada.looks_at(tea).last_message is None
    people.ada.deletes(tea)
    people.ada.says("I write to it after all", to=tea)
    assert people.ada.sees(tea) == ["I write to it after all"]


def test_taking_back_an_old_message_does_not_bring_it_back(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    old = people.ada.says("old", to=tea)
    people.bo.deletes(tea)
    people.ada.takes_back(old, of=tea)
    assert people.bo.conversations() == []


def test_when_both_deleted_it_nothing_is_left(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.says("canary", to=tea)
    people.ada.deletes(tea)
    people.bo.deletes(tea)
    _nowhere(people.chat, "canary")
    assert people.chat.ask(listening.heads, [tea]) == {}
    assert people.ada.starts(people.bo) != tea


def test_the_list_has_the_latest_first_in_pages(people: Cast) -> None:
    rooms = [people.ada.starts(people.bo, title=f"{n}") for n in range(5)]
    people.bo.says("up", to=rooms[0])
    expected = [rooms[0], *reversed(rooms[1:])]
    first = people.chat.ask(conversations.mine, people.ada.id, 3)
    assert isinstance(first.next, str)
    second = people.chat.ask(conversations.mine, people.ada.id, 3, first.next)
    seen = [one.id for one in (*first.items, *second.items)]
    assert set(seen) == set(expected)
    assert second.next is None
    moments = [one.last_activity_at for one in (*first.items, *second.items)]
    assert moments == sorted(moments, reverse=True)
    refused(Invalid, people.chat.ask, conversations.mine, people.ada.id, 3, "nonsense")


def test_whoever_deletes_their_account_leaves_their_words_and_no_trace(people: Cast) -> None:
    tea, club = people.ada.starts(people.bo), people.ada.starts(people.bo, people.cy, title="Club")
    alone = people.ada.starts(people.dee, title="Two")
    people.dee.leaves(alone)
    people.ada.says("remember me", to=club)
    people.ada.says("and here", to=tea)
    people.chat.do(accounts.delete, people.ada.id, people.ada.id)
    assert people.bo.sees(club) == ["remember me"]
    assert people.bo.sees(tea) == ["and here"]
    assert [(one.user.user_name, one.role) for one in people.bo.looks_at(club).participants] == [
        ("bo", "owner"),
        ("cy", "member"),
    ]
    gone = people.chat.ask(accounts.find, people.bo.id, people.ada.id)
    assert gone.is_deleted
    assert gone.display_name == "Deleted user"
    _nowhere(people.chat, "ada@example.org")
    people.bo.deletes(tea)
    assert people.chat.ask(listening.heads, [tea, alone]).keys() <= {alone}


def _nowhere(chat: Chat, canary: str) -> None:
    """No cell of any table holds it."""
    for table in metadata.sorted_tables:
        for row in chat.ask(_rows, table):
            assert canary not in str(row), table.name


def _rows(db: Db, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute(select(table))]
