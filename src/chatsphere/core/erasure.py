"""Erasure: what becomes of everything that the tables know of somebody whose account goes.

Nothing stays but what the conversations of others need under a deleted user's name, and ids that name nobody any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Delete, Update, and_, delete, func, or_, select, update

from chatsphere.core import jobs
from chatsphere.core.chat import Tx
from chatsphere.core.tables import (
    authenticators,
    challenges,
    contacts,
    devices,
    drafts,
    identities,
    invitations,
    jobs as jobs_table,
    links,
    marks,
    passkeys,
    recovery_codes,
    reports,
    sessions,
    uploads,
    users,
)

u = users.c

SCRUB = "scrub"
"""The kind of job that overwrites what a database's file still holds of what was erased."""
SCRUB_AFTER = timedelta(minutes=5)
"""Long enough for the sweep to have taken the last rows, and for several who go to be one job."""
_LATE = timedelta(days=1)

ERASED = "erased"
_SAID = "kept: what was said stays with those it was said to"
_PLACE = "kept: a place in a conversation of others, which now shows a deleted user"
_ID = "kept: an id, which names nobody any more"
_OTHERS = "kept: not about a person"

FATES: dict[str, dict[str, str]] = {
    "users": {
        "id": "kept: what was said needs a sender",
        **dict.fromkeys(("user_name", "name_key", "display_name", "display_key"), "erased: a deleted user's instead"),
        **dict.fromkeys(("email", "email_key", "vouched_email", "password_hash", "image"), ERASED),
        **dict.fromkeys(("first_contact", "language", "look"), ERASED),
    },
    "sessions": dict.fromkeys(("id", "user_id", "kind", "name", "token_hash", "device", "address"), ERASED),
    "links": dict.fromkeys(("id", "user_id", "purpose", "token_hash", "address"), ERASED),
    "identities": dict.fromkeys(("id", "user_id", "issuer", "subject", "email"), ERASED),
    "authenticators": dict.fromkeys(("user_id", "sealed_seed"), ERASED),
    "recovery_codes": dict.fromkeys(("user_id", "code_hash"), ERASED),
    "passkeys": dict.fromkeys(
        ("id", "user_id", "credential_hash", "credential_id", "public_key", "transports", "name"), ERASED
    ),
    "challenges": dict.fromkeys(("id", "user_id", "purpose", "token_hash", "body"), ERASED),
    "devices": dict.fromkeys(("user_id", "token_hash"), ERASED),
    "contacts": dict.fromkeys(("user_id", "other_id"), ERASED),
    "invitations": dict.fromkeys(("id", "maker_id", "token_hash", "note", "conversation_ids"), ERASED),
    "jobs": dict.fromkeys(("id", "kind", "user_id", "state", "body"), ERASED),
    "reports": {
        **dict.fromkeys(("words", "note"), "erased: in what they reported, and in what was reported of them"),
        **dict.fromkeys(("reporter_id", "subject_id", "closed_by"), _ID),
        **dict.fromkeys(("id", "kind", "conversation_id", "file_id", "reason", "state", "outcome"), _OTHERS),
    },
    "audit": {
        **dict.fromkeys(("actor_id", "subject_id", "body"), f"{_ID}; the log holds no words, and cannot be changed"),
        **dict.fromkeys(("action", "mac"), _OTHERS),
    },
    "events": {
        **dict.fromkeys(("actor_id", "client_id", "body"), _SAID),
        **dict.fromkeys(("conversation_id", "kind"), _OTHERS),
    },
    "messages": {
        **dict.fromkeys(("sender_id", "client_id", "content", "html", "reply_attachment"), _SAID),
        "conversation_id": _OTHERS,
    },
    "attachments": {**dict.fromkeys(("file_id", "alt", "caption"), _SAID), "conversation_id": _OTHERS},
    "edits": {**dict.fromkeys(("content", "words"), _SAID), "conversation_id": _OTHERS},
    "reactions": {**dict.fromkeys(("emoji", "user_id"), _SAID), "conversation_id": _OTHERS},
    "pins": {"user_id": _SAID, "conversation_id": _OTHERS},
    "files": {
        **dict.fromkeys(("id", "owner_id", "name", "sha256", "source_sha256", "thumbhash"), f"{_SAID}; else erased"),
        **dict.fromkeys(("conversation_id", "state", "kind", "content_type"), _OTHERS),
    },
    "previews": {
        **dict.fromkeys(("sender_id", "url", "site", "title", "description", "file_id"), _SAID),
        **dict.fromkeys(("conversation_id", "state"), _OTHERS),
    },
    "renditions": dict.fromkeys(("file_id", "name", "content_type", "sha256"), "as the file that it is of"),
    "participants": {"user_id": f"{_PLACE} if it is a direct one; erased in groups", "role": _PLACE}
    | {"conversation_id": _OTHERS},
    "marks": {"user_id": f"{_PLACE} if it is a direct one; erased in groups", "conversation_id": _OTHERS},
    "conversations": {"direct_key": f"{_ID}; of a direct conversation, beside the other's"}
    | dict.fromkeys(("id", "kind"), _OTHERS)
    | {"title": "kept: a group's, as the others know it"},
    "tombstones": {"conversation_id": _OTHERS},
    "uploads": {
        **dict.fromkeys(("id", "owner_id", "name"), ERASED),
        **dict.fromkeys(("conversation_id", "content_type"), _OTHERS),
    },
    "pieces": dict.fromkeys(("upload_id", "name"), "erased: by the sweep, with its bytes"),
    "drafts": {
        **dict.fromkeys(("user_id", "content", "attached", "reply_attachment"), ERASED),
        "conversation_id": _OTHERS,
    },
    "retentions": {"conversation_id": _OTHERS},
    "rules": dict.fromkeys(("name", "value"), _OTHERS),
    "meta": dict.fromkeys(("name", "value"), _OTHERS),
}
"""By table and column, for every column that can hold an id, words or bytes: erased, or kept and why."""

_OWNED = (
    sessions.c.user_id,
    links.c.user_id,
    identities.c.user_id,
    authenticators.c.user_id,
    recovery_codes.c.user_id,
    passkeys.c.user_id,
    challenges.c.user_id,
    devices.c.user_id,
    contacts.c.user_id,
    contacts.c.other_id,
    invitations.c.maker_id,
    jobs_table.c.user_id,
    uploads.c.owner_id,
    drafts.c.user_id,
)


def erase(tx: Tx, user_id: str) -> None:
    """Erase what is an account's own; the caller sees to its names, its conversations and its files."""
    for statement in _erasing(lambda column: column == user_id):
        tx.execute(statement)
    jobs.add_one(tx, SCRUB, after=SCRUB_AFTER)


def erase_late(tx: Tx) -> int:
    """The sweep's part: what was on its way in while an account went. Returns how many rows that was."""
    gone = select(u.id).where(u.deleted_at > tx.now - _LATE).scalar_subquery()
    late = [tx.execute(statement).rowcount for statement in _erasing(lambda column: column.in_(gone))]
    if any(late):
        jobs.add_one(tx, SCRUB, after=SCRUB_AFTER)
    return sum(late)


def _erasing(whose: Any) -> Iterator[Delete | Update]:
    for column in _OWNED:
        yield delete(column.table).where(whose(column))
    r, k = reports.c, marks.c
    theirs = or_(whose(r.reporter_id), whose(r.subject_id))
    told = or_(func.length(r.words) > 0, func.length(r.note) > 0)
    yield update(reports).where(theirs, told).values(words="", note="")
    yield update(marks).where(and_(whose(k.user_id), k.muted.is_(True))).values(muted=False)
