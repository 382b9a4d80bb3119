"""Leaving: seven days to think again, and then nothing stays but what others need."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, String, insert, select, text
from sqlalchemy.types import TypeEngine

from chatsphere.core import audit, conversations, devices, erasure, jobs, people as accounts, sessions
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.database import Id, Moment
from chatsphere.core.errors import NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.tables import contacts, invitations, metadata, passkeys, reports, sessions as sessions_table, users
from tests.cast import Cast, Person, refused


def later(chat: Chat, **by: float) -> None:
    clock = chat.clock
    chat.clock = lambda: clock() + timedelta(**by)


def sweeps(chat: Chat) -> list[bool]:
    return [chat.do(accounts.depart, user_id) for user_id in chat.ask(accounts.due)]


def actions(chat: Chat) -> list[str]:
    return [one.action for one in chat.ask(audit.page).items if one.action != "user.created"]


def letters(chat: Chat) -> list[str]:
    found = iter(lambda: chat.do(jobs.lease, [jobs.LETTER]), None)
    return [one.body["letter"] for one in found]


def test_who_leaves_has_seven_days_and_then_goes(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    leaving = chat.do(accounts.leave, bo.id)
    assert leaving.leaving_at is not None
    assert leaving.leaving_at - chat.clock() > timedelta(days=6, hours=23)
    later(chat, days=6.9)
    assert sweeps(chat) == []
    assert not chat.ask(accounts.find, bo.id, bo.id).is_deleted
    later(chat, days=0.2)
    assert sweeps(chat) == [True]
    gone = chat.ask(accounts.find, people.ada.id, bo.id)
    assert (gone.is_deleted, gone.display_name, gone.leaving_at) == (True, "Deleted user", None)
    assert actions(chat) == ["user.deleted", "user.leaving"]


def test_who_thinks_again_stays(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    chat.do(accounts.leave, bo.id)
    [due_then] = [chat.ask(accounts.find, bo.id, bo.id).leaving_at]
    later(chat, days=3)
    assert chat.do(accounts.leave, bo.id).leaving_at == due_then  # asking twice does not put it off
    assert chat.do(accounts.stay, bo.id).leaving_at is None
    later(chat, days=30)
    assert sweeps(chat) == []
    assert actions(chat) == ["user.stayed", "user.leaving"]


def test_who_thinks_again_at_the_last_moment_is_not_deleted_by_a_sweep_that_has_looked_already(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    chat.do(accounts.leave, bo.id)
    later(chat, days=8)
    [seen] = chat.ask(accounts.due)
    chat.do(accounts.stay, bo.id)
    assert chat.do(accounts.depart, seen) is False
    assert not chat.ask(accounts.find, bo.id, bo.id).is_deleted


def test_leaving_signs_out_everywhere_else_and_is_written_about(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    here, there = (chat.do(sessions.open, bo.id) for _ in range(2))
    program = chat.do(sessions.open, bo.id, kind="token", name="a bot")
    chat.do(accounts.leave, bo.id, here.session.id)
    holds = [chat.ask(sessions.find, one.token) is not None for one in (here, there, program)]
    assert holds == [True, False, False]
    # The first is about the token.
    assert letters(chat) == ["account-changed", "leaving"]


def test_an_owner_is_told_what_becomes_of_their_groups(people: Cast) -> None:
    chat, ada = people.chat, people.ada
    tea = ada.starts(people.bo, people.cy, title="Tea")
    ada.makes(people.cy, "admin", tea)
    alone = ada.starts(people.bo, title="Quiet")
    ada.removes(people.bo, alone)
    said = {one.title: one.heir for one in chat.ask(conversations.legacies, ada.id)}
    assert said == {"Tea": "Cy", "Quiet": None}
    chat.do(accounts.delete, ada.id, ada.id)
    assert [one.user.display_name for one in people.cy.looks_at(tea).participants if one.role == "owner"] == ["Cy"]


def _may_hold_something(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind, Id | String | LargeBinary)


def test_no_column_is_forgotten_when_an_account_goes() -> None:
    there = {t.name: {c.name for c in t.columns if _may_hold_something(c.type)} for t in metadata.sorted_tables}
    told = {name: set(columns) for name, columns in erasure.FATES.items()}
    assert told == {name: columns for name, columns in there.items() if columns}


def keeps_everything(tx: Tx, me: Person, other: Person) -> None:
    """A row in every table that has something of somebody."""
    for table in metadata.sorted_tables:
        columns = {column.name: column for column in table.columns}
        owner = next((name for name in ("user_id", "maker_id", "reporter_id") if name in columns), None)
        if owner is None or table.name in ("participants", "marks", "reactions", "pins"):
            continue
        row = {name: _something(column.type, tx.now) for name, column in columns.items()}
        row |= {name: '["canary"]' for name in ("body", "conversation_ids") if name in columns}
        row |= {owner: me.id} | ({"other_id": other.id} if "other_id" in columns else {})
        row |= {"subject_id": other.id} if "subject_id" in columns else {}
        tx.execute(insert(table).values(**row))
    tx.execute(insert(contacts).values(user_id=other.id, other_id=me.id, blocked=True, muted=False, changed_at=tx.now))


def _something(kind: TypeEngine[Any], now: datetime) -> Any:
    if isinstance(kind, Id):
        return new_id()
    if isinstance(kind, Moment):
        return now
    if isinstance(kind, LargeBinary):
        return b"canary " + bytes.fromhex(new_id()) + b"canary!!!"
    if isinstance(kind, String):
        # What is so short is a word of ours.
        return "canary" if kind.length is None or kind.length > 16 else "x"
    return 1


def where(tx: Tx, needle: bytes | str) -> set[str]:
    """Every column in which these bytes, or this text, are anywhere."""
    found = set()
    for table in metadata.sorted_tables:
        for row in tx.execute(text(f"SELECT * FROM {table.name}")).mappings():  # noqa: S608 - our own tables' names
            for column, value in row.items():
                told = value.encode() if isinstance(value, str) else value
                wanted = needle.encode() if isinstance(needle, str) else needle
                if isinstance(told, bytes) and wanted in told:
                    found.add(f"{table.name}.{column}")
    return found


def test_nothing_stays_of_an_account_but_its_id_where_it_was_said_to(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    tea = bo.starts(people.ada)
    bo.says("hello", to=tea)
    chat.do(keeps_everything, bo, people.ada)
    chat.do(accounts.delete, bo.id, bo.id)
    assert chat.do(where, "canary") == set()
    in_text, in_bytes = chat.do(where, bo.id), chat.do(where, bytes.fromhex(bo.id))
    kept = {
        f"{table}.{name}" for table, all_of in erasure.FATES.items() for name, fate in all_of.items() if "kept" in fate
    }
    assert in_text | in_bytes <= kept
    assert not {"contacts.other_id", "jobs.user_id", "passkeys.user_id"} & (in_text | in_bytes)


def test_what_was_on_its_way_in_while_an_account_went_is_swept_away(people: Cast) -> None:
    chat, bo = people.chat, people.bo
    chat.do(accounts.delete, bo.id, bo.id)
    chat.do(sessions.open, bo.id, device="late", address="203.0.113.9")
    chat.do(sessions.open, people.ada.id, device="here")
    chat.do(devices.meet, bo.id, "late")
    assert chat.do(erasure.erase_late) == 2
    assert chat.ask(lambda db: db.execute(select(sessions_table.c.device)).scalars().all()) == ["here"]


def test_reports_lose_the_words_of_who_went_and_about_them_and_nothing_else(people: Cast) -> None:
    chat = people.chat
    pairs = [(people.bo, people.cy), (people.cy, people.bo), (people.cy, people.dee)]

    def report(tx: Tx, by: Person, of: Person) -> None:
        words = {"words": f"{by.name} says", "note": f"about {of.name}", "reason": "other", "state": "open"}
        ids = {"id": new_id(), "reporter_id": by.id, "subject_id": of.id}
        tx.execute(insert(reports).values(kind="person", created_at=tx.now, **ids, **words))

    for by, of in pairs:
        chat.do(report, by, of)
    chat.do(accounts.delete, people.bo.id, people.bo.id)
    told = chat.ask(lambda db: db.execute(select(reports.c.words, reports.c.note).order_by(reports.c.id)).all())
    assert sorted(map(tuple, told)) == [("", ""), ("", ""), ("cy says", "about dee")]


def test_one_rewriting_of_the_file_is_asked_for_however_many_go(people: Cast) -> None:
    chat = people.chat
    for one in (people.bo, people.cy):
        chat.do(accounts.delete, one.id, one.id)
    assert chat.do(jobs.lease, [erasure.SCRUB]) is None  # the sweep still has to take the last rows
    later(chat, minutes=6)
    assert chat.do(jobs.lease, [erasure.SCRUB]) is not None
    assert chat.do(jobs.lease, [erasure.SCRUB]) is None


def test_who_is_deleted_neither_leaves_nor_stays(people: Cast) -> None:
    chat = people.chat
    chat.do(accounts.delete, people.bo.id, people.bo.id)
    for operation in (accounts.leave, accounts.stay):
        refused(NotFound, chat.do, operation, people.bo.id)
    assert chat.ask(lambda db: db.execute(select(users.c.leaving_at)).scalars().all()) == [None] * 4
    assert {invitations.name, passkeys.name} <= set(erasure.FATES)
