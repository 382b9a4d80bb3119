"""Sessions: where somebody is signed in. A browser's and a program's differ in kind only; tokens are kept as hashes."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, insert, or_, select, update

from chatsphere.core import audit, devices, hashes, jobs, pictures, rules
from chatsphere.core.carried import as_json
from chatsphere.core.chat import Db, Tx
from chatsphere.core.database import Id, Moment
from chatsphere.core.errors import Invalid, NotFound, Unauthenticated
from chatsphere.core.gathered import ids, of_ids
from chatsphere.core.ids import new_id
from chatsphere.core.many import Many
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import sessions, users
from chatsphere.core.values import Session, User

s, u = sessions.c, users.c

IDLE = timedelta(days=30)
ABSOLUTE = timedelta(days=180)
CONFIRMED_FOR = timedelta(minutes=5)
MOST = 100
LONGEST_NAME = 64
_CHUNK = 500
"""How many are named in one statement: databases bound that."""
_NEVER = datetime.fromtimestamp(0, UTC)
_CHANGED = phrase("Something about this account has changed just now. Please sign in again.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who asks, and through which session; `lacks_factor`: only to set up a second factor that has to be there."""

    session: Session
    user: User
    lacks_factor: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody signs in: the token that the device is known by, what it is in words, and its address."""

    token: str
    device: str
    address: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session, and its token, which is told once."""

    session: Session
    token: str


_signed_in = as_json(SignedIn)


def open(
    tx: Tx,
    user_id: str,
    *,
    kind: str = "session",
    name: str = "",
    device: str = "",
    address: str = "",
    confirmed: bool = True,
) -> Opened:
    """Sign somebody in; the caller has made sure that it is them. There are a hundred tokens at most.

    Not `confirmed`: they have to show it once more before what matters.
    """
    if kind == "token":
        _check_token(tx, user_id, name)
    else:
        _make_room(tx, user_id)
    token = ("cs_" if kind == "token" else "") + secrets.token_urlsafe(32)
    shown = tx.now if confirmed else _NEVER
    session = Session(new_id(), user_id, kind, name, device[:200], address[:45], tx.now, tx.now, shown)
    values = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    tx.execute(insert(sessions).values(token_hash=hashes.of_token(token), **values))
    if kind == "token":
        audit.record(tx, user_id, "token.made", user_id, token=session.id)
        jobs.write(tx, user_id, "account-changed", what="token-made")
    return Opened(session, token)


def _make_room(tx: Tx, user_id: str) -> None:
    """The session that was last seen longest ago ends where there are a hundred."""
    mine = select(s.id).where(s.user_id == user_id, s.kind == "session").order_by(s.last_seen_at.desc(), s.id)
    while too_many := tx.execute(mine.offset(MOST - 1).limit(_CHUNK)).scalars().all():
        _end(tx, s.id.in_(too_many))


def hold(tx: Tx, user_id: str, proven: str | None = None) -> bool:
    """Hold an account whose owner is about to come in, and refuse where what they have shown does not count any more.

    `proven` is the hash of the password that was right, if it was one: another may be kept by now. Returns whether it
    takes a second factor. Nobody changes any of this until the transaction ends.
    """
    there = select(u.is_disabled, u.password_hash, u.second_factor).where(u.id == user_id, u.deleted_at.is_(None))
    row = tx.execute(there.with_for_update()).one_or_none()
    if row is None or row.is_disabled:
        raise Unauthenticated("Nobody can sign in to this account any more.")
    if proven not in (None, row.password_hash):
        raise Unauthenticated(_CHANGED)
    return bool(row.second_factor)


def enter(
    tx: Tx, user_id: str, place: Place, *, proven: str | None = None, whole: bool = False, confirmed: bool = True
) -> Opened:
    """Sign somebody in at a place; where it is new to them, they are written to.

    `whole` says that they have shown all there can be to show; else it is refused where it takes a second factor.
    """
    if hold(tx, user_id, proven) and not whole:
        raise Unauthenticated(_CHANGED)
    opened = open(tx, user_id, device=place.device, address=place.address, confirmed=confirmed)
    if devices.meet(tx, user_id, place.token):
        jobs.write(tx, user_id, "new-device", device=place.device, address=place.address)
    return opened


