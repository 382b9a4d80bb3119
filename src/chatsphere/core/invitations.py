"""Invitations: a link by which people come in, a number of times and for a while, and into groups of its maker's.

Only a hash of its token is kept. Whether it holds is asked anew at each use, and so is whether its maker still looks
after the groups that it leads into: those that they do not are passed over without a word.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update

from chatsphere.core import audit, conversations as talks, hashes, log, pictures
from chatsphere.core.chat import Db, Tx
from chatsphere.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refusal
from chatsphere.core.ids import is_id, new_id
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import conversations, invitations, participants, users
from chatsphere.core.values import Page, User

i, c, p, u = invitations.c, conversations.c, participants.c, users.c

State = Literal["holds", "revoked", "expired", "used"]

LONGEST_NOTE = 100
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=90)
MOST_USES = 1000
MOST_GROUPS = 20
MOST_AT_ONCE = 100
"""So many of one person's hold at the same time."""
REMEMBERED = timedelta(days=30)
"""How long one that has expired is still listed."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is now.

    `titles` are those of the groups that it leads into now, for its maker and whoever holds the link, for nobody else;
    `groups` is how many were named when it was made. Those of a maker who may not sign in are as good as revoked.
    """

    id: str
    maker: User
    note: str
    titles: tuple[str, ...]
    groups: int
    most_uses: int
    uses: int
    created_at: datetime
    expires_at: datetime
    state: State


# --- looking


def look(db: Db, token: str) -> Invitation:
    """What this token invites to; looking uses nothing up. NotFound where there never was such a one."""
    row = db.execute(select(invitations).where(i.token_hash == hashes.of_token(token))).one_or_none()
    if row is None:
        raise NotFound
    found = _pictured(db, [row], titled=True)[0]
    return found if found.state == "holds" else replace(found, titles=())


def mine(db: Db, me: str) -> list[Invitation]:
    """Those that I have made, the latest first."""
    wanted = select(invitations).where(i.maker_id == me).order_by(i.created_at.desc(), i.id.desc())
    return _pictured(db, db.execute(wanted).all(), titled=True)


def everybodys(db: Db, limit: int = 50, after: str | None = None) -> Page[Invitation]:
    """Those of everybody, the latest first, for administrators: without the titles of groups that are not theirs."""
    wanted = select(invitations).order_by(i.id.desc()).limit(limit + 1)
    if after is not None:
        if not is_id(after):
            raise Invalid.field("after", "This is not a place in the list.")
        wanted = wanted.where(i.id < after)
    rows = db.execute(wanted).all()
    return Page(tuple(_pictured(db, rows[:limit], titled=False)), rows[limit - 1].id if len(rows) > limit else None)


def open_groups(db: Db, me: str) -> list[tuple[str, str]]:
    """The groups that I may invite into, by title: (id, title)."""
    wanted = select(c.id, c.title).join(participants, p.conversation_id == c.id).where(_manages(me))
    return [(row.id, row.title) for row in db.execute(wanted.order_by(c.title, c.id))]


def _pictured(db: Db, rows: Sequence[Row[Any]], *, titled: bool) -> list[Invitation]:
    makers = pictures.of_users(db, {row.maker_id for row in rows})
    titles = _titles(db, rows) if titled else {}
    return [
        Invitation(
            id=row.id,
            maker=makers[row.maker_id],
            note=row.note,
            titles=tuple(titles[row.maker_id, one] for one in _groups(row) if (row.maker_id, one) in titles),
            groups=len(_groups(row)),
            most_uses=row.most_uses,
            uses=row.uses,
            created_at=row.created_at,
            expires_at=row.expires_at,
            state=_state(db, row, makers[row.maker_id]),
        )
        for row in rows
    ]


