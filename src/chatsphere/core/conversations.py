"""Conversations: start, look, rename, people in and out, delete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, delete as delete_from, or_, select, true

from chatsphere.core import contacts, files, log, pictures, projection, reading, seats
from chatsphere.core.chat import Db, Tx
from chatsphere.core.database import Id, Moment
from chatsphere.core.entries import Head
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.events import (
    ConversationChanged,
    ConversationCreated,
    ConversationDeleted,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
)
from chatsphere.core.ids import hue_of, is_id, new_id
from chatsphere.core.phrases import phrase
from chatsphere.core.reading import Mark
from chatsphere.core.tables import conversations, events, marks, participants, retentions, users
from chatsphere.core.values import Conversation, Page, Role, Seat
from chatsphere.core.writer import lengthy

c, p, k, u = conversations.c, participants.c, marks.c, users.c

LONGEST_TITLE = 100
MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation, and whether it is new."""

    conversation: Conversation
    created: bool


# --- looking


def seat(db: Db, me: str, conversation_id: str, *, hidden_too: bool = False) -> Seat:
    """My seat in it, for doors that must say 404 or 403 before they read what was sent."""
    return seats.seat(db, me, conversation_id, hidden_too=hidden_too)


def get(db: Db, me: str, conversation_id: str) -> Conversation:
    """One conversation of mine."""
    found = pictures.of_conversations(db, me, pictures.MY_CONVERSATIONS.where(c.id == conversation_id))
    if not found:
        raise NotFound
    return found[0]


def direct(db: Db, me: str, user1: str, user2: str) -> Conversation:
    """The direct conversation of two people, one of whom is me."""
    if me not in (user1, user2) or not (is_id(user1) and is_id(user2)):
        raise NotFound
    here = c.direct_key == bytes.fromhex("".join(sorted((user1, user2))))
    found = pictures.of_conversations(db, me, pictures.MY_CONVERSATIONS.where(here))
    if not found:
        raise NotFound
    return found[0]


def mine(db: Db, me: str, limit: int = 50, after: str | None = None) -> Page[Conversation]:
    """My conversations, latest activity first; `next` is where the next page starts."""
    said: dict[str, Any] = {"count": limit + 1}
    if after is not None:
        said["at"], said["last_id"] = _cursor(after)
    found = pictures.of_conversations(db, me, _LATEST if after is None else _LATEST_AFTER, **said)
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else f"{last.last_activity_at.isoformat()}~{last.id}")


def _latest(which: ColumnElement[bool]) -> Select[Any]:
    latest = c.last_activity_at.desc(), c.id
    seen = pictures.MY_CONVERSATIONS
    some = bindparam("count", type_=Integer())
    # What was said last is read for these alone, not for all that have to be put in order.
    page = seen.with_only_columns(c.id).where(which).order_by(*latest).limit(some).subquery()
    return seen.join(page, page.c.id == c.id).order_by(*latest)


_AT, _LAST_ID = bindparam("at", type_=Moment()), bindparam("last_id", type_=Id())
_LATEST = _latest(true())
_LATEST_AFTER = _latest(or_(c.last_activity_at < _AT, and_(c.last_activity_at == _AT, c.id > _LAST_ID)))


def _cursor(after: str) -> tuple[datetime, str]:
    at, _, last_id = after.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not is_id(last_id):
        raise Invalid.field("after", "This is not a place in the list.")
    return moment, last_id


# --- starting


def start(tx: Tx, me: str, user_ids: Sequence[str], title: str | None = None) -> Started:
    """Start a conversation; for two people without a title, the one that they have."""
    everybody = list(dict.fromkeys([me, *user_ids]))
    if len(everybody) < 2:
        raise Invalid.field("participants", "A conversation needs somebody else.")
    if len(everybody) > 2 and title is None:
        raise Invalid.field("title", "A conversation of three or more needs a title.")
    title = None if title is None else _checked(title)
    _check_known(tx, everybody, "participants")
    if title is None:
        return _start_direct(tx, me, everybody)
    contacts.require_willing(tx, me, everybody)
    return _create(tx, me, everybody, title)


