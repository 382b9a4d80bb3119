"""How many statements a request costs; BEGIN, COMMIT and the look-up of the session are left out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from chatsphere import shapes
from chatsphere.core.forms import Forms
from chatsphere.house import House
from tests.api.cast import Cast
from tests.api.test_files import picture


@contextmanager
def counted(cast: Cast) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FROM sessions" not in statement and not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    engine = cast.house.chat.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def cost(cast: Cast, path: str, said: dict[str, Any] | None = None) -> int:
    """The statements of one request by Ada, whose session is known: a moment ago, for the cache forgets soon."""
    cast.ada.get("/users/me")
    with counted(cast) as statements:
        answer = cast.ada.get(path) if said is None else cast.ada.post(path, said)
    assert answer.status_code in (200, 201), answer.text
    assert statements
    return len(statements)


@pytest.fixture
def forgetful(open_app: Callable[..., tuple[Flask, House]], monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A cast whose house remembers sessions only, so that the most a request can cost is counted."""
    app, house = open_app()
    recall = house.chat.memory.recall
    monkeypatch.setattr(
        house.chat.memory,
        "recall",
        lambda key, look, kind: recall(key, look, kind) if key.startswith("session") else look(),
    )
    cast = Cast(app, house)
    cast.ada.get("/users/me")
    return cast


def test_a_page_of_history_costs_four_and_two_once_it_was_read(forgetful: Cast) -> None:
    duo = forgetful.ada.talks_to(forgetful.bo)
    for n in range(60):
        forgetful.ada.says(str(n), to=duo)
    forgetful.bo.sends(duo, (io.BytesIO(b"x"), "a.txt"), (io.BytesIO(b"y"), "b.txt"))
    for query in ("", "?limit=100", "?before=30", "?after=3", "?around=20"):
        forgetful.house.forms = Forms(shapes.message_form)
        costs = [cost(forgetful, f"/conversations/{duo}/messages{query}") for _ in range(2)]
        assert costs[0] <= 4
        assert costs[1] == 2


def test_a_page_of_pictures_costs_six_at_most_however_many_there_are(forgetful: Cast) -> None:
    duo = forgetful.ada.talks_to(forgetful.bo)
    shared = [forgetful.bo.sends(duo, (picture(40, 30), "a.jpg")).json for _ in range(4)]
    middle = shared[1]["attachments"][0]["id"]  # type: ignore[index]
    forgetful.bo.put(f"/conversations/{duo}/messages/{shared[1]['id']}/reactions/👍?attachment={middle}")  # type: ignore[index]
    for where in (f"/conversations/{duo}/pictures", "/pictures"):
        for query in ("", "?limit=2", f"?around={middle}"):
            assert cost(forgetful, f"{where}{query}") <= 6


def test_the_list_of_conversations_costs_four_whatever_its_length(forgetful: Cast) -> None:
    costs: list[int] = []
    for wanted in (3, 30):
        for n in range(len(costs) * 3, wanted):
            friend = forgetful.join(f"friend{n}")
            talk = forgetful.ada.talks_to(friend)
            friend.delete(f"/conversations/{talk}/messages/{friend.says('gone', to=talk)['id']}")
            friend.sends(talk, (io.BytesIO(b"x"), "a.txt"))
        costs.append(cost(forgetful, "/users/conversations/me?limit=100"))
    listed = forgetful.ada.get("/users/conversations/me?limit=100").json
    assert [one["unread_count"] for one in listed] == [1] * 30  # type: ignore[union-attr]
    assert costs[0] == costs[1] <= 4


def test_a_post_costs_six_and_between_two_one_more(forgetful: Cast) -> None:
    duo, tea = forgetful.ada.talks_to(forgetful.bo), forgetful.ada.talks_to(forgetful.bo, forgetful.cy, title="Tea")
    for where, most in ((tea, 6), (duo, 7)):
        assert cost(forgetful, f"/conversations/{where}/messages", {"content": "hello", "client_id": "c"}) <= most


def test_lists_cost_the_same_for_one_as_for_many(forgetful: Cast) -> None:
    tea = forgetful.ada.talks_to(forgetful.bo, title="Tea")
    paths = (f"/conversations/{tea}/events", "/users", f"/conversations/{tea}")
    costs = []
    for count in (1, 20):
        for n in range(count):
            newcomer = forgetful.join(f"in{count}-{n}")
            forgetful.ada.post(f"/conversations/{tea}/participants", {"user_ids": [newcomer.id]})
            newcomer.says(f"hi {n}", to=tea)
        costs.append([cost(forgetful, path) for path in paths])
    assert costs[0] == costs[1]
