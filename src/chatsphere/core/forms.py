"""Forms: what messages look like to whoever reads them, as bytes, kept by this process until they change.

A message is the same for everybody who may read it. Its row says by a stamp, which every event that touches it sets
anew, whether a form still holds; who may read is asked each time, elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import select

from chatsphere.core import pictures
from chatsphere.core.chat import Committed, Db
from chatsphere.core.events import ConversationDeleted, MessagePosted
from chatsphere.core.extras import Address, at
from chatsphere.core.tables import messages
from chatsphere.core.values import Message

Stamped = tuple[int, int]
"""A message of a conversation: its number and its stamp."""

MOST = 32 * 1024 * 1024
"""Bytes that are kept, or nearly so."""
LASTING = timedelta(minutes=5)
"""A form goes at the latest after twice as long: whatever else may happen, nothing stays that is not there any more."""
_BESIDE = 300
"""What keeping a form takes beside its own bytes."""


class Forms:
    """A bounded memory of forms, in two halves: where the new one is full, or old, the other is given up."""

    def __init__(self, make: Callable[[Message], bytes], most: int = MOST) -> None:
        self._make = make
        self._half = most // 2
        self._new: dict[Address, tuple[int, bytes]] = {}
        self._old: dict[Address, tuple[int, bytes]] = {}
        self._size = 0
        self._turned = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def known(self, now: datetime, conversation_id: str, stamped: Sequence[Stamped]) -> list[bytes | None]:
        """The forms of these messages, which the caller may read, in their order; None for each that is not known."""
        self.age(now)
        new, old = self._new, self._old
        found = []
        for seq, stamp in stamped:
            address = (conversation_id, seq)
            kept = new.get(address) or old.get(address)
            found.append(kept[1] if kept is not None and kept[0] == stamp else None)
        return found

    def of(self, db: Db, conversation_id: str, stamped: Sequence[Stamped]) -> list[bytes | None]:
        """The same, where what is not known is looked up; the caller has just found them in this transaction."""
        found = dict(zip((seq for seq, _ in stamped), self.known(db.now, conversation_id, stamped), strict=True))
        missing = [(conversation_id, seq) for seq, form in found.items() if form is None]
        return list((found | self._looked_up(db, missing)).values())

    def age(self, now: datetime) -> None:
        """Give up what is too old."""
        # A clock that is set back ends it too.
        if timedelta(0) <= now - self._turned < LASTING:
            return
        with self._lock:
            self._turn()
            self._turned = now

    def hear(self, news: Committed) -> None:
        """What was taken back, or said otherwise, is not kept until somebody asks for it or it is too old."""
        told = [
            (event.conversation_id, event.message.id)
            for event in news.events
            if event.kind != MessagePosted.kind and event.message is not None
        ]
        ended = {event.conversation_id for event in news.events if event.kind == ConversationDeleted.kind}
        ended.update(news.erased, (conversation_id for conversation_id, _ in news.cleared))
        # Several writers tell of their commits at the same time.
        with self._lock:
            for kept in (self._new, self._old):
                for address in told:
                    kept.pop(address, None)
                for address in [one for one in kept if one[0] in ended] if ended else ():
                    del kept[address]

    def _looked_up(self, db: Db, missing: Sequence[Address]) -> dict[int, bytes]:
        rows = db.execute(select(messages).where(at(messages, missing))).all() if missing else []
        found = {}
        for row, one in zip(rows, pictures.of_rows(db, rows), strict=True):
            form = found[one.id] = self._make(one)
            # How long a link's place is kept is a matter of time, and no event tells when it is over.
            if not any(preview.state == "waiting" for preview in one.previews):
                self._keep((one.conversation_id, one.id), row.stamp, form)
        return found

    def _keep(self, address: Address, stamp: int, form: bytes) -> None:
        with self._lock:
            self._new[address] = (stamp, form)
            self._size += len(form) + _BESIDE
            if self._size > self._half:
                self._turn()

    def _turn(self) -> None:
        self._old, self._new, self._size = self._new, {}, 0
