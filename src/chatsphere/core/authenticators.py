"""Authenticators: an app that shows another six digits every thirty seconds (TOTP, RFC 6238). One for each account."""

from __future__ import annotations

import base64
import hmac
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import Row, delete, insert, select, update

from chatsphere.core import factors, recovery, seals
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Invalid, NotFound
from chatsphere.core.tables import authenticators

log = logging.getLogger(__name__)

a = authenticators.c

STEP = 30
"""Seconds for which a code is shown."""
DIGITS = 6
AROUND = 1
"""Steps that a clock may be off, to either side."""
BEGUN_FOR = timedelta(minutes=30)
"""How long a seed waits for its first code."""
_SEED = 20


@dataclass(frozen=True, slots=True)
class Authenticator:
    """The app that a user has set up."""

    confirmed_at: datetime


def mine(db: Db, me: str) -> Authenticator | None:
    """My authenticator, if I have set one up."""
    row = _row(db, me)
    return Authenticator(row.confirmed_at) if row is not None and row.confirmed_at is not None else None


def begin(tx: Tx, me: str) -> None:
    """Begin to set one up, with a fresh seed; one that was begun before is forgotten."""
    factors.hold(tx, me)
    if mine(tx, me) is not None:
        raise Conflict("There is an authenticator app already. Remove it first.")
    tx.execute(delete(authenticators).where(a.user_id == me))
    sealed = seals.seal(tx, "authenticator", me, secrets.token_bytes(_SEED))
    tx.execute(insert(authenticators).values(user_id=me, sealed_seed=sealed, last_step=0, created_at=tx.now))


def seed(db: Db, me: str) -> str:
    """The seed that waits for its first code, as apps take it: base32. NotFound where none does."""
    row = _row(db, me)
    if row is None or row.confirmed_at is not None or row.created_at <= db.now - BEGUN_FOR:
        raise NotFound
    return _seed(db, row)


def confirm(tx: Tx, me: str, code: str) -> tuple[str, ...]:
    """The app shows the right code: from now on it is a second factor. Returns recovery codes where there were none."""
    factors.hold(tx, me)
    given = seed(tx, me)
    step = next((one for one in _steps(tx) if _is_code(given, one, code)), None)
    if step is None:
        raise Invalid.field("code", "This is not the code that belongs to this picture. Is the phone's clock right?")
    tx.execute(update(authenticators).where(a.user_id == me).values(confirmed_at=tx.now, last_step=step))
    factors.added(tx, me, "authenticator")
    return () if recovery.left(tx, me) else recovery.renew(tx, me)


def verify(tx: Tx, user_id: str, code: str) -> bool:
    """Whether the app shows this code about now. Each code passes once: of many who try at once, one succeeds."""
    row = _row(tx, user_id)
    if row is None or row.confirmed_at is None:
        return False
    try:
        given = _seed(tx, row)
    except seals.Broken as error:
        # Restored without its key, say: their recovery codes still let them in.
        log.error("%s", error)
        return False
    return any(_is_code(given, step, code) and _spend(tx, user_id, step) for step in _steps(tx))


def remove(tx: Tx, me: str) -> None:
    """The app is no second factor any more."""
    factors.hold(tx, me)
    if mine(tx, me) is None:
        raise NotFound
    tx.execute(delete(authenticators).where(a.user_id == me))
    factors.removed(tx, me, "authenticator")


def drop_begun(tx: Tx) -> int:
    """The sweep's part: seeds whose first code never came; returns how many went."""
    old = (a.confirmed_at.is_(None), a.created_at <= tx.now - BEGUN_FOR)
    return tx.execute(delete(authenticators).where(*old)).rowcount


def _row(db: Db, user_id: str) -> Row[Any] | None:
    return db.execute(select(authenticators).where(a.user_id == user_id)).one_or_none()


def _seed(db: Db, row: Row[Any]) -> str:
    return base64.b32encode(seals.unseal(db, "authenticator", row.user_id, bytes(row.sealed_seed))).decode()


def _steps(db: Db) -> Iterator[int]:
    now = int(db.now.timestamp()) // STEP
    yield from range(now - AROUND, now + AROUND + 1)


def _is_code(given: str, step: int, code: str) -> bool:
    right = pyotp.HOTP(given, digits=DIGITS).at(step)
    return hmac.compare_digest(right.encode(), code.encode("utf-8", "surrogatepass"))


def _spend(tx: Tx, user_id: str, step: int) -> bool:
    # The library would take a code twice. Compared and set in one statement, two who come at once cannot both pass.
    unspent = (a.user_id == user_id, a.confirmed_at.is_not(None), a.last_step < step)
    return bool(tx.execute(update(authenticators).where(*unspent).values(last_step=step)).rowcount)
