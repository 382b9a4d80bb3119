"""How much a socket may say, and how much an account may over all its sockets."""

from __future__ import annotations

import time
from collections.abc import Sequence

from chatsphere.core.errors import TooMany

# Frames per second and at once that one socket may send.
RATE, BURST = 100.0, 1000.0
# How many sockets' worth an account has: a person's devices, not a program's thousand connections.
SOCKETS = 4.0
# Handshakes per second and at once from one address: a whole office behind one may come back in the same moment.
KNOCKS = (100.0, 2000.0)
# How many accounts are kept before those that have been quiet are forgotten.
_KEPT = 10_000


class Budget:
    """How many frames may still be sent: it refills as time goes by."""

    def __init__(self, rate: float, most: float) -> None:
        self._rate, self._most = rate, most
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
    """The budgets of accounts that are here or left a moment ago, and of addresses that knock."""

    def __init__(self) -> None:
        self._of: dict[str, Budget] = {}
        self._knocking: dict[str, Budget] = {}

    def open(self, user_id: str) -> tuple[Budget, Budget]:
        """What a new socket may spend: its own and its account's."""
        self._of = _with_room(self._of)
        return Budget(RATE, BURST), self._of.setdefault(user_id, Budget(RATE * SOCKETS, BURST * SOCKETS))

    def knock(self, address: str) -> None:
        """Count one more handshake from here, or refuse it: each is looked up before anybody knows who it is."""
        self._knocking = _with_room(self._knocking)
        spend([self._knocking.setdefault(address, Budget(*KNOCKS))])


def _with_room(budgets: dict[str, Budget]) -> dict[str, Budget]:
    """The same, without those that are as good as new where there are too many; then those go that have most left."""
    if len(budgets) < _KEPT:
        return budgets
    spent = [item for item in budgets.items() if not item[1].full]
    return dict(sorted(spent, key=lambda item: item[1].left)[: _KEPT // 2])


def spend(budgets: Sequence[Budget]) -> None:
    """Count one frame in each of these, or refuse it."""
    if any(budget.left < 1 for budget in budgets):
        raise TooMany("That was too often. Wait a moment, then try again.", retry_after=1)
    for budget in budgets:
        budget.take()
