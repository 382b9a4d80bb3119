"""Search: where in my conversations somebody said these words, as they are written and whatever the case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select

from chatsphere.core.chat import Db
from chatsphere.core.errors import Invalid
from chatsphere.core.extras import Address, at
from chatsphere.core.ids import is_id
from chatsphere.core.seats import seat
from chatsphere.core.tables import contacts, conversations, marks, messages, participants
from chatsphere.core.values import Page

c, k, m, p = conversations.c, marks.c, messages.c, participants.c

LONGEST = 100
LOOKED_AT = 10_000
"""Messages that one page looks at, and with which it ends wherever it is: it may then have less than it could."""
_AT_ONCE, _ROOMS = 2_000, 100
_BEFORE, _AFTER = 40, 120
_SPOILER = re.compile(r"\|\|.+?\|\|", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that has the words; of what it says what stands around them. What is a spoiler there is veiled."""

    conversation_id: str
    message_id: int
    sender_id: str
    created_at: datetime
    before: str
    found: str
    after: str


_Found = tuple[Address, str, str, str]


@dataclass(frozen=True, slots=True)
class _Room:
    """A conversation of mine, and below which message it has still to be looked through (None: from its end)."""

    id: str
    active_at: datetime
    count: int
    below: int | None = None

    def place(self, below: int) -> str:
        """This message, as a place from which to go on."""
        return f"{self.active_at.isoformat()}~{self.id}~{below}"


def hits(
    db: Db, me: str, words: str, limit: int = 50, after: str | None = None, conversation_id: str | None = None
) -> Page[Hit]:
    """The messages that have these words: of the conversation with the latest activity first, in each the newest first.

    Of one conversation alone where it is named. `next` leads on wherever there may be more; a page can be short of its
    limit, or empty, and still have one.
    """
    if conversation_id is not None:
        seat(db, me, conversation_id)
    wanted = _folded(words)[1]
    if not wanted.strip() or len(words) > LONGEST:
        raise Invalid.field("q", "Look for 1 to 100 characters.")
    found: list[_Found] = []
    looked_at = 0
    for some, here in _stretches(db, me, after, conversation_id):
        for row in here:
            looked_at += 1
            if (hit := _find(row, wanted)) is not None:
                found.append(hit)
            if len(found) == limit or looked_at >= LOOKED_AT:
                room = next(one for one in some if one.id == row.conversation_id)
                return Page(_shown(db, found), room.place(row.seq))
        # A conversation counts even where there is nothing in it.
        looked_at += len(some)
    return Page(_shown(db, found))


def _shown(db: Db, found: Sequence[_Found]) -> tuple[Hit, ...]:
    """Who said it and when, asked of what was found alone: to read that of all that is looked at takes longer."""
    if not found:
        return ()
    here = at(messages, [address for address, *_ in found])
    rows = db.execute(select(m.conversation_id, m.seq, m.sender_id, m.created_at).where(here))
    told = {(row.conversation_id, row.seq): (row.sender_id, row.created_at) for row in rows}
    return tuple(Hit(*address, *told[address], before, words, after) for address, before, words, after in found)


# --- going through the conversations


def _stretches(
    db: Db, me: str, after: str | None, only: str | None
) -> Iterator[tuple[list[_Room], Sequence[Row[Any]]]]:
    """My conversations in their order, small ones together; each time with the messages that are to be looked at."""
    rooms = _rooms(db, me, after, only)
    while rooms:
        some = [rooms.pop(0)]
        if some[0].count > _AT_ONCE or some[0].below is not None:
            newest = _said(me, some).order_by(m.seq.desc()).limit(_AT_ONCE)
            rows = db.execute(newest).all()
            if len(rows) == _AT_ONCE:
                rooms.insert(0, _Room(some[0].id, some[0].active_at, some[0].count, rows[-1].seq))
            yield some, rows
            continue
        while rooms and len(some) < _ROOMS and sum(one.count for one in some) + rooms[0].count <= _AT_ONCE:
            some.append(rooms.pop(0))
        order = {one.id: n for n, one in enumerate(some)}
        here = db.execute(_said(me, some)).all()
        yield some, sorted(here, key=lambda row: (order[row.conversation_id], -row.seq))


