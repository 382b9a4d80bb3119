"""What was sent, and where it has arrived: each message exactly once at each socket it is meant for, in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from bench.targets import Hear


class Wrong(Exception):
    """A message that did not arrive, arrived twice, or out of order."""


class Ledger:
    """The book of one round: `senders` take turns at the numbers, so that a number tells whose message it is."""

    def __init__(self, each: int, listeners: Sequence[int]) -> None:
        """`listeners` says for each sender how many sockets each of their messages has to reach."""
        self.senders = len(listeners)
        self.total = self.senders * each
        self.times: list[float] = []
        """Seconds from sending to each arrival."""
        self.landed: Callable[[int], None] = _nothing
        """Called with a message's number once it has arrived everywhere."""
        self._each, self._expected = each, sum(listeners) * each
        self._left = list(listeners) * each
        self._sent = [0.0] * self.total
        self._done = 0
        self._goal = self.total
        self._reached = asyncio.Event()
        self._fault: Wrong | None = None

    def sent(self, number: int, at: float) -> None:
        """It goes out, or should have, at this moment."""
        self._sent[number] = at

    def ear(self) -> Hear:
        """The ear of one socket."""
        last: dict[int, int] = {}
        senders = self.senders

        def hear(number: int) -> None:
            sender = number % senders
            if number <= last.get(sender, -1):
                self._wrong(f"message {number} came after {last[sender]}")
            last[sender] = number
            self.times.append(time.perf_counter() - self._sent[number])
            self._left[number] -= 1
            if not self._left[number]:
                self._land(number)

        return hear

    def _land(self, number: int) -> None:
        self._done += 1
        if self._done == self._goal:
            self._reached.set()
        self.landed(number)

    def _wrong(self, why: str) -> None:
        self._fault = self._fault or Wrong(why)
        self._reached.set()

    async def until(self, count: int, seconds: float) -> None:
        """Wait until so many messages have arrived everywhere."""
        self._goal = count
        if self._done < count:
            self._reached.clear()
            try:
                await asyncio.wait_for(self._reached.wait(), seconds)
            except TimeoutError:
                raise Wrong(f"{count - self._done} of {self.total} messages did not arrive everywhere") from None
        if self._fault is not None:
            raise self._fault

    def check(self) -> int:
        """Every message has arrived exactly as often as it should; returns how many arrivals that were."""
        if self._fault is not None:
            raise self._fault
        if len(self.times) != self._expected or any(self._left):
            raise Wrong(f"{len(self.times)} arrivals instead of {self._expected}")
        return self._expected


def _nothing(_number: int) -> None:
    """Nobody waits."""
