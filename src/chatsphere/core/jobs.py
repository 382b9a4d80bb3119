"""Jobs: what has to be done outside the database because of what was committed in it, such as a letter or an export.

The row is written in the same transaction. A runner leases it, does it and says so; a lease that runs out, because its
process was killed, is given to the next. So a job may be begun more than once, and has to bear it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import NotFound
from chatsphere.core.ids import new_id
from chatsphere.core.tables import jobs

j = jobs.c

State = Literal["waiting", "running", "done", "failed"]
LETTER = "letter"
"""The kind of job that is a letter to a user."""
LEASE = timedelta(minutes=2)
KEPT = timedelta(days=8)
MOST_TRIES = 8
_PATIENCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Job:
    """A job: `progress` in percent, `tries` how often it was begun, `body` what its kind needs to know."""

    id: str
    kind: str
    user_id: str | None
    state: State
    progress: int
    tries: int
    body: dict[str, Any]
    created_at: datetime
    changed_at: datetime


def add(tx: Tx, /, kind: str, user_id: str | None, *, after: timedelta = timedelta(0), **body: Any) -> str:
    """Something is to be done after the commit, or later; returns the job's id.

    `body` holds no secret, no word of anybody.
    """
    job_id = new_id()
    tx.execute(
        insert(jobs).values(
            id=job_id,
            kind=kind,
            user_id=user_id,
            state="waiting",
            progress=0,
            tries=0,
            body=json.dumps(body),
            due_at=tx.now + after,
            created_at=tx.now,
            changed_at=tx.now,
        )
    )
    tx.jobs = True
    return job_id


def add_one(tx: Tx, /, kind: str, *, after: timedelta) -> None:
    """The same for what one job does for everybody: where one waits already, that one will do it."""
    if tx.execute(select(j.id).where(j.kind == kind, j.state == "waiting").limit(1)).first() is None:
        add(tx, kind, None, after=after)


def write(tx: Tx, /, user_id: str | None, letter: str, **body: Any) -> None:
    """Have a letter sent after the commit; `to` in its body is an address other than the user's own.

    Nobody (None) is written to as well, by the same path: how long it takes does not tell who has an account.
    """
    add(tx, LETTER, user_id, letter=letter, **body)


def lease(tx: Tx, kinds: Collection[str]) -> Job | None:
    """The next job that is due, for this caller alone until the lease runs out; None where there is nothing to do."""
    due = and_(j.kind.in_(sorted(kinds)), j.due_at <= tx.now)
    free = or_(j.state == "waiting", and_(j.state == "running", j.leased_until <= tx.now))
    row = tx.execute(select(jobs).where(due, free).order_by(j.due_at, j.id).limit(1).with_for_update()).one_or_none()
    if row is None:
        return None
    values = {"state": "running", "tries": row.tries + 1, "leased_until": tx.now + LEASE, "changed_at": tx.now}
    tx.execute(update(jobs).where(j.id == row.id).values(**values))
    return _job(row, state="running", tries=row.tries + 1)


def advance(tx: Tx, job_id: str, progress: int) -> None:
    """So much of it is done, in percent; the lease begins anew. NotFound where nobody wants it any more."""
    going = and_(j.id == job_id, j.state == "running")
    values = {"progress": progress, "leased_until": tx.now + LEASE, "changed_at": tx.now}
    if not tx.execute(update(jobs).where(going).values(**values)).rowcount:
        raise NotFound


def finish(tx: Tx, /, job_id: str, **result: Any) -> None:
    """It is done; what came of it joins its body."""
    row = tx.execute(select(jobs).where(j.id == job_id)).one_or_none()
    if row is None:
        raise NotFound
    body = json.dumps({**json.loads(row.body), **result})
    tx.execute(update(jobs).where(j.id == job_id).values(state="done", progress=100, body=body, changed_at=tx.now))


def retry(tx: Tx, job_id: str) -> bool:
    """It did not work: again later, each time after a longer wait, or given up. Returns whether it is tried again."""
    row = tx.execute(select(jobs).where(j.id == job_id)).one_or_none()
    if row is None:
        return False
    again: bool = row.tries < MOST_TRIES
    due = tx.now + _PATIENCE * 2 ** min(row.tries, 10)
    values = {"state": "waiting" if again else "failed", "due_at": due, "changed_at": tx.now}
    tx.execute(update(jobs).where(j.id == job_id).values(**values))
    return again


def latest(db: Db, user_id: str, kind: str) -> Job | None:
    """A user's newest job of a kind, whatever became of it."""
    mine = select(jobs).where(j.user_id == user_id, j.kind == kind).order_by(j.created_at.desc(), j.id.desc()).limit(1)
    row = db.execute(mine).one_or_none()
    return None if row is None else _job(row)


def remove(tx: Tx, job_id: str) -> None:
    """Nothing is left to do or to say of it."""
    tx.execute(delete(jobs).where(j.id == job_id))


def drop(tx: Tx, user_id: str, kind: str | None = None) -> None:
    """What was to be done for this user is not wanted any more: of one kind, or all of it."""
    mine = j.user_id == user_id
    tx.execute(delete(jobs).where(mine if kind is None else and_(mine, j.kind == kind)))


def drop_old(tx: Tx) -> int:
    """The sweep's part: what was done or given up long ago; returns how many went."""
    over = and_(j.state.in_(["done", "failed"]), j.changed_at < tx.now - KEPT)
    return tx.execute(delete(jobs).where(over)).rowcount


def _job(row: Row[Any], **now: Any) -> Job:
    values = {name: getattr(row, name) for name in Job.__dataclass_fields__} | {"body": json.loads(row.body)}
    return Job(**(values | now))
