"""The socket as a client sees it, through the real server."""

from __future__ import annotations

import asyncio
import json
import socket as sockets
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from chatsphere import asgi
from chatsphere.core import people, rules, sessions
from chatsphere.gateway import budget, socket, wire
from chatsphere.settings import Settings
from tests.cast import Cast, Person
from tests.gateway.served import SOCKET, opens, serving

pytestmark = pytest.mark.anyio


async def refused(port: int, **headers: str) -> tuple[int, dict[str, object]]:
    """The answer that a handshake gets instead of a socket."""
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://127.0.0.1:{port}{SOCKET}", additional_headers=headers)
    answer = caught.value.response
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-Id"]
    return answer.status_code, json.loads(answer.body or b"")


async def test_who_may_open_a_socket(port: int, cast: Cast) -> None:
    there = cast.ada.chat
    token = there.do(sessions.open, cast.ada.id, kind="token", name="script").token
    session = there.do(sessions.open, cast.ada.id).token
    assert (await refused(port))[0] == 401
    assert (await refused(port, Cookie="chatsphere=nonsense", Origin="https://evil.example"))[0] == 401
    assert (await refused(port, Authorization="Bearer nonsense", Cookie=f"chatsphere={session}"))[0] == 401
    assert (await refused(port, Authorization=f"Basic {token}"))[0] == 401
    assert (await refused(port, Cookie=f"chatsphere={token}", Origin=f"http://127.0.0.1:{port}"))[0] == 401
    status, problem = await refused(port, Cookie=f"chatsphere={session}", Origin="https://evil.example")
    assert (status, problem["status"], problem["type"]) == (403, 403, "about:blank")
    assert (await refused(port, Cookie=f"chatsphere={session}"))[0] == 403
    for headers in (
        {"Cookie": f'odd; a=b=c; chatsphere="{session}"', "Origin": f"http://localhost:{port}"},
        {"Authorization": f"Bearer {token}", "Origin": "https://evil.example"},
    ):
        async with connect(f"ws://127.0.0.1:{port}{SOCKET}/", additional_headers=headers) as opened:
            assert json.loads(await opened.recv())["user_id"] == cast.ada.id


async def test_where_a_second_factor_has_to_be_there_none_opens_without(port: int, cast: Cast) -> None:
    there = cast.ada.chat
    session, page = there.do(sessions.open, cast.bo.id).token, f"http://127.0.0.1:{port}"
    token = there.do(sessions.open, cast.bo.id, kind="token", name="script").token
    async with await opens(cast.bo, port, token=session) as bo:
        there.do(rules.require_second_factor, None, "everybody")
        # What is open already is closed, like the socket of a session that ended.
        assert await bo.is_closed() == 4001
    another = there.do(sessions.open, cast.bo.id).token
    status, problem = await refused(port, Cookie=f"chatsphere={another}", Origin=page)
    assert (status, problem["type"]) == (403, "/problems/second-factor-required")
    async with connect(f"ws://127.0.0.1:{port}{SOCKET}", additional_headers={"Authorization": f"Bearer {token}"}):
        pass


async def test_other_addresses_are_no_sockets(port: int) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://127.0.0.1:{port}/elsewhere")
    assert caught.value.response.status_code == 404
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.get(SOCKET)
    assert (answer.status_code, answer.headers["upgrade"]) == (426, "websocket")


