"""Peers of the benchmark without the peers: what is said to them, what is understood, and how one is compared."""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.peers import archive, ejabberd, socketio, xmpp
from bench.peers.first_tables import Message, Room as Row, opened
from bench.peers.ratios import EJABBERD, FIRST, MARIADB, SQLITE, ratios, spoken, table
from bench.peers.report import document
from bench.results import Result
from bench.texts import number_in, text
from bench.worlds import World, groups, grown, pairs

PAIR = pairs(1).rooms[0]
GROUP = groups(1, 3).rooms[0]
RESULT = b"<message to='a'><result xmlns='urn:xmpp:mam:2' id='1'><forwarded><message/></forwarded></result></message>"


def stanza(number: int, kind: str = "chat") -> bytes:
    attributes = f"to='right0@localhost/1' from='left0@localhost/2' type='{kind}'"
    return f"<message {attributes}><body>{text(number)}</body></message>".encode()


def test_what_arrives_is_found_however_the_stream_is_cut() -> None:
    stream = b"<presence from='x'/>" + stanza(1) + stanza(20) + b"<iq type='result' id='1'/>" + stanza(300)
    for size in (1, 7, 100, len(stream)):
        found, left = [], b""
        for at in range(0, len(stream), size):
            numbers, left = xmpp.arrivals(left + stream[at : at + size])
            found += numbers
        assert (found, left) == ([1, 20, 300], b"")


def test_a_message_that_comes_back_has_not_arrived() -> None:
    with pytest.raises(xmpp.Refused, match="000000007"):
        xmpp.arrivals(stanza(7, "error"))


def test_a_direct_message_goes_to_the_other_and_one_in_a_group_to_the_room() -> None:
    assert xmpp.message(PAIR, "left0", 5).startswith(b"<message to='right0@localhost' type='chat'")
    assert xmpp.message(PAIR, "right0", 5).startswith(b"<message to='left0@localhost' type='chat'")
    said = xmpp.message(GROUP, GROUP.members[0], 5)
    assert said.startswith(b"<message to='group0@conference.localhost' type='groupchat'")
    assert number_in(said) == 5


class Doorman(asyncio.Protocol):
    """As much of an XMPP server as somebody meets who comes in, says something and reads."""

    ANSWERS = (
        (rb"<stream:stream ", b"<stream:stream id='1'><stream:features/></stream:features>"),
        (rb"<bind ", b"<iq type='result' id='bind'/></iq>"),
        (rb"<presence/>", b"<presence from='me' to='me'/>"),
        (rb"/protocol/muc'", b"<presence from='room/me'/><message type='groupchat'><subject/></message>"),
        (rb"<before>51</before>", 50 * RESULT + b"<iq type='result' id='q'><fin/></iq>"),
        (rb"<before>1</before>", b"<iq type='error' id='q'></iq>"),
        (rb"<body>\^000000009", stanza(9)),
    )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if proof := re.search(rb"<auth [^>]*mechanism='PLAIN'>([^<]*)</auth>", data):
            known = base64.b64decode(proof[1]) == b"\0left0\0secret"
            self.transport.write(b"<success/>" if known else b"<failure><not-authorized/></failure>")
        for asked, answer in self.ANSWERS:
            if re.search(asked, data):
                self.transport.write(answer)


def test_somebody_comes_in_enters_a_room_speaks_and_reads() -> None:
    async def visit() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Doorman, "127.0.0.1")
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(xmpp.Refused, match="not-authorized"):
            await xmpp.open_stream(port, "left0", "wrong")
        heard: asyncio.Future[int] = loop.create_future()
        stream = await xmpp.open_stream(port, "left0", "secret", heard.set_result)
        await xmpp.join(stream, GROUP, "left0")
        stream.listen()
        stream.send(xmpp.message(PAIR, "left0", 9))
        assert await heard == 9
        reader = await xmpp.open_stream(port, "left0", "secret")
        assert await xmpp.page(reader, GROUP, "left0", 51) == 50
        with pytest.raises(xmpp.Refused, match="type='error'"):
            await xmpp.page(reader, GROUP, "left0", 1)
        await stream.close()
        await reader.close()
        server.close()

    asyncio.run(visit())