def _start_direct(tx: Tx, me: str, pair: Sequence[str]) -> Started:
    one, other = sorted(pair)
    there = tx.execute(select(c.id).where(c.direct_key == bytes.fromhex(one + other))).scalar_one_or_none()
    # While we wait for its lock the other may delete it, and with it all there is.
    if there is None or not log.lock(tx, [there]):
        contacts.require_willing(tx, me, pair)
        return _create(tx, me, pair, None, (one, other))
    if seats.seat(tx, me, there, hidden_too=True).hidden:
        contacts.require_willing(tx, me, pair)
        reading.reopen(tx, me, there)
    return Started(get(tx, me, there), created=False)


def _create(
    tx: Tx, me: str, everybody: Sequence[str], title: str | None, pair: tuple[str, str] | None = None
) -> Started:
    conversation_id = new_id()
    first: Role = "owner" if pair is None else "member"
    people: tuple[tuple[str, Role], ...] = tuple((one, first if one == me else "member") for one in everybody)
    said = ConversationCreated("group" if pair is None else "direct", title, hue_of(conversation_id), people)
    entry = log.begin(tx, me, conversation_id, said, pair)
    reading.begin(tx, conversation_id, everybody, Mark(1, 0))
    log.ring(tx, entry)
    tx.users.update(everybody)
    return Started(get(tx, me, conversation_id), created=True)


def _checked(title: str) -> str:
    title = title.strip()
    if not 1 <= len(title) <= LONGEST_TITLE or any(
        ord(character) < 32 or character > "\U0010fffd" for character in title
    ):
        raise Invalid.field("title", phrase("A title has 1 to {most} characters.", most=LONGEST_TITLE))
    return title


def _check_known(tx: Tx, user_ids: Iterable[str], field: str) -> None:
    wanted = set(user_ids)
    there = and_(u.id.in_(sorted(wanted)), u.deleted_at.is_(None), u.is_disabled.is_(False))
    # Held until the commit: an account that goes meanwhile must find what it is brought into, and leave it.
    if len(tx.execute(select(u.id).where(there).with_for_update(read=True)).all()) != len(wanted):
        raise Invalid.field(field, "There is nobody with this id.")


# --- changing


def rename(tx: Tx, me: str, conversation_id: str, title: str) -> None:
    """Give a group another title."""
    mine, _ = _managed(tx, me, conversation_id, phrase("A direct conversation has no title."))
    title = _checked(title)
    now = tx.execute(select(c.title).where(c.id == conversation_id)).scalar_one()
    if title != now:
        log.append(tx, mine.user_id, conversation_id, ConversationChanged(title))


def mute(tx: Tx, me: str, conversation_id: str, muted: bool) -> None:
    """I want no noise from it, or want it again."""
    reading.mute(tx, me, conversation_id, muted)


def add(tx: Tx, me: str, conversation_id: str, user_ids: Sequence[str]) -> None:
    """Bring people into a group; who is in it already stays as they are."""
    _, head = _managed(tx, me, conversation_id, phrase("Nobody can be added to a direct conversation."))
    _check_known(tx, user_ids, "user_ids")
    there = set(tx.execute(select(p.user_id).where(p.conversation_id == conversation_id)).scalars())
    new = [one for one in dict.fromkeys(user_ids) if one not in there]
    if len(there) + len(new) > MOST_PEOPLE:
        raise Invalid.field("user_ids", phrase("A group has {most} people at most.", most=MOST_PEOPLE))
    contacts.require_willing(tx, me, new)
    for user_id in new:
        reading.begin(tx, conversation_id, [user_id], Mark(head.seq + 1, head.message_count))
        log.append(tx, me, conversation_id, ParticipantJoined(user_id, "member"))
        _seats_changed(tx, conversation_id, [user_id])


