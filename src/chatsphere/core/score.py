"""The score: a conversation's whole history in 64 beats of equal time, so that one sees where something was said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from chatsphere.core import gallery
from chatsphere.core.chat import Db
from chatsphere.core.seats import seat
from chatsphere.core.tables import marks, messages

k, m = marks.c, messages.c

BEATS = 64
# So many messages are looked at, however long the history is: one that is longer is told about roughly.
_SAMPLES = 1024


@dataclass(frozen=True, slots=True)
class Beat:
    """A stretch of time: the first message in it or after it, how many there are, and which picture lights it."""

    began_at: datetime
    message_id: int
    count: int
    unread: int
    pictures: int
    hue: int | None
    picture_id: str | None


@dataclass(frozen=True, slots=True)
class _Sample:
    seq: int
    ordinal: int
    at: datetime


def of(db: Db, me: str, conversation_id: str) -> tuple[Beat, ...]:
    """The score of one of my conversations; empty where nothing was said."""
    mine = seat(db, me, conversation_id)
    samples = _samples(db, conversation_id, mine.cleared_seq)
    if not samples:
        return ()
    here = and_(k.conversation_id == conversation_id, k.user_id == me)
    read = db.execute(select(k.read_ordinal).where(here)).scalar_one()
    return _beats(samples, read, gallery.lights(db, me, conversation_id))


def _samples(db: Db, conversation_id: str, cleared: int) -> list[_Sample]:
    here = and_(m.conversation_id == conversation_id, m.seq > cleared)
    ends = db.execute(select(func.min(m.seq).label("first"), func.max(m.seq).label("last")).where(here)).one()
    if ends.first is None:
        return []
    first, last = ends.first, ends.last
    step = max(1, -(-(last - first) // _SAMPLES))
    numbers = [*range(first, last, step), last]
    rows = db.execute(select(m.seq, m.ordinal, m.created_at).where(here, m.seq.in_(numbers)).order_by(m.seq))
    found: list[_Sample] = []
    for row in rows:
        # Clocks of several processes may differ a little; the order of the log is the order.
        at = max(row.created_at, found[-1].at) if found else row.created_at
        found.append(_Sample(row.seq, row.ordinal, at))
    return found


def _beats(samples: Sequence[_Sample], read: int, lights: Sequence[gallery.Light]) -> tuple[Beat, ...]:
    began, span = samples[0].at, samples[-1].at - samples[0].at
    edges = [began + span * n / BEATS for n in range(BEATS)]
    times = [one.at for one in samples]
    places = [0, *(bisect_left(times, edge) for edge in edges[1:]), len(samples)]
    if not span:
        places = [0] * BEATS + [len(samples)]
    starts = [samples[min(place, len(samples) - 1)].seq for place in places[:-1]]
    album: dict[int, list[gallery.Light]] = {}
    for light in lights:
        # Several beats may begin with the same message; it belongs to the last of them.
        album.setdefault(max(0, bisect_right(starts, light.seq) - 1), []).append(light)
    return tuple(_beat(n, edges[n], samples, places, read, album.get(n, [])) for n in range(BEATS))


def _beat(
    n: int, at: datetime, samples: Sequence[_Sample], places: Sequence[int], read: int, lights: Sequence[gallery.Light]
) -> Beat:
    last = samples[-1]
    begins = samples[places[n]] if places[n] < len(samples) else last
    before = begins.ordinal - 1 if places[n] < len(samples) else last.ordinal
    until = samples[places[n + 1]].ordinal - 1 if places[n + 1] < len(samples) else last.ordinal
    lit = next((one for one in reversed(lights) if one.hue is not None), lights[-1] if lights else None)
    return Beat(
        began_at=at,
        message_id=begins.seq,
        count=until - before,
        unread=max(0, until - max(before, read)),
        pictures=len(lights),
        hue=lit.hue if lit else None,
        picture_id=lit.picture_id if lit else None,
    )