def _check_token(tx: Tx, user_id: str, name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME or any(unicodedata.category(one) in ("Cc", "Cs") for one in name):
        raise Invalid.field("name", f"Use 1 to {LONGEST_NAME} characters.")
    if len(mine(tx, user_id, "token")) >= MOST:
        raise Invalid.field("name", phrase("There can be {most} tokens at most. Please delete one first.", most=MOST))


def find(db: Db, token: str) -> SignedIn | None:
    """Whose token this is; None where it is nobody's, or nobody's any more."""
    hashed = hashes.of_token(token)
    signed_in = db.recall(_key(hashed), lambda: _find(db, hashed), _signed_in)
    return signed_in if signed_in and _fresh(db, signed_in.session) else None


def _find(db: Db, hashed: bytes) -> SignedIn | None:
    row = db.execute(select(sessions, rules.who_needs_a_factor()).where(s.token_hash == hashed)).one_or_none()
    if row is None:
        return None
    owner = pictures.of_users(db, [row.user_id]).get(row.user_id)
    if owner is None or owner.is_disabled or owner.is_deleted:
        return None
    has_to = row.kind == "session" and rules.has_to(row.who, is_admin=owner.is_admin)
    return SignedIn(_session(row), owner, has_to and not owner.second_factor)


def _fresh(db: Db, session: Session) -> bool:
    if session.kind == "token":
        return True
    return session.last_seen_at > db.now - IDLE and session.created_at > db.now - ABSOLUTE


def mine(db: Db, me: str, kind: str = "session") -> list[Session]:
    """My sessions or tokens, the newest first."""
    rows = db.execute(select(sessions).where(s.user_id == me, s.kind == kind).order_by(s.created_at.desc(), s.id))
    return [one for one in map(_session, rows) if _fresh(db, one)]


def device_of(db: Db, session_id: str | None) -> str:
    """What sits there, in words; nothing where it is not known."""
    return db.execute(select(s.device).where(s.id == session_id)).scalar_one_or_none() or ""


def seen(tx: Tx, session_id: str, address: str) -> None:
    """It was just used, from this address."""
    _change(tx, s.id == session_id, last_seen_at=tx.now, address=address[:45])


def confirm(tx: Tx, me: str, session_id: str) -> None:
    """Whoever sits there has just shown that it is them."""
    _change(tx, and_(s.id == session_id, s.user_id == me), confirmed_at=tx.now)


def _change(tx: Tx, which: Any, **values: Any) -> None:
    tx.execute(update(sessions).where(which).values(**values))
    tx.forgotten.update(_key(hashed) for hashed in tx.execute(select(s.token_hash).where(which)).scalars())


def end(tx: Tx, me: str, session_id: str, kind: str = "session") -> None:
    """Sign out there."""
    if not _end(tx, and_(s.id == session_id, s.user_id == me, s.kind == kind)):
        raise NotFound
    if kind == "token":
        audit.record(tx, me, "token.deleted", me, token=session_id)


def end_all(tx: Tx, user_id: str, *, keep: str | None = None, tokens: bool = True) -> None:
    """Sign somebody out everywhere, but for one session."""
    which = and_(s.user_id == user_id, s.id != keep) if keep else s.user_id == user_id
    _end(tx, which if tokens else and_(which, s.kind == "session"))


def end_others(tx: Tx, me: str, here: str, device_token: str) -> int:
    """Sign out in every other browser, none of which is known any more; returns how many sessions that was."""
    ended = _end(tx, and_(s.user_id == me, s.id != here, s.kind == "session"))
    devices.forget(tx, me, but=device_token)
    audit.record(tx, me, "sessions.ended", me, sessions=ended)
    return ended


def _end(tx: Tx, which: Any) -> int:
    rows = tx.execute(select(s.id, s.user_id, s.token_hash).where(which)).all()
    for row in rows:
        tx.ended.add(row.id)
        tx.users.add(row.user_id)
        tx.forgotten.add(_key(row.token_hash))
    # By id: what has come meanwhile is not in the news, and stays.
    for start in range(0, len(rows), _CHUNK):
        tx.execute(delete(sessions).where(s.id.in_([row.id for row in rows[start : start + _CHUNK]])))
    return len(rows)


def drop_expired(tx: Tx) -> int:
    """The sweep's part: nothing is kept of where somebody was signed in once. Returns how many went."""
    old = or_(s.last_seen_at <= tx.now - IDLE, s.created_at <= tx.now - ABSOLUTE)
    return tx.execute(delete(sessions).where(s.kind == "session", old)).rowcount


def changed(tx: Tx, user_id: str) -> None:
    """Something about this user is different; what is remembered of them and their sessions is not true any more."""
    tx.forgotten.add(user_key(user_id))
    hashes = tx.execute(select(s.token_hash).where(s.user_id == user_id)).scalars()
    tx.forgotten.update(_key(hashed) for hashed in hashes)
    tx.users.add(user_id)


def alive(db: Db, session_ids: Collection[str]) -> set[str]:
    """Which of these still hold, and may be used: one query, for the sweep.

    Where a second factor has to be there first, a browser's session without one may not, until there is one.
    """
    if not session_ids:
        return set()
    since = {"idle": db.now - IDLE, "absolute": db.now - ABSOLUTE}
    [[found]] = _ALIVE.glance(db, [{"id": one} for one in session_ids], **since)
    return of_ids(found)


def _alive(session_ids: Sequence[Any]) -> Select[Any]:
    since = {name: bindparam(name, type_=Moment()) for name in ("idle", "absolute")}
    fresh = or_(s.kind == "token", and_(s.last_seen_at > since["idle"], s.created_at > since["absolute"]))
    holds = and_(u.deleted_at.is_(None), u.is_disabled.is_(False), _may_be_used())
    return select(ids(s.id)).join(users, and_(u.id == s.user_id, holds)).where(s.id.in_(session_ids), fresh)


def _may_be_used() -> ColumnElement[bool]:
    who = rules.who_needs_a_factor()
    nobody_asks = or_(who.is_(None), who == "optional", and_(who == "admins", u.is_admin.is_(False)))
    return or_(s.kind == "token", u.second_factor.is_(True), nobody_asks)


_ALIVE = Many(lambda rows: _alive([row["id"] for row in rows]), id=Id())


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        kind=row.kind,
        name=row.name,
        device=row.device,
        address=row.address,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        confirmed_at=row.confirmed_at,
    )


def user_key(user_id: str) -> str:
    """The name under which a user is remembered."""
    return f"user:{user_id}"


def _key(hashed: bytes) -> str:
    return f"session:{bytes(hashed).hex()}"