def change_role(tx: Tx, me: str, conversation_id: str, user_id: str, role: Role) -> None:
    """The owner gives somebody another role; giving `owner` away makes oneself an admin."""
    mine, _ = _place(tx, me, conversation_id, phrase("There are no roles in a direct conversation."))
    before = _role(tx, conversation_id, user_id)
    if mine.role != "owner":
        raise Forbidden("Only the owner can change roles.")
    if before == role:
        return
    if user_id == me:
        raise Conflict("Somebody else has to become the owner first.")
    log.append(tx, me, conversation_id, ParticipantChanged(user_id, role))
    if role == "owner":
        log.append(tx, me, conversation_id, ParticipantChanged(me, "admin"))
    _seats_changed(tx, conversation_id, [me, user_id])


def remove(tx: Tx, me: str, conversation_id: str, user_id: str) -> None:
    """Leave (`user_id` is me), or have somebody leave; they hear that last."""
    mine, _ = _place(tx, me, conversation_id, phrase("Nobody leaves a direct conversation; it can be deleted."))
    role = _role(tx, conversation_id, user_id)
    if user_id == me and mine.role == "owner":
        raise Conflict("Somebody else has to become the owner first.")
    if user_id != me and not mine.manages:
        raise Forbidden("Only the owner or an admin can remove somebody.")
    if role == "owner":
        raise Forbidden("The owner cannot be removed.")
    _leave(tx, me, conversation_id, user_id, role)


@lengthy
def delete(tx: Tx, me: str, conversation_id: str) -> None:
    """A group goes for all, by its owner. A direct one goes for me; once both did so, all of it is erased."""
    head = _locked(tx, conversation_id)
    mine = seats.seat(tx, me, conversation_id)
    if mine.kind == "direct":
        _put_away(tx, me, head)
    elif mine.role != "owner":
        raise Forbidden("Only the owner can delete a group.")
    else:
        _delete_group(tx, me, conversation_id)


def _put_away(tx: Tx, me: str, head: Head) -> None:
    assert head.direct is not None  # noqa: S101 - a direct conversation names its two
    reading.clear(tx, me, head.id, Mark(head.seq, head.message_count))
    if all(_is_gone(tx, user_id, head.id) for user_id in head.direct if user_id != me):
        _erase(tx, head.id, head.direct)


def _is_gone(tx: Tx, user_id: str, conversation_id: str) -> bool:
    deleted = select(u.deleted_at).where(u.id == user_id)
    if tx.execute(deleted).scalar_one_or_none() is not None:
        return True
    return seats.seat(tx, user_id, conversation_id, hidden_too=True).hidden


def _delete_group(tx: Tx, me: str, conversation_id: str) -> None:
    people = tx.execute(select(p.user_id).where(p.conversation_id == conversation_id)).scalars().all()
    files.doom_of(tx, conversation_id)
    log.redact_all(tx, conversation_id)
    log.append(tx, me, conversation_id, ConversationDeleted())
    reading.end(tx, conversation_id)
    _seats_changed(tx, conversation_id, people)


def _erase(tx: Tx, conversation_id: str, people: Iterable[str]) -> None:
    files.doom_of(tx, conversation_id)
    tx.erased.add(conversation_id)
    projection.erase(tx, conversation_id)
    reading.end(tx, conversation_id)
    tx.execute(delete_from(events).where(events.c.conversation_id == conversation_id))
    tx.execute(delete_from(retentions).where(retentions.c.conversation_id == conversation_id))
    _seats_changed(tx, conversation_id, people)


def erase_deleted(tx: Tx, before: datetime, limit: int = 20) -> int:
    """The sweep's part: of groups deleted before this moment not even the numbers stay. Returns how many."""
    gone = tx.execute(select(c.id).where(c.deleted_at < before).limit(limit)).scalars().all()
    for conversation_id in gone:
        _erase(tx, conversation_id, ())
    return len(gone)


# --- when an account goes


def leave_all(tx: Tx, user_id: str) -> None:
    """Take somebody out of every group; what they own goes to the next in rank, and where they were alone it ends."""
    places = select(c.id, c.kind, p.role).join(participants, p.conversation_id == c.id).where(p.user_id == user_id)
    log.lock(tx, [row.id for row in tx.execute(places)])
    # Looked at again under the locks: meanwhile a group may have gone, or become theirs.
    for row in tx.execute(places).all():
        if row.kind == "direct":
            _leave_direct(tx, user_id, _locked(tx, row.id))
        else:
            _leave_group(tx, user_id, row.id, row.role)


