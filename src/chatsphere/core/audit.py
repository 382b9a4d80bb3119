"""The audit log: who did what to whose account or to the house, only added to, each entry sealed with the one before.

It names people and things by id, and never holds words, addresses or secrets: so it may stay when an account goes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import Row, and_, func, insert, not_, or_, select, update

from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Invalid
from chatsphere.core.tables import audit, meta
from chatsphere.core.values import Action, Page

a = audit.c

ACTIONS: frozenset[str] = frozenset(get_args(Action))
_HEAD = "audit_head"
_BEGINNING = bytes(32)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Record:
    """One line: `actor_id` is None for whoever has a shell on the server, and for the house itself."""

    seq: int
    at: datetime
    actor_id: str | None
    action: Action
    subject_id: str | None
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds. `broken` is the first number that is not what was written, None where all are.

    `head` is the last entry's number and seal: kept elsewhere, it shows later whether the end was cut off.
    """

    entries: int
    broken: int | None
    head: str


def record(tx: Tx, /, actor_id: str | None, action: Action, subject_id: str | None = None, **body: Any) -> None:
    """Write down who did what; `body` holds ids, numbers and words of ours, nothing that people wrote."""
    seq, before = _head(tx)
    text = _text(body)
    seal = _seal(tx, before, seq + 1, tx.now, actor_id, action, subject_id, text)
    values = {"seq": seq + 1, "at": tx.now, "actor_id": actor_id, "action": action, "subject_id": subject_id}
    tx.execute(insert(audit).values(**values, body=text, mac=seal))
    tx.execute(update(meta).where(meta.c.name == _HEAD).values(value=f"{seq + 1}"))


def has(db: Db, /, actor_id: str, action: Action, subject_id: str, **body: Any) -> bool:
    """Whether this was written down already."""
    same = and_(a.actor_id == actor_id, a.action == action, a.subject_id == subject_id, a.body == _text(body))
    return db.execute(select(a.seq).where(same).limit(1)).first() is not None


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"))


def _head(tx: Tx) -> tuple[int, bytes]:
    # One after another: the row is locked until the commit.
    tx.execute(select(meta.c.value).where(meta.c.name == _HEAD).with_for_update()).scalar_one()
    last = tx.execute(select(a.seq, a.mac).order_by(a.seq.desc()).limit(1)).one_or_none()
    return (0, _BEGINNING) if last is None else (last.seq, bytes(last.mac))


def _seal(
    db: Db, before: bytes, seq: int, at: datetime, actor: str | None, action: str, subject: str | None, body: str
) -> bytes:
    said = json.dumps([seq, at.astimezone(UTC).isoformat(), actor, action, subject, body])
    return hmac.digest(db.key("audit"), before + said.encode(), hashlib.sha256)


def verify(db: Db, noted: str | None = None) -> Verdict:
    """Read the whole chain and compare each seal; also whether as many entries are there as were written.

    `noted` is a head that was kept elsewhere: who has the key and the database can still not go back behind it unseen.
    """
    last, known = _BEGINNING, _parse(noted)
    seq = 0
    for row in _rows(db):
        seal = _seal(db, last, row.seq, row.at, row.actor_id, row.action, row.subject_id, row.body)
        holds = row.seq == seq + 1 and hmac.compare_digest(seal, bytes(row.mac))
        if not holds or known.get(row.seq, seal.hex()) != seal.hex():
            return Verdict(seq, seq + 1, f"{seq}:{last.hex()}")
        seq, last = row.seq, bytes(row.mac)
    written = int(db.execute(select(meta.c.value).where(meta.c.name == _HEAD)).scalar_one())
    whole = written == seq and max(known, default=0) <= seq
    return Verdict(seq, None if whole else seq + 1, f"{seq}:{last.hex()}")


def _parse(noted: str | None) -> dict[int, str]:
    if noted is None:
        return {}
    seq, _, seal = noted.strip().partition(":")
    if not (seq.isascii() and seq.isdigit()):
        raise Invalid.field("head", "A head looks like 12:4f0c…, as it was printed.")
    return {int(seq): seal} if int(seq) else {}


def _rows(db: Db) -> Iterator[Row[Any]]:
    last = 0
    while rows := db.execute(select(audit).where(a.seq > last).order_by(a.seq).limit(_AT_ONCE)).all():
        yield from rows
        last = rows[-1].seq


def page(
    db: Db,
    limit: int = 50,
    before: int | None = None,
    subject_id: str | None = None,
    *,
    person_id: str | None = None,
    viewer_id: str | None = None,
) -> Page[Record]:
    """The latest entries first; `next` is where the next page starts, to be given as `before`.

    Of one subject, or of one person: what they did and what was done to them. A viewer is not told of reports about
    themself, for an entry names whoever made it.
    """
    wanted = select(audit).order_by(a.seq.desc()).limit(limit + 1)
    if before is not None:
        wanted = wanted.where(a.seq < before)
    if subject_id is not None:
        wanted = wanted.where(a.subject_id == subject_id)
    if person_id is not None:
        wanted = wanted.where(or_(a.actor_id == person_id, a.subject_id == person_id))
    if viewer_id is not None:
        about_them = and_(a.subject_id.is_not(None), a.subject_id == viewer_id)
        wanted = wanted.where(not_(and_(a.action.startswith("report."), about_them)))
    found = [_record(row) for row in db.execute(wanted).all()]
    return Page(tuple(found[:limit]), found[limit - 1].seq if len(found) > limit else None)


def _record(row: Row[Any]) -> Record:
    return Record(row.seq, row.at, row.actor_id, row.action, row.subject_id, json.loads(row.body))


def count(db: Db) -> int:
    """How many entries there are."""
    return int(db.execute(select(func.count()).select_from(audit)).scalar_one())
