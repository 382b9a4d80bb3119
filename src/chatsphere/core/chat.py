"""One way to change anything, `Chat.do`; one way to look at anything, `Chat.ask`.

An operation is `(tx, me, …) -> value` and a question `(db, me, …) -> value`. Operations check first and write last, so
that a refusal has written nothing; they touch nothing outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable, Select
from sqlalchemy.exc import StatementError

from chatsphere.core.carried import Carried
from chatsphere.core.database import connect, for_glances, for_writers, glance, joins, settled
from chatsphere.core.spelling import LONGEST, together
from chatsphere.core.values import Event
from chatsphere.core.writer import Call, Outcome, Writer, is_lengthy

if TYPE_CHECKING:
    from chatsphere.core.entries import Head

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ReadMark:
    """Somebody has read up to this number; 0: that is not shown any more. Not `shown`: for their own sockets alone."""

    conversation_id: str
    user_id: str
    seq: int
    shown: bool = True


@dataclass(frozen=True, slots=True)
class UnreadMark:
    """Somebody wants to come back to a conversation, or has; for their own sockets alone."""

    conversation_id: str
    user_id: str
    unread: bool


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit has changed, for whoever rings bells and closes sockets.

    `users` have another profile, other seats or other sessions; `ended` are session ids; `cleared` are
    (conversation_id, user_id) of those who deleted a direct conversation for themselves; `parted` are pairs of users of
    whom one has blocked the other; of `erased` conversations nothing is left; `files` and `jobs` say that there is work
    for the sweep and for the job runner.
    """

    events: tuple[Event, ...]
    reads: tuple[ReadMark, ...]
    marked: tuple[UnreadMark, ...]
    users: frozenset[str]
    ended: frozenset[str]
    cleared: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]
    erased: frozenset[str]
    files: bool
    jobs: bool


class Memory(Protocol):
    """A cache that may forget at any time, and always when told to."""

    def recall(self, key: str, look: Callable[[], R | None], kind: Carried[R]) -> R | None:
        """What is known under this key, else what `look` finds (None is not kept)."""

    def forget(self, keys: Collection[str]) -> None:
        """From now on nobody is told what these keys stood for; never raises."""


class NoMemory:
    """Looks every time."""

    def recall(self, key: str, look: Callable[[], R | None], kind: Carried[R]) -> R | None:
        """What `look` finds."""
        return look()

    def forget(self, keys: Collection[str]) -> None:
        """There is nothing to forget."""


