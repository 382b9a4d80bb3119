"""Exports: everything of somebody's in one file. A job makes it; it is its owner's alone, and gone after a week."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, and_, func, select, update

from chatsphere.core import audit, files, jobs, pictures
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, NotFound
from chatsphere.core.files import Blob
from chatsphere.core.jobs import Job
from chatsphere.core.tables import (
    attachments,
    authenticators,
    contacts,
    conversations,
    devices,
    drafts,
    files as files_table,
    identities,
    invitations,
    marks,
    participants,
    passkeys,
    reports,
    uploads,
    users,
)
from chatsphere.core.values import Conversation, User

f, a, c, p, k, u = files_table.c, attachments.c, conversations.c, participants.c, marks.c, users.c

KIND = "export"
"""The kind of job that makes one."""
KEPT = timedelta(days=7)

Value = datetime | str | int | bool | list[str] | None
Belonging = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Export:
    """An export that is there, its size in bytes."""

    id: str
    size: int
    made_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to export, to tell how far it is."""

    messages: int
    files: int


# --- asking for one


def begin(tx: Tx, me: str) -> None:
    """Have an export made of everything of mine; one at a time."""
    if tx.execute(select(u.id).where(u.id == me, u.deleted_at.is_(None)).with_for_update()).one_or_none() is None:
        raise NotFound
    before = jobs.latest(tx, me, KIND)
    if before is not None and before.state in ("waiting", "running"):
        raise Conflict("Your export is being made already.")
    jobs.drop(tx, me, KIND)
    jobs.add(tx, KIND, me)
    audit.record(tx, me, "export.begun", me)


def asked(db: Db, me: str) -> Job | None:
    """The job that makes my export, or has made it; None where I have not asked for one lately."""
    return jobs.latest(db, me, KIND)


def ready(db: Db, me: str) -> Export | None:
    """The export that I can fetch."""
    row = db.execute(select(f.id, f.size, f.changed_at).where(_there(db, me)).order_by(f.changed_at.desc())).first()
    return None if row is None else Export(row.id, row.size, row.changed_at, row.changed_at + KEPT)


def readable(db: Db, me: str, export_id: str) -> Blob:
    """Where its bytes lie, if it is mine and still there."""
    row = db.execute(select(files_table).where(_there(db, me), f.id == export_id)).one_or_none()
    if row is None:
        raise NotFound
    where = files.key(row.id)
    return Blob(where, where, row.name, row.kind, row.content_type, row.sha256, row.size)


def _there(db: Db, me: str) -> Any:
    return and_(f.owner_id == me, f.state == "export", f.changed_at > db.now - KEPT)


# --- making it


def keep(tx: Tx, me: str, job: Job, file_id: str) -> None:
    """Its bytes are stored: it replaces the one before and its owner is written to. NotFound: nobody wants it now."""
    jobs.advance(tx, job, 100)
    files.doom_exports(tx, f.owner_id == me)
    staged = and_(f.id == file_id, f.owner_id == me, f.state == "staged")
    if not tx.execute(update(files_table).where(staged).values(state="export", changed_at=tx.now)).rowcount:
        raise NotFound
    jobs.write(tx, me, "export-ready")


def expire(tx: Tx) -> None:
    """The sweep's part: what was there for a week is doomed."""
    files.doom_exports(tx, f.changed_at <= tx.now - KEPT)


# --- what goes into it


def extent(db: Db, me: str) -> Extent:
    """How many messages and files I can see."""
    seats = and_(p.conversation_id == c.id, p.user_id == me)
    mine = and_(k.conversation_id == c.id, k.user_id == me)
    seen = select(func.coalesce(func.sum(c.message_count - k.cleared_ordinal), 0))
    said = db.execute(seen.select_from(conversations).join(participants, seats).join(marks, mine)).scalar_one()
    here = and_(k.conversation_id == a.conversation_id, k.user_id == me, a.seq > k.cleared_seq)
    attached = db.execute(select(func.count()).select_from(attachments).join(marks, here)).scalar_one()
    return Extent(int(said), attached)


def places(db: Db, me: str, after: str = "", limit: int = 50) -> Sequence[Conversation]:
    """My conversations by id, those after this one: an order that does not change while people write."""
    query = pictures.MY_CONVERSATIONS.order_by(c.id).limit(limit)
    return pictures.of_conversations(db, me, query.where(c.id > after) if after else query)


def belongings(db: Db, me: str) -> dict[str, list[Belonging]]:
    """What the tables hold that is mine beside conversations and sessions, without what lets anybody in."""
    return {
        "identities": _mine(db, identities, identities.c.user_id == me, "issuer", "subject", "email", *_USED),
        "passkeys": _mine(db, passkeys, passkeys.c.user_id == me, "name", *_USED),
        "authenticators": _mine(db, authenticators, authenticators.c.user_id == me, "created_at", "confirmed_at"),
        "devices": _mine(db, devices, devices.c.user_id == me, "created_at", "last_seen_at"),
        "contacts": _mine(db, contacts, contacts.c.user_id == me, "other_id", "blocked", "muted", "changed_at"),
        "invitations": [_led(one) for one in _mine(db, invitations, invitations.c.maker_id == me, *_INVITED)],
        "drafts": _mine(
            db,
            drafts,
            drafts.c.user_id == me,
            "conversation_id",
            "content",
            "reply_to",
            "reply_attachment",
            "changed_at",
        ),
        "uploads": _mine(db, uploads, uploads.c.owner_id == me, "conversation_id", "name", "size", "changed_at"),
        "reports": _mine(db, reports, reports.c.reporter_id == me, *_REPORTED),
    }


_USED = ("created_at", "last_used_at")
_INVITED = ("note", "conversation_ids", "most_uses", "uses", "created_at", "expires_at", "revoked_at")
_REPORTED = (
    *("kind", "subject_id", "conversation_id", "message_id", "reason", "words"),
    *("state", "outcome", "created_at", "closed_at"),
)


def _mine(db: Db, table: Any, whose: Any, *names: str) -> list[Belonging]:
    columns: list[Column[Any]] = [table.c[name] for name in names]
    return [_belonging(row) for row in db.execute(select(*columns).where(whose).order_by(*table.primary_key.columns))]


def _belonging(row: Row[Any]) -> Belonging:
    return dict(row._mapping)


def _led(invitation: Belonging) -> Belonging:
    return invitation | {"conversation_ids": json.loads(str(invitation["conversation_ids"]))}


def people(db: Db, _me: str, user_ids: Sequence[str]) -> dict[str, User]:
    """Users by id, whatever became of them."""
    return pictures.of_users(db, user_ids)
