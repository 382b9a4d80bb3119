"""Contacts: whom I have blocked or muted, and who may write to whom.

Blocking holds both ways and is told to nobody: whoever may not write hears one sentence, whatever the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select, update

from chatsphere.core import log, pictures
from chatsphere.core.chat import Db, Tx
from chatsphere.core.database import Id
from chatsphere.core.errors import Forbidden, Invalid, NotFound
from chatsphere.core.ids import is_id
from chatsphere.core.many import Many
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import contacts, conversations, marks, participants, users
from chatsphere.core.values import User

k, c, u = contacts.c, conversations.c, users.c

REFUSED = phrase("You cannot write to this person.")
"""Said of a block and of who may write first alike: neither is to be told from the other."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contact:
    """What I have decided about somebody."""

    user: User
    blocked: bool
    muted: bool

    @property
    def id(self) -> str:
        """Whom it is about."""
        return self.user.id


# --- looking


def mine(db: Db, me: str) -> tuple[Contact, ...]:
    """Everybody about whom I have decided something, by user name."""
    rows = db.execute(
        select(users, k.blocked, k.muted)
        .join(contacts, k.other_id == u.id)
        .where(k.user_id == me, u.deleted_at.is_(None))
        .order_by(u.name_key)
    )
    return tuple(Contact(pictures.user(row), row.blocked, row.muted) for row in rows)


def get(db: Db, me: str, other_id: str) -> Contact:
    """What I have decided about one of all there are; of most people nothing."""
    user = pictures.of_users(db, [other_id]).get(other_id)
    if user is None:
        raise NotFound
    row = db.execute(select(k.blocked, k.muted).where(k.user_id == me, k.other_id == other_id)).one_or_none()
    return Contact(user, row is not None and row.blocked, row is not None and row.muted)


def may_write(db: Db, me: str, other_id: str) -> bool:
    """Whether I may write to somebody: neither blocks the other, and they know me or let strangers come."""
    pair = (me, other_id)
    return not barred(db, [pair], [pair])


def barred(db: Db, pairs: Collection[Pair], new: Collection[Pair] = ()) -> set[Pair]:
    """Of pairs (who writes, to whom) those who may not.

    Of all it is asked whether one blocks the other; of those who are `new` to each other also whether whoever is
    written to lets them.
    """
    if not pairs:
        return set()
    both = sorted({*pairs, *(pair[::-1] for pair in pairs)})
    rows = _BLOCKED.run(db, [{"one": one, "other": other} for one, other in both])
    blocked = {(row.one, row.other) for row in rows}
    return {pair for pair in pairs if pair in blocked or pair[::-1] in blocked} | shy(db, new)


_BLOCKED = Many(
    lambda rows: select(k.user_id.label("one"), k.other_id.label("other")).where(
        k.blocked.is_(True), or_(*(and_(k.user_id == row["one"], k.other_id == row["other"]) for row in rows))
    ),
    one=Id(),
    other=Id(),
)


def blocks(one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether one blocks the other, within a statement."""
    return exists().where(k.user_id == one, k.other_id == other, k.blocked.is_(True))


def shy(db: Db, pairs: Collection[Pair]) -> set[Pair]:
    """Of pairs (who writes, to whom) who are new to each other those of whom the second does not want that."""
    return {(row.one, row.other) for row in db.execute(_private(pairs))} if pairs else set()


def _private(pairs: Iterable[Pair]) -> Select[Any]:
    """Those who do not let just anybody write first, have no conversation with the writer, and do not know them."""
    writers = users.alias("writer")
    writer = writers.c
    these = or_(*(and_(writer.id == one, u.id.in_(others)) for one, others in _by_writer(pairs).items()))
    shy = or_(u.first_contact == "nobody", and_(u.first_contact == "shared", ~_share_a_group(writer)))
    found = select(writer.id.label("one"), u.id.label("other")).join_from(users, writers, these)
    return found.where(shy, ~_keeps(writer))


def _share_a_group(writer: Any) -> ColumnElement[bool]:
    one, other = participants.alias("one_place").c, participants.alias("other_place").c
    together = and_(one.conversation_id == other.conversation_id, one.user_id == writer.id, other.user_id == u.id)
    return exists().where(together, c.id == one.conversation_id, c.kind == "group")


def _keeps(writer: Any) -> ColumnElement[bool]:
    one, other, m = participants.alias("one_seat").c, participants.alias("other_seat").c, marks.c
    together = and_(one.conversation_id == other.conversation_id, one.user_id == writer.id, other.user_id == u.id)
    there = and_(c.id == one.conversation_id, c.kind == "direct", m.conversation_id == c.id, m.user_id == u.id)
    return exists().where(together, there, or_(m.hidden_seq == 0, c.last_message > m.hidden_seq))


def _by_writer(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pairs):
        found[one].append(other)
    return found


def require_willing(tx: Tx, me: str, others: Iterable[str]) -> None:
    """Refuse to begin something with people of whom one does not want it."""
    pairs = [(me, other) for other in others if other != me]
    if barred(tx, pairs, pairs):
        raise Forbidden(REFUSED)


def require_free(tx: Tx, me: str, pair: tuple[str, str] | None) -> None:
    """Refuse what would reach the other one of a direct conversation, where one of the two has blocked the other."""
    if pair and barred(tx, [(me, next(one for one in pair if one != me))]):
        raise Forbidden(REFUSED)


# --- deciding


def block(tx: Tx, me: str, other_id: str) -> None:
    """From now on neither of us writes to the other, and neither feels the other type or come."""
    _hold(tx, me, other_id)
    _decide(tx, me, other_id, blocked=True)
    tx.parted.append((me, other_id))
    tx.users.update((me, other_id))


def unblock(tx: Tx, me: str, other_id: str) -> None:
    """We may write to each other again, unless they have blocked me too."""
    _decide(tx, me, other_id, blocked=False)
    tx.users.update((me, other_id))


def mute(tx: Tx, me: str, other_id: str) -> None:
    """Their messages make no noise; nothing is refused."""
    _decide(tx, me, other_id, muted=True)


def unmute(tx: Tx, me: str, other_id: str) -> None:
    """Their messages may be heard again."""
    _decide(tx, me, other_id, muted=False)


def _hold(tx: Tx, me: str, other_id: str) -> None:
    """Whoever posts or brings somebody in at this moment comes before the block or after it, never across it."""
    if not is_id(other_id):
        raise NotFound
    tx.execute(select(u.id).where(u.id == me).with_for_update())
    ours = c.direct_key == bytes.fromhex("".join(sorted((me, other_id))))
    log.lock(tx, tx.execute(select(c.id).where(ours)).scalars().all())


def _decide(tx: Tx, me: str, other_id: str, **now: bool) -> None:
    if other_id == me:
        raise Invalid.field("user_id", "This is about others, not about oneself.")
    them = get(tx, me, other_id)
    if them.user.is_deleted:
        raise NotFound
    here = and_(k.user_id == me, k.other_id == other_id)
    after = {"blocked": them.blocked, "muted": them.muted} | now
    if not any(after.values()):
        tx.execute(delete(contacts).where(here))
    elif not tx.execute(update(contacts).where(here).values(**after, changed_at=tx.now)).rowcount:
        tx.execute(insert(contacts).values(user_id=me, other_id=other_id, **after, changed_at=tx.now))
