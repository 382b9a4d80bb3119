"""The database: engines for SQLite and MySQL's family, and the column types that hide their differences."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BINARY,
    URL,
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    Select,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.engine.interfaces import DBAPIConnection, IsolationLevel
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, PoolResetState
from sqlalchemy.types import TypeDecorator, TypeEngine

from chatsphere.core.ids import is_id

_NOBODY = b"?"
PATIENCE = 10
"""Seconds to wait for another process that holds SQLite's lock."""
FRESH = 1.0
"""Seconds for which a connection to a MySQL server is believed to live; no server comes back sooner."""
Place = tuple[str, Any, Callable[[Any], Any]]
"""A parameter of a statement as it is written: its name, its value where none is said, and what the driver takes."""
_USED, _AT_REST = "used", "at rest"
SILENCE = 90
"""Seconds after which a MySQL server that says nothing counts as gone; longer than anybody waits for a migration."""


class Id(TypeDecorator[str]):
    """An id: text in Python, 16 bytes in the database. Text that cannot be an id equals nothing that is stored."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """MySQL compares and indexes fixed binary; SQLite has but one blob."""
        return dialect.type_descriptor(BINARY(16) if dialect.name == "mysql" else LargeBinary(16))

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], bytes | None]:
        """Text to bytes, which both drivers take as they are: a message on its way in has sixteen ids."""
        return _inside

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], str | None]:
        """Bytes, as both drivers give them, to text: a page of messages has a hundred and fifty ids."""
        return _outside


def _outside(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _aware(value: datetime | None) -> datetime | None:
    return None if value is None else value.replace(tzinfo=UTC)


@lru_cache(maxsize=8192)
def _inside(value: str | None) -> bytes | None:
    if value is None:
        return None
    return bytes.fromhex(value) if is_id(value) else _NOBODY


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """MySQL's DATETIME drops fractions unless told."""
        return dialect.type_descriptor(mysql.DATETIME(fsp=3) if dialect.name == "mysql" else DateTime())

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """What the driver takes; of what is said in one batch it is worked out once."""
        return lru_cache(maxsize=256)(super().bind_processor(dialect))  # type: ignore[arg-type]

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware to naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """What the driver gives to an aware moment: a list of conversations has six hundred, many of them the same."""
        read = self.impl_instance.result_processor(dialect, coltype)
        return lru_cache(maxsize=8192)(_aware if read is None else lambda value: _aware(read(value)))


