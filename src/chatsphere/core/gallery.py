"""The gallery: every picture that I may see, of one conversation or of all, in the order in which they were sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select

from chatsphere.core import extras, pictures
from chatsphere.core.chat import Db
from chatsphere.core.errors import Invalid
from chatsphere.core.ids import is_id
from chatsphere.core.seats import seat
from chatsphere.core.tables import attachments, contacts, conversations, files, marks, messages, participants
from chatsphere.core.values import Page, Picture, User

a, c, f, k, m, p = attachments.c, conversations.c, files.c, marks.c, messages.c, participants.c

_NUMBERS = re.compile(r"([0-9]{1,18})\.([0-9]{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pictures: before or after a place, or around a picture; all but `limit` may be left out."""

    before: str | None = None
    after: str | None = None
    around: str | None = None
    sender_id: str | None = None
    has_text: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class _Order:
    """By which columns, and how a picture's place among them is written and read."""

    columns: tuple[Any, ...]
    write: Callable[[Row[Any]], str]
    read: Callable[[str], tuple[Any, ...] | None]

    def place(self, name: str, text: str) -> tuple[Any, ...]:
        """What was written, or a refusal that names the parameter."""
        if (read := self.read(text)) is None:
            raise Invalid.field(name, "This is not a place in the gallery.")
        return read

    def beyond(self, place: Sequence[Any], *, newer: bool) -> Any:
        """The condition for what comes after a place, or before it. Spelled out: MariaDB is slow at comparing rows."""
        ways = []
        for n, (column, value) in enumerate(zip(self.columns, place, strict=True)):
            same = [one == known for one, known in zip(self.columns[:n], place[:n], strict=True)]
            ways.append(and_(*same, column > value if newer else column < value))
        return or_(*ways)


def page(db: Db, me: str, conversation_id: str, wanted: Wanted) -> Page[Picture]:
    """A page of a conversation's pictures, ascending; the latest unless told otherwise.

    `next` leads to older ones, with `after` to newer.
    """
    seat(db, me, conversation_id)
    return _page(db, _mine(me).where(a.conversation_id == conversation_id), wanted, _HERE)


def everything(db: Db, me: str, wanted: Wanted) -> Page[Picture]:
    """The same of all my conversations together."""
    return _page(db, _mine(me), wanted, _EVERYWHERE)


def senders(db: Db, me: str, conversation_id: str | None = None) -> tuple[User, ...]:
    """Who has sent the pictures that I see, of one conversation or of all, by name."""
    query = _mine(me)
    if conversation_id is not None:
        seat(db, me, conversation_id)
        query = query.where(a.conversation_id == conversation_id)
    ids = db.execute(query.with_only_columns(m.sender_id, maintain_column_froms=True).distinct()).scalars().all()
    return tuple(sorted(pictures.of_users(db, ids).values(), key=lambda one: one.display_name.casefold()))


@dataclass(frozen=True, slots=True)
class Light:
    """A picture as far as it lights something: its message's number and its hue."""

    seq: int
    picture_id: str
    hue: int | None


def lights(db: Db, me: str, conversation_id: str) -> list[Light]:
    """All pictures of a conversation in small, in their order."""
    here = _mine(me).where(a.conversation_id == conversation_id).order_by(a.seq, a.position)
    rows = db.execute(here.with_only_columns(a.seq, a.file_id, f.hue, maintain_column_froms=True))
    return [Light(row.seq, row.file_id, row.hue) for row in rows]


def _mine(me: str) -> Select[Any]:
    """Pictures in conversations that I have a visible seat in; not those that are folded away from me."""
    blocked = exists().where(contacts.c.user_id == me, contacts.c.other_id == m.sender_id, contacts.c.blocked.is_(True))
    return (
        select(
            *(a.conversation_id, a.seq, a.position, a.file_id),
            *(m.sender_id, m.content, m.html, m.created_at, m.reaction_count),
        )
        .join(participants, and_(p.conversation_id == a.conversation_id, p.user_id == me))
        .join(marks, and_(k.conversation_id == a.conversation_id, k.user_id == me))
        .join(conversations, c.id == a.conversation_id)
        .join(messages, and_(m.conversation_id == a.conversation_id, m.seq == a.seq))
        .join(files, f.id == a.file_id)
        .where(
            *(f.kind == "image", m.deleted_at.is_(None), a.seq > k.cleared_seq, c.deleted_at.is_(None)),
            or_(k.hidden_seq == 0, c.last_message > k.hidden_seq),
            or_(c.kind == "direct", ~blocked),
        )
    )


