"""Files: staged before their bytes are stored, attached when their message is said, doomed when it is taken back.

A file's row comes first and goes last, so that no bytes are ever without a row that leads to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, insert, select, update

from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.seats import seat
from chatsphere.core.tables import attachments, drafts, files, pieces, previews, renditions, uploads, users
from chatsphere.core.values import Rendition

f, r, a, u, up, v = files.c, renditions.c, attachments.c, users.c, uploads.c, previews.c

# Long enough for the slowest upload between its row and its message.
STAGED_FOR = timedelta(hours=1)
ORIGINAL = "original"
_COMING = ("staged", "arriving")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file whose bytes are about to be stored. Digests are SHA-256: of what is stored, and of what was sent."""

    name: str
    kind: str
    content_type: str
    size: int
    sha256: bytes
    source_sha256: bytes
    width: int | None = None
    height: int | None = None
    thumbhash: str | None = None
    hue: int | None = None
    renditions: Sequence[Rendition] = field(default=())


@dataclass(frozen=True, slots=True)
class Blob:
    """Where bytes lie and what they are; without `sha256` they are still to be made from `original`."""

    key: str
    original: str
    name: str
    kind: str
    content_type: str
    sha256: bytes | None
    size: int | None


def key(file_id: str, name: str = ORIGINAL) -> str:
    """Under what key the storage holds a file or one of its renditions."""
    return f"{file_id[-2:]}/{file_id}/{name}"


def stage(tx: Tx, me: str, conversation_id: str | None, stored: Stored, *, file_id: str | None = None) -> str:
    """Make room for a file; it is dropped again unless a message takes it. Returns its id.

    One that came in pieces has its id already, and no message takes it before it is settled.
    """
    state = "staged" if file_id is None else "arriving"
    file_id = file_id or new_id()
    tx.execute(
        insert(files).values(
            id=file_id,
            owner_id=me,
            conversation_id=conversation_id,
            state=state,
            changed_at=tx.now,
            name=stored.name,
            kind=stored.kind,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            source_sha256=stored.source_sha256,
            width=stored.width,
            height=stored.height,
            thumbhash=stored.thumbhash,
            hue=stored.hue,
        )
    )
    if stored.renditions:
        tx.execute(insert(renditions), [_row(file_id, n, one) for n, one in enumerate(stored.renditions)])
    return file_id


def _row(file_id: str, position: int, one: Rendition) -> dict[str, Any]:
    size = {"width": one.width, "height": one.height}
    return {"file_id": file_id, "name": one.name, "position": position, "content_type": one.content_type, **size}


def unstage(tx: Tx, me: str, file_id: str) -> None:
    """Take back the room that was made for a file that came in pieces, before it was settled."""
    if tx.execute(delete(files).where(f.id == file_id, f.owner_id == me, f.state == "arriving")).rowcount:
        tx.execute(delete(renditions).where(r.file_id == file_id))


def settle(tx: Tx, me: str, file_id: str) -> None:
    """The bytes of a file that came in pieces are stored: a message may take it."""
    arriving = and_(f.id == file_id, f.owner_id == me, f.state == "arriving")
    tx.execute(update(files).where(arriving).values(state="staged", changed_at=tx.now))


def made(tx: Tx, file_id: str, name: str, sha256: bytes, size: int) -> None:
    """A rendition's bytes are stored now; NotFound where the file was taken back meanwhile, and they have to go."""
    if tx.execute(select(f.state).where(f.id == file_id).with_for_update()).scalar() in (None, "doomed"):
        raise NotFound
    tx.execute(update(renditions).where(r.file_id == file_id, r.name == name).values(sha256=sha256, size=size))


def attach(tx: Tx, me: str, conversation_id: str, file_ids: Sequence[str]) -> None:
    """Staged files become part of a message."""
    staged = and_(f.id.in_(file_ids), f.owner_id == me, f.conversation_id == conversation_id, f.state == "staged")
    found = set(tx.execute(select(f.id).where(staged).with_for_update()).scalars())
    if sorted(found) != sorted(file_ids):
        raise Invalid.field("file", "This upload is not there any more. Please send it again.")
    tx.execute(update(files).where(staged).values(state="attached", changed_at=tx.now))
    # What came in pieces has arrived for good.
    tx.execute(delete(uploads).where(up.id.in_(file_ids)))