def open_engine(url: str) -> Engine:
    """An engine for this URL, with durable commits; connections are made when first needed."""
    made = make_url(url)
    # On MySQL's family readers see one moment throughout.
    return _sqlite(url) if made.get_backend_name() == "sqlite" else _mysql(made, "REPEATABLE READ")


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=40,
        max_overflow=20,
        hide_parameters=True,  # an error's text goes to the log, and what people wrote must not
        connect_args={"check_same_thread": False, "timeout": PATIENCE},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - tells the type checker which driver this is
    # The driver would begin transactions at moments of its own choosing; we say BEGIN ourselves.
    connection.isolation_level = None
    _write_ahead(connection)
    # What is deleted is overwritten: not every build of SQLite does that unless told.
    for pragma in ("synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-4000"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # The switch to WAL does not wait for others who open the new file at the same moment, so we do.
    deadline = time.monotonic() + PATIENCE
    while not _switched(connection):
        if time.monotonic() > deadline:
            raise sqlite3.OperationalError("SQLite cannot keep a write-ahead log here")
        time.sleep(0.02)


def _switched(connection: sqlite3.Connection) -> bool:
    with suppress(sqlite3.OperationalError):
        return bool(connection.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",))
    return False


def truncate(engine: Engine) -> bool:
    """Have SQLite's write-ahead log end at nothing: it holds what was deleted since. False: somebody still reads it."""
    if engine.dialect.name != "sqlite":
        return True
    with _alone(engine) as connection:
        # Whoever writes waits while this waits for readers: so briefly.
        connection.execute("PRAGMA busy_timeout=200")
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def rewrite(engine: Engine) -> None:
    """Write SQLite's file anew: where it moved rows from page to page it may have left copies in the gaps between."""
    if engine.dialect.name != "sqlite":
        return
    with _alone(engine) as connection:
        # A copy of all there is would be too much for the memory.
        connection.execute("PRAGMA temp_store=FILE")
        connection.execute("VACUUM")


def size(engine: Engine) -> int:
    """The bytes of SQLite's file; 0 for what is no file of ours."""
    if engine.dialect.name != "sqlite":
        return 0
    with _alone(engine) as connection:
        pages, page = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(page)


@contextmanager
def _alone(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection outside any transaction, which is closed afterwards with all that was set on it."""
    pooled = engine.raw_connection()
    try:
        connection = pooled.driver_connection
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - tells the type checker which driver this is
        yield connection
    finally:
        pooled.invalidate()


def _mysql(url: URL, level: IsolationLevel, **more: int) -> Engine:
    engine = create_engine(
        # SQLAlchemy calls a MariaDB by another name if asked to, and then forgets what was said of MySQL's types.
        url.set(drivername="mysql+pymysql"),
        # MySQL takes 151 connections unless told; several processes share them, and in each readers and writers.
        **{"pool_size": 11, "max_overflow": 8, **more},
        pool_recycle=1800,
        pool_reset_on_return=None,
        # As on SQLite, parameters have places and no names.
        paramstyle="format",
        hide_parameters=True,
        isolation_level=level,
        connect_args={
            "charset": "utf8mb4",
            # MySQL puts 1,024 bytes together unless told, and what is longer it cuts off: this is as long as a row can
            # be. Somebody may share groups with a hundred thousand.
            "init_command": "SET time_zone='+00:00', group_concat_max_len=16777216",
            "connect_timeout": 5,
            "read_timeout": SILENCE,
            "write_timeout": SILENCE,
        },
    )
    event.listen(engine, "connect", _was_used)
    event.listen(engine, "checkin", _was_used)
    event.listen(engine, "checkout", _greet)
    # Where each statement stands alone there is nothing to take back, and to say so is a round trip.
    if level != "AUTOCOMMIT":
        event.listen(engine, "reset", _rest)
    return engine


def _was_used(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED] = time.monotonic()


def _greet(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection whether it lives, unless it did a moment ago: SQLAlchemy's own asks each time."""
    if time.monotonic() - entry.info[_USED] > FRESH:
        try:
            connection.ping(reconnect=False)
        except Exception as error:
            raise InvalidatePoolError from error


def _rest(connection: DBAPIConnection, entry: ConnectionPoolEntry, state: PoolResetState) -> None:
    """Take back what a connection has not committed before anybody else gets it; after a commit there is nothing."""
    at_rest = entry.info.pop(_AT_REST, False)
    if not (at_rest or state.transaction_was_reset or state.terminate_only):
        connection.rollback()


def joins(connection: Connection) -> bool:
    """Whether the server takes several statements as one; MySQL does not, unless they are stored there before."""
    return bool(getattr(connection.dialect, "is_mariadb", False))


def settled(connection: Connection) -> None:
    """Note that this connection has just committed, and may be given back as it is."""
    connection.info[_AT_REST] = True


def connect(engine: Engine) -> Connection:
    """A connection in a transaction that has begun; raises what SQLAlchemy makes of every failure of the database.

    Nobody else connects: on SQLite each statement would stand alone.
    """
    try:
        connection = engine.connect()
    except engine.dialect.loaded_dbapi.Error as error:
        # A new connection's isolation level is set before SQLAlchemy looks at what the driver raises.
        raise OperationalError("connecting", None, error) from error
    try:
        _begin(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def glance(engine: Engine, statement: Select[Any], said: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    """What a statement finds that stands alone: it sees one moment by itself, and leaves no transaction behind.

    It is one of a few that are built once, and its rows are as the driver gives them: SQLAlchemy would take longer to
    run it and to read them than a small answer takes. `engine` is one `for_glances`.
    """
    text, places = _written(statement, engine.dialect)
    values = [convert(said.get(name, value)) for name, value, convert in places]
    with _drivers_own(engine, text) as connection:
        cursor = connection.cursor()
        cursor.execute(text, values)
        found: Sequence[Sequence[Any]] = cursor.fetchall()
    return found


@contextmanager
def _drivers_own(engine: Engine, text: str) -> Iterator[PoolProxiedConnection]:
    """A connection as the driver has it; what goes wrong is told as SQLAlchemy tells it, without values."""
    dialect, pooled = engine.dialect, None
    try:
        pooled = engine.raw_connection()
        yield pooled
    except dialect.loaded_dbapi.Error as error:
        gone = pooled is None or dialect.is_disconnect(error, pooled, None)
        if gone and pooled is not None:
            pooled.invalidate(error)
            pooled = None
        if gone:
            # The others are as dead as this one.
            engine.dispose()
        raise DBAPIError.instance(text, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error
    finally:
        if pooled is not None:
            pooled.close()


@lru_cache(maxsize=64)
def _written(statement: Select[Any], dialect: Dialect) -> tuple[str, Sequence[Place]]:
    made = statement.compile(dialect=dialect)
    parameters = [made.binds[name] for name in made.positiontup or ()]
    return str(made), [(one.key, one.value, _converter(one.type, dialect)) for one in parameters]


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    return kind.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)


def _begin(connection: Connection) -> None:
    # Where an engine has listeners for this, SQLAlchemy looks for some at each statement too: a third of a short one.
    writes = connection.get_execution_options().get("writes")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        # The writer must see what was committed before it got its lock. This holds for one transaction, so that there
        # is nothing to take back where the connection is given back, which may fail when all is committed.
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(writes=True)


def for_writers(engine: Engine, most: int) -> Engine:
    """An engine for so many threads that do nothing but write, to be disposed of like the one that it is made of.

    With connections of their own MySQL's family need not be told before each transaction that it writes.
    """
    if engine.dialect.name == "sqlite":
        return writing(engine)
    return _mysql(engine.url, "READ COMMITTED", pool_size=most, max_overflow=0)


def for_glances(engine: Engine) -> Engine:
    """An engine for `glance`, to be disposed of like the one that it is made of.

    MySQL's family begins a transaction with each statement unless a connection is told not to; SQLite does not.
    """
    if engine.dialect.name == "sqlite":
        return engine
    glances = _mysql(engine.url, "AUTOCOMMIT", pool_size=8, max_overflow=0)
    event.listen(glances, "connect", _see_what_is_committed)
    return glances


def _see_what_is_committed(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Whatever the server's default is: to SQLAlchemy AUTOCOMMIT is a level of its own.
    with closing(connection.cursor()) as cursor:
        cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