def test_an_archive_has_what_both_of_two_said_and_a_groups_messages_once() -> None:
    direct = list(archive.rows(replace(PAIR, messages=2)))
    assert [(row[0], row[3]) for row in direct] == [
        ("left0", "right0@localhost"),
        ("right0", "left0@localhost"),
        ("right0", "left0@localhost"),
        ("left0", "right0@localhost"),
    ]
    together = list(archive.rows(replace(GROUP, messages=3)))
    assert [row[0] for row in together] == ["group0@conference.localhost"] * 3
    assert [row[1] for row in together] == [archive.id_of(number) for number in (1, 2, 3)]
    # What was said before a round is not mistaken for what is said in it.
    assert {number_in(row[4].encode()) for row in (*direct, *together)} == {-1}


def test_ejabberds_settings_can_be_read() -> None:
    settings = yaml.safe_load(ejabberd.settings(5222, 3306))
    assert settings["listen"][0] == {
        "port": 5222, "ip": "127.0.0.1", "module": "ejabberd_c2s", "starttls": False, "backlog": 1024,
    }  # fmt: skip
    assert settings["modules"]["mod_mam"]["default"] == "always"
    assert settings["modules"]["mod_muc"]["default_room_options"]["mam"] is True


def test_a_first_version_is_filled_room_by_room(tmp_path: Path) -> None:
    world: World = grown(400, 3, 5)
    engine = opened(str(socketio.filled(tmp_path, world)))
    with Session(engine) as db:
        assert db.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert db.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        for room in world.rooms:
            here = select(Message.id).join(Row, Row.id == Message.room_id).where(Row.name == room.name)
            first = socketio.firsts(world)[room.name]
            assert list(db.scalars(here.order_by(Message.id))) == list(range(first, first + room.messages))
    engine.dispose()


def result(target: str, scenario: str, variant: str, cost: float, **others: object) -> Result:
    found = Result(target, scenario, variant, "thing", 1_000, 1.0, {"server": cost / 1_000, "database": 0.0})
    return replace(found, **others)  # type: ignore[arg-type]


RESULTS = [
    result(MARIADB, "pairs", "16 in flight", 100),
    result(EJABBERD, "pairs", "16 in flight", 800),
    result(MARIADB, "pairs", "200 messages/s", 300, times={"p50": 1.0, "p99": 6.0}),
    result(EJABBERD, "pairs", "200 messages/s", 900, times={"p50": 1.0, "p99": 5.0}),
    result(SQLITE, "pairs", "16 in flight", 100),
    result(FIRST, "pairs", "16 in flight", 1_400),
    result(MARIADB, "idle", "1,000 sockets", 1, memory=12 * 1024),
    result(EJABBERD, "idle", "1,000 sockets", 1, memory=24 * 1024),
    result(MARIADB, "history", "8 readers", 1_000),
]


def test_ratios_say_what_was_meant_and_what_was_found() -> None:
    found = [(one.goal.scenario, one.goal.what, spoken(one.share), one.reached) for one in ratios(RESULTS)]
    assert found == [
        ("pairs", "CPU a message", "1/8", True),
        ("pairs", "CPU a message, at a rate", "1/3", None),
        ("pairs", "p99 from sending to delivery", "1.20 ×", False),
        ("pairs", "CPU a message", "1/14", False),
        ("idle", "memory a socket", "1/2", True),
    ]
    assert (
        "| pairs: CPU a message | 16 in flight | ChatSphere on MariaDB | ejabberd on MariaDB "
        "| 100 µs | 800 µs | **1/8** | 1/6 | yes |"
    ) in table(RESULTS)
    assert "| 6.0 ms | 5.0 ms | **1.20 ×** | 1.00 × | **no** |" in table(RESULTS)


def test_what_has_no_peer_in_the_run_is_not_compared() -> None:
    assert table(RESULTS[:1]) == ""
    page = document(RESULTS, "ejabberd 23.01")
    assert "{" not in page
    assert "| parts | ejabberd 23.01 |" in page
    assert "## History" in page
