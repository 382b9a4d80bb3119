"""The log's own two shapes: an entry in it, and its head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chatsphere.core.events import Said
from chatsphere.core.frozen import frozen
from chatsphere.core.values import Kind


@frozen
class Entry:
    """An event with its number, as it goes into the log; posts carry the sender's `client_id`."""

    conversation_id: str
    seq: int
    actor_id: str
    created_at: datetime
    said: Said
    client_id: str | None = None

    @property
    def stamp(self) -> int:
        """What marks a message that this event has touched: its moment and its number.

        The number alone would not do: a database that crashed may give it again to another event.
        """
        return _milliseconds(self.created_at) << 20 | self.seq & 0xFFFFF


# What is said in one batch has one moment.
@lru_cache(maxsize=256)
def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@dataclass(slots=True)
class Head:
    """Where a conversation's log stands, while a transaction holds its lock; `direct` names a pair."""

    id: str
    kind: Kind
    direct: tuple[str, str] | None
    seq: int
    message_count: int
