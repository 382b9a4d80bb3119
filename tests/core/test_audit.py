"""The audit log: written with what it tells of, in one chain, and no way to change it goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any, get_args

import pytest
from sqlalchemy import bindparam, delete, insert, select, update

from chatsphere import wording
from chatsphere.core import audit, roster
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.errors import Conflict, Invalid
from chatsphere.core.tables import audit as table, meta
from chatsphere.core.values import Action
from tests.cast import Cast, refused

a = table.c


@pytest.fixture
def written(people: Cast) -> Chat:
    """A log of twelve entries: four people came, and eight times something was done to one."""
    for _ in range(4):
        people.chat.do(roster.disable, people.ada.id, people.bo.id)
        people.chat.do(roster.enable, None, people.bo.id)
    verdict = people.chat.ask(audit.verify)
    assert (verdict.entries, verdict.broken) == (12, None)
    return people.chat


def test_what_is_refused_leaves_no_entry_and_what_is_done_leaves_one(people: Cast) -> None:
    before = people.chat.ask(audit.count)
    refused(Conflict, people.chat.do, roster.disable, people.ada.id, people.ada.id)
    assert people.chat.ask(audit.count) == before
    people.chat.do(roster.disable, people.ada.id, people.bo.id)
    latest = people.chat.ask(audit.page, 1).items[0]
    assert (latest.action, latest.actor_id, latest.subject_id) == ("user.disabled", people.ada.id, people.bo.id)
    assert latest.seq == before + 1


def test_an_entry_is_undone_with_the_deed_it_tells_of(people: Cast) -> None:
    def fails(tx: Tx) -> None:
        audit.record(tx, None, "user.disabled", people.bo.id)
        raise RuntimeError("later in the same transaction")

    before = people.chat.ask(audit.count)
    with pytest.raises(RuntimeError):
        people.chat.do(fails)
    assert people.chat.ask(audit.count) == before
    assert people.chat.ask(audit.verify).broken is None


def test_many_who_write_at_once_make_one_chain(people: Cast) -> None:
    with closing(Chat(people.chat.engine, secret=b"for tests only")) as other, ThreadPoolExecutor(8) as threads:
        for n in range(24):
            chat = other if n % 2 else people.chat
            threads.submit(chat.do, roster.end_sessions, None, (people.bo, people.cy, people.dee)[n % 3].id)
    verdict = people.chat.ask(audit.verify)
    assert (verdict.entries, verdict.broken) == (4 + 24, None)


def test_pages_lead_back_to_the_beginning_and_know_one_person_s_part(written: Chat, people: Cast) -> None:
    first = written.ask(audit.page, 5)
    second = written.ask(audit.page, 50, first.next)  # type: ignore[arg-type]
    assert [one.seq for one in first.items + second.items] == list(range(12, 0, -1))
    assert second.next is None
    assert [one.seq for one in written.ask(audit.page, 50, None, people.cy.id).items] == [3]
    part = written.ask(audit.page, 50, person_id=people.ada.id).items
    assert [one.action for one in part] == ["user.disabled"] * 4 + ["user.created"]


def row(tx: Tx, seq: int) -> dict[str, Any]:
    return dict(tx.execute(select(table).where(a.seq == seq)).one()._mapping)


def _changed_words(tx: Tx) -> None:
    tx.execute(update(table).where(a.seq == 6).values(action="user.promoted"))


def _changed_time(tx: Tx) -> None:
    tx.execute(update(table).where(a.seq == 6).values(at=tx.now.replace(year=2001)))


def _changed_body(tx: Tx) -> None:
    tx.execute(update(table).where(a.seq == 6).values(body='{"kind":"totp"}'))


def _swapped_actors(tx: Tx) -> None:
    actors = {seq: row(tx, seq)["actor_id"] for seq in (6, 7)}
    for seq, other in ((6, 7), (7, 6)):
        tx.execute(update(table).where(a.seq == seq).values(actor_id=actors[other]))


def _actor_became_subject(tx: Tx) -> None:
    here = row(tx, 6)
    tx.execute(update(table).where(a.seq == 6).values(actor_id=here["subject_id"], subject_id=here["actor_id"]))


def _changed_order(tx: Tx) -> None:
    for seq, to in ((6, 1006), (7, 6), (1006, 7)):
        tx.execute(update(table).where(a.seq == seq).values(seq=to))


def _removed_in_the_middle(tx: Tx) -> None:
    tx.execute(delete(table).where(a.seq == 6))


def _removed_and_closed_up(tx: Tx) -> None:
    _removed_in_the_middle(tx)
    later = [{"old": seq, "new": seq - 1} for seq in range(7, 13)]
    for one in later:
        tx.execute(update(table).where(a.seq == bindparam("old")).values(seq=bindparam("new")), one)
    tx.execute(update(meta).where(meta.c.name == "audit_head").values(value="11"))


def _inserted(tx: Tx) -> None:
    for seq in range(12, 5, -1):
        tx.execute(update(table).where(a.seq == seq).values(seq=seq + 1))
    tx.execute(insert(table).values(**{**row(tx, 5), "seq": 6}))
    tx.execute(update(meta).where(meta.c.name == "audit_head").values(value="13"))


def _sealed_anew(tx: Tx) -> None:
    """Whoever has the database but not the key can only guess at seals."""
    tx.execute(update(table).where(a.seq == 6).values(action="user.enabled", mac=bytes(32)))


@pytest.mark.parametrize(
    "tamper",
    [
        _changed_words,
        _changed_time,
        _changed_body,
        _swapped_actors,
        _actor_became_subject,
        _changed_order,
        _removed_in_the_middle,
        _removed_and_closed_up,
        _inserted,
        _sealed_anew,
    ],
)
def test_whatever_is_done_to_an_entry_the_check_names_it(written: Chat, tamper: Callable[[Tx], None]) -> None:
    written.do(tamper)
    verdict = written.ask(audit.verify)
    assert (verdict.entries, verdict.broken) == (5, 6)


def _cut_off(tx: Tx) -> None:
    tx.execute(delete(table).where(a.seq > 10))


def test_what_is_removed_at_the_end_is_missed(written: Chat) -> None:
    written.do(_cut_off)
    assert written.ask(audit.verify).broken == 11


def test_a_head_kept_elsewhere_shows_what_nothing_in_the_database_can(written: Chat) -> None:
    noted = written.ask(audit.verify).head

    def cut_off(tx: Tx) -> None:
        _cut_off(tx)
        tx.execute(update(meta).where(meta.c.name == "audit_head").values(value="10"))

    written.do(cut_off)
    assert written.ask(audit.verify).broken is None
    assert written.ask(audit.verify, noted).broken == 11
    written.do(audit.record, None, "user.enabled", None)
    written.do(audit.record, None, "user.enabled", None)
    verdict = written.ask(audit.verify, noted)
    assert (verdict.entries, verdict.broken) == (11, 12)
    assert written.ask(audit.verify, written.ask(audit.verify).head).broken is None
    assert refused(Invalid, written.ask, audit.verify, "nonsense").errors[0].field == "head"


def test_another_key_finds_nothing_right(written: Chat) -> None:
    stranger = Chat(written.engine, secret=b"another installation's")
    assert stranger.ask(audit.verify).broken == 1


def test_each_action_has_its_sentence() -> None:
    assert set(wording.TOLD) == set(get_args(Action)) == audit.ACTIONS
    for of_another, of_oneself in wording.TOLD.values():
        assert "{actor}" in of_another
        assert "{actor}" in of_oneself
        assert "{subject}" not in of_oneself
