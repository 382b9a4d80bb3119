"""Links: whoever holds one may do one thing once, such as setting a new password. Only a hash of each is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select

from chatsphere.core import hashes
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.tables import links, users

k, u = links.c, users.c

RESET = "reset"
"""The purpose of setting a new password."""
RESET_FOR = timedelta(hours=1)
CONFIRM = "confirm"
"""The purpose of showing that mail to one's address is read by oneself."""
CONFIRM_FOR = timedelta(days=3)

_may_sign_in = and_(u.deleted_at.is_(None), u.is_disabled.is_(False))


@dataclass(frozen=True, slots=True)
class Link:
    """Whose a link is, and the address that it was sent to (None: it was handed over in another way)."""

    user_id: str
    address: str | None


def make(tx: Tx, user_id: str, purpose: str, lifetime: timedelta, address: str | None = None) -> str:
    """A new link's token, told once; the user's older links for this purpose are worthless from now on.

    Made for an `address` it holds for as long as such links go there: NotFound where they do not by now.
    """
    # The lock lets one follow the other where two are made at once, so that only the later one holds.
    row = tx.execute(select(_goes_to(purpose)).where(u.id == user_id, _may_sign_in).with_for_update()).one_or_none()
    if row is None or address not in (None, row[0]):
        raise NotFound
    drop(tx, user_id, purpose)
    token = secrets.token_urlsafe(32)
    tx.execute(
        insert(links).values(
            id=new_id(),
            user_id=user_id,
            purpose=purpose,
            token_hash=hashes.of_token(token),
            address=address,
            created_at=tx.now,
            expires_at=tx.now + lifetime,
        )
    )
    return token


def _goes_to(purpose: str) -> ColumnElement[Any]:
    # A new address may be mistyped, or anybody's: until it is shown to be theirs nobody comes in by it.
    return func.coalesce(u.vouched_email, u.email) if purpose == RESET else u.email


def find(db: Db, token: str, purpose: str) -> Link:
    """Whose link this is; looking does not use it up. NotFound where it does not hold (any more)."""
    found = _find(db, token, purpose)
    return Link(found.user_id, found.address)


def take(tx: Tx, token: str, purpose: str) -> Link:
    """Use the link up; of many who try at once one succeeds, for the others it is NotFound."""
    found = _find(tx, token, purpose, lock=True)
    tx.execute(delete(links).where(k.id == found.id))
    return Link(found.user_id, found.address)


def _find(db: Db, token: str, purpose: str, *, lock: bool = False) -> Row[Any]:
    theirs = or_(k.address.is_(None), k.address == _goes_to(purpose))
    wanted = (
        select(k.id, k.user_id, k.address)
        .join(users, u.id == k.user_id)
        .where(
            k.token_hash == hashes.of_token(token), k.purpose == purpose, k.expires_at > db.now, _may_sign_in, theirs
        )
    )
    found = db.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def drop(tx: Tx, user_id: str, purpose: str | None = None) -> None:
    """Make a user's links worthless: those for one purpose, or all."""
    mine = k.user_id == user_id
    tx.execute(delete(links).where(mine if purpose is None else and_(mine, k.purpose == purpose)))


def drop_expired(tx: Tx) -> int:
    """Remove what holds no more anyway; returns how many went."""
    return tx.execute(delete(links).where(k.expires_at <= tx.now)).rowcount
