"""Fills an empty ChatSphere with a world through the core's own log and projection: the same each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import insert

from bench.texts import text
from bench.worlds import Room, World
from chatsphere.core import hashes, log, projection, reading
from chatsphere.core.chat import Chat, Tx
from chatsphere.core.entries import Entry
from chatsphere.core.events import ConversationCreated, MessagePosted
from chatsphere.core.ids import hue_of
from chatsphere.core.reading import Mark
from chatsphere.core.tables import sessions, users
from chatsphere.core.values import Role

_BATCH = 2_000
_PEOPLE = 500
_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def id_of(name: str) -> str:
    """The id of whoever or whatever has this name."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def token_of(user: str) -> str:
    """The token that this user is signed in with."""
    return f"cs_{hashlib.sha256(f'token of {user}'.encode()).hexdigest()}"


def fill(chat: Chat, world: World) -> None:
    """Put everybody and everything of this world into an empty database."""
    people = iter(world.users)
    while some := list(islice(people, _PEOPLE)):
        chat.do(_settle, some)
    for room in world.rooms:
        chat.do(_open, room)
        entries = _said(room)
        while some_said := list(islice(entries, _BATCH)):
            chat.do(_say, some_said)


def _settle(tx: Tx, names: Sequence[str]) -> None:
    """Accounts without a password, each with a token."""
    same = {"email_verified": False, "is_admin": False, "is_disabled": False, "created_at": _BEGUN}
    names_of = ("user_name", "name_key", "display_name", "display_key")
    people = [{"id": id_of(name), "hue": hue_of(id_of(name)), **dict.fromkeys(names_of, name)} for name in names]
    tx.execute(insert(users), [{**person, **same} for person in people])
    signed_in = {"kind": "token", "name": "bench", "device": "", "address": "127.0.0.1"}
    now = {"created_at": tx.now, "last_seen_at": tx.now, "confirmed_at": tx.now}
    rows = [
        {"id": id_of(f"session of {name}"), "user_id": id_of(name), "token_hash": hashes.of_token(token_of(name))}
        for name in names
    ]
    tx.execute(insert(sessions), [{**row, **signed_in, **now} for row in rows])


def _open(tx: Tx, room: Room) -> None:
    here, members = id_of(room.name), [id_of(member) for member in room.members]
    one, *others = members
    pair = (min(members), max(members)) if room.direct else None
    first: Role = "member" if room.direct else "owner"
    roles: tuple[tuple[str, Role], ...] = ((one, first), *((other, "member") for other in others))
    title = None if room.direct else room.name
    said = ConversationCreated("direct" if room.direct else "group", title, hue_of(here), roles)
    log.write(tx, [entry := Entry(here, 1, one, _BEGUN, said)])
    projection.create(tx, entry, pair)
    reading.begin(tx, here, members, Mark(1, 0))


def _said(room: Room) -> Iterator[Entry]:
    """What was said in a room, a second apart; without the mark by which a round finds its own."""
    here, members = id_of(room.name), [id_of(member) for member in room.members]
    for number in range(room.messages):
        at = _BEGUN + timedelta(seconds=number + 1)
        said = MessagePosted(text(number).replace("^", ""))
        yield Entry(here, number + 2, members[number % len(members)], at, said, f"seed{number}")


def _say(tx: Tx, entries: Sequence[Entry]) -> None:
    head = log.lock(tx, [entries[0].conversation_id])[entries[0].conversation_id]
    log.write(tx, entries)
    head.seq = entries[-1].seq
    projection.post(tx, entries)
