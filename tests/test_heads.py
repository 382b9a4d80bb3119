"""The heads of requests at the real server: too large, too slow, or none at all."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from chatsphere import heads
from tests.gateway.served import serving
from tests.services import free_port

KIB = 1024


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """Read everything, then say so."""
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.disconnect":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"done"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where a server waits for heads, but not long."""
    monkeypatch.setattr(heads.Heads, "patience", 0.5)
    port = free_port()
    with serving(_app, port):
        yield port


def _answer(port: int, *pieces: bytes) -> bytes:
    """All that comes back until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        said = b""
        try:
            for piece in pieces:
                line.sendall(piece)
            while piece := line.recv(64 * KIB):
                said += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
        return said


def _is_problem(answer: bytes, status: int) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    named = b"application/problem+json" in head and b"x-request-id: " in head
    return named and head.startswith(b"HTTP/1.1 %d " % status) and json.loads(body)["status"] == status


def test_a_head_of_usual_size_is_answered(port: int) -> None:
    answer = _answer(port, b"GET / HTTP/1.1\r\nconnection: close\r\na: " + b"a" * 40 * KIB + b"\r\n\r\n")
    assert answer.endswith(b"done")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\na: " + b"a" * 70 * KIB,
        b"GET / HTTP/1.1\r\n" + b"a: a\r\n" * 40 * KIB + b"\r\n",
        b"GET /" + b"a" * 70 * KIB,
    ],
    ids=["one", "many", "address"],
)
def test_a_head_without_an_end_is_refused(port: int, head: bytes) -> None:
    answer = _answer(port, head)
    assert answer == b"" or _is_problem(answer, 431)  # what is still being sent may cut the answer off


def test_trailers_and_what_else_is_no_body_have_a_bound_too(port: int) -> None:
    head = b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n"
    assert _answer(port, head, b"1\r\na\r\n0\r\n", b"a: a\r\n" * 40 * KIB) == b""
    assert _answer(port, head, b"1;" + b"a" * 512 * KIB) == b""


@pytest.mark.parametrize("said", [b"GET / HT", b"GET / HTTP/1.1\r\nhost: a\r\n"])
def test_nobody_waits_for_ever_for_half_a_head(port: int, said: bytes) -> None:
    began = time.monotonic()
    assert _is_problem(_answer(port, said), 408)
    assert time.monotonic() - began < 5


def test_who_says_nothing_at_all_is_hung_up_on(port: int) -> None:
    assert _answer(port) == b""


def test_half_a_head_after_a_whole_one_is_not_waited_for_either(port: int) -> None:
    answer = _answer(port, b"GET / HTTP/1.1\r\n\r\n", b"GET / HT")
    assert answer.partition(b"done")[0].startswith(b"HTTP/1.1 200")
    assert _is_problem(answer.partition(b"done")[2], 408)


@pytest.mark.parametrize(
    "said", [b"hello\r\n\r\n", b"GET / HTTP/1.1\r\na b: c\r\n\r\n", b"GET http://[ HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_request_hears_so_as_every_program_does(port: int, said: bytes) -> None:
    assert _is_problem(_answer(port, said), 400)
