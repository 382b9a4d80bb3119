"""Statements about many rows, and how what they say is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st
from sqlalchemy import Connection, Engine, Integer, String, event, insert, literal_column, select
from sqlalchemy.exc import DBAPIError

from chatsphere import migrations
from chatsphere.core import chat as core, jobs, messages, places, reading
from chatsphere.core.chat import Chat, Tx, utc_now
from chatsphere.core.database import Id, connect, open_engine
from chatsphere.core.entries import Head
from chatsphere.core.ids import new_id
from chatsphere.core.many import MOST, Each, Lookup, Updates
from chatsphere.core.posts import Post
from chatsphere.core.spelling import LONGEST, lines, portions, reads, spelled
from chatsphere.core.tables import conversations, jobs as table_of_jobs, marks, meta
from chatsphere.core.writer import Call
from tests.cast import Cast, gather

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


_CLEARED = Updates(marks, ["conversation_id", "user_id"], ["cleared_seq", "hidden_seq"], muted=True)
_Marks = dict[tuple[str, str], tuple[int, int, bool]]


def _marks(people: Cast) -> _Marks:
    """What everybody's marks say of what is cleared, hidden and muted."""
    found = people.chat.ask(lambda db: db.execute(select(marks)).all())
    return {(row.conversation_id, row.user_id): (row.cleared_seq, row.hidden_seq, row.muted) for row in found}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_so_many_rows_are_written_anew_and_no_others(people: Cast, count: int) -> None:
    rooms = [people.ada.starts(people.bo, people.cy, title=f"Room {at}") for at in range(6)]
    before = _marks(people)
    changed: _Marks = {(room, people.ada.id): (at + 1, 7 - at, True) for at, room in enumerate(rooms[:count])}
    rows = [
        {"conversation_id": room, "user_id": who, "cleared_seq": cleared, "hidden_seq": hidden}
        for (room, who), (cleared, hidden, _) in changed.items()
    ]
    people.chat.do(lambda tx: _CLEARED.run(tx, rows))
    assert len(before) == 18
    assert _marks(people) == before | changed


_LEASE = datetime(2026, 11, 26, 10, 0, 0, 123_000, timezone(timedelta(hours=3)))


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_the_same_for_all_is_kept_as_its_column_keeps_it(people: Cast, count: int) -> None:
    ids = [people.chat.do(jobs.add, "dig", people.ada.id, hole=hole) for hole in range(4)]
    j = table_of_jobs.c
    leased = Updates(table_of_jobs, ["id"], ["progress"], user_id=people.bo.id, leased_until=_LEASE, state="running")
    rows = [{"id": an_id, "progress": 10 + at} for at, an_id in enumerate(ids[:count])]
    people.chat.do(lambda tx: leased.run(tx, rows))
    asked = select(j.id, j.progress, j.user_id, j.leased_until, j.state)
    found = people.chat.ask(lambda db: {tuple(row) for row in db.execute(asked)})
    untouched = {(an_id, 0, people.ada.id, None, "waiting") for an_id in ids[count:]}
    assert found == untouched | {
        (an_id, 10 + at, people.bo.id, _LEASE, "running") for at, an_id in enumerate(ids[:count])
    }


@pytest.fixture
def bare(mariadb_url: str) -> Iterator[Engine]:
    """A MariaDB database whose tables were laid a moment ago, of which it knows nothing yet."""
    engine = open_engine(mariadb_url)
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.mark.servers
def test_rows_written_anew_are_found_by_their_keys_in_a_small_table_too(bare: Engine) -> None:
    chat = Chat(bare, secret=b"for tests only")
    people = gather(chat)
    rooms = [people.ada.starts(people.bo, title=f"Room {at}") for at in range(3)]
    chat.close()
    said: list[str] = []
    event.listen(bare, "before_cursor_execute", lambda *told: said.append(told[2]))
    tx = Tx(bare, utc_now())
    reading.posted(tx, {(room, people.ada.id): reading.Mark(1, 0) for room in rooms})
    tx.flush()
    Updates(conversations, ["id"], ["hue"]).run(tx, [{"id": room, "hue": 1} for room in rooms])
    tx.flush()
    tx.close()
    updates = [one for one in said if one.startswith("UPDATE")]
    with connect(bare) as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN {one}").mappings().all() for one in updates]
    ways = [[(row["type"], row["key"]) for row in plan if row["table"] == "there"] for plan in plans]
    assert ways == [[("eq_ref", "PRIMARY")]] * 2


c = conversations.c
_EVERYTHING = (c.id, c.kind, c.title, c.direct_key, c.head, c.title.is_(None))
_ROOMS = Lookup(lambda rows: select(*_EVERYTHING).where(c.id.in_([row["id"] for row in rows])).order_by(c.id), id=Id())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_looked_up_is_what_a_select_finds(people: Cast, count: int) -> None:
    rooms = [people.ada.starts(people.bo), *(people.ada.starts(people.bo, title=f"Ж, '{n}' -|%") for n in range(2))]
    some = sorted(rooms)[:count]
    expected = people.chat.ask(lambda db: db.execute(select(*_EVERYTHING).where(c.id.in_(some)).order_by(c.id)).all())
    assert people.chat.do(lambda tx: _ROOMS.run(tx, [(room,) for room in some])) == [tuple(row) for row in expected]
    assert people.chat.do(lambda tx: _ROOMS.run(tx, [(new_id(),), ("none",)])) == []


