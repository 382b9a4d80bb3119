"""Rules: what administrators decide for the whole installation while it runs; kept, the last decision holds."""

from __future__ import annotations

from typing import Literal, cast, get_args

from sqlalchemy import Label, delete, insert, select

from chatsphere.core import audit
from chatsphere.core.carried import TEXT
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, Invalid
from chatsphere.core.tables import rules, users

SecondFactor = Literal["optional", "admins", "everybody"]
LONGEST_RETENTION = 36_500

_SECOND_FACTOR, _RETENTION = "second_factor", "retention_days"


def second_factor(db: Db) -> SecondFactor:
    """Who has to have a second factor."""
    return cast("SecondFactor", _recalled(db, _SECOND_FACTOR) or "optional")


def who_needs_a_factor() -> Label[SecondFactor | None]:
    """The same as a column of another query, called `who`; None where nobody has decided."""
    return select(rules.c.value).where(rules.c.name == _SECOND_FACTOR).scalar_subquery().label("who")


def has_to(who: SecondFactor | None, *, is_admin: bool) -> bool:
    """Whether such a rule is about an administrator, or about anybody else."""
    return who == "everybody" or (who == "admins" and is_admin)


def require_second_factor(tx: Tx, actor_id: str | None, of: SecondFactor) -> None:
    """From now on these people have to have a second factor."""
    if of not in get_args(SecondFactor):
        raise Invalid.field("second_factor", "This is none of the choices.")
    mine = select(users.c.id).where(users.c.id == actor_id, users.c.second_factor.is_(True))
    if of != "optional" and actor_id is not None and tx.execute(mine).one_or_none() is None:
        raise Conflict("Set up a second factor of your own first: this would ask one of you too.")
    _decide(tx, actor_id, _SECOND_FACTOR, of)


def retention_days(db: Db) -> int | None:
    """After how many days messages go, where a conversation has no rule of its own; None: never."""
    value = _value(db, _RETENTION)
    return int(value) if value else None


def retain(tx: Tx, actor_id: str | None, days: int | None) -> None:
    """From now on messages go after so many days, or never (None)."""
    if days is not None and not 1 <= days <= LONGEST_RETENTION:
        raise Invalid.field("days", f"Use 1 to {LONGEST_RETENTION:,} days, or none.")
    _decide(tx, actor_id, _RETENTION, "" if days is None else str(days))


def _decide(tx: Tx, actor_id: str | None, name: str, value: str) -> None:
    tx.execute(delete(rules).where(rules.c.name == name))
    tx.execute(insert(rules).values(name=name, value=value, changed_at=tx.now))
    tx.forgotten.add(f"rule:{name}")
    audit.record(tx, actor_id, "rule.changed", None, rule=name, value=value)


def _recalled(db: Db, name: str) -> str:
    """The rule, asked for with each request: from the cache, which has a word even for what nobody decided."""
    return db.recall(f"rule:{name}", lambda: _value(db, name) or "", TEXT) or ""


def _value(db: Db, name: str) -> str | None:
    return db.execute(select(rules.c.value).where(rules.c.name == name)).scalar_one_or_none()
