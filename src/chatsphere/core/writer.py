"""The writer: one thread that takes all operations that wait, runs them in one transaction and commits once.

Retries live here and nowhere else: deadlock, busy, and duplicate key (of two racers one succeeds; the other looks
again and finds the first's answer).
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError as PoolTimeout

from chatsphere.core.errors import Refusal, Unavailable
from chatsphere.core.frozen import frozen

if TYPE_CHECKING:
    from chatsphere.core.chat import Committed, Tx

log = logging.getLogger(__name__)

R = TypeVar("R")
BATCH = 256
QUEUE = 10_000
TRIES = 8

# MySQL: lock wait timeout, deadlock.
_LOST_RACES = (1205, 1213)


class Outcome(Generic[R]):
    """What became of an operation."""

    __slots__ = ("_value", "error")

    def __init__(self, value: Any = None, error: BaseException | None = None) -> None:
        self._value = value
        self.error = error

    def result(self) -> R:
        """What the operation returned, or what it raised."""
        if self.error is not None:
            raise self.error
        return self._value  # type: ignore[no-any-return]


@frozen
class Call:
    """An operation that waits to be carried out."""

    operation: Callable[..., Any]
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    then: Callable[[Outcome[Any]], None]


Plural = Callable[["Tx", Sequence[Call]], Sequence[Outcome[Any]]]
_plurals: dict[Callable[..., Any], Plural] = {}
_lengthy: set[Callable[..., Any]] = set()
Operation = TypeVar("Operation", bound=Callable[..., Any])


def lengthy(operation: Operation) -> Operation:
    """Mark an operation that may take long: where there are several writers, nobody who talks waits behind it."""
    _lengthy.add(operation)
    return operation


def is_lengthy(operation: Callable[..., Any]) -> bool:
    """Whether it was marked so."""
    return operation in _lengthy


def plural_of(one: Callable[..., Any]) -> Callable[[Plural], Plural]:
    """Mark the form of an operation that carries out many calls of it at once."""

    def mark(many: Plural) -> Plural:
        _plurals[one] = many
        return many

    return mark


class _Again(Exception):
    """The transaction lost a race and has written nothing."""


class _Unconfirmed(Exception):
    """The transaction may or may not have been written: running it again could say everything twice."""


class Writer:
    """One queue, one thread, one transaction at a time."""

    def __init__(self, begin: Callable[[bool], Tx], committed: Callable[[Tx, Committed], None]) -> None:
        self._begin = begin
        self._committed = committed
        self._waiting: deque[Call] = deque()
        self._lock = threading.Lock()
        self._bell = threading.Condition(self._lock)
        self._idle = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def take(self, call: Call) -> None:
        """Queue a call; refuse at once when too many wait."""
        # The lock itself, not the bell, which is Python: this is done for each message, and few of them ring.
        with self._lock:
            full = self._closed or len(self._waiting) >= QUEUE
            if not full:
                self._waiting.append(call)
                if self._idle:
                    self._idle = False
                    self._bell.notify()
        if full:
            call.then(Outcome(error=Unavailable("The server is too busy right now. Please try again.")))

    def close(self) -> None:
        """Carry out what waits, then stop."""
        with self._bell:
            self._closed = True
            self._bell.notify()
        self._thread.join(timeout=15)

    def _run(self) -> None:
        while batch := self._next():
            try:
                self._carry_out(batch)
            except Exception:
                log.exception("the writer failed at a batch")

    def _next(self) -> list[Call]:
        with self._lock:
            while not self._waiting and not self._closed:
                self._idle = True
                self._bell.wait()
            return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    def _carry_out(self, batch: list[Call]) -> None:
        try:
            outcomes = self._attempt(batch, wary=False)
        except _Unconfirmed as error:
            outcomes = [Outcome(error=_told(error)) for _ in batch]
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes to the one who asked
            if len(batch) > 1 or isinstance(error, _Again):
                outcomes = [self._alone(call) for call in batch]
            else:
                outcomes = [Outcome(error=_told(error))]
        for call, outcome in zip(batch, outcomes, strict=True):
            _answer(call, outcome)

    def _alone(self, call: Call) -> Outcome[Any]:
        for attempt in itertools.count():
            try:
                return self._attempt([call], wary=True)[0]
            except _Again as error:
                if attempt >= TRIES:
                    return Outcome(error=_told(error.__cause__ or error))
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - spreads racers, hides nothing
            except Exception as error:  # noqa: BLE001 - whatever it is, it goes to the one who asked
                return Outcome(error=_told(error))
        raise AssertionError("unreachable")

    def _attempt(self, batch: Sequence[Call], *, wary: bool) -> list[Outcome[Any]]:
        tx = self._begin(wary)
        try:
            outcomes = _in_order(tx, batch)
            tx.flush()
            news = self._commit(tx)
        except DBAPIError as error:
            if _lost_race(error):
                raise _Again from error
            raise
        finally:
            _close(tx)
        self._tell(tx, news)
        return outcomes

    def _tell(self, tx: Tx, news: Committed) -> None:
        # What is committed is committed: a listener that fails must not have it run again.
        try:
            self._committed(tx, news)
        except Exception:
            log.exception("the news of a commit did not get through; the sweep will find it")

    def _commit(self, tx: Tx) -> Committed:
        try:
            return tx.commit()
        except DBAPIError as error:
            if _lost_race(error):
                raise
            log.exception("a commit failed")
            raise _Unconfirmed from error


def _close(tx: Tx) -> None:
    # Whatever fails here fails after the commit: run again, everything would be said twice.
    try:
        tx.close()
    except Exception:
        log.exception("a connection could not be given back")


def _answer(call: Call, outcome: Outcome[Any]) -> None:
    try:
        call.then(outcome)
    except Exception:
        log.exception("an answer did not get through")


def _in_order(tx: Tx, batch: Sequence[Call]) -> list[Outcome[Any]]:
    outcomes: list[Outcome[Any]] = []
    for operation, run in itertools.groupby(batch, key=lambda call: call.operation):
        many = _plurals.get(operation, _each)
        outcomes.extend(many(tx, list(run)))
    return outcomes


def _each(tx: Tx, calls: Sequence[Call]) -> list[Outcome[Any]]:
    return [_one(tx, call) for call in calls]


def _one(tx: Tx, call: Call) -> Outcome[Any]:
    try:
        return Outcome(call.operation(tx, *call.args, **call.kwargs))
    except Refusal as refusal:
        return Outcome(error=refusal)


def _lost_race(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    text = str(error.orig)
    code = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return code in _LOST_RACES or "database is locked" in text or "database table is locked" in text


def _told(error: BaseException) -> BaseException:
    if isinstance(error, _Unconfirmed):
        return Unavailable("The database did not confirm. Please look before you try again.")
    if isinstance(error, DBAPIError | PoolTimeout):
        log.error("the database failed", exc_info=error)
        return Unavailable("The database cannot be reached right now. Please try again.")
    return error