def _page(db: Db, query: Select[Any], wanted: Wanted, order: _Order) -> Page[Picture]:
    if wanted.sender_id is not None:
        query = query.where(m.sender_id == wanted.sender_id)
    if wanted.has_text:
        query = query.where(or_(m.content != "", a.alt != ""))
    if wanted.after is not None:
        newer = query.where(order.beyond(order.place("after", wanted.after), newer=True))
        rows = db.execute(newer.order_by(*order.columns).limit(wanted.limit + 1)).all()
        return _shown(db, rows[: wanted.limit], order, len(rows) > wanted.limit, newer=True)
    if wanted.around is not None:
        return _around(db, query, wanted, order)
    if wanted.before is not None:
        query = query.where(order.beyond(order.place("before", wanted.before), newer=False))
    rows = _back(db, query, wanted.limit + 1, order)
    return _shown(db, rows[-wanted.limit :], order, len(rows) > wanted.limit)


def _around(db: Db, query: Select[Any], wanted: Wanted, order: _Order) -> Page[Picture]:
    it = db.execute(query.where(a.file_id == wanted.around)).one_or_none()
    if it is None:
        raise Invalid.field("around", "There is no such picture here.")
    place = order.place("around", order.write(it))
    half = wanted.limit // 2
    older = _back(db, query.where(order.beyond(place, newer=False)), half + 1, order)
    newer = query.where(order.beyond(place, newer=True)).order_by(*order.columns).limit(wanted.limit - half - 1)
    rows = [*older[-half:], it, *db.execute(newer)] if half else [it]
    return _shown(db, rows, order, len(older) > half)


def _back(db: Db, query: Select[Any], limit: int, order: _Order) -> list[Row[Any]]:
    rows = db.execute(query.order_by(*(column.desc() for column in order.columns)).limit(limit)).all()
    return list(reversed(rows))


def _shown(db: Db, rows: Sequence[Row[Any]], order: _Order, more: bool, *, newer: bool = False) -> Page[Picture]:
    attached = extras.of_attachments(db, {(row.conversation_id, row.seq) for row in rows})
    reacted = extras.of_reactions(db, {(row.conversation_id, row.seq) for row in rows if row.reaction_count})
    by_id = {
        one.id: replace(one, reactions=reacted.get(address, {}).get(at, ()))
        for address, album in attached.items()
        for at, one in enumerate(album)
    }
    shown = tuple(
        Picture(
            place=order.write(row),
            conversation_id=row.conversation_id,
            message_id=row.seq,
            sender_id=row.sender_id,
            content=row.content,
            html=row.html,
            created_at=row.created_at,
            attachment=by_id[row.file_id],
        )
        for row in rows
    )
    return Page(shown, shown[-1 if newer else 0].place if more else None)


def _numbers(text: str) -> tuple[int, int] | None:
    found = _NUMBERS.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _everywhere(text: str) -> tuple[Any, ...] | None:
    at, _, rest = text.partition("~")
    conversation_id, _, numbers = rest.partition("~")
    place = _numbers(numbers)
    if place is None or not is_id(conversation_id):
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return None if moment.tzinfo is None else (moment, conversation_id, *place)


_HERE = _Order((a.seq, a.position), lambda row: f"{row.seq}.{row.position}", _numbers)
_EVERYWHERE = _Order(
    (m.created_at, a.conversation_id, a.seq, a.position),
    lambda row: f"{row.created_at.isoformat()}~{row.conversation_id}~{row.seq}.{row.position}",
    _everywhere,
)
