"""Listen first, then look: what the hub asks the database, and what it hears while it waits for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from chatsphere.core import listening, sessions
from chatsphere.core.chat import Db
from chatsphere.core.listening import Listening

# Databases bound how many values one statement may have.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a new socket's user may hear; `alive`: whether the session still holds."""

    alive: bool
    listening: Listening


def arrive(db: Db, me: str, session_id: str) -> Arrival:
    """Look for a new socket."""
    # In this order: whoever has ended the session meanwhile is heard of, as whatever has changed since.
    return Arrival(session_id in sessions.alive(db, [session_id]), listening.of(db, me))


def seats(db: Db, me: str) -> Listening:
    """Look again for the sockets that are there."""
    return listening.of(db, me)


def state(db: Db, conversation_ids: Sequence[str], session_ids: Sequence[str]) -> tuple[dict[str, int], set[str]]:
    """How far these logs have come, and which of these sessions still hold."""
    heads: dict[str, int] = {}
    alive: set[str] = set()
    for start in range(0, len(conversation_ids), _AT_ONCE):
        heads |= listening.heads(db, list(islice(conversation_ids, start, start + _AT_ONCE)))
    for start in range(0, len(session_ids), _AT_ONCE):
        alive |= sessions.alive(db, list(islice(session_ids, start, start + _AT_ONCE)))
    return heads, alive


class Looks:
    """What was heard while somebody looks: they may have looked before it. As a context it is one look."""

    def __init__(self) -> None:
        self._looking = 0
        self._meanwhile: dict[str, int] = {}
        self._changes: dict[str, int] = {}

    def __enter__(self) -> None:
        self._looking += 1

    def __exit__(self, *error: object) -> None:
        self._looking -= 1
        if not self._looking:
            self._meanwhile.clear()

    def note(self, conversation_id: str, seq: int) -> None:
        """A bell rang, whether or not anybody listens there yet."""
        if self._looking:
            self._meanwhile[conversation_id] = max(seq, self.meanwhile(conversation_id))

    def meanwhile(self, conversation_id: str) -> int:
        """The highest number that was heard of this conversation since the first who looks now began."""
        return self._meanwhile.get(conversation_id, 0)

    def change(self, user_id: str) -> None:
        """Somebody's seats changed: who looked before this has seen the old ones."""
        self._changes[user_id] = self._changes.get(user_id, 0) + 1

    def changes(self, user_id: str) -> int:
        """How often that was."""
        return self._changes.get(user_id, 0)

    def forget(self, user_id: str) -> None:
        """Nobody of this user's is here any more."""
        self._changes.pop(user_id, None)
