"""Factors: what all second factors have in common; an account's `second_factor` says whether it has any.

The operations of each kind hold the account first and settle it last, so that of two who change it at once the second
sees what the first has done.
"""

from __future__ import annotations

from typing import Literal, get_args

from sqlalchemy import and_, delete, exists, select, update

from chatsphere.core import audit, challenges, jobs, recovery, sessions
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.tables import authenticators, passkeys, users

Factor = Literal["authenticator", "passkey"]
FACTORS: tuple[Factor, ...] = get_args(Factor)

u = users.c
_confirmed = authenticators.c.confirmed_at.is_not(None)


def kinds(db: Db, user_id: str) -> tuple[Factor, ...]:
    """The kinds of second factors that this user has."""
    tables = (and_(authenticators.c.user_id == user_id, _confirmed), passkeys.c.user_id == user_id)
    return tuple(
        kind for kind, mine in zip(FACTORS, tables, strict=True) if db.execute(select(exists().where(mine))).scalar()
    )


def hold(tx: Tx, user_id: str) -> None:
    """Nobody else changes this account's factors until the transaction ends; NotFound where there is no account."""
    there = select(u.id).where(u.id == user_id, u.deleted_at.is_(None)).with_for_update()
    if tx.execute(there).one_or_none() is None:
        raise NotFound


def added(tx: Tx, user_id: str, factor: Factor) -> None:
    """There is one more: the account is settled, and its owner written to."""
    _settle(tx, user_id)
    audit.record(tx, user_id, "factor.added", user_id, factor=factor)
    jobs.write(tx, user_id, "account-changed", what=f"{factor}-added")


def removed(tx: Tx, user_id: str, factor: Factor) -> None:
    """There is one less: the same."""
    _settle(tx, user_id)
    _say_removed(tx, user_id, user_id, factor)


def drop(tx: Tx, actor_id: str | None, user_id: str) -> None:
    """Somebody has lost everything: none of their second factors holds any more. They sign in by password alone."""
    hold(tx, user_id)
    had = kinds(tx, user_id)
    forget(tx, user_id)
    _settle(tx, user_id)
    for factor in had:
        _say_removed(tx, actor_id, user_id, factor)


def forget(tx: Tx, user_id: str) -> None:
    """Nothing of this user's factors is kept; for `drop`, and for an account that goes."""
    tx.execute(delete(authenticators).where(authenticators.c.user_id == user_id))
    tx.execute(delete(passkeys).where(passkeys.c.user_id == user_id))
    recovery.drop(tx, user_id)


def _say_removed(tx: Tx, actor_id: str | None, user_id: str, factor: Factor) -> None:
    audit.record(tx, actor_id, "factor.removed", user_id, factor=factor)
    jobs.write(tx, user_id, "account-changed", what=f"{factor}-removed")


def _settle(tx: Tx, user_id: str) -> None:
    has_any = bool(kinds(tx, user_id))
    tx.execute(update(users).where(u.id == user_id).values(second_factor=has_any))
    if not has_any:
        # They stand in for another factor, and are none themselves.
        recovery.drop(tx, user_id)
    # A sign-in that waits was begun under what held before.
    challenges.drop(tx, user_id)
    sessions.changed(tx, user_id)
