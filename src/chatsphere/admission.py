"""How a request is let in: how large its body may be, and in which line it waits for a thread.

Work of different weight waits in different lines: whoever sends pictures that take long to read, or guesses passwords,
holds up nobody who talks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from chatsphere.core.uploads import MOST_PIECE
from chatsphere.gateway.handshake import Find, Headers, known

if TYPE_CHECKING:
    from chatsphere.settings import Settings

R = TypeVar("R")
Scope = MutableMapping[str, Any]

MIB = 1024 * 1024
ALBUM = 20
_PIECES = "/api/v1/uploads/"
# Threads, and how many may wait for one.
LINES = {"web": (32, 512), "doors": (4, 256), "uploads": (8, 256), "files": (16, 512)}
# Where a password is hashed, by anybody who asks for it.
_DOORS = frozenset(
    {
        *("/api/v1/sessions", "/api/v1/users", "/login", "/register", "/confirm"),
        *("/settings/email", "/settings/password", "/settings/tokens"),
    }
)
_DOORS_BELOW = {"POST": ("/login/", "/reset/", "/invite/"), "PUT": ("/api/v1/users/",)}


class Busy(Exception):
    """Too much is going on already."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many bytes the body of a request may have, and in which line it waits."""

    most: int
    line: str = "web"


class Admit(Protocol):
    """Says on what terms a request is let in."""

    def __call__(self, scope: Scope) -> Awaitable[Terms]:
        """The terms."""


class Line:
    """A few threads, and a bounded line of those who wait for one."""

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._name = name
        self._size, self._most = threads, threads + waiting
        self._threads: list[Thread] = []
        self._calls: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._running = 0
        self.closed = False

    async def run(self, call: Callable[[], R], *, always: bool = False) -> R:
        """Run it in a thread; what was begun already goes on even when too much is waiting."""
        if self.closed or (self._running >= self._most and not always):
            raise Busy
        self._running += 1
        try:
            self._staff()
            # An executor makes a second future, and locks for it: a twelfth of what a page of history costs.
            answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
            self._calls.put((answer, call))
            return await answer
        finally:
            self._running -= 1

    def close(self) -> None:
        """Finish what is running."""
        self.closed = True
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join()

    def _staff(self) -> None:
        """Have a thread for each call, up to all of them."""
        if len(self._threads) >= min(self._running, self._size):
            return
        thread = Thread(target=self._work, name=self._name, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # The machine has no more of them: those that are there do it.
            if not self._threads:
                raise
        else:
            self._threads.append(thread)

    def _work(self) -> None:
        for answer, call in iter(self._calls.get, None):
            settle = answer.cancel if self.closed else _carried_out(answer, call)
            # After a loop that was closed nobody waits.
            with suppress(RuntimeError):
                answer.get_loop().call_soon_threadsafe(settle)
            # While it waits for the next one a thread holds on to nothing of this one.
            del answer, call, settle


def _carried_out(answer: asyncio.Future[R], call: Callable[[], R]) -> Callable[[], object]:
    """Do it unless it was given up while it waited; returns how the loop is to answer it."""
    try:
        return partial(_settle, answer, None if answer.done() else call())
    except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is waited for
        return partial(_settle, answer, error=error)
    finally:
        # An error keeps this frame, which is not to keep the error.
        del answer, call


def _settle(answer: asyncio.Future[R], result: Any = None, error: BaseException | None = None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        # This one no future takes.
        answer.set_exception(RuntimeError(repr(error)) if isinstance(error, StopIteration) else error)


class Admission:
    """The terms of this house."""

    def __init__(self, settings: Settings, find: Find) -> None:
        self._settings = settings
        self._find = find

    async def __call__(self, scope: Scope) -> Terms:
        """The terms of a request; what Flask then makes of it may be less."""
        path = scope["path"].rstrip("/")
        most = self._most(path)
        # A stranger's answer is a 401 in any case, and their bytes are not worth the room on the disk.
        if most > MIB and not await self._is_known(scope["headers"]):
            most = MIB
        return Terms(most, _line(scope["method"], path))

    def _most(self, path: str) -> int:
        if path.endswith("/messages/file"):
            return ALBUM * self._settings.max_upload_bytes + MIB
        if path.startswith(_PIECES):
            return MOST_PIECE
        return self._settings.max_upload_bytes + MIB if path.endswith("/upload") else MIB

    async def _is_known(self, headers: Headers) -> bool:
        try:
            return await known(headers, self._settings, self._find) is not None
        except SQLAlchemyError:
            # Who cannot be looked up now may be known; whoever answers the request looks again.
            return True


def _line(method: str, path: str) -> str:
    if path.endswith(("/messages/file", "/upload")) or (method == "PATCH" and path.startswith(_PIECES)):
        return "uploads"
    if (method == "POST" and path in _DOORS) or path.startswith(_DOORS_BELOW.get(method, ())):
        return "doors"
    return "files" if "/files/" in path else "web"