def _titles(db: Db, rows: Iterable[Row[Any]]) -> dict[tuple[str, str], str]:
    """By maker and group: the titles of the groups that each still looks after."""
    named = {one for row in rows for one in _groups(row)}
    if not named:
        return {}
    wanted = select(p.user_id, c.id, c.title).join(participants, p.conversation_id == c.id)
    found = db.execute(wanted.where(c.id.in_(named), _manages(None)))
    return {(row.user_id, row.id): row.title for row in found}


def _state(db: Db, row: Row[Any], maker: User) -> State:
    if row.revoked_at is not None or maker.is_disabled or maker.is_deleted:
        return "revoked"
    if row.expires_at <= db.now:
        return "expired"
    return "used" if row.uses >= row.most_uses else "holds"


def _manages(user_id: str | None) -> ColumnElement[bool]:
    there = and_(c.kind == "group", c.deleted_at.is_(None), p.role.in_(("owner", "admin")))
    return there if user_id is None else and_(there, p.user_id == user_id)


# --- making and revoking


def make(
    tx: Tx,
    maker_id: str,
    note: str = "",
    lasts: timedelta = timedelta(days=7),
    most_uses: int = 1,
    conversation_ids: Collection[str] = (),
    *,
    by_shell: bool = False,
) -> str:
    """An invitation in this user's name; returns its token, told once. `by_shell`: made for them on the server."""
    groups, note = list(dict.fromkeys(conversation_ids)), note.strip()
    _check(note, lasts, most_uses)
    _check_groups(tx, maker_id, groups)
    _check_room(tx, maker_id)
    token, invitation_id = secrets.token_urlsafe(32), new_id()
    tx.execute(
        insert(invitations).values(
            id=invitation_id,
            maker_id=maker_id,
            token_hash=hashes.of_token(token),
            note=note,
            conversation_ids=json.dumps(groups),
            most_uses=most_uses,
            uses=0,
            created_at=tx.now,
            expires_at=tx.now + lasts,
        )
    )
    audit.record(tx, None if by_shell else maker_id, "invitation.made", maker_id, invitation=invitation_id)
    return token


def _check(note: str, lasts: timedelta, most_uses: int) -> None:
    unfit = any(unicodedata.category(character) in ("Cc", "Cs") for character in note)
    faults = {
        "note": unfit or len(note) > LONGEST_NOTE,
        "hours": not SHORTEST <= lasts <= LONGEST,
        "uses": not 1 <= most_uses <= MOST_USES,
    }
    words = {
        "note": phrase("Use at most {most} characters.", most=LONGEST_NOTE),
        "hours": phrase("It can hold from an hour to 90 days."),
        "uses": phrase("Use 1 to {most}.", most=MOST_USES),
    }
    if wrong := [FieldError(name, words[name]) for name, is_wrong in faults.items() if is_wrong]:
        raise Invalid(wrong[0].message, errors=tuple(wrong))


def _check_groups(db: Db, maker_id: str, groups: Sequence[str]) -> None:
    if len(groups) > MOST_GROUPS:
        raise Invalid.field("into", phrase("An invitation leads into {most} groups at most.", most=MOST_GROUPS))
    if set(groups) - {one for one, _ in open_groups(db, maker_id)}:
        raise Invalid.field("into", "One can only invite into groups that one owns or administers.")


def _check_room(tx: Tx, maker_id: str) -> None:
    # Two that are made at once are counted one after the other.
    able = and_(u.id == maker_id, u.deleted_at.is_(None), u.is_disabled.is_(False))
    if tx.execute(select(u.id).where(able).with_for_update()).one_or_none() is None:
        raise NotFound
    holding = and_(i.maker_id == maker_id, i.revoked_at.is_(None), i.expires_at > tx.now, i.uses < i.most_uses)
    if tx.execute(select(func.count()).where(holding)).scalar_one() >= MOST_AT_ONCE:
        raise Conflict(
            phrase("{most} of your invitations hold at the moment. Revoke some of them first.", most=MOST_AT_ONCE)
        )


