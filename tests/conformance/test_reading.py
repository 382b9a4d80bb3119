"""How far one has read, and what is unread because of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.people import Json, Person, new_key
from tests.conformance.verdicts import done, problem


def _mark(seen: Json, who: Person) -> int:
    return next(int(one["read_seq"]) for one in seen["participants"] if one["user"]["id"] == who.id)


def _unread(who: Person, conversation: str) -> int:
    return int(who.looks_at(conversation)["unread_count"])


def test_messages_of_others_are_unread_until_they_are_read(ada: Person, bo: Person, tea: str) -> None:
    first, second = ada.says("one", to=tea), ada.says("two", to=tea)
    assert (_unread(bo, tea), _unread(ada, tea)) == (2, 0)
    bo.reads(tea, first["id"])
    assert _unread(bo, tea) == 1
    bo.reads(tea, second["id"])
    assert _unread(bo, tea) == 0


def test_marks_only_rise(ada: Person, bo: Person, tea: str) -> None:
    first, second = ada.says("one", to=tea), ada.says("two", to=tea)
    bo.reads(tea, second["id"])
    bo.reads(tea, first["id"])
    bo.reads(tea, 0)
    seen = bo.looks_at(tea)
    assert (seen["read_seq"], seen["unread_count"]) == (second["id"], 0)
    assert _mark(ada.looks_at(tea), bo) == second["id"]


def test_posting_reads_up_to_ones_own_message(ada: Person, bo: Person, tea: str) -> None:
    ada.says("one", to=tea)
    mine = bo.says("two", to=tea)
    seen = bo.looks_at(tea)
    assert (seen["read_seq"], seen["unread_count"]) == (mine["id"], 0)
    assert _unread(ada, tea) == 1


def test_ones_own_messages_never_count(ada: Person, bo: Person, tea: str) -> None:
    ada.says("one", to=tea)
    bo.says("two", to=tea)
    ada.says("three", to=tea)
    assert (_unread(ada, tea), _unread(bo, tea)) == (0, 1)


def test_tombstones_never_count(ada: Person, bo: Person, tea: str) -> None:
    ada.says("one", to=tea)
    gone = ada.says("two", to=tea)
    ada.takes_back(gone)
    seen = bo.looks_at(tea)
    assert (seen["unread_count"], seen["message_count"]) == (1, 2)


def test_other_events_never_count(ada: Person, bo: Person, tea: str) -> None:
    done(ada.put(f"/conversations/{tea}", {"title": "Renamed"}))
    assert _unread(bo, tea) == 0


def test_a_retry_reads_nothing(ada: Person, bo: Person, tea: str) -> None:
    key = new_key()
    bo.says("mine", to=tea, client_id=key)
    ada.says("later", to=tea)
    done(bo.post(f"/conversations/{tea}/messages", {"content": "mine", "client_id": key}), 200)
    assert _unread(bo, tea) == 1


def test_a_mark_beyond_the_end_hides_nothing_that_comes_later(ada: Person, bo: Person, tea: str) -> None:
    assert bo.put(f"/conversations/{tea}/read", {"seq": 1000}).status_code in (204, 422)
    ada.says("later", to=tea)
    assert _unread(bo, tea) == 1


@pytest.mark.parametrize("body", [{}, {"seq": -1}, {"seq": "1"}, {"seq": None}, {"seq": 1.5}, {"seq": True}])
def test_a_mark_is_a_whole_number(ada: Person, tea: str, body: dict[str, Any]) -> None:
    problem(ada.put(f"/conversations/{tea}/read", body), 422, "seq")
    problem(ada.put(f"/conversations/{tea}/read", {"seq": 1, "nope": 1}), 422, "nope")
