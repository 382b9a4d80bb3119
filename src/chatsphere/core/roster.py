"""The roster: every account as administrators see it, and what they do to one. Each deed goes into the audit log.

Who acts is an administrator, or None: whoever has a shell on the server. That the former is one
still is asked here, in the same transaction: the door has asked a moment ago.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from chatsphere.core import audit, challenges, factors, jobs, links, people, pictures, ranks, sessions, storage
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, NotFound
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import sessions as sessions_table, users
from chatsphere.core.values import Page, User

u, s = users.c, sessions_table.c

Which = Literal["everybody", "administrators", "disabled", "one-factor", "leaving"]
_ONESELF = phrase("This is you. Your own account is looked after in your settings.")

_FILTERS: dict[Which, ColumnElement[bool] | None] = {
    "everybody": None,
    "administrators": u.is_admin.is_(True),
    "disabled": u.is_disabled.is_(True),
    "one-factor": u.second_factor.is_(False),
    "leaving": u.leaving_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Account:
    """A user, and of their sessions and files the numbers: never where from, never what."""

    user: User
    last_seen_at: datetime | None
    devices: int
    tokens: int
    used: storage.Used


def page(
    db: Db, query: str = "", which: Which = "everybody", limit: int = 50, after: str | None = None
) -> Page[Account]:
    """Accounts by user name, the disabled ones too; `next` is where the next page starts."""
    wanted = _wanted(query, which)
    if after is not None:
        wanted = wanted.where(people.comes_after(after))
    rows = db.execute(wanted.order_by(u.name_key).limit(limit + 1)).all()
    found = _accounts(db, [pictures.user(row) for row in rows[:limit]])
    return Page(tuple(found), rows[limit - 1].name_key if len(rows) > limit else None)


def _wanted(query: str, which: Which) -> Select[Any]:
    wanted = select(users).where(u.deleted_at.is_(None))
    if query.strip():
        wanted = wanted.where(people.named(query))
    condition = _FILTERS[which]
    return wanted if condition is None else wanted.where(condition)


def count(db: Db, which: Which = "everybody") -> int:
    """How many accounts there are of this kind."""
    return int(db.execute(select(func.count()).select_from(_wanted("", which).subquery())).scalar_one())


def find(db: Db, user_id: str) -> Account:
    """One account that is not deleted."""
    row = db.execute(select(users).where(u.id == user_id, u.deleted_at.is_(None))).one_or_none()
    if row is None:
        raise NotFound
    return _accounts(db, [pictures.user(row)])[0]


def _accounts(db: Db, found: list[User]) -> list[Account]:
    ids = [one.id for one in found]
    places = _places(db, ids)
    used = storage.of_people(db, ids)
    return [Account(one, *places.get(one.id, (None, 0, 0)), used.get(one.id, storage.NOTHING)) for one in found]


def _places(db: Db, user_ids: list[str]) -> dict[str, tuple[datetime | None, int, int]]:
    """By user: when they were last seen, at how many devices they are signed in, and their tokens."""
    if not user_ids:
        return {}
    lasting = and_(s.last_seen_at > db.now - sessions.IDLE, s.created_at > db.now - sessions.ABSOLUTE)
    fresh = and_(s.user_id.in_(user_ids), or_(s.kind == "token", lasting))
    numbers = select(s.user_id, s.kind, func.count().label("n"), func.max(s.last_seen_at).label("seen"))
    found: dict[str, tuple[datetime | None, int, int]] = {}
    for row in db.execute(numbers.where(fresh).group_by(s.user_id, s.kind)):
        seen, devices, tokens = found.get(row.user_id, (None, 0, 0))
        latest = max(filter(None, (seen, row.seen)), default=None)
        more = (row.n, 0) if row.kind == "session" else (0, row.n)
        found[row.user_id] = (latest, devices + more[0], tokens + more[1])
    return found


# --- what is done to an account


def disable(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """Sign somebody out everywhere and let them in no more."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    ranks.keep_an_administrator(tx, user_id)
    found = people.disable(tx, user_id)
    audit.record(tx, actor_id, "user.disabled", user_id)
    return found


def enable(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """Let somebody in again."""
    ranks.require_administrator(tx, actor_id)
    found = people.disable(tx, user_id, disabled=False)
    audit.record(tx, actor_id, "user.enabled", user_id)
    return found


def promote(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """Make somebody an administrator."""
    ranks.require_administrator(tx, actor_id)
    people.set_admin(tx, user_id, True)
    audit.record(tx, actor_id, "user.promoted", user_id)
    return people.find(tx, actor_id, user_id)


def demote(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """An administrator is one no more; oneself may step down too, as long as somebody else is one."""
    ranks.require_administrator(tx, actor_id)
    ranks.keep_an_administrator(tx, user_id)
    people.set_admin(tx, user_id, False)
    audit.record(tx, actor_id, "user.demoted", user_id)
    return people.find(tx, actor_id, user_id)


def rename(tx: Tx, actor_id: str | None, user_id: str, user_name: str, display_name: str) -> User:
    """Call somebody otherwise."""
    ranks.require_administrator(tx, actor_id)
    return people.change(tx, actor_id, user_id, user_name=user_name, display_name=display_name)


def end_sessions(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """Sign somebody out everywhere; programs with a token too."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    found = _living(tx, user_id)
    sessions.end_all(tx, user_id)
    challenges.drop(tx, user_id)
    audit.record(tx, actor_id, "sessions.ended", user_id)
    return found


def drop_factors(tx: Tx, actor_id: str | None, user_id: str) -> User:
    """Somebody has lost their second factors: none holds any more, and they are written to."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    if not _living(tx, user_id).second_factor:
        raise Conflict("There is no second factor here.")
    factors.drop(tx, actor_id, user_id)
    return people.find(tx, actor_id, user_id)


def make_reset_link(tx: Tx, actor_id: str | None, user_id: str) -> str:
    """The token of a link by which somebody sets a new password, told once. It revokes earlier ones."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    found = _living(tx, user_id)
    if found.is_disabled:
        raise Conflict(phrase("{name} is disabled: no link lets them in.", name=found.user_name))
    token = links.make(tx, user_id, links.RESET, links.RESET_FOR)
    audit.record(tx, actor_id, "reset.made", user_id)
    jobs.write(tx, user_id, "account-changed", what="reset-link")
    return token


def set_password(tx: Tx, actor_id: str | None, user_id: str, password_hash: str) -> User:
    """Give somebody a new password; no session or token of theirs holds. For the server alone, no administrator may."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    return people.change(tx, actor_id, user_id, password_hash=password_hash, end_tokens=True)


def delete(tx: Tx, actor_id: str | None, user_id: str) -> None:
    """The account and its personal data go, at once."""
    ranks.require_administrator(tx, actor_id)
    _another(actor_id, user_id)
    people.delete(tx, actor_id, user_id)


def _another(actor_id: str | None, user_id: str) -> None:
    if actor_id == user_id:
        raise Conflict(_ONESELF)


def _living(db: Db, user_id: str) -> User:
    found = people.find(db, None, user_id)
    if found.is_deleted:
        raise NotFound
    return found
