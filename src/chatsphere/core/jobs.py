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

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

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


class Hopeless(Exception):
    """Raised by whoever does a job: another try would end like this one."""


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
    # One that ended its process each time it was begun is not begun for ever.
    tx.execute(update(jobs).where(due, free, j.tries >= MOST_TRIES).values(state="failed", changed_at=tx.now))
    row = tx.execute(select(jobs).where(due, free).order_by(j.due_at, j.id).limit(1).with_for_update()).one_or_none()
    if row is None:
        return None
    values = {"state": "running", "tries": row.tries + 1, "leased_until": tx.now + LEASE, "changed_at": tx.now}
    tx.execute(update(jobs).where(j.id == row.id).values(**values))
    return _job(row, **values)


def advance(tx: Tx, job: Job, progress: int) -> None:
    """So much of it is done, in percent; the lease begins anew. NotFound where nobody wants it or another has it."""
    _change(tx, job, progress=progress, leased_until=tx.now + LEASE)


def note(tx: Tx, /, job: Job, **more: Any) -> None:
    """Something to know about it, for whoever asks."""
    _change(tx, job, body=json.dumps({**job.body, **more}))


def finish(tx: Tx, /, job: Job, **result: Any) -> None:
    """It is done; what came of it joins its body. NotFound where nobody wants it or another has it."""
    _change(tx, job, state="done", progress=100, body=json.dumps({**job.body, **result}))


def fail(tx: Tx, job: Job, *, hopeless: bool = False) -> bool:
    """It did not work: again later, each time after a longer wait, or given up. Returns whether it is tried again."""
    again = not hopeless and job.tries < MOST_TRIES
    due = tx.now + _PATIENCE * 2 ** (job.tries - 1)
    _change(tx, job, state="waiting" if again else "failed", due_at=due)
    return again


def remove(tx: Tx, job: Job) -> None:
    """Nothing is left to do or to say of it."""
    tx.execute(delete(jobs).where(_held(job)))


def _change(tx: Tx, job: Job, **values: Any) -> None:
    if not tx.execute(update(jobs).where(_held(job)).values(changed_at=tx.now, **values)).rowcount:
        raise NotFound


def _held(job: Job) -> ColumnElement[bool]:
    # Who was away for so long that another has begun it anew has an older count of tries.
    return and_(j.id == job.id, j.state == "running", j.tries == job.tries)


def latest(db: Db, user_id: str, kind: str) -> Job | None:
    """A user's newest job of a kind, whatever became of it."""
    mine = select(jobs).where(j.user_id == user_id, j.kind == kind).order_by(j.created_at.desc(), j.id.desc()).limit(1)
    row = db.execute(mine).one_or_none()
    return None if row is None else _job(row)


def drop(tx: Tx, user_id: str, kind: str | None = None) -> None:
    """What was to be done for this user is not wanted any more: of one kind, or all of it."""
    mine = j.user_id == user_id
    tx.execute(delete(jobs).where(mine if kind is None else and_(mine, j.kind == kind)))


def drop_old(tx: Tx) -> int:
    """The sweep's part: what was done or given up long ago; returns how many went."""
    over = and_(j.state.in_(["done", "failed"]), j.changed_at < tx.now - KEPT)
    return tx.execute(delete(jobs).where(over)).rowcount


def _job(row: Row[Any], **now: Any) -> Job:
    values = {name: now.get(name, getattr(row, name)) for name in Job.__dataclass_fields__}
    return Job(**(values | {"body": json.loads(row.body)}))
