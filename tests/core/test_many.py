"""Statements about many rows, and how what they say is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DBAPIError

from chatsphere.core import messages, places
from chatsphere.core.chat import Tx
from chatsphere.core.database import connect, open_engine
from chatsphere.core.entries import Head
from chatsphere.core.ids import new_id
from chatsphere.core.many import MOST, Each, Updates
from chatsphere.core.posts import Post
from chatsphere.core.spelling import LONGEST, lines, portions, spelled
from chatsphere.core.tables import marks, meta
from chatsphere.core.writer import Call
from tests.cast import Cast

MODES = ("", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,PIPES_AS_CONCAT")


@pytest.fixture(scope="module", params=MODES)
def server(request: pytest.FixtureRequest, mariadb_tables: str) -> Iterator[Connection]:
    """A MariaDB that reads statements in one of its ways."""
    engine = open_engine(mariadb_tables)
    with connect(engine) as connection:
        connection.exec_driver_sql(f"SET SESSION sql_mode = '{request.param}'")
        yield connection
        connection.invalidate()
    engine.dispose()


@pytest.mark.servers
@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("'; DROP TABLE meta; -- \\' \" % %s \0 \x1a 👩‍👩‍👧 ")
def test_what_people_write_is_text_and_nothing_else(server: Connection, words: str) -> None:
    assert server.exec_driver_sql(f"SELECT {spelled(words)}").scalar_one() == words


@pytest.mark.servers
@pytest.mark.parametrize("value", [None, True, False, 0, -7, 2**62, b"", b"'\\\x00\xff", "", "x"])
def test_everything_else_is_what_it_was(server: Connection, value: object) -> None:
    assert server.exec_driver_sql(f"SELECT {spelled(value)}").scalar_one() == value


@pytest.mark.servers
def test_a_moment_keeps_its_milliseconds(server: Connection) -> None:
    at = datetime(2026, 11, 26, 10, 0, 0, 123_000)  # noqa: DTZ001 - as the driver takes it
    assert server.exec_driver_sql(f"SELECT CAST({spelled(at)} AS DATETIME(3))").scalar_one() == at


def test_what_no_column_holds_is_not_spelled() -> None:
    with pytest.raises(KeyError):
        spelled(1.5)


@given(st.lists(st.text(max_size=30)), st.integers(1, 60))
def test_rows_are_parted_in_their_order_and_none_is_lost(said: list[str], most: int) -> None:
    parts = list(portions(said, most))
    assert [line for part in parts for line in part] == said
    assert all(part and (len(part) == 1 or sum(map(len, part)) <= most) for part in parts)


def test_rows_are_said_across_their_columns() -> None:
    assert list(lines([[1, 2], ["a", None]])) == ["1,_utf8mb4 x'61'", "2,NULL"]


_NOTED = Each(insert(meta), ["name", "value"])
_CHANGED = Updates(meta, ["name"], ["value"])


def _kept(people: Cast, prefix: str) -> dict[str, str]:
    found = people.chat.ask(lambda db: db.execute(select(meta).where(meta.c.name.startswith(prefix))).all())
    return {row.name: row.value for row in found}


def _notes(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    _NOTED.run(tx, rows)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_so_many_rows_are_written_and_so_many_of_them_written_anew(people: Cast, count: int) -> None:
    prefix = new_id()[-12:]
    rows = [{"name": f"{prefix}{at}", "value": f"it's {at}"} for at in range(5)]
    people.chat.do(_notes, rows)
    people.chat.do(lambda tx: _CHANGED.run(tx, [{**row, "value": "%\\'"} for row in rows[:count]]))
    assert _kept(people, prefix) == {row["name"]: "%\\'" if at < count else row["value"] for at, row in enumerate(rows)}


def test_what_is_the_same_for_all_is_written_too(people: Cast) -> None:
    tea, cake = people.ada.starts(people.bo), people.ada.starts(people.cy)
    k = marks.c
    quiet = Updates(marks, ["conversation_id", "user_id"], ["cleared_seq"], muted=True)
    mine = [{"conversation_id": one, "user_id": people.ada.id, "cleared_seq": at} for at, one in enumerate((tea, cake))]
    people.chat.do(lambda tx: quiet.run(tx, mine))
    found = people.chat.ask(lambda db: db.execute(select(k.user_id, k.conversation_id, k.muted, k.cleared_seq)).all())
    assert {tuple(row) for row in found if row.muted} == {(people.ada.id, tea, True, 0), (people.ada.id, cake, True, 1)}


def test_an_error_says_nothing_of_what_people_wrote(people: Cast) -> None:
    twice = [{"name": "m", "value": "a secret"}, {"name": "m", "value": "another"}]
    with pytest.raises(_Told) as told:
        people.chat.do(lambda tx: _raises(tx, twice))
    assert "INSERT INTO meta" in str(told.value)
    assert not [word for word in ("secret", b"a secret".hex(), "another") if word in str(told.value)]


def _raises(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    try:
        _NOTED.run(tx, rows)
    except DBAPIError as error:
        # The writer would try again, and answer with what it says of every failure.
        raise _Told(error) from error


class _Told(Exception):
    """What a failure was."""


def test_what_is_too_long_for_one_statement_is_said_in_several(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    # In hexadecimal four characters each, and as text and as HTML.
    words = [f"{at:02}" + "ж" * 7998 for at in range(LONGEST // 32_000)]
    calls = [Call(messages.post, (people.ada.id, tea, one), {}, lambda _: None) for one in words]
    people.chat.do(lambda tx: messages.post_many(tx, calls))
    assert people.bo.sees(tea, limit=100) == words


def test_more_places_are_asked_for_than_one_statement_takes(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    heads = {an_id: Head(an_id, "direct", (new_id(), new_id()), 1, 1) for an_id in (new_id() for _ in range(MOST))}
    heads[tea] = Head(tea, "direct", (people.ada.id, people.bo.id), 1, 0)
    posts = [Post(people.ada.id, an_id, "hi") for an_id in heads]
    found = people.chat.do(lambda tx: places.of(tx, posts, heads))
    assert found.seats.keys() == {(tea, people.ada.id), (tea, people.bo.id)}
    assert not found.barred
