from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, delete, event, func, insert, literal_column, select, table, text, update
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from chatsphere import migrations
from chatsphere.core import database, health
from chatsphere.core.chat import Chat, Db, NoMemory, Tx, utc_now
from chatsphere.core.database import connect, for_glances, for_writers, glance, open_engine, settled, writing
from chatsphere.core.tables import meta
from tests.services import MariaDB

LAST_SECOND = (
    "innodb_flush_log_at_trx_commit is not 1: what was acknowledged in the last second is lost when the machine fails."
)
LAST = "There is a binary log, and sync_binlog is not 1: what was acknowledged last is lost when the machine fails."


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)])
def test_sqlite_keeps_what_is_committed_and_nothing_that_is_deleted(
    sqlite_url: str, pragma: str, value: object
) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()


@pytest.mark.servers
def test_a_connection_that_dies_before_its_first_statement_is_the_databases_failure(mariadb_tables: str) -> None:
    engine = open_engine(mariadb_tables)

    @event.listens_for(engine, "checkout")
    def _dies(connection: Any, *_: object) -> None:
        # After the pool's own question whether it lives.
        connection._force_close()

    tx = Tx(writing(engine), utc_now())
    with pytest.raises(DBAPIError):
        tx.execute(select(meta))
    tx.close()
    engine.dispose()


