"""Drafts: what I have begun to say in a conversation, kept so that another device of mine can go on with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, insert, select

from chatsphere.core import uploads
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Invalid
from chatsphere.core.events import Attached
from chatsphere.core.ids import is_id
from chatsphere.core.phrases import phrase
from chatsphere.core.seats import seat
from chatsphere.core.tables import drafts, participants
from chatsphere.core.uploads import Upload

d, p = drafts.c, participants.c

LONGEST = 8000
_UNFIT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is begun: words, what they answer, and the uploads that are to go along, each with its words."""

    conversation_id: str
    content: str
    reply_to: int | None
    reply_attachment: str | None
    uploads: tuple[tuple[Upload, Attached], ...]
    changed_at: datetime

    @property
    def id(self) -> str:
        """Where it is."""
        return self.conversation_id


def keep(
    tx: Tx,
    me: str,
    conversation_id: str,
    content: str,
    reply_to: int | None = None,
    files: Sequence[Attached] = (),
    reply_attachment: str | None = None,
) -> Draft | None:
    """Keep what I have begun here instead of what I had before; of nothing, nothing is kept."""
    seat(tx, me, conversation_id)
    if len(content) > LONGEST or _UNFIT.search(content):
        raise Invalid.field(
            "content", phrase("A draft has at most {most} characters that can be stored.", most=LONGEST)
        )
    if reply_attachment is not None and not is_id(reply_attachment):
        raise Invalid.field("reply_attachment", "There is no such picture or file.")
    tx.execute(delete(drafts).where(d.user_id == me, d.conversation_id == conversation_id))
    if not content.strip() and reply_to is None and not files:
        return None
    attached = json.dumps([[one.file_id, one.alt, one.caption] for one in files])
    row = {"content": content, "reply_to": reply_to, "attached": attached, "changed_at": tx.now}
    row["reply_attachment"] = reply_attachment if reply_to is not None else None
    tx.execute(insert(drafts).values(user_id=me, conversation_id=conversation_id, **row))
    return get(tx, me, conversation_id)


def get(db: Db, me: str, conversation_id: str) -> Draft | None:
    """What I have begun here."""
    seat(db, me, conversation_id)
    return next((one for one in _found(db, me, d.conversation_id == conversation_id)), None)


def mine(db: Db, me: str) -> tuple[Draft, ...]:
    """What I have begun wherever I still sit, the latest first."""
    return _found(db, me, d.user_id == me)


def _found(db: Db, me: str, which: Any) -> tuple[Draft, ...]:
    seated = and_(p.conversation_id == d.conversation_id, p.user_id == d.user_id)
    mine_here = select(drafts).join(participants, seated).where(d.user_id == me, which)
    rows = db.execute(mine_here.order_by(d.changed_at.desc(), d.conversation_id)).all()
    attached = any(row.attached != "[]" for row in rows)
    there = {one.id: one for one in uploads.mine(db, me)} if attached else {}
    return tuple(_draft(row, there) for row in rows)


def _draft(row: Row[Any], there: dict[str, Upload]) -> Draft:
    attached = (Attached(*one) for one in json.loads(row.attached))
    files = tuple((there[one.file_id], one) for one in attached if one.file_id in there)
    return Draft(row.conversation_id, row.content, row.reply_to, row.reply_attachment, files, row.changed_at)