def _rooms(db: Db, me: str, after: str | None, only: str | None) -> list[_Room]:
    """Those that I sit in, or this one alone, latest activity first, from a place on."""
    mine = (
        select(c.id, c.last_activity_at, c.message_count)
        .join(participants, and_(p.conversation_id == c.id, p.user_id == me))
        .where(*([] if only is None else [c.id == only]))
        .order_by(c.last_activity_at.desc(), c.id)
    )
    if after is None:
        return [_Room(row.id, row.last_activity_at, row.message_count) for row in db.execute(mine)]
    active_at, here, below = _place(after)
    beyond = or_(c.last_activity_at < active_at, and_(c.last_activity_at == active_at, c.id > here))
    rows = db.execute(mine.where(or_(c.id == here, and_(c.id != here, beyond)))).all()
    # It may have come to the top since; where it was left, it is gone on with first.
    left = [_Room(here, active_at, row.message_count, below) for row in rows if row.id == here]
    return left + [_Room(row.id, row.last_activity_at, row.message_count) for row in rows if row.id != here]


def _place(text: str) -> tuple[datetime, str, int]:
    at, _, rest = text.partition("~")
    here, _, below = rest.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    known = moment is not None and moment.tzinfo is not None and is_id(here)
    if moment is None or not known or not re.fullmatch("[0-9]{1,18}", below, re.ASCII):
        raise Invalid.field("after", "This is not a place in what was found.")
    return moment, here, int(below)


def _said(me: str, rooms: Sequence[_Room]) -> Select[Any]:
    """What I may see of what was said there: found through my seat, and not what is folded away."""
    blocked = exists().where(contacts.c.user_id == me, contacts.c.other_id == m.sender_id, contacts.c.blocked.is_(True))
    # One that was left somewhere in it is gone on with alone.
    first = rooms[0]
    below = [] if first.below is None else [m.seq < first.below]
    here = and_(m.conversation_id.in_([one.id for one in rooms]), *below)
    return (
        select(m.conversation_id, m.seq, m.content)
        .join(conversations, c.id == m.conversation_id)
        .join(participants, and_(p.conversation_id == m.conversation_id, p.user_id == me))
        .join(marks, and_(k.conversation_id == m.conversation_id, k.user_id == me))
        .where(
            *(here, m.deleted_at.is_(None), m.seq > k.cleared_seq, c.deleted_at.is_(None)),
            or_(k.hidden_seq == 0, c.last_message > k.hidden_seq),
            or_(c.kind == "direct", ~blocked),
        )
    )


# --- finding the words


def _folded(text: str) -> tuple[str, str]:
    """The text with each sign in one piece, and the same whatever the case."""
    if text.isascii():
        return text, text.lower()
    text = unicodedata.normalize("NFC", text)
    return text, text.casefold()


def _find(row: Row[Any], wanted: str) -> _Found | None:
    text, folded = _folded(row.content)
    at = folded.find(wanted)
    if at < 0:
        return None
    start, end = _span(text, folded, at, at + len(wanted))
    shown = _SPOILER.sub(lambda veiled: "▒" * len(veiled[0]), text)
    before, after = shown[:start], shown[end:]
    return (
        (row.conversation_id, row.seq),
        before if len(before) <= _BEFORE else "…" + before[-_BEFORE:],
        shown[start:end],
        after if len(after) <= _AFTER else after[:_AFTER] + "…",
    )


def _span(text: str, folded: str, start: int, end: int) -> tuple[int, int]:
    """Where in the text that is which stands there in the folded one: folding can make a letter longer."""
    if len(text) == len(folded):
        return start, end
    first, last, at = None, len(text), 0
    for n, letter in enumerate(text):
        at += len(letter.casefold())
        if first is None and at > start:
            first = n
        if at >= end:
            last = n + 1
            break
    return first or 0, last
