"""How much a socket may say, and how much an account may over all its sockets."""

from __future__ import annotations

import time
from collections.abc import Sequence

from chatsphere.core.errors import TooMany

# Frames per second and at once that one socket may send.
RATE, BURST = 100.0, 1000.0
# How many sockets' worth an account has: a person's devices, not a program's thousand connections.
SOCKETS = 4.0
# How many accounts are kept before those that have been quiet are forgotten.
_KEPT = 10_000


class Budget:
    """How many frames may still be sent: it refills as time goes by."""

    def __init__(self, times: float = 1.0) -> None:
        self._rate, self._most = RATE * times, BURST * times
        self._left = self._most
        self._at = time.monotonic()

    @property
    def left(self) -> float:
        """What there is now."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    @property
    def full(self) -> bool:
        """Whether it is as good as new."""
        return self.left >= self._most

    def take(self) -> None:
        """Count one frame."""
        self._left -= 1


class Budgets:
    """The budgets of the accounts that are here, and of those that left a moment ago."""

    def __init__(self) -> None:
        self._of: dict[str, Budget] = {}

    def open(self, user_id: str) -> tuple[Budget, Budget]:
        """What a new socket may spend: its own and its account's."""
        if len(self._of) >= _KEPT:
            self._of = {who: budget for who, budget in self._of.items() if not budget.full}
        return Budget(), self._of.setdefault(user_id, Budget(SOCKETS))


def spend(budgets: Sequence[Budget]) -> None:
    """Count one frame in each of these, or refuse it."""
    if any(budget.left < 1 for budget in budgets):
        raise TooMany("That was too often. Wait a moment, then try again.", retry_after=1)
    for budget in budgets:
        budget.take()