@dataclass(frozen=True, slots=True)
class Legacy:
    """A group that somebody owns, and the name of who gets it when their account goes; None: it ends."""

    title: str
    heir: str | None


def legacies(db: Db, me: str, limit: int = 50) -> list[Legacy]:
    """What becomes of the groups that I own if I go."""
    owned = select(c.id, c.title).join(participants, p.conversation_id == c.id)
    owned = owned.where(p.user_id == me, p.role == "owner", c.kind == "group", c.deleted_at.is_(None))
    rows = db.execute(owned.order_by(c.last_activity_at.desc(), c.id).limit(limit)).all()
    heirs = {row.id: db.execute(_heir(row.id, me)).scalar_one_or_none() for row in rows}
    people = pictures.of_users(db, {one for one in heirs.values() if one})
    return [Legacy(row.title, people[heir].display_name if (heir := heirs[row.id]) else None) for row in rows]


def _heir(conversation_id: str, user_id: str) -> Select[tuple[str]]:
    """Who comes next in rank, and among those in time."""
    others = select(p.user_id).where(p.conversation_id == conversation_id, p.user_id != user_id)
    return others.order_by(p.role, p.joined_seq, p.user_id).limit(1)  # "admin" sorts before "member"


def _leave_direct(tx: Tx, user_id: str, head: Head) -> None:
    others = [one for one in head.direct or () if one != user_id]
    if all(_is_gone(tx, other, head.id) for other in others):
        _erase(tx, head.id, head.direct or ())


def _leave_group(tx: Tx, user_id: str, conversation_id: str, role: Role) -> None:
    heir = tx.execute(_heir(conversation_id, user_id)).scalar_one_or_none()
    if heir is None:
        _delete_group(tx, user_id, conversation_id)
        return
    if role == "owner":
        log.append(tx, user_id, conversation_id, ParticipantChanged(heir, "owner"))
        _seats_changed(tx, conversation_id, [heir])
        role = "admin"
        log.append(tx, user_id, conversation_id, ParticipantChanged(user_id, role))
    _leave(tx, user_id, conversation_id, user_id, role)


def _leave(tx: Tx, me: str, conversation_id: str, user_id: str, role: Role) -> None:
    mark = select(k.read_seq).where(k.conversation_id == conversation_id, k.user_id == user_id)
    read_seq = tx.execute(mark).scalar_one()
    reading.end(tx, conversation_id, user_id)
    log.append(tx, me, conversation_id, ParticipantLeft(user_id, role, read_seq))
    _seats_changed(tx, conversation_id, [user_id])


# --- what the above stand on


def _place(tx: Tx, me: str, conversation_id: str, not_here: str) -> tuple[Seat, Head]:
    mine = seats.seat(tx, me, conversation_id)
    if mine.kind == "direct":
        raise Conflict(not_here)
    head = _locked(tx, conversation_id)
    # Looked at again under the lock: a role may have changed while we waited for it.
    return seats.seat(tx, me, conversation_id), head


def _managed(tx: Tx, me: str, conversation_id: str, not_here: str) -> tuple[Seat, Head]:
    mine, head = _place(tx, me, conversation_id, not_here)
    if not mine.manages:
        raise Forbidden("Only the owner or an admin can do this.")
    return mine, head


def _locked(tx: Tx, conversation_id: str) -> Head:
    head = log.lock(tx, [conversation_id]).get(conversation_id)
    if head is None:
        raise NotFound
    return head


def _role(tx: Tx, conversation_id: str, user_id: str) -> Literal["owner", "admin", "member"]:
    there = select(p.role).where(p.conversation_id == conversation_id, p.user_id == user_id)
    role: Role | None = tx.execute(there).scalar_one_or_none()
    if role is None:
        raise NotFound
    return role


def _seats_changed(tx: Tx, conversation_id: str, user_ids: Iterable[str]) -> None:
    for user_id in user_ids:
        tx.users.add(user_id)
        tx.forgotten.add(seats.key(conversation_id, user_id))
