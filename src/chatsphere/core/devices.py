"""Devices: browsers that somebody has signed in with, known again by a token of their own that outlives their sessions.

A known device is not locked out by strangers who guess at the same account, and a new one is worth a letter.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import and_, delete, insert, select, update

from chatsphere.core import hashes
from chatsphere.core.chat import Db, Tx
from chatsphere.core.tables import devices

d = devices.c

MOST = 100
FORGOTTEN_AFTER = timedelta(days=400)


def new_token() -> str:
    """A token for a browser that has none yet."""
    return secrets.token_urlsafe(32)


def known(db: Db, user_id: str, token: str) -> bool:
    """Whether this user has signed in with this device before."""
    mine = and_(d.user_id == user_id, d.token_hash == hashes.of_token(token), d.last_seen_at > db.now - FORGOTTEN_AFTER)
    return bool(token) and db.execute(select(d.user_id).where(mine)).first() is not None


def meet(tx: Tx, user_id: str, token: str) -> bool:
    """Somebody has just signed in here; returns whether the device was new to a user who has others.

    Of more than a hundred the one that was not used for longest is forgotten.
    """
    mine = and_(d.user_id == user_id, d.token_hash == hashes.of_token(token))
    if tx.execute(update(devices).where(mine).values(last_seen_at=tx.now)).rowcount:
        return False
    has_others = tx.execute(select(d.user_id).where(d.user_id == user_id).limit(1)).first() is not None
    tx.execute(
        insert(devices).values(
            user_id=user_id, token_hash=hashes.of_token(token), created_at=tx.now, last_seen_at=tx.now
        )
    )
    latest = select(d.token_hash).where(d.user_id == user_id).order_by(d.last_seen_at.desc(), d.created_at.desc())
    if too_many := tx.execute(latest.offset(MOST).limit(MOST)).scalars().all():
        tx.execute(delete(devices).where(d.user_id == user_id, d.token_hash.in_(too_many)))
    return has_others


def forget(tx: Tx, user_id: str, but: str = "") -> None:
    """No device of this user is known any more, but for the one with this token."""
    tx.execute(delete(devices).where(d.user_id == user_id, d.token_hash != hashes.of_token(but)))


def drop_expired(tx: Tx) -> int:
    """The sweep's part; returns how many were forgotten."""
    return tx.execute(delete(devices).where(d.last_seen_at <= tx.now - FORGOTTEN_AFTER)).rowcount