class Db:
    """A transaction that reads, begun with its first statement so that what is remembered costs none."""

    def __init__(
        self, engine: Engine, memory: Memory, now: datetime, secret: bytes = b"", glances: Engine | None = None
    ) -> None:
        self.now = now
        self._secret = secret
        self._engine = engine
        self._glances = glances
        self._memory = memory
        self._connection: Connection | None = None

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one statement; a list of parameters runs it for each."""
        return self._connected().execute(statement, parameters)

    def glance(self, statement: Select[Any], said: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """What a statement finds that is built once; what is asked after it need not be of the same moment.

        Unless a transaction has begun it costs no more than itself: on MySQL's family to give one back is a round trip.
        """
        if self._glances is None or self.begun:
            return self.execute(statement, said).all()
        return glance(self._glances, statement, said)

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._engine)
        return self._connection

    @property
    def begun(self) -> bool:
        """Whether the transaction has begun, so that all that is asked from now on is of one moment."""
        return self._connection is not None

    @property
    def dialect(self) -> Dialect:
        """Whose SQL is spoken."""
        return self._engine.dialect

    @property
    def embedded(self) -> bool:
        """Whether the database is in this process, so that a statement is no round trip."""
        return self.dialect.name == "sqlite"

    def recall(self, key: str, look: Callable[[], R | None], kind: Carried[R]) -> R | None:
        """Ask the cache, else look and let it remember."""
        return self._memory.recall(key, look, kind)

    def key(self, purpose: str) -> bytes:
        """32 bytes that only this installation knows, others for each purpose."""
        if not self._secret:
            raise RuntimeError("This chat was opened without the installation's secret.")
        return hmac.digest(self._secret, f"chatsphere {purpose}".encode(), hashlib.sha256)

    def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._connection is not None:
            self._connection.close()


class Tx(Db):
    """A transaction that writes, and the news that goes out once it is committed."""

    def __init__(
        self, engine: Engine, now: datetime, *, wary: bool = False, secret: bytes = b"", previews: bool = True
    ) -> None:
        super().__init__(engine, NoMemory(), now, secret)
        self.wary = wary
        self.previews = previews
        self.heads: dict[str, Head] = {}
        self.events: list[Event] = []
        self.reads: list[ReadMark] = []
        self.marked: list[UnreadMark] = []
        self.users: set[str] = set()
        self.ended: set[str] = set()
        self.cleared: list[tuple[str, str]] = []
        self.parted: list[tuple[str, str]] = []
        self.erased: set[str] = set()
        self.forgotten: set[str] = set()
        self._unsaid: list[tuple[str, str]] = []
        self.files = False
        self.jobs = False

    def execute_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run the driver's own statement for each of these rows, whose values are as the driver takes them."""
        self._connected().exec_driver_sql(statement, rows)

    def look(self, statement: str, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        """What the driver finds with its own statement; both values and rows are as the driver has them."""
        return self._connected().exec_driver_sql(statement, values).all()

    def look_for_text(self, statement: str, short: str) -> Sequence[str]:
        """What this very text finds in its one column; errors, which go to the log, show `short` of it."""
        return _run(self._connected(), statement, short).scalars().all()

    def execute_text(self, statement: str, short: str) -> None:
        """Run this very text, which nobody asks what came of it, before whatever comes next.

        Errors, which go to the log, show `short` of it, without what people wrote.
        """
        if sum(len(text) for text, _ in self._unsaid) + len(statement) > LONGEST:
            self.flush()
        self._unsaid.append((statement, short))

    def flush(self) -> None:
        """Run what waits: MariaDB takes it all at once, and a trip to it costs as much as what it does there."""
        if not self._unsaid:
            return
        connection = super()._connected()
        for statement, short in together(self._unsaid) if joins(connection) else self._unsaid:
            _run(connection, statement, short)
        # Where one of them fails they go on waiting, so that nothing of it is ever committed.
        self._unsaid.clear()

    def _connected(self) -> Connection:
        if self._unsaid:
            self.flush()
        return super()._connected()

    def commit(self) -> Committed:
        """Make it last; returns the news. An operation that wrote nothing has nothing to commit."""
        if self._unsaid:
            raise RuntimeError("What waits has to be flushed first: that it fails is not that a commit does.")
        if self._connection is not None:
            _last(self._connection)
        return Committed(
            tuple(self.events),
            tuple(self.reads),
            tuple(self.marked),
            frozenset(self.users),
            frozenset(self.ended),
            tuple(self.cleared),
            tuple(self.parted),
            frozenset(self.erased),
            self.files,
            self.jobs,
        )


def _run(connection: Connection, statement: str, short: str) -> CursorResult[Any]:
    try:
        return connection.exec_driver_sql(statement)
    except StatementError as error:
        error.statement = short
        raise


def _last(connection: Connection) -> None:
    try:
        connection.commit()
    except BaseException:
        # The transaction may still be open in the driver; such a connection must not go back into the pool.
        connection.invalidate()
        raise
    settled(connection)


def utc_now() -> datetime:
    """The time, to the millisecond that the database keeps."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Chat:
    """The chat over one database. Safe to use from any thread; one per process. `previews`: links are looked at."""

    def __init__(
        self,
        engine: Engine,
        *,
        memory: Memory | None = None,
        clock: Callable[[], datetime] = utc_now,
        writers: int | None = None,
        secret: bytes = b"",
        previews: bool = True,
    ) -> None:
        self.engine = engine
        self._secret = secret
        self._previews = previews
        self.clock = clock
        self.memory: Memory = memory or NoMemory()
        self._hearers: list[Callable[[Committed], None]] = []
        # All who talk share one writer: of what waits it makes the larger batches, and those are what is cheap. SQLite
        # has no second one; InnoDB's locks let another get on with what concerns no conversation or takes long, so that
        # nobody who talks waits behind it.
        count = writers or (1 if engine.dialect.name == "sqlite" else 2)
        self._writing = for_writers(engine, count)
        self._glances = for_glances(engine)
        self._writers = [Writer(self._begin, self._committed) for _ in range(count)]

    def do(self, operation: Callable[Concatenate[Tx, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry the operation out and return what it returned, after its commit."""
        answer: Future[R] = Future()

        def then(outcome: Outcome[R]) -> None:
            if outcome.error is not None:
                answer.set_exception(outcome.error)
            else:
                answer.set_result(outcome.result())

        self.send(operation, then, *args, **kwargs)
        return answer.result()

    def send(
        self,
        operation: Callable[Concatenate[Tx, P], R],
        then: Callable[[Outcome[R]], None],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Like `do` without waiting: `then` hears the outcome in the writer's thread and must be quick."""
        self._writer_for(operation, args).take(Call(operation, args, kwargs, then))

    def ask(self, question: Callable[Concatenate[Db, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer, as of one moment."""
        with self._looking() as db:
            return question(db, *args, **kwargs)

    def on_commit(self, hear: Callable[[Committed], None]) -> None:
        """Have `hear` called after each commit, in the writer's thread, before the callers have their answers."""
        self._hearers.append(hear)

    def close(self) -> None:
        """Finish what was taken and stop."""
        for writer in self._writers:
            writer.close()
        self._writing.dispose()
        self._glances.dispose()
        self.engine.dispose()

    @contextmanager
    def _looking(self) -> Iterator[Db]:
        db = Db(self.engine, self.memory, self.clock(), self._secret, self._glances)
        try:
            yield db
        finally:
            db.close()

    def _begin(self, wary: bool) -> Tx:
        return Tx(self._writing, self.clock(), wary=wary, secret=self._secret, previews=self._previews)

    def _committed(self, tx: Tx, news: Committed) -> None:
        if tx.forgotten:
            self.memory.forget(tx.forgotten)
        for hear in self._hearers:
            # Who fails keeps nobody else from hearing.
            try:
                hear(news)
            except Exception:
                log.exception("somebody could not hear of a commit; the sweep will find it")

    def _writer_for(self, operation: Callable[..., Any], args: Sequence[object]) -> Writer:
        # (me, conversation_id, …): what concerns a conversation keeps to one writer, so that writers seldom wait for
        # each other; where there is but one, it is the last as well.
        talks = len(args) > 1 and isinstance(args[1], str) and args[1] and not is_lengthy(operation)
        return self._writers[0 if talks else -1]
