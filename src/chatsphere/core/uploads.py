"""Uploads: files that come in pieces, each in its place, until they are whole; then a message takes them by their id.

A piece's row comes before its bytes and goes after them, as a file's does. An upload and its file have the same id.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update

from chatsphere.core import files
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.files import Stored
from chatsphere.core.ids import is_id, new_id
from chatsphere.core.seats import seat
from chatsphere.core.tables import pieces, uploads

u, p = uploads.c, pieces.c

KEPT = timedelta(days=3)
"""How long an upload waits for its next piece, or for its message."""
MOST = 100
"""Uploads that one person may have waiting."""
LEAST_PIECE = 64 * 1024
"""Bytes of a piece, unless it is the last one: so that there are not too many of them."""
MOST_PIECE = 8 * 1024 * 1024
_MOST_TRIES = 1000
_GO_ON = "{} bytes have arrived: go on from there."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: `arrived` of its `size` bytes are here; once it is `ready`, a message may take it."""

    id: str
    conversation_id: str
    name: str
    content_type: str
    size: int
    arrived: int
    ready: bool
    expires_at: datetime


def begin(tx: Tx, me: str, conversation_id: str, name: str, content_type: str, size: int) -> Upload:
    """A file of mine will come, for this conversation."""
    seat(tx, me, conversation_id)
    waiting = tx.execute(select(func.count()).select_from(uploads).where(u.owner_id == me)).scalar_one()
    if waiting >= MOST:
        raise Conflict(f"{MOST} files of yours are waiting already. Send or remove some of them first.")
    upload_id = new_id()
    tx.execute(
        insert(uploads).values(
            id=upload_id,
            owner_id=me,
            conversation_id=conversation_id,
            name=name,
            content_type=content_type,
            size=size,
            arrived=0,
            ready=False,
            changed_at=tx.now,
        )
    )
    return get(tx, me, upload_id)


def get(db: Db, me: str, upload_id: str) -> Upload:
    """An upload of mine, for a conversation that I still sit in."""
    return _upload(_own(db, me, upload_id))


def at(db: Db, me: str, upload_id: str, start: int) -> Upload:
    """An upload of mine, if exactly so much of it has arrived."""
    row = _own(db, me, upload_id)
    if start != row.arrived:
        raise Conflict(_GO_ON.format(row.arrived))
    return _upload(row)


def mine(db: Db, me: str) -> tuple[Upload, ...]:
    """What of mine is on its way or waits, the oldest first."""
    return tuple(_upload(row) for row in db.execute(select(uploads).where(u.owner_id == me).order_by(u.id)))


def whole(db: Db, me: str, upload_ids: Collection[str]) -> list[str]:
    """Which of these uploads of mine have arrived and are not ready yet."""
    ids = [one for one in upload_ids if is_id(one)]
    arrived = and_(u.id.in_(ids), u.owner_id == me, u.ready.is_(False), u.arrived == u.size)
    return list(db.execute(select(u.id).where(arrived)).scalars())


def _own(db: Db, me: str, upload_id: str, *, locked: bool = False) -> Row[Any]:
    if not is_id(upload_id):
        raise NotFound
    query = select(uploads).where(u.id == upload_id, u.owner_id == me)
    row = db.execute(query.with_for_update() if locked else query).one_or_none()
    if row is None:
        raise NotFound
    seat(db, me, row.conversation_id)
    return row


def _upload(row: Row[Any]) -> Upload:
    told = (row.id, row.conversation_id, row.name, row.content_type, row.size, row.arrived, row.ready)
    return Upload(*told, row.changed_at + KEPT)


# --- pieces


def expect(tx: Tx, me: str, upload_id: str, start: int, size: int) -> str:
    """A piece of so many bytes comes from there on. Returns under what key its bytes are to be stored."""
    row = _own(tx, me, upload_id, locked=True)
    _check(row, start, size)
    tries = tx.execute(select(func.count()).select_from(pieces).where(p.upload_id == upload_id)).scalar_one()
    if tries >= _MOST_TRIES:
        raise Conflict("This file was tried too often. Begin it anew.")
    name = f"piece-{secrets.token_hex(8)}"
    tx.execute(insert(pieces).values(upload_id=upload_id, name=name, start=start, size=size, here=False))
    return files.key(upload_id, name)


