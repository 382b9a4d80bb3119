"""The policy on what is answered before Flask is asked: by the server underneath, by the bridge, at a socket's door."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from chatsphere import asgi, bridge, heads
from chatsphere.admission import Busy
from chatsphere.gateway import budget
from chatsphere.settings import Settings
from tests.gateway.served import SOCKET, serving
from tests.policies import faults
from tests.services import free_port

UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@pytest.fixture
def port(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where the whole is served, by a server that soon loses its patience."""
    monkeypatch.setattr(heads.Heads, "patience", 0.5)
    port = free_port()
    with serving(asgi.build(settings), port):
        yield port


def answer(port: int, said: str) -> tuple[int, dict[str, str], bytes]:
    """What comes back until the server hangs up: status, headers, body."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(said.encode())
        told = b""
        while piece := line.recv(65536):
            told += piece
    head, _, body = told.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(one.split(": ", 1) for one in lines), body


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "nonsense\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"),
        (408, "GET / HTTP/1.1\r\nHost: x"),
        (431, "GET / HTTP/1.1\r\na: " + "a" * 70_000),
        (400, f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\n{UPGRADE}\r\n"),
        (426, f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        (405, f"POST {SOCKET} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
        (401, f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\n{UPGRADE}{KEY}\r\n"),
        (404, f"GET /elsewhere HTTP/1.1\r\nHost: x\r\n{UPGRADE}{KEY}\r\n"),
    ],
)
def test_what_is_no_request_is_refused_with_the_policy(port: int, status: int, said: str) -> None:
    told, headers, body = answer(port, said)
    assert (told, json.loads(body)["status"]) == (status, status)
    assert headers["content-type"] == "application/problem+json"
    assert faults(headers, status) == []


def test_too_many_handshakes_are_refused_and_a_proxy_s_word_tells_whose(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "KNOCKS", (0.0, 2.0))
    port = free_port()
    with serving(asgi.build(settings.model_copy(update={"trusted_proxies": ("127.0.0.1",)})), port):

        def knock(said: str) -> int:
            told, headers, _ = answer(port, f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\n{UPGRADE}{KEY}{said}\r\n")
            assert faults(headers, told) == []
            return told

        forged = [f"X-Forwarded-For: 6.6.6.{n}, 203.0.113.9\r\n" for n in range(3)]
        assert [knock(one) for one in forged] == [401, 401, 429]
        assert knock("X-Forwarded-For: 203.0.113.8\r\n") == 401
        assert [knock(f"X-Forwarded-For: 2001:db8::{n}\r\n") for n in range(3)] == [401, 401, 429]


def test_a_stranger_s_word_on_where_they_knock_from_is_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "KNOCKS", (0.0, 2.0))
    port = free_port()
    with serving(asgi.build(settings), port):
        said = [
            f"GET {SOCKET} HTTP/1.1\r\nHost: x\r\n{UPGRADE}{KEY}X-Forwarded-For: 6.6.6.{n}\r\n\r\n" for n in range(3)
        ]
        assert [answer(port, one)[0] for one in said] == [401, 401, 429]


def test_a_server_that_is_busy_or_broken_refuses_with_the_policy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy

    def broken(*_: object) -> None:
        raise LookupError("planted")

    port = free_port()
    with serving(asgi.build(settings), port):
        for status, fault in ((503, busy), (500, broken)):
            monkeypatch.setattr(bridge.Bridge, "_call", fault)
            told, headers, _ = answer(port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (told, faults(headers, status)) == (status, [])
