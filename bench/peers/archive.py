"""Fills ejabberd's own tables with a world, as its modules write them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pymysql

from bench.peers.xmpp import HOST, address
from bench.seeding import token_of
from bench.texts import text
from bench.worlds import Room, World
from tests.services import MariaDB

NAME = "ejabberd"
"""The database, and who may use it with this for a password."""
BEGUN = 1_767_225_600_000_000
"""When the first message of each room was said, in microseconds: an archive's ids are moments."""

_SECOND = 1_000_000
_BATCH = 5_000
_USER = "INSERT INTO users (username, password) VALUES (%s, %s)"
_ROW = (
    "INSERT INTO archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick) VALUES (%s,%s,%s,%s,%s,%s,%s,%s)"
)
_XML = "<message xml:lang='en' to='%s' from='%s' type='%s' id='seed%d' xmlns='jabber:client'><body>%s</body></message>"
_INDEX = "CREATE FULLTEXT INDEX"

Row = tuple[str, int, str, str, str, str, str, str]


def id_of(number: int) -> int:
    """The archive's id of a room's message of this number, from 1."""
    return BEGUN + number * _SECOND


def fill(server: MariaDB, world: World, schema: Path) -> None:
    """A fresh database by ejabberd's own schema, with everybody and everything of this world."""
    server.fresh(NAME)
    # Its driver cannot sign in without a password.
    server.run(f"CREATE USER {NAME}@'127.0.0.1' IDENTIFIED BY '{NAME}'", f"GRANT ALL ON {NAME}.* TO {NAME}@'127.0.0.1'")
    tables = [part.strip() for part in _without_comments(schema).split(";") if part.strip()]
    # A full-text index is made at once of what is there; message by message it takes ten times as long.
    last = [one for one in tables if one.startswith(_INDEX)]
    with server.connect(NAME) as connection, connection.cursor() as cursor:
        for statement in tables:
            if statement not in last:
                cursor.execute(statement)
        _put(cursor, _USER, ((user, token_of(user)) for user in world.users))
        _put(cursor, _ROW, (row for room in world.rooms for row in rows(room)))
        connection.commit()
        for statement in last:
            cursor.execute(statement)


def rows(room: Room) -> Iterator[Row]:
    """What the archive has of a room: each message once in a group, and once for each of two people."""
    for number in range(1, room.messages + 1):
        sender = room.members[(number - 1) % len(room.members)]
        said, at = text(number).replace("^", ""), id_of(number)
        if room.direct:
            other = next(member for member in room.members if member != sender)
            xml = _XML % (f"{other}@{HOST}", f"{sender}@{HOST}/bench", "chat", number, said)
            yield (sender, at, *(f"{other}@{HOST}",) * 2, xml, said, "chat", "")
            yield (other, at, f"{sender}@{HOST}/bench", f"{sender}@{HOST}", xml, said, "chat", "")
        else:
            here = address(room, sender)
            xml = _XML % (here, f"{sender}@{HOST}/bench", "groupchat", number, said)
            yield (here, at, f"{sender}@{HOST}/bench", f"{sender}@{HOST}", xml, said, "groupchat", sender)


def _put(cursor: pymysql.cursors.Cursor, statement: str, values: Iterator[tuple[object, ...]]) -> None:
    while some := list(islice(values, _BATCH)):
        cursor.executemany(statement, some)


def _without_comments(schema: Path) -> str:
    lines = schema.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))