def _check(row: Row[Any], start: int, size: int) -> None:
    if start != row.arrived:
        raise Conflict(_GO_ON.format(row.arrived))
    if start + size > row.size:
        raise Invalid.field("body", f"is longer than the {row.size} bytes that were announced")
    if size > MOST_PIECE or (size < LEAST_PIECE and start + size < row.size):
        raise Invalid.field(
            "body", f"must have {LEAST_PIECE} to {MOST_PIECE} bytes, the last piece as many as are left"
        )


def grow(tx: Tx, me: str, upload_id: str, key: str) -> Upload:
    """The bytes of an expected piece are stored; a Conflict where another one has taken its place meanwhile."""
    row = _own(tx, me, upload_id, locked=True)
    this = and_(p.upload_id == upload_id, p.name == key.rpartition("/")[2])
    piece = tx.execute(select(pieces).where(this)).one_or_none()
    if piece is None or piece.start != row.arrived:
        raise Conflict(_GO_ON.format(row.arrived))
    tx.execute(update(pieces).where(this).values(here=True))
    tx.execute(update(uploads).where(u.id == upload_id).values(arrived=piece.start + piece.size, changed_at=tx.now))
    return get(tx, me, upload_id)


def keys(db: Db, me: str, upload_id: str) -> Sequence[str]:
    """Where the bytes of its pieces lie, in order."""
    get(db, me, upload_id)
    here = select(p.name).where(p.upload_id == upload_id, p.here.is_(True)).order_by(p.start)
    return [files.key(upload_id, name) for name in db.execute(here).scalars()]


# --- whole


def stage(tx: Tx, me: str, upload_id: str, stored: Stored) -> None:
    """Make room for the file that it has become. Doing it again, after a crash say, makes room anew."""
    row = _own(tx, me, upload_id, locked=True)
    if row.arrived != row.size:
        raise Conflict(f"{row.arrived} of {row.size} bytes have arrived.")
    if not row.ready:
        files.unstage(tx, me, upload_id)
        files.stage(tx, me, row.conversation_id, stored, file_id=upload_id)


def finish(tx: Tx, me: str, upload_id: str) -> Upload:
    """The file's own bytes are stored: a message may take it, and its pieces are needed no more."""
    _own(tx, me, upload_id, locked=True)
    files.settle(tx, me, upload_id)
    tx.execute(update(uploads).where(u.id == upload_id).values(ready=True, changed_at=tx.now))
    tx.files = True
    return get(tx, me, upload_id)


def drop(tx: Tx, me: str, upload_id: str) -> None:
    """I do not want to send it any more."""
    _own(tx, me, upload_id, locked=True)
    _drop(tx, u.id == upload_id)


def give_up(tx: Tx, limit: int = 100) -> None:
    """The sweep's part: what nobody went on with, or sent, is dropped."""
    old = tx.execute(select(u.id).where(u.changed_at < tx.now - KEPT).limit(limit)).scalars().all()
    if old:
        _drop(tx, u.id.in_(old))


def _drop(tx: Tx, which: ColumnElement[bool]) -> None:
    gone = tx.execute(select(u.id).where(which)).scalars().all()
    files.doom_staged(tx, gone)
    tx.execute(delete(uploads).where(u.id.in_(gone)))
    tx.files = True


# --- what is left of them


def lost(db: Db, limit: int = 200) -> list[tuple[str, str]]:
    """Pieces that nobody needs any more, as (upload, name): of uploads that are ready or gone."""
    needed = select(pieces).outerjoin(uploads, u.id == p.upload_id).where(or_(u.id.is_(None), u.ready.is_(True)))
    return [(row.upload_id, row.name) for row in db.execute(needed.limit(limit))]


def forget(tx: Tx, which: Collection[tuple[str, str]]) -> None:
    """Their bytes are destroyed; now the rows go."""
    for upload_id, name in which:
        tx.execute(delete(pieces).where(p.upload_id == upload_id, p.name == name))
