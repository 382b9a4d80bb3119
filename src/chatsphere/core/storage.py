"""What takes room: whose files, and in which conversations. Numbers only; of a conversation not even its title."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from chatsphere.core import pictures
from chatsphere.core.chat import Db
from chatsphere.core.errors import NotFound
from chatsphere.core.tables import conversations, files, participants, renditions, retentions, tombstones
from chatsphere.core.values import Kind, Page, User

f, r, c, p, t = files.c, renditions.c, conversations.c, participants.c, tombstones.c


@dataclass(frozen=True, slots=True)
class Used:
    """How many files, and how many bytes they take with all their renditions."""

    files: int
    bytes: int


NOTHING = Used(0, 0)


@dataclass(frozen=True, slots=True)
class Sizable:
    """A conversation as administrators may know it: what it is, how large and how old, and nothing of what it is about.

    `retention` is after how many days its messages go by a rule of its own; 0: never, None: as everywhere.
    """

    id: str
    kind: Kind
    people: int
    messages: int
    created_at: datetime
    last_activity_at: datetime
    used: Used
    retention: int | None


def sized() -> Any:
    """Each file that is kept, with its bytes: its own and its renditions'. To be joined by `file_id`."""
    made = select(r.file_id, func.sum(r.size).label("bytes")).group_by(r.file_id).subquery()
    whole = f.size + func.coalesce(made.c.bytes, 0)
    columns = (f.id.label("file_id"), f.owner_id, f.conversation_id, whole.label("bytes"))
    return select(*columns).outerjoin(made, made.c.file_id == f.id).where(f.state != "doomed").subquery()


def _sums(kept: Any) -> tuple[Any, Any]:
    return func.count(kept.c.file_id).label("files"), func.coalesce(func.sum(kept.c.bytes), 0).label("bytes")


def _used(row: Any) -> Used:
    return Used(int(row.files), int(row.bytes))


def total(db: Db) -> Used:
    """What all files take."""
    return _used(db.execute(select(*_sums(sized()))).one())


def of_people(db: Db, user_ids: Collection[str]) -> dict[str, Used]:
    """What the files of these users take."""
    kept = sized()
    wanted = select(kept.c.owner_id, *_sums(kept)).where(kept.c.owner_id.in_(sorted(user_ids)))
    return {row.owner_id: _used(row) for row in db.execute(wanted.group_by(kept.c.owner_id))} if user_ids else {}


def by_person(db: Db, limit: int = 50, after: int = 0) -> Page[tuple[User, Used]]:
    """Whose files take most, the largest first; `after` that many."""
    kept = sized()
    amounts = _sums(kept)
    wanted = select(kept.c.owner_id, *amounts).group_by(kept.c.owner_id).order_by(amounts[1].desc(), kept.c.owner_id)
    rows = db.execute(wanted.offset(after).limit(limit + 1)).all()
    owners = pictures.of_users(db, [row.owner_id for row in rows])
    found = tuple((owners[row.owner_id], _used(row)) for row in rows[:limit] if row.owner_id in owners)
    return Page(found, after + limit if len(rows) > limit else None)


def by_conversation(db: Db, limit: int = 50, after: int = 0) -> Page[Sizable]:
    """Which conversations take most, the largest first; `after` that many."""
    wanted, amount = _sizables()
    rows = db.execute(wanted.order_by(amount.desc(), c.message_count.desc(), c.id).offset(after).limit(limit + 1)).all()
    return Page(tuple(_sizable(row) for row in rows[:limit]), after + limit if len(rows) > limit else None)


def conversation(db: Db, conversation_id: str) -> Sizable:
    """One conversation, by its numbers."""
    found = some(db, c.id == conversation_id)
    if not found:
        raise NotFound
    return found[0]


def some(db: Db, which: ColumnElement[bool], limit: int = 50, after: int = 0) -> list[Sizable]:
    """These conversations, the oldest first; `after` that many."""
    wanted, _ = _sizables()
    ordered = wanted.where(which).order_by(c.created_at, c.id)
    return [_sizable(row) for row in db.execute(ordered.offset(after).limit(limit))]


def _sizables() -> tuple[Select[Any], ColumnElement[Any]]:
    kept = sized()
    files_of = select(kept.c.conversation_id, *_sums(kept)).group_by(kept.c.conversation_id).subquery()
    seats = select(p.conversation_id, func.count().label("people")).group_by(p.conversation_id).subquery()
    gone = select(t.conversation_id, func.count().label("gone")).group_by(t.conversation_id).subquery()
    amount = func.coalesce(files_of.c.bytes, 0)
    wanted = (
        select(
            *(c.id, c.kind, c.created_at, c.last_activity_at, retentions.c.days),
            func.coalesce(seats.c.people, 0).label("people"),
            (c.message_count - func.coalesce(gone.c.gone, 0)).label("messages"),
            func.coalesce(files_of.c.files, 0).label("files"),
            amount.label("bytes"),
        )
        .outerjoin(seats, seats.c.conversation_id == c.id)
        .outerjoin(gone, gone.c.conversation_id == c.id)
        .outerjoin(files_of, files_of.c.conversation_id == c.id)
        .outerjoin(retentions, retentions.c.conversation_id == c.id)
        .where(c.deleted_at.is_(None))
    )
    return wanted, amount


def _sizable(row: Any) -> Sizable:
    moments = (row.created_at, row.last_activity_at)
    return Sizable(row.id, row.kind, row.people, int(row.messages), *moments, _used(row), row.days)
