"""Challenges: something begun that its holder has to finish soon, such as a sign-in that waits for its second factor.

Whoever begins it is told a token, once; only its hash is kept. It can be finished once, and tried a few times.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, insert, select, update

from chatsphere.core import hashes
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.tables import challenges

c = challenges.c

LASTS = timedelta(minutes=10)
MOST_TRIES = 5
"""Tries at one challenge; after them it is worthless."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was begun: by whom (None: whoever it turns out to be), and what has to be known to finish it."""

    id: str
    user_id: str | None
    purpose: str
    body: dict[str, Any]


def begin(tx: Tx, /, user_id: str | None, purpose: str, **body: Any) -> str:
    """Begin something; returns the token to finish it with."""
    token = secrets.token_urlsafe(32)
    tx.execute(
        insert(challenges).values(
            id=new_id(),
            user_id=user_id,
            purpose=purpose,
            token_hash=hashes.of_token(token),
            body=json.dumps(body),
            tries=0,
            created_at=tx.now,
            expires_at=tx.now + LASTS,
        )
    )
    return token


def find(db: Db, token: str, purpose: str) -> Challenge:
    """What was begun with this token, without counting it as a try; NotFound where it does not hold (any more)."""
    row = db.execute(select(challenges).where(_holds(db, token, purpose))).one_or_none()
    if row is None:
        raise NotFound
    return Challenge(row.id, row.user_id, row.purpose, json.loads(row.body))


def attempt(tx: Tx, token: str, purpose: str) -> Challenge:
    """Count a try, whatever comes of it: to be committed before the answer is looked at. NotFound after the last."""
    if not tx.execute(update(challenges).where(_holds(tx, token, purpose)).values(tries=c.tries + 1)).rowcount:
        raise NotFound
    row = tx.execute(select(challenges).where(c.token_hash == hashes.of_token(token))).one()
    return Challenge(row.id, row.user_id, row.purpose, json.loads(row.body))


def hold(tx: Tx, token: str, purpose: str) -> Challenge:
    """What is about to be finished: whoever else tries waits until the transaction ends. Tries do not matter here."""
    there = and_(c.token_hash == hashes.of_token(token), c.purpose == purpose, c.expires_at > tx.now)
    row = tx.execute(select(challenges).where(there).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    return Challenge(row.id, row.user_id, row.purpose, json.loads(row.body))


def finish(tx: Tx, token: str, purpose: str) -> Challenge:
    """Use it up; of many who try at once one succeeds, for the others it is NotFound. Tries do not matter any more."""
    held = hold(tx, token, purpose)
    if not tx.execute(delete(challenges).where(c.id == held.id)).rowcount:
        raise NotFound
    return held


def _holds(db: Db, token: str, purpose: str) -> Any:
    return and_(
        c.token_hash == hashes.of_token(token), c.purpose == purpose, c.expires_at > db.now, c.tries < MOST_TRIES
    )


def drop(tx: Tx, user_id: str) -> None:
    """Nothing that this user has begun can be finished any more."""
    tx.execute(delete(challenges).where(c.user_id == user_id))


def drop_expired(tx: Tx) -> int:
    """The sweep's part; returns how many went."""
    return tx.execute(delete(challenges).where(c.expires_at <= tx.now)).rowcount