def album(db: Db, me: str, conversation_id: str, message_id: int) -> list[tuple[str, Stored]]:
    """The files of a message that I see, in order, by id: all that is needed to make others like them."""
    mine = seat(db, me, conversation_id)
    here = and_(a.conversation_id == conversation_id, a.seq == message_id, a.seq > mine.cleared_seq)
    rows = db.execute(select(files).join(attachments, a.file_id == f.id).where(here).order_by(a.position)).all()
    sizes: dict[str, list[Rendition]] = {row.id: [] for row in rows}
    for row in db.execute(select(renditions).where(r.file_id.in_(list(sizes))).order_by(r.position)) if sizes else ():
        sizes[row.file_id].append(Rendition(row.name, row.width, row.height, row.content_type))
    return [(row.id, _stored(row, sizes[row.id])) for row in rows]


def _stored(row: Any, sizes: Sequence[Rendition]) -> Stored:
    return Stored(
        name=row.name,
        kind=row.kind,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        source_sha256=row.source_sha256,
        width=row.width,
        height=row.height,
        thumbhash=row.thumbhash,
        hue=row.hue,
        renditions=sizes,
    )


def sources(db: Db, file_ids: Sequence[str]) -> list[bytes | None]:
    """The digests of what was sent, in order, to tell whether two messages have the same files."""
    if not file_ids:
        return []
    found = {row.id: row.source_sha256 for row in db.execute(select(f.id, f.source_sha256).where(f.id.in_(file_ids)))}
    return [found.get(file_id) for file_id in file_ids]


def drop(tx: Tx, me: str, file_ids: Collection[str]) -> None:
    """I do not need what I staged."""
    _doom(tx, and_(f.id.in_(list(file_ids)), f.owner_id == me, f.state == "staged"))


def doom_of(tx: Tx, conversation_id: str, seq: int | None = None) -> None:
    """The files of a message, or of a whole conversation, go with it, and what its link leads to; staged ones too."""
    theirs = v.conversation_id == conversation_id
    of = a.conversation_id == conversation_id
    if seq is None:
        _doom(tx, f.conversation_id == conversation_id)
        tx.execute(delete(uploads).where(up.conversation_id == conversation_id))
        tx.execute(delete(drafts).where(drafts.c.conversation_id == conversation_id))
    else:
        theirs = and_(theirs, v.seq == seq)
        attached = tx.execute(select(a.file_id).where(of, a.seq == seq)).scalars().all()
        shown = tx.execute(select(v.file_id).where(theirs, v.file_id.is_not(None))).scalars().all()
        _doom(tx, f.id.in_([*attached, *shown]))
    tx.execute(delete(previews).where(theirs))


def give_up(tx: Tx) -> None:
    """The sweep's part: uploads that nobody finished are doomed, so that no message takes them any more."""
    kept = select(up.id)
    _doom(tx, and_(f.state.in_(_COMING), f.changed_at < tx.now - STAGED_FOR, f.id.not_in(kept)))


def doom_staged(tx: Tx, file_ids: Collection[str]) -> None:
    """These go unless a message has taken them."""
    _doom(tx, and_(f.id.in_(list(file_ids)), f.state.in_(_COMING)))


def doom_own(tx: Tx, user_id: str) -> None:
    """The files of a user that belong to no message: their picture, what they were about to send, their export."""
    _doom(tx, and_(f.owner_id == user_id, f.state.in_([*_COMING, "portrait", "export"])))


def doom_exports(tx: Tx, which: Any) -> None:
    """These of the exports go."""
    _doom(tx, and_(f.state == "export", which))


def doom(tx: Tx, file_id: str) -> None:
    """This one goes."""
    _doom(tx, f.id == file_id)


def _doom(tx: Tx, which: Any) -> None:
    if tx.execute(update(files).where(which, f.state != "doomed").values(state="doomed", changed_at=tx.now)).rowcount:
        tx.files = True