def test_parameters_that_stand_elsewhere_are_not_mixed_up(people: Cast) -> None:
    mixed = Lookup(
        lambda rows: select(c.id).where(c.head == rows[0]["head"], c.id == rows[0]["id"]), id=Id(), head=Integer()
    )
    with pytest.raises(ValueError, match="order"):
        people.chat.do(lambda tx: mixed.run(tx, [(new_id(), 1)]))


def test_what_nobody_reads_from_text_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        reads([c.created_at.type])


_NOTED = Each(insert(meta), ["name", "value"])


_KEPT = select(meta.c.name).where(meta.c.name.in_(["m", "n"]))


@pytest.mark.parametrize("before", [[], [{"name": "n", "value": "more"}]])
def test_an_error_says_nothing_of_what_people_wrote(people: Cast, before: list[dict[str, Any]]) -> None:
    twice = [{"name": "m", "value": "a secret"}, {"name": "m", "value": "another"}]
    with pytest.raises(_Told) as told:
        people.chat.do(lambda tx: _raises(tx, *([before] if before else []), twice))
    assert people.chat.ask(lambda db: db.execute(_KEPT).all()) == []
    assert "INSERT INTO meta" in str(told.value)
    said = [way(one) for one in _behind(told.value) for way in (str, repr)]
    words = ("a secret", "another", "more")
    hidden = [*words, *(word.encode().hex() for word in words)]
    assert len(said) > 2
    assert not [word for word in hidden for one in said if word in one]


def _raises(tx: Tx, *several: Sequence[dict[str, Any]]) -> None:
    try:
        for rows in several:
            _NOTED.run(tx, rows)
        tx.flush()
    except DBAPIError as error:
        # The writer would try again, and answer with what it says of every failure.
        raise _Told(error) from error


def _behind(error: BaseException | None) -> list[BaseException]:
    """An error and all that has led to it, which the log shows with it."""
    if error is None:
        return []
    return [error, *_behind(error.__cause__), *_behind(error.__context__)]


class _Told(Exception):
    """What a failure was."""


@pytest.fixture
def said(people: Cast) -> list[str]:
    """What writers say to the database from now on."""
    told: list[str] = []
    event.listen(people.chat._writing, "before_cursor_execute", lambda *each: told.append(each[2]))
    return told


@pytest.mark.parametrize("joined", [True, False])
def test_what_a_batch_writes_is_one_statement_where_the_server_takes_it(
    people: Cast, said: list[str], monkeypatch: pytest.MonkeyPatch, joined: bool
) -> None:
    tea = people.ada.starts(people.bo)
    if not joined:
        monkeypatch.setattr(core, "joins", lambda _: False)
    said.clear()
    people.ada.says("Earl Grey; 'END'", to=tea)
    writes = [one for one in said if not one.startswith(("SELECT", "BEGIN IMMEDIATE"))]
    alone = not joined or people.chat.engine.dialect.name == "sqlite"
    assert len(writes) == (4 if alone else 1)
    assert people.bo.sees(tea) == ["Earl Grey; 'END'"]


def test_what_was_written_is_read_in_the_same_transaction(people: Cast) -> None:
    tx = people.chat._begin(False)
    _NOTED.run(tx, [{"name": "m", "value": "one"}])
    assert tx.execute(_KEPT).scalars().all() == ["m"]
    tx.close()


def test_nothing_is_committed_that_waits_to_be_written(people: Cast) -> None:
    tx = people.chat._begin(False)
    tx.execute_text("INSERT INTO meta (name, value) VALUES ('m', 'one')", "INSERT INTO meta")
    with pytest.raises(RuntimeError):
        tx.commit()
    tx.close()
    assert people.chat.ask(lambda db: db.execute(_KEPT).all()) == []


def test_what_failed_once_is_never_committed_whoever_goes_on(people: Cast) -> None:
    tx = people.chat._begin(False)
    for name in ("m", "audit_head"):
        tx.execute_text(f"INSERT INTO meta (name, value) VALUES ('{name}', 'x')", "INSERT INTO meta")  # noqa: S608 - ours
    with pytest.raises(DBAPIError):
        tx.execute(_KEPT)
    with pytest.raises(RuntimeError):
        tx.commit()
    tx.close()
    assert people.chat.ask(lambda db: db.execute(_KEPT).all()) == []


def test_what_waits_is_never_said_in_a_longer_statement_than_a_server_takes(people: Cast, said: list[str]) -> None:
    tx = people.chat._begin(False)
    for _ in range(3):
        words = "x" * (LONGEST * 2 // 5)
        tx.execute_text(f"UPDATE meta SET value = '{words}' WHERE name = 'm'", "UPDATE meta")  # noqa: S608 - ours
    tx.flush()
    tx.close()
    lengths = [len(one) for one in said if "UPDATE meta" in one]
    assert len(lengths) >= 2
    assert max(lengths) <= LONGEST


@pytest.mark.parametrize("count", [1, 3])
def test_an_error_names_nobody_who_was_looked_for(people: Cast, count: int) -> None:
    lookup = Lookup(
        lambda rows: select(literal_column("nobody", String())).where(meta.c.name.in_([row["name"] for row in rows])),
        name=String(),
    )
    with pytest.raises(_Told) as told:
        people.chat.do(lambda tx: _looks(lookup, tx, [("a secret",)] * count))
    said = [way(one) for one in _behind(told.value) for way in (str, repr)]
    assert not [one for one in said if "a secret" in one or b"a secret".hex() in one]


def _looks(lookup: Lookup, tx: Tx, rows: list[tuple[str]]) -> None:
    try:
        lookup.run(tx, rows)
    except DBAPIError as error:
        raise _Told(error) from error


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