@pytest.mark.servers
def test_a_connection_that_died_unused_is_not_given_to_anybody(
    mariadb_server: MariaDB, mariadb_tables: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(mariadb_tables)

    def name() -> int:
        with connect(engine) as connection:
            return int(connection.execute(text("SELECT CONNECTION_ID()")).scalar_one())

    dead = name()
    assert name() == dead
    mariadb_server.run(f"KILL {dead}")
    # One that was used a moment ago is believed to live; whoever gets it hears that it does not, and it is gone.
    with pytest.raises(DBAPIError) as told:
        name()
    assert told.value.connection_invalidated
    dead = name()
    mariadb_server.run(f"KILL {dead}")
    monkeypatch.setattr(database, "FRESH", 0.0)
    assert name() != dead
    engine.dispose()


@pytest.mark.servers
def test_a_new_connection_that_dies_at_once_is_the_databases_failure(mariadb_tables: str) -> None:
    engine = open_engine(mariadb_tables)

    @event.listens_for(engine, "connect", insert=True)
    def _dies(connection: Any, *_: object) -> None:
        connection._force_close()

    with pytest.raises(DBAPIError):
        connect(engine)
    engine.dispose()


@pytest.mark.servers
def test_a_connection_that_dies_after_its_commit_goes_back_without_a_word(
    mariadb_tables: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(mariadb_tables)
    tx = Tx(writing(engine), utc_now())
    tx.execute(select(meta))
    tx.commit()
    # The last that is asked of it, unless there was something to take back.
    monkeypatch.setattr(engine.dialect, "do_rollback", lambda connection: connection._force_close())
    tx.close()
    monkeypatch.undo()
    assert "Connections in pool: 1" in engine.pool.status()
    engine.dispose()


@pytest.mark.servers
def test_writers_see_what_was_committed_meanwhile_and_readers_one_moment(mariadb_tables: str) -> None:
    engine = open_engine(mariadb_tables)
    head = select(meta.c.value).where(meta.c.name == "audit_head")
    for value in ("1", "0"):
        # The same connections, in turn: neither kind leaves its own to the other.
        tx, db = Tx(writing(engine), utc_now()), Db(engine, NoMemory(), utc_now())
        before = tx.execute(head).scalar(), db.execute(head).scalar()
        with engine.begin() as other:
            other.execute(update(meta).where(meta.c.name == "audit_head").values(value=value))
        assert (tx.execute(head).scalar(), db.execute(head).scalar()) == (value, before[1])
        db.close()
        tx.close()
    engine.dispose()


@pytest.mark.servers
def test_connections_that_only_write_see_what_was_committed_meanwhile(mariadb_tables: str) -> None:
    engine = open_engine(mariadb_tables)
    writers = for_writers(engine, 1)
    head = select(meta.c.value).where(meta.c.name == "audit_head")
    for value in ("1", "0"):
        tx = Tx(writers, utc_now())
        before = tx.execute(head).scalar()
        with engine.begin() as other:
            other.execute(update(meta).where(meta.c.name == "audit_head").values(value=value))
        assert (before, tx.execute(head).scalar()) == ({"1": "0", "0": "1"}[value], value)
        tx.close()
    writers.dispose()
    engine.dispose()


@pytest.mark.servers
def test_a_glance_sees_what_was_committed_meanwhile_and_leaves_no_transaction_behind(mariadb_tables: str) -> None:
    chat = Chat(open_engine(mariadb_tables), writers=1)
    head = select(meta.c.value).where(meta.c.name == bindparam("name"))

    def glances(db: Db) -> tuple[list[Any], bool, Any]:
        seen = [db.glance(head, {"name": "audit_head"})[0][0]]
        for value in ("1", "0"):
            chat.do(lambda tx, to: tx.execute(update(meta).where(meta.c.name == "audit_head").values(value=to)), value)
            seen.append(db.glance(head, {"name": "audit_head"})[0][0])
        begun = db.begun
        [[mine]] = db.glance(select(func.connection_id()), {})
        left = text("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = :mine")
        return seen, begun, db.execute(left, {"mine": mine}).scalar()

    assert chat.ask(glances) == (["0", "1", "0"], False, 0)
    chat.close()


@pytest.mark.servers
def test_a_glance_over_a_dead_connection_is_the_databases_failure_and_the_last(
    mariadb_server: MariaDB, mariadb_tables: str
) -> None:
    glances = for_glances(open_engine(mariadb_tables))
    name = select(func.connection_id())
    [[dead]] = glance(glances, name, {})
    assert glance(glances, name, {}) == ((dead,),)
    mariadb_server.run(f"KILL {dead}")
    with pytest.raises(OperationalError):
        glance(glances, name, {})
    assert glance(glances, name, {}) != ((dead,),)
    glances.dispose()


@pytest.mark.servers
def test_a_statement_that_is_wrong_is_our_failure_and_costs_nobody_a_connection(mariadb_tables: str) -> None:
    glances = for_glances(open_engine(mariadb_tables))
    name = select(func.connection_id())
    [[mine]] = glance(glances, name, {})
    with pytest.raises(ProgrammingError, match="nowhere") as failed:
        glance(glances, select(literal_column("seq")).select_from(table("nowhere")), {})
    assert not failed.value.connection_invalidated
    assert glance(glances, name, {}) == ((mine,),)
    glances.dispose()


@pytest.mark.servers
def test_a_glance_sees_only_what_is_committed_whatever_the_server_does_unless_told(
    mariadb_server: MariaDB, mariadb_tables: str
) -> None:
    mariadb_server.run("SET GLOBAL TRANSACTION ISOLATION LEVEL READ UNCOMMITTED")
    try:
        engine = open_engine(mariadb_tables)
        glances = for_glances(engine)
        head = select(meta.c.value).where(meta.c.name == bindparam("name"))
        with connect(writing(engine)) as connection:
            connection.execute(insert(meta).values(name="undecided", value="x"))
            assert glance(glances, head, {"name": "undecided"}) == ()
        for one in (glances, engine):
            one.dispose()
    finally:
        mariadb_server.run("SET GLOBAL TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@pytest.mark.servers
def test_what_somebody_left_undone_is_taken_back_before_anybody_else_gets_the_connection(mariadb_tables: str) -> None:
    engine = open_engine(mariadb_tables)
    writers = for_writers(engine, 1)
    for done in (True, False):
        with connect(writers) as connection:
            connection.execute(insert(meta).values(name=f"left {done}", value="x"))
            if done:
                connection.commit()
                settled(connection)
        # Whoever bypasses SQLAlchemy leaves its transaction open.
        pooled = writers.raw_connection()
        pooled.cursor().execute("INSERT INTO meta (name, value) VALUES ('left', 'x')")
        pooled.close()
    with connect(writers) as connection:
        connection.commit()
    with connect(engine) as connection:
        assert connection.execute(select(meta.c.name).where(meta.c.name.like("left%"))).scalars().all() == ["left True"]
    with engine.begin() as connection:
        connection.execute(delete(meta).where(meta.c.name.like("left%")))
    writers.dispose()
    engine.dispose()


@pytest.mark.servers
def test_a_mariadb_may_be_called_by_its_own_name(mariadb_server: MariaDB) -> None:
    engine = open_engine(mariadb_server.fresh("named").replace("mysql+", "mariadb+"))
    migrations.upgrade(engine)
    kind = text("SELECT COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'named' AND COLUMN_NAME = :it")
    with connect(engine) as connection:
        found = set(connection.execute(kind, {"it": "created_at"}).scalars())
        ids = set(connection.execute(kind, {"it": "conversation_id"}).scalars())
    assert (found, ids) == ({"datetime(3)"}, {"binary(16)"})
    engine.dispose()


@pytest.mark.parametrize(
    ("flush", "binlog", "sync", "said"),
    [
        ("1", "OFF", "0", []),
        ("1", "ON", "1", []),
        ("2", "OFF", "0", [LAST_SECOND]),
        ("1", "ON", "0", [LAST]),
        ("0", "ON", "1000", [LAST_SECOND, LAST]),
    ],
)
def test_each_setting_that_does_not_wait_for_the_disk_is_named(
    flush: str, binlog: str, sync: str, said: list[str]
) -> None:
    values = {"innodb_flush_log_at_trx_commit": flush, "log_bin": binlog, "sync_binlog": sync}
    assert health.risks_of(values) == said


@pytest.mark.servers
def test_a_mariadb_is_asked_and_sqlite_is_set_by_us(
    mariadb_server: MariaDB, mariadb_tables: str, sqlite_url: str
) -> None:
    relaxed, ours = open_engine(mariadb_tables), open_engine(sqlite_url)
    assert health.risks(ours) == []
    assert health.risks(relaxed) == [LAST_SECOND]
    mariadb_server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
    try:
        assert health.risks(relaxed) == []
    finally:
        mariadb_server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 0")
    relaxed.dispose()
    ours.dispose()
