"""Passkeys: keys that a phone, a computer or a stick keeps for somebody, and uses once it has seen that it is them.

What a browser sends is checked at the door; here are the keys that are known, and how often each was used.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, exists, insert, select, update

from chatsphere.core import factors, sessions
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Invalid, NotFound, Unauthenticated
from chatsphere.core.ids import new_id
from chatsphere.core.phrases import phrase
from chatsphere.core.sessions import Opened, Place
from chatsphere.core.tables import identities, passkeys, users

p = passkeys.c

MOST = 20
LONGEST_NAME = 64
LONGEST_ID = 1023
"""Bytes of a credential's id, and of its public key."""
_TRANSPORTS = ("ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb")


@dataclass(frozen=True, slots=True)
class Passkey:
    """One key; `sign_count` is how often it says that it was used, 0 where it does not count."""

    id: str
    user_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Credential:
    """What a browser has just made, and the door has checked."""

    id: bytes
    public_key: bytes
    sign_count: int
    transports: Collection[str] = ()


def mine(db: Db, me: str) -> list[Passkey]:
    """My passkeys, the oldest first."""
    return [_passkey(row) for row in db.execute(select(passkeys).where(p.user_id == me).order_by(p.created_at, p.id))]


def find(db: Db, credential_id: bytes) -> Passkey:
    """The passkey with this credential, whosever it is; NotFound where there is none."""
    row = db.execute(select(passkeys).where(p.credential_hash == _hash(credential_id))).one_or_none()
    if row is None:
        raise NotFound
    return _passkey(row)


def add(tx: Tx, me: str, credential: Credential, name: str) -> str:
    """One more passkey of mine; returns its id."""
    factors.hold(tx, me)
    _check_name(name)
    if max(len(credential.id), len(credential.public_key)) > LONGEST_ID:
        raise Invalid.field("credential", "This passkey is of a kind that is not taken here.")
    if len(mine(tx, me)) >= MOST:
        raise Conflict(phrase("There can be {most} passkeys at most. Remove one first.", most=MOST))
    if tx.execute(select(p.id).where(p.credential_hash == _hash(credential.id))).first() is not None:
        raise Conflict("This passkey is there already.")
    passkey_id = new_id()
    tx.execute(
        insert(passkeys).values(
            id=passkey_id,
            user_id=me,
            credential_hash=_hash(credential.id),
            credential_id=credential.id,
            public_key=credential.public_key,
            sign_count=credential.sign_count,
            transports=",".join(one for one in _TRANSPORTS if one in credential.transports),
            name=name,
            created_at=tx.now,
        )
    )
    factors.added(tx, me, "passkey")
    return passkey_id


def use(tx: Tx, passkey_id: str, sign_count: int) -> str:
    """It was just used, so many times by its own count; returns whose it is.

    A key that counts must have counted on. Where it has not, there are two of it, and neither is believed.
    """
    counted_on = p.sign_count < sign_count if sign_count else p.sign_count == 0
    here = and_(p.id == passkey_id, counted_on)
    if not tx.execute(update(passkeys).where(here).values(sign_count=sign_count, last_used_at=tx.now)).rowcount:
        raise Unauthenticated("This passkey was not believed: there may be a copy of it.")
    return str(tx.execute(select(p.user_id).where(p.id == passkey_id)).scalar_one())


def enter(tx: Tx, passkey_id: str, sign_count: int, place: Place) -> Opened:
    """Sign in by a passkey that the door has checked; it is two factors in one."""
    owner = tx.execute(select(p.user_id).where(p.id == passkey_id)).scalar_one_or_none()
    # Held before the passkey is used: whoever removes it at this moment comes first or waits.
    sessions.hold(tx, owner or "")
    return sessions.enter(tx, use(tx, passkey_id, sign_count), place, whole=True)


def rename(tx: Tx, me: str, passkey_id: str, name: str) -> None:
    """Call it something else."""
    _check_name(name)
    if not tx.execute(update(passkeys).where(p.id == passkey_id, p.user_id == me).values(name=name)).rowcount:
        raise NotFound


def remove(tx: Tx, me: str, passkey_id: str) -> None:
    """It lets nobody in any more."""
    factors.hold(tx, me)
    if passkey_id not in {one.id for one in mine(tx, me)}:
        raise NotFound
    if not _has_another_way(tx, me, passkey_id):
        raise Conflict("You could not sign in any more. Set a password first.")
    tx.execute(delete(passkeys).where(p.id == passkey_id))
    factors.removed(tx, me, "passkey")


def _has_another_way(db: Db, me: str, passkey_id: str) -> bool:
    password = exists().where(users.c.id == me, users.c.password_hash.is_not(None))
    identity = exists().where(identities.c.user_id == me)
    another = exists().where(p.user_id == me, p.id != passkey_id)
    return bool(db.execute(select(password | identity | another)).scalar_one())


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME or any(unicodedata.category(one) in ("Cc", "Cs") for one in name):
        raise Invalid.field("name", f"Use 1 to {LONGEST_NAME} characters.")


def _passkey(row: Row[Any]) -> Passkey:
    return Passkey(
        id=row.id,
        user_id=row.user_id,
        credential_id=bytes(row.credential_id),
        public_key=bytes(row.public_key),
        sign_count=row.sign_count,
        transports=tuple(filter(None, row.transports.split(","))),
        name=row.name,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )


def _hash(credential_id: bytes) -> bytes:
    return hashlib.sha256(credential_id).digest()
