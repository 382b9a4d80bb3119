"""Ranks: that an installation is never without an administrator who can sign in."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from chatsphere.core.chat import Tx
from chatsphere.core.errors import Conflict, Forbidden
from chatsphere.core.tables import meta, users

u = users.c


def require_administrator(tx: Tx, actor_id: str | None) -> None:
    """Refuse whoever is no administrator any more, or may not sign in; None has a shell on the server and may."""
    if actor_id is None:
        return
    # Whoever takes their rank away just now does so before this deed or after it.
    _one_after_another(tx)
    able = and_(u.id == actor_id, u.is_admin.is_(True), u.is_disabled.is_(False), u.deleted_at.is_(None))
    if tx.execute(select(u.id).where(able)).one_or_none() is None:
        raise Forbidden("Only an administrator may do this.")


def keep_an_administrator(tx: Tx, user_id: str, *, unless_alone: bool = False) -> None:
    """Refuse to lose this user where they are the last administrator; `unless_alone` lets go who leaves nobody."""
    # Two who take each other's rank away must not both succeed: the later one waits here, and looks again.
    _one_after_another(tx)
    others = and_(u.id != user_id, u.deleted_at.is_(None))
    if unless_alone and tx.execute(select(u.id).where(others).limit(1)).first() is None:
        return
    able = and_(u.is_admin.is_(True), u.is_disabled.is_(False), u.deleted_at.is_(None))
    staying = tx.execute(select(func.count()).where(able, u.leaving_at.is_(None), u.id != user_id)).scalar_one()
    if not staying and tx.execute(select(u.id).where(able, u.id == user_id)).one_or_none() is not None:
        raise Conflict("This is the last administrator. Somebody else has to become one first.")


def _one_after_another(tx: Tx) -> None:
    tx.execute(select(meta.c.value).where(meta.c.name == "epoch").with_for_update())
