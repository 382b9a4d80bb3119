"""Reading on: from the log, through the tails, to every socket, each at its own cursor and its own pace."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import structlog

from chatsphere.core import log as events
from chatsphere.core.chat import Db
from chatsphere.core.listening import Hearing
from chatsphere.gateway import frames
from chatsphere.gateway.connection import Connection
from chatsphere.gateway.looking import Looks
from chatsphere.gateway.tail import Ear, Heard, Tail, heard

log = structlog.get_logger("chatsphere.gateway")

P = ParamSpec("P")
R = TypeVar("R")

# One look at the log brings so many events at most, so that nobody waits long behind somebody who was away.
PAGE = 200
# What is handed to a reader who catches up before waiting for it to read.
_MOUTHFUL = 256 * 1024
_RETRY = 0.5
# What others committed before what we have in hand is about to be told by them; after this long, it is read.
PATIENCE = 0.25


class Ask(Protocol):
    """`chat.ask`, away from the event loop."""

    def __call__(self, question: Callable[Concatenate[Db, P], R], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[R]:
        """The answer to a question."""


class Delivery(ABC):
    """The tails of what is listened to in this process, and the ears at them. The hub says who has ears where."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.tails: dict[str, Tail] = {}
        self.missed = asyncio.Event()
        self._looks = Looks()
        self._tasks: set[asyncio.Task[Any]] = set()

    @abstractmethod
    def _admit(self, conversation_id: str, news: Iterable[Heard]) -> None:
        """Give ears to whoever joins with one of these."""

    @abstractmethod
    def _meet(self, tail: Tail, news: Iterable[Heard]) -> None:
        """Those who are there meet whoever joined with one of these."""

    @abstractmethod
    def _discreet(self, user_id: str) -> bool:
        """Whether somebody hides how far they have read, and so is not told it of others."""

    @abstractmethod
    def look_again(self, user_id: str) -> None:
        """Somebody's seats may be others now."""

    def _read_on(self, tail: Tail) -> None:
        """Read what is missing, once for everybody; while one reads, nobody else needs to."""
        if tail.behind and not tail.reading:
            tail.reading = True
            self._do(self._read(tail))

    def _wait_for(self, tail: Tail) -> None:
        """Leave it to its bell to tell what is missing, unless that is late."""
        if tail.behind and tail.waiting is None:
            tail.waiting = asyncio.get_running_loop().call_later(PATIENCE, self._waited, tail)

    def _waited(self, tail: Tail) -> None:
        tail.waiting = None
        self._read_on(tail)

    async def _read(self, tail: Tail) -> None:
        try:
            while tail.behind and tail.ears:
                end, head = tail.end, tail.head
                self._deliver(tail, await self._news(tail.conversation_id, end))
                if (tail.end, tail.head) == (end, head):
                    # What the bell spoke of cannot be seen yet: the sweep comes back to it.
                    tail.head = end
        finally:
            tail.reading = False

    async def _news(self, conversation_id: str, after: int) -> list[Heard]:
        return [heard(event) for event in await self.ask(events.news, conversation_id, after, PAGE)]

    def _deliver(self, tail: Tail, news: Sequence[Heard], *, own: bool = False) -> None:
        """Send what goes on from the tail's end to whoever stands there; an ear that is ahead waits to be reached.

        `own`: this process has committed it.
        """
        before = tail.end
        fresh = tail.take(news)
        if tail.waiting is not None and not tail.behind:
            tail.waiting.cancel()
            tail.waiting = None
        if own and tail.behind:
            tail.hold(news)
            self._wait_for(tail)
        else:
            self._read_on(tail)
        if not fresh:
            return
        self._admit(tail.conversation_id, fresh)
        chunk = b"".join(one.frame for one in fresh)
        plain, oldest = all(one.plain for one in fresh), min(one.about for one in fresh)
        for connection, ear in tail.ears.items() if plain else list(tail.ears.items()):
            if ear.hungry or ear.cursor >= tail.end:
                continue
            if ear.cursor < before:
                self.feed(ear)
            elif plain and ear.cursor == before and ear.from_seq < oldest:
                ear.cursor = tail.end
                connection.send(chunk)
            else:
                self._serve(ear, fresh)
        self._meet(tail, fresh)

    def _serve(self, ear: Ear, news: Iterable[Heard]) -> None:
        """Send one ear what it has not heard; its own leaving and the conversation's end are the last it hears."""
        out, gone, discreet = [], False, self._discreet(ear.connection.user_id)
        for one in news:
            if one.seq > ear.cursor:
                ear.cursor = one.seq
                out.append(one.to(ear.from_seq, discreet=discreet))
                gone = one.left == ear.connection.user_id and one.seq > ear.since
                if gone or one.last:
                    self._drop(ear)
                    break
        if out:
            ear.connection.send(b"".join(out))
        if gone:
            # They may be back already, in an event that nobody here has read yet.
            self.look_again(ear.connection.user_id)

    def _listen(self, connection: Connection, conversation_id: str, hearing: Hearing, cursor: int) -> None:
        if connection.closed or conversation_id in connection.ears:
            return
        tail = self.tails.get(conversation_id)
        if tail is None:
            tail = self.tails[conversation_id] = Tail(conversation_id, cursor)
        ear = Ear(connection, conversation_id, cursor, hearing.joined_seq, hearing.from_seq)
        connection.ears[conversation_id] = tail.ears[connection] = ear
        tail.learn(max(hearing.head, self._looks.meanwhile(conversation_id)))
        self._read_on(tail)
        self.feed(ear)

    def _drop(self, ear: Ear) -> None:
        ear.connection.ears.pop(ear.conversation_id, None)
        tail = self.tails.get(ear.conversation_id)
        if tail is not None:
            tail.ears.pop(ear.connection, None)
            if not tail.ears:
                del self.tails[ear.conversation_id]

    def _silence(self, ear: Ear) -> None:
        self._drop(ear)
        ear.connection.tell(frames.reset(ear.conversation_id, None))

    def feed(self, ear: Ear) -> None:
        """Bring an ear that stands behind the tail up to it, at the pace of its reader."""
        if ear.hungry or ear.cursor >= self.tails[ear.conversation_id].end:
            return
        ear.hungry = True
        connection = ear.connection
        connection.hungry.append(ear)
        if connection.feeding is None or connection.feeding.done():
            connection.feeding = self._do(self._feed(connection))

    async def _feed(self, connection: Connection) -> None:
        while connection.hungry and not connection.closed:
            ear = connection.hungry.popleft()
            while connection.ears.get(ear.conversation_id) is ear and not connection.closed:
                tail, cursor = self.tails[ear.conversation_id], ear.cursor
                there = tail.after(cursor)
                if there is None:
                    there = await self._older(tail, cursor)
                    if ear.cursor != cursor or connection.ears.get(ear.conversation_id) is not ear:
                        # Meanwhile the client wants to go on from elsewhere, or it is not theirs any more.
                        continue
                self._serve(ear, mouthful(there))
                if not there or ear.cursor >= tail.end:
                    break
                await connection.face.drained()
            ear.hungry = False

    async def _older(self, tail: Tail, cursor: int) -> Sequence[Heard]:
        while True:
            try:
                older = await self._news(tail.conversation_id, cursor)
            except Exception:
                log.exception("cannot read the log")
                await asyncio.sleep(_RETRY)
            else:
                tail.remember(older)
                return older

    def _do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the hub stumbled; the sweep will look at everything", exc_info=error)
            self.missed.set()


def mouthful(news: Sequence[Heard]) -> Sequence[Heard]:
    """As much as is handed out at once: some hundred kilobytes, and one event at least."""
    size = 0
    for count, one in enumerate(news):
        size += len(one.frame)
        if size > _MOUTHFUL:
            return news[: max(1, count)]
    return news
