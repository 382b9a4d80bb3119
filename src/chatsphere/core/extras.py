"""What is on messages beside their words: files, reactions, and what their links lead to. Each is one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, literal, or_, select

from chatsphere.core import hyperlinks
from chatsphere.core.chat import Db
from chatsphere.core.tables import attachments, files, previews, reactions, renditions
from chatsphere.core.values import Attachment, Preview, Reaction, Rendition

Address = tuple[str, int]
Reacted = dict[int, tuple[Reaction, ...]]
WAITED_FOR = timedelta(minutes=2)
"""How long a message that was just said keeps the place for what its link leads to."""


def linked(rows: Iterable[Row[Any]]) -> list[Address]:
    """Those of these messages that have a link of which something could be shown."""
    return [(row.conversation_id, row.seq) for row in rows if hyperlinks.first(row.html)]


def of_reactions(db: Db, addresses: Collection[Address]) -> dict[Address, Reacted]:
    """Who reacted to these messages with what, by the position of the attachment (-1: the message); one query."""
    if not addresses:
        return {}
    r = reactions.c
    rows = db.execute(select(reactions).where(at(reactions, addresses)).order_by(r.reacted_seq))
    gathered: dict[Address, dict[int, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        gathered[row.conversation_id, row.seq][row.position].setdefault(row.emoji, []).append(row.user_id)
    return {
        address: {
            position: tuple(Reaction(emoji, tuple(user_ids)) for emoji, user_ids in found.items())
            for position, found in places.items()
        }
        for address, places in gathered.items()
    }


def of_attachments(db: Db, addresses: Collection[Address]) -> dict[Address, tuple[Attachment, ...]]:
    """What is attached to these messages, in order; one query."""
    if not addresses:
        return {}
    a, f, r = attachments.c, files.c, renditions.c
    rows = db.execute(
        select(
            *(a.conversation_id, a.seq, a.position, a.file_id, a.alt, a.caption),
            *(f.kind, f.name, f.content_type, f.size, f.width, f.height, f.thumbhash, f.hue),
            *(r.name.label("r_name"), r.width.label("r_width"), r.height.label("r_height")),
            r.content_type.label("r_type"),
        )
        .join(files, f.id == a.file_id)
        .outerjoin(renditions, r.file_id == f.id)
        .where(at(attachments, addresses))
        .order_by(a.conversation_id, a.seq, a.position, r.position)
    )
    gathered: dict[Address, dict[int, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        gathered[row.conversation_id, row.seq][row.position].append(row)
    return {address: tuple(_attachment(group) for group in album.values()) for address, album in gathered.items()}


def of_previews(db: Db, addresses: Collection[Address]) -> dict[Address, tuple[Preview, ...]]:
    """What is shown of these messages' links; one query. What nobody has looked at for long is not waited for."""
    if not addresses:
        return {}
    v, f, r = previews.c, files.c, renditions.c
    awaited = or_(v.state == "ready", v.created_at > db.now - WAITED_FOR)
    rows = db.execute(
        select(
            *(v.conversation_id, v.seq, v.url, v.state, v.site, v.title, v.description, v.file_id),
            *(f.kind, f.name, f.content_type, f.size, f.width, f.height, f.thumbhash, f.hue, literal("").label("alt")),
            literal("").label("caption"),
            *(r.name.label("r_name"), r.width.label("r_width"), r.height.label("r_height")),
            r.content_type.label("r_type"),
        )
        .outerjoin(files, f.id == v.file_id)
        .outerjoin(renditions, r.file_id == f.id)
        .where(at(previews, addresses), awaited)
        .order_by(v.conversation_id, v.seq, r.position)
    )
    gathered: dict[Address, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        gathered[row.conversation_id, row.seq].append(row)
    return {address: (_preview(group),) for address, group in gathered.items()}


def _preview(rows: Sequence[Row[Any]]) -> Preview:
    first = rows[0]
    image = None if first.file_id is None else _attachment(rows)
    return Preview(first.url, first.state, first.site, first.title, first.description, image)


def at(table: Any, addresses: Iterable[Address]) -> ColumnElement[bool]:
    """The condition for rows of these messages. Pairs as OR-ed conditions: MariaDB is slow at row values in IN."""
    seqs: dict[str, list[int]] = defaultdict(list)
    for conversation_id, seq in addresses:
        seqs[conversation_id].append(seq)
    return or_(
        *(
            and_(table.c.conversation_id == conversation_id, table.c.seq.in_(numbers))
            for conversation_id, numbers in seqs.items()
        )
    )


def _attachment(rows: Sequence[Row[Any]]) -> Attachment:
    first = rows[0]
    sizes = tuple(Rendition(r.r_name, r.r_width, r.r_height, r.r_type) for r in rows if r.r_name is not None)
    return Attachment(
        id=first.file_id,
        kind=first.kind,
        name=first.name,
        content_type=first.content_type,
        size=first.size,
        width=first.width,
        height=first.height,
        thumbhash=first.thumbhash,
        hue=first.hue,
        alt=first.alt,
        renditions=sizes,
        caption=first.caption,
    )