async def test_posting_reading_typing_and_asking(port: int, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    async with await opens(cast.ada, port) as ada, await opens(cast.bo, port) as bo:
        await ada.says(type="post", ref=1, conversation_id=tea, client_id="one", content="hi")
        assert (await ada.hears_of("ok")) == {"type": "ok", "ref": 1, "id": 2}
        event = await bo.hears_of("event")
        assert (event["seq"], event["kind"], event["message"]["content"]) == (2, "message.posted", "hi")
        await ada.says(type="post", ref=2, conversation_id=tea, client_id="one", content="hi", reply_to=None)
        assert (await ada.hears_of("ok")) == {"type": "ok", "ref": 2, "id": 2}
        await bo.says(type="read", ref=-3, conversation_id=tea, seq=2)
        assert (await bo.hears_of("ok")) == {"type": "ok", "ref": -3}
        assert (await ada.hears_of("read"))["seq"] == 2
        await bo.says(type="typing", conversation_id=tea)
        assert await ada.hears_of("typing") == {"type": "typing", "conversation_id": tea, "user_id": cast.bo.id}
        await bo.says(type="ping", ref=10**30)
        assert await bo.hears_of("pong") == {"type": "pong", "ref": 10**30}
        assert not [frame for frame in bo.frames if frame["type"] == "typing"]


@pytest.mark.parametrize(
    ("frame", "ref", "status"),
    [
        ("{", None, 400),
        (b"\x00", None, 400),
        ("[]", None, 422),
        ('{"type": "dance", "ref": 5}', 5, 422),
        ('{"type": "ping", "ref": "5"}', None, 422),
        ('{"type": "ping", "ref": 5, "more": 1}', 5, 422),
        ('{"type": "post", "ref": 5, "conversation_id": "x", "content": 3}', 5, 422),
        ('{"type": "post", "ref": 5, "conversation_id": "x", "content": "hi"}', 5, 404),
        ('{"type": "read", "ref": 5, "conversation_id": "x", "seq": -1}', 5, 422),
        ('{"type": "read", "ref": 5, "conversation_id": "x", "seq": 1}', 5, 404),
        ('{"type": "typing", "conversation_id": "x"}', None, 404),
        ('{"type": "resume", "ref": 5, "epoch": "x", "seqs": {"x": true}}', 5, 422),
        ('{"type": "resume", "ref": 5, "seqs": {}}', 5, 422),
        (json.dumps({"type": "ping", "ref": 5, "x": "y" * 131072}), None, 413),
    ],
)
async def test_what_is_not_understood_is_told_and_the_socket_lives(
    port: int, cast: Cast, frame: str | bytes, ref: int | None, status: int
) -> None:
    async with await opens(cast.ada, port) as ada:
        await ada.socket.send(frame)
        error = await ada.hears()
        assert (error["type"], error["ref"], error["problem"]["status"]) == ("error", ref, status)
        assert error["problem"]["title"]
        assert error["problem"]["detail"]
        await ada.says(type="ping", ref=1)
        assert (await ada.hears())["type"] == "pong"


async def test_a_frame_over_a_mebibyte_ends_it(port: int, cast: Cast) -> None:
    async with await opens(cast.ada, port) as ada:
        await ada.socket.send("x" * (1024 * 1024 + 1))
        assert await ada.is_closed() == 1009


async def test_frames_sent_at_once_are_answered_in_order(port: int, cast: Cast) -> None:
    tea, cake = cast.ada.starts(cast.bo), cast.ada.starts(cast.cy)
    async with await opens(cast.ada, port) as ada:
        for ref in range(400):
            match ref % 4:
                case 0:
                    await ada.says(type="post", ref=ref, conversation_id=tea if ref % 8 else cake, content=f"{ref}")
                case 1:
                    await ada.says(type="ping", ref=ref)
                case 2:
                    await ada.says(type="post", ref=ref, conversation_id=tea, content="")
                case _:
                    await ada.says(type="read", ref=ref, conversation_id=tea, seq=1)
        answers: list[int] = []
        while len(answers) < 400:
            frame = await ada.hears()
            if frame["type"] in ("ok", "error", "pong"):
                answers.append(frame["ref"])
        assert answers == list(range(400))


async def test_resuming(port: int, cast: Cast) -> None:
    tea, cake = cast.ada.starts(cast.bo), cast.ada.starts(cast.cy)
    for number in range(20):
        cast.ada.says(f"{number}", to=tea)
    async with await opens(cast.bo, port) as bo:
        epoch = bo.frames[0]["epoch"]
        await bo.says(type="resume", ref=1, epoch=epoch, seqs={tea: 11, cake: 1, "nonsense": 3})
        assert await bo.hears() == {"type": "ok", "ref": 1}
        resets = [await bo.hears(), await bo.hears()]
        assert {(one["conversation_id"], one["seq"]) for one in resets} == {(cake, None), ("nonsense", None)}
        assert await bo.hears_up_to(21) == list(range(12, 22))
        await bo.says(type="resume", ref=2, epoch="another", seqs={tea: 21})
        assert await bo.hears() == {"type": "ok", "ref": 2}
        assert await bo.hears() == {"type": "reset", "conversation_id": tea, "seq": 21}


async def test_signing_out_closes_the_socket_before_the_answer(port: int, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    opened = cast.bo.chat.do(sessions.open, cast.bo.id, kind="token", name="script")
    async with await opens(cast.bo, port, token=opened.token) as bo, await opens(cast.ada, port) as ada:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            bearer = {"Authorization": f"Bearer {opened.token}"}
            answer = await client.delete(f"/api/v1/tokens/{opened.session.id}", headers=bearer)
        assert answer.status_code == 204
        await ada.says(type="post", ref=1, conversation_id=tea, content="after")
        assert await bo.is_closed() == 4001
        assert [frame["type"] for frame in bo.frames] == ["hello"]


async def test_an_account_that_is_disabled_elsewhere_is_cut_off_within_two_seconds(port: int, cast: Cast) -> None:
    async with await opens(cast.bo, port) as bo:
        cast.ada.chat.do(people.delete, cast.bo.id, cast.bo.id)
        assert await bo.is_closed(2.0) == 4001


@contextmanager
def _deaf(person: Person, port: int) -> Iterator[sockets.socket]:
    """A socket of somebody's who reads nothing."""
    token = person.chat.do(sessions.open, person.id, kind="token", name="script").token
    with sockets.socket() as deaf:
        deaf.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", port))
        handshake = f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        handshake += (
            f"Sec-WebSocket-Key: {'A' * 22}==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer {token}\r\n\r\n"
        )
        deaf.sendall(handshake.encode())
        yield deaf


async def test_who_pings_and_reads_no_answer_is_cut_off(port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "BACKLOG", 256 * 1024)
    monkeypatch.setattr(wire, "_FAREWELL", 0.2)
    pings = (b"\x89\xfd" + bytes(4) + b"a" * 125) * 200_000
    with _deaf(cast.bo, port) as deaf:
        deaf.settimeout(5)
        with pytest.raises(ConnectionError):
            await asyncio.to_thread(deaf.sendall, pings)


async def test_who_does_not_read_is_cut_off(port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "BACKLOG", 256 * 1024)
    monkeypatch.setattr(wire, "_FAREWELL", 0.2)
    tea = cast.ada.starts(cast.bo)
    with _deaf(cast.bo, port) as deaf:
        async with await opens(cast.ada, port) as ada:
            # She reads as she goes, or it would be she who is cut off.
            for first in range(0, 600, 10):
                for number in range(first, first + 10):
                    await ada.says(type="post", ref=number, conversation_id=tea, content="x" * 8000)
                assert await ada.hears_up_to(first + 11) == list(range(first + 2, first + 12))
            await asyncio.sleep(0.5)
        deaf.settimeout(5)
        taken = 0
        try:
            while piece := deaf.recv(1 << 20):
                taken += len(piece)
        except ConnectionResetError:
            pass
        assert taken < 600 * 16000


async def test_too_many_frames_are_refused_for_a_while(port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "BURST", 5.0)
    async with await opens(cast.ada, port) as ada:
        for ref in range(10):
            await ada.says(type="ping", ref=ref)
        answers = [await ada.hears() for _ in range(10)]
        assert [frame["type"] for frame in answers[:5]] == ["pong"] * 5
        assert answers[9]["problem"]["status"] == 429
        await asyncio.sleep(0.1)
        await ada.says(type="ping", ref=11)
        assert (await ada.hears())["type"] == "pong"


async def test_more_sockets_do_not_say_more(port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "BURST", 5.0)
    monkeypatch.setattr(budget, "RATE", 1.0)
    told = []
    for _ in range(10):
        async with await opens(cast.ada, port) as ada:
            for ref in range(5):
                await ada.says(type="ping", ref=ref)
            told += [(await ada.hears())["type"] for _ in range(5)]
    assert 20 <= told.count("pong") < 30
    async with await opens(cast.bo, port) as bo:
        await bo.says(type="ping", ref=1)
        assert (await bo.hears())["type"] == "pong"


async def test_an_account_has_so_many_sockets_and_no_more(
    port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "MOST", 2)
    token = cast.ada.chat.do(sessions.open, cast.ada.id, kind="token", name="script").token
    async with await opens(cast.ada, port), await opens(cast.ada, port):
        status, _ = await refused(port, Authorization=f"Bearer {token}")
        assert status == 429
        async with await opens(cast.bo, port):
            pass


async def test_presence_and_the_servers_farewell(settings: Settings, cast: Cast) -> None:
    tea = cast.ada.starts(cast.bo)
    with serving(asgi.build(settings), settings.port) as server:
        ada = await opens(cast.ada, settings.port)
        bo = await opens(cast.bo, settings.port)
        assert await bo.hears() == {"type": "presence", "user_id": cast.ada.id, "online": True}
        assert await ada.hears() == {"type": "presence", "user_id": cast.bo.id, "online": True}
        await bo.socket.close()
        assert await ada.hears(9) == {"type": "presence", "user_id": cast.bo.id, "online": False}
        await ada.says(type="post", ref=1, conversation_id=tea, content="one more thing")
        await ada.hears_of("ok")
        server.should_exit = True
        assert await ada.is_closed() == 1012
        assert float(ada.socket.close_reason or "") >= 0
