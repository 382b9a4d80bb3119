"""Rules: what is decided while it runs, by whom, and that nobody locks themself out by one."""

from __future__ import annotations

from sqlalchemy import update

from chatsphere.core import audit, rules
from chatsphere.core.chat import Tx
from chatsphere.core.errors import Conflict, Invalid
from chatsphere.core.tables import users
from tests.cast import Cast, refused


def test_until_somebody_decides_nothing_is_demanded_and_nothing_goes(people: Cast) -> None:
    assert people.chat.ask(rules.second_factor) == "optional"
    assert people.chat.ask(rules.retention_days) is None


def test_the_last_decision_holds_and_each_is_written_down(people: Cast) -> None:
    for who, of in ((None, "everybody"), (None, "admins"), (people.ada.id, "optional")):
        people.chat.do(rules.require_second_factor, who, of)  # type: ignore[arg-type]
        assert people.chat.ask(rules.second_factor) == of
    told = [(one.actor_id, one.body["value"]) for one in people.chat.ask(audit.page, 3).items]
    assert told == [(people.ada.id, "optional"), (None, "admins"), (None, "everybody")]


def test_nobody_demands_of_others_what_they_do_not_have(people: Cast) -> None:
    for of in ("admins", "everybody"):
        refused(Conflict, people.chat.do, rules.require_second_factor, people.ada.id, of)
    assert people.chat.ask(rules.second_factor) == "optional"

    def has_one(tx: Tx) -> None:
        tx.execute(update(users).where(users.c.id == people.ada.id).values(second_factor=True))

    people.chat.do(has_one)
    people.chat.do(rules.require_second_factor, people.ada.id, "everybody")
    assert people.chat.ask(rules.second_factor) == "everybody"


def test_a_choice_that_is_none_is_refused(people: Cast) -> None:
    refused(Invalid, people.chat.do, rules.require_second_factor, None, "sometimes")


def test_messages_stay_again_when_the_rule_is_taken_back(people: Cast) -> None:
    people.chat.do(rules.retain, None, 30)
    assert people.chat.ask(rules.retention_days) == 30
    people.chat.do(rules.retain, None, None)
    assert people.chat.ask(rules.retention_days) is None
