"""The fresh end of one conversation's log, already encoded, and everybody in this process who listens to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from chatsphere import shapes
from chatsphere.core import log
from chatsphere.core.frozen import frozen
from chatsphere.core.values import Event, User
from chatsphere.gateway.wire import wrapped

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from chatsphere.gateway.connection import Connection

# What is kept for those who catch up; everybody else has had it already.
KEPT_EVENTS = 256
KEPT_BYTES = 512 * 1024


@frozen
class Heard:
    """An event as it goes over the wire, and what the hub must know of it: who came or went with it.

    `about` is the number of the message that it is about, else its own; `hushed` is for those who have cleared that,
    `unmarked` for those who hide how far they have read; `unseen` are those who joined and hide when they are there.
    """

    seq: int
    frame: bytes
    about: int
    hushed: bytes = b""
    unmarked: bytes = b""
    joined: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    left: str | None = None
    last: bool = False

    @property
    def plain(self) -> bool:
        """Whether nobody begins or ends to hear with it, and it says the same to all."""
        return self.left is None and not self.last and not self.unmarked

    @property
    def common(self) -> bool:
        """Whether its frame is all there is to know of it, whoever hears it."""
        return self.plain and self.about == self.seq

    def to(self, from_seq: int, *, discreet: bool = False) -> bytes:
        """The frame for somebody who has cleared everything up to this number; `discreet`: hides how far they read."""
        if self.about <= from_seq:
            return self.hushed
        return self.unmarked if discreet and self.unmarked else self.frame


def heard(event: Event) -> Heard:
    """Encode an event, once for everybody."""
    frame, about = wrapped(shapes.event_frame(event)), log.about(event)
    if about < event.seq:
        return Heard(event.seq, frame, about, wrapped(shapes.event_frame(log.hushed(event))))
    unmarked = wrapped(shapes.event_frame(log.unmarked(event))) if log.marked(event) else b""
    one = Heard(event.seq, frame, about, unmarked=unmarked)
    match event.kind:
        case "conversation.created" if event.conversation is not None:
            return _joined(one, [each.user for each in event.conversation.participants])
        case "participant.joined" if event.participant is not None:
            return _joined(one, [event.participant.user])
        case "participant.left" if event.participant is not None:
            return replace(one, left=event.participant.user.id)
        case "conversation.deleted":
            return replace(one, last=True)
        case _:
            return one


def _joined(one: Heard, people: Sequence[User]) -> Heard:
    unseen = frozenset(user.id for user in people if not user.presence)
    return replace(one, joined=frozenset(user.id for user in people), unseen=unseen)


@dataclass(slots=True, eq=False)
class Ear:
    """One socket's place in one log: it has heard everything up to `cursor`.

    `since` is where its user joined, `from_seq` what they cleared; a `hungry` ear reads the log by itself until it has
    caught up with the tail; a `leaving` one has lost its seat and still reads up to there; a `doubted` one was not
    found among the user's seats.
    """

    connection: Connection
    conversation_id: str
    cursor: int
    since: int
    from_seq: int
    hungry: bool = False
    leaving: bool = False
    doubted: bool = False


class Tail:
    """What was read last: from `first` to `end` without a gap. `head` is the highest number that is known to exist."""

    def __init__(self, conversation_id: str, end: int) -> None:
        self.conversation_id = conversation_id
        self.end = end
        self.head = end
        self.reading = False
        self.waiting: TimerHandle | None = None
        self.ears: dict[Connection, Ear] = {}
        self._kept: deque[Heard] = deque()
        self._size = 0
        self._ahead: dict[int, Heard] = {}

    @property
    def first(self) -> int:
        """The lowest number that is kept."""
        return self._kept[0].seq if self._kept else self.end + 1

    @property
    def behind(self) -> bool:
        """Whether there is more than was read; a bell that comes late finds nothing to do."""
        return self.end < self.head

    def learn(self, head: int) -> None:
        """There is an event of this number."""
        if head > self.head:
            self.head = head

    def take(self, news: Iterable[Heard]) -> list[Heard]:
        """Keep what goes on from the end, and what was held that goes on from that; returns these."""
        fresh: list[Heard] = []
        for one in news:
            self.learn(one.seq)
            following: Heard | None = one
            while following is not None and following.seq == self.end + 1:
                self._keep(following)
                fresh.append(following)
                following = self._ahead.pop(self.end + 1, None) if self._ahead else None
        while self._size > KEPT_BYTES or len(self._kept) > KEPT_EVENTS:
            self._size -= len(self._kept.popleft().frame)
        return fresh

    def hold(self, news: Iterable[Heard]) -> None:
        """Hold what is in hand until what is missing before it has come; it leaves a gap and cannot be told yet."""
        held = {one.seq: one for one in [*self._ahead.values(), *news] if one.seq > self.end + 1}
        size = 0
        self._ahead = {}
        for seq, one in islice(held.items(), KEPT_EVENTS):
            # What is over is read.
            size += len(one.frame)
            if size > KEPT_BYTES:
                break
            self._ahead[seq] = one

    def _keep(self, one: Heard) -> None:
        self._kept.append(one)
        self._size += len(one.frame)
        self.end = one.seq

    def after(self, seq: int) -> Sequence[Heard] | None:
        """What comes after a number, or None where that is no longer kept."""
        if seq >= self.end:
            return ()
        if seq < self.first - 1:
            return None
        return list(islice(self._kept, seq - self.first + 1, None))

    def remember(self, older: Sequence[Heard]) -> None:
        """Keep what somebody has read who is catching up, for the next one who does, where it joins what is kept."""
        for one in reversed(older):
            if one.seq == self.first - 1 and len(self._kept) < KEPT_EVENTS and self._size < KEPT_BYTES:
                self._kept.appendleft(one)
                self._size += len(one.frame)