def revoke(tx: Tx, me: str | None, invitation_id: str) -> None:
    """It holds no more: by its maker, by an administrator, or by whoever has a shell on the server (None)."""
    wanted = select(i.maker_id, i.revoked_at).where(i.id == invitation_id).with_for_update()
    row = tx.execute(wanted).one_or_none() if is_id(invitation_id) else None
    if row is None or not (me is None or me == row.maker_id or _is_administrator(tx, me)):
        raise NotFound
    if row.revoked_at is None:
        tx.execute(update(invitations).where(i.id == invitation_id).values(revoked_at=tx.now))
        audit.record(tx, me, "invitation.revoked", row.maker_id, invitation=invitation_id)


def _is_administrator(db: Db, user_id: str) -> bool:
    return bool(db.execute(select(u.is_admin).where(u.id == user_id)).scalar_one_or_none())


# --- using


def check(tx: Tx, token: str) -> None:
    """Hold it until the transaction ends, so that `use` cannot be refused; Forbidden where it holds no more."""
    _claimed(tx, token)


def use(tx: Tx, token: str, user_id: str) -> list[str]:
    """This newcomer has an account by it: counted, and brought into its groups by its maker; returns into which.

    Of any number who try at once `most_uses` succeed; for the others it is Forbidden.
    """
    row = _claimed(tx, token)
    _count(tx, row, user_id)
    return _bring(tx, row, user_id)


def accept(tx: Tx, me: str, token: str) -> list[str]:
    """I am here already and come into its groups; counted once, and only where that brings me a seat."""
    if is_in(tx, me, token):
        return []
    row = _claimed(tx, token)
    before = _seats(tx, me)
    groups = _bring(tx, row, me)
    if not set(groups) <= before and not audit.has(tx, me, "invitation.used", row.maker_id, invitation=row.id):
        _count(tx, row, me)
    return groups


def _count(tx: Tx, row: Row[Any], user_id: str) -> None:
    tx.execute(update(invitations).where(i.id == row.id).values(uses=i.uses + 1))
    audit.record(tx, user_id, "invitation.used", row.maker_id, invitation=row.id)


def _bring(tx: Tx, row: Row[Any], user_id: str) -> list[str]:
    groups = _groups(row)
    log.lock(tx, groups)
    return [one for one in groups if _brought(tx, row.maker_id, one, user_id)]


def is_in(db: Db, me: str, token: str) -> bool:
    """Whether I am in every group that this leads into, as its maker is."""
    row = db.execute(select(invitations).where(i.token_hash == hashes.of_token(token))).one_or_none()
    if row is None:
        raise NotFound
    led = {group for maker_id, group in _titles(db, [row]) if maker_id == row.maker_id}
    return led <= _seats(db, me)


def _seats(db: Db, user_id: str) -> set[str]:
    return set(db.execute(select(p.conversation_id).where(p.user_id == user_id)).scalars())


def _claimed(tx: Tx, token: str) -> Row[Any]:
    wanted = (
        select(invitations)
        .join(users, u.id == i.maker_id)
        .where(
            i.token_hash == hashes.of_token(token), i.revoked_at.is_(None), i.expires_at > tx.now, i.uses < i.most_uses
        )
        .where(u.deleted_at.is_(None), u.is_disabled.is_(False))
    )
    row = tx.execute(wanted.with_for_update()).one_or_none()
    if row is None:
        raise Forbidden("This invitation does not hold any more.")
    return row


def _brought(tx: Tx, maker_id: str, conversation_id: str, user_id: str) -> bool:
    try:
        talks.add(tx, maker_id, conversation_id, [user_id])
    except Refusal:
        return False  # gone, full, or not theirs to bring people into any more
    return True


# --- going


def drop_expired(tx: Tx) -> int:
    """Forget those that expired a while ago; returns how many went."""
    return tx.execute(delete(invitations).where(i.expires_at <= tx.now - REMEMBERED)).rowcount


def _groups(row: Row[Any]) -> list[str]:
    return [str(one) for one in json.loads(row.conversation_ids)]