def portray(tx: Tx, me: str, file_id: str) -> None:
    """A staged file becomes my picture, instead of the one before."""
    before = tx.execute(select(u.image).where(u.id == me)).scalar_one_or_none()
    mine = and_(f.id == file_id, f.owner_id == me, f.state == "staged")
    if not tx.execute(update(files).where(mine).values(state="portrait", changed_at=tx.now)).rowcount:
        raise Invalid.field("image", "This upload is not there any more. Please send it again.")
    if before:
        _doom(tx, f.id == before)


def illustrate(tx: Tx, me: str, conversation_id: str, file_id: str) -> None:
    """A staged file becomes the picture of what a link leads to."""
    mine = and_(f.id == file_id, f.owner_id == me, f.conversation_id == conversation_id, f.state == "staged")
    if not tx.execute(update(files).where(mine).values(state="preview", changed_at=tx.now)).rowcount:
        raise NotFound


def readable(db: Db, me: str, conversation_id: str, file_id: str, rendition: str | None = None) -> Blob:
    """Where the bytes of an attachment, or of a preview's picture, lie, if I may see them."""
    mine = seat(db, me, conversation_id)
    here = and_(a.conversation_id == conversation_id, a.seq > mine.cleared_seq)
    try:
        return _blob(db, here, file_id, rendition)
    except NotFound:
        shown = and_(v.conversation_id == conversation_id, v.seq > mine.cleared_seq)
        return _blob(db, shown, file_id, rendition, of=v.file_id)


def of_message(db: Db, conversation_id: str, seq: int, file_id: str, rendition: str | None = None) -> Blob:
    """Where the bytes of an attachment of this very message lie, for whoever may see it without a seat."""
    return _blob(db, and_(a.conversation_id == conversation_id, a.seq == seq), file_id, rendition)


def _blob(db: Db, here: Any, file_id: str, rendition: str | None, of: Any = a.file_id) -> Blob:
    # MariaDB will not compare a column of ASCII with anything else.
    if rendition is not None and not rendition.isascii():
        raise NotFound
    query = select(files).join(of.table, of == f.id).where(here, f.id == file_id)
    if rendition is None:
        return _original(db.execute(query).one_or_none())
    sizes = query.join(renditions, and_(r.file_id == f.id, r.name == rendition))
    row = db.execute(
        sizes.with_only_columns(
            *(f.id, f.name, f.kind, r.content_type, r.sha256, r.size, r.name.label("rendition")),
            maintain_column_froms=True,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    where = key(row.id, row.rendition)
    return Blob(where, key(row.id), row.name, row.kind, row.content_type, row.sha256, row.size)


def portrait(db: Db, _me: str, user_id: str) -> Blob | None:
    """Where somebody's picture lies; None where they have none. Everybody may see it."""
    row = db.execute(select(files).join(users, u.image == f.id).where(u.id == user_id)).one_or_none()
    return None if row is None else _original(row)


def _original(row: Any) -> Blob:
    if row is None:
        raise NotFound
    where = key(row.id)
    return Blob(where, where, row.name, row.kind, row.content_type, row.sha256, row.size)


def doomed(db: Db, limit: int = 100) -> dict[str, list[str]]:
    """What is to be destroyed: file ids with the keys of their bytes."""
    ids = db.execute(select(f.id).where(f.state == "doomed").limit(limit)).scalars().all()
    keys = {file_id: [key(file_id)] for file_id in ids}
    for row in db.execute(select(r.file_id, r.name).where(r.file_id.in_(ids))) if ids else ():
        keys[row.file_id].append(key(row.file_id, row.name))
    return keys


def forget(tx: Tx, file_ids: Collection[str]) -> None:
    """Their bytes are destroyed; now the rows go."""
    tx.execute(delete(renditions).where(r.file_id.in_(list(file_ids))))
    tx.execute(delete(files).where(f.id.in_(list(file_ids))))


def known(db: Db, file_ids: Collection[str]) -> set[str]:
    """Which of these files have a row; bytes of others are left over from a crash."""
    if not file_ids:
        return set()
    ids = list(file_ids)
    found = set(db.execute(select(f.id).where(f.id.in_(ids))).scalars())
    return found | set(db.execute(select(pieces.c.upload_id).where(pieces.c.upload_id.in_(ids)).distinct()).scalars())
