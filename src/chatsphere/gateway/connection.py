"""One socket: what goes out on it, in which order its frames are answered, and where it stands in each log."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from chatsphere.gateway.wire import ENDED, SLOW, Face, wrapped

if TYPE_CHECKING:
    from chatsphere.gateway.frames import Resume
    from chatsphere.gateway.tail import Ear

log = structlog.get_logger("chatsphere.gateway")

# How many frames of one socket may wait for their answers before no more are read from it.
UNANSWERED = 256

Settle = Callable[[], None]


class Answer:
    """The place that a frame's answer has in line; `settle` sends it once everything before it is sent."""

    __slots__ = ("settle",)

    def __init__(self) -> None:
        self.settle: Settle | None = None


@dataclass(frozen=True, slots=True)
class Resuming:
    """A `resume`, which has to be waited for, and its answer's place in line."""

    answer: Answer
    frame: Resume


class Connection:
    """One socket of one session. Everything here happens in the event loop."""

    def __init__(self, face: Face, user_id: str, session_id: str) -> None:
        self.face = face
        self.user_id = user_id
        self.session_id = session_id
        self.ears: dict[str, Ear] = {}
        self.ready = False
        self.closed = False
        self.leaving = False
        self.waiting = False
        self.resuming: Resuming | None = None
        self.hungry: deque[Ear] = deque()
        self.feeding: asyncio.Task[None] | None = None
        self._line: deque[Answer] = deque()
        self._moved = asyncio.Event()

    @property
    def deaf(self) -> bool:
        """Whether what its client says is not taken any more."""
        return self.closed or self.leaving

    def send(self, frame: bytes) -> None:
        """Put wrapped frames on the wire; a reader that is too far behind is cut off and will resume."""
        if not self.closed and not self.face.send(frame):
            log.info("a slow reader is cut off", user_id=self.user_id)
            self.close(SLOW, "too slow")

    def tell(self, payload: bytes) -> None:
        """Send one frame."""
        self.send(wrapped(payload))

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; nothing is sent after it."""
        if not self.closed:
            self.closed = True
            self.face.close(code, reason)
            self._moved.set()

    def end(self) -> None:
        """The session is over."""
        self.close(ENDED, "signed out")

    @property
    def idle(self) -> bool:
        """Whether a frame can be taken at once: nothing came before it that is still to be taken."""
        return self.waiting and not self.deaf and len(self._line) < UNANSWERED

    async def room(self) -> None:
        """Wait while too many frames are unanswered."""
        await self._until(lambda: len(self._line) < UNANSWERED)

    def place(self) -> Answer:
        """A place in line for the answer to a frame."""
        answer = Answer()
        self._line.append(answer)
        return answer

    def settle(self, answer: Answer, settle: Settle) -> None:
        """The answer is known: it leaves when those before it have left."""
        answer.settle = settle
        while self._line and (first := self._line[0].settle) is not None:
            self._line.popleft()
            if not self.closed:
                first()
        self._moved.set()

    async def answered(self, seconds: float) -> None:
        """Wait until everything that was asked is answered, but no longer than this."""
        try:
            await asyncio.wait_for(self._until(lambda: not self._line), seconds)
        except TimeoutError:
            return

    async def _until(self, so: Callable[[], bool]) -> None:
        while not so() and not self.closed:
            self._moved.clear()
            await self._moved.wait()
