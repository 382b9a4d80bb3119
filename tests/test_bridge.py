"""The bridge to WSGI, with a tiny application behind the real server."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from chatsphere.admission import Terms
from chatsphere.bridge import TOO_LARGE, Bridge
from tests.gateway.served import serving
from tests.services import free_port

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MIB = 1024 * 1024


class Tiny:
    """Answers by path; tells what it was given and when it was closed."""

    def __init__(self) -> None:
        self.asked: list[WSGIEnvironment] = []
        self.closed = threading.Event()
        self.go = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer."""
        self.asked.append(environ)
        answer: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
        answer = getattr(self, environ["PATH_INFO"].strip("/").split("/")[0] or "echo")
        return answer(environ, start_response)

    def echo(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Say what came."""
        body = environ["wsgi.input"].read()
        said = {key: value for key, value in environ.items() if isinstance(value, str | bool)}
        start_response("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [json.dumps({**said, "size": len(body), "whole": body == bytes(len(body))}).encode()]

    def stream(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Say a lot, and remember being closed."""
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return _Pieces(self.closed)

    def waits(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hold a thread until told."""
        self.go.wait(10)
        start_response("200 OK", [])
        return [b"done"]

    def breaks(self, _environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        """Fail."""
        raise ZeroDivisionError

    def empty(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Say nothing."""
        start_response("204 No Content", [])
        return []


class _Pieces:
    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        for number in range(400):
            yield bytes([number % 256]) * 65536

    def close(self) -> None:
        self._closed.set()


async def _admit(scope: Any) -> Terms:
    path = scope["path"]
    return Terms(10 * MIB if path.endswith("large") else MIB, "slow" if path.endswith("slow") else "web")


@contextmanager
def bridged(app: Tiny, **more: Any) -> Iterator[int]:
    """The port at which the application answers; bodies may have a mebibyte, and under /echo/large ten."""
    bridge = Bridge(app, _admit, **more)

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": message["type"] + ".complete"})
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await bridge(scope, receive, send)

    port = free_port()
    with serving(serve, port):
        yield port
    app.go.set()
    bridge.close()


@pytest.fixture
def tiny() -> Tiny:
    """The application."""
    return Tiny()


@pytest.fixture
def client(tiny: Tiny) -> Iterator[httpx.Client]:
    """Somebody who asks it."""
    with bridged(tiny) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        yield client


def test_a_request_arrives_as_wsgi_has_it(client: httpx.Client) -> None:
    headers = [("Cookie", "a=1"), ("Cookie", "b=2"), ("X-Two", "1"), ("X-Two", "2"), ("X_Forwarded_For", "6.6.6.6")]
    answer = client.post("/echo/caf%C3%A9?q=%C3%A9", content=b"\0" * 10, headers=headers)
    said = answer.json()
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert said["PATH_INFO"] == "/echo/caf\u00c3\u00a9"
    assert said["QUERY_STRING"] == "q=%C3%A9"
    assert (said["HTTP_COOKIE"], said["HTTP_X_TWO"]) == ("a=1; b=2", "1,2")
    assert (said["REQUEST_METHOD"], said["CONTENT_LENGTH"], said["size"]) == ("POST", "10", 10)
    assert (said["REMOTE_ADDR"], said["wsgi.url_scheme"], said[TOO_LARGE]) == ("127.0.0.1", "http", False)
    assert "HTTP_X_FORWARDED_FOR" not in said


def test_bodies_of_every_size_arrive_whole(client: httpx.Client) -> None:
    for size in (0, 1, 300_000, MIB):
        said = client.post("/echo", content=bytes(size)).json()
        assert (said["size"], said["whole"], said[TOO_LARGE]) == (size, True, False)
    said = client.post("/echo/large", content=(bytes(100_000) for _ in range(50))).json()
    assert (said["size"], said["whole"], said["CONTENT_LENGTH"]) == (5_000_000, True, "5000000")


def test_a_body_that_is_too_large_is_not_taken_but_the_application_is_asked(client: httpx.Client) -> None:
    said = client.post("/echo", content=bytes(MIB + 1)).json()
    assert (said[TOO_LARGE], said["size"]) == (True, 0)
    said = client.post("/echo", content=(bytes(100_000) for _ in range(20))).json()
    assert said[TOO_LARGE] is True
    assert said["size"] <= MIB
    assert client.get("/echo").status_code == 200


def test_what_is_announced_as_too_large_is_answered_without_a_byte(tiny: Tiny) -> None:
    with bridged(tiny) as port, socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_a_long_answer_is_streamed_and_closed(client: httpx.Client, tiny: Tiny) -> None:
    content = client.get("/stream").content
    assert content == b"".join(bytes([number % 256]) * 65536 for number in range(400))
    assert tiny.closed.wait(2)


def test_who_hangs_up_stops_the_stream(tiny: Tiny) -> None:
    with bridged(tiny) as port:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            line.recv(1000)
        assert tiny.closed.wait(5)


def test_a_reader_that_stops_reading_holds_no_thread_and_is_left(tiny: Tiny) -> None:
    few: dict[str, Any] = {"lines": {"web": (1, 1)}, "patience": 0.5}
    with bridged(tiny, **few) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.1)
        assert httpx.get(f"http://127.0.0.1:{port}/echo").status_code == 200
        assert tiny.closed.wait(5)


def test_an_application_that_breaks_says_nothing_of_its_inside(client: httpx.Client) -> None:
    answer = client.get("/breaks")
    assert answer.status_code == answer.json()["status"] == 500
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "Division" not in answer.text


def test_head_and_empty_answers(client: httpx.Client) -> None:
    assert client.head("/echo").content == b""
    assert client.get("/empty").status_code == 204


def test_too_many_at_once_are_told_to_come_back(tiny: Tiny) -> None:
    with bridged(tiny, lines={"web": (1, 1)}) as port, ThreadPoolExecutor(8) as people:
        base = f"http://127.0.0.1:{port}"
        answers = [people.submit(httpx.get, f"{base}/waits", timeout=10) for _ in range(6)]
        while sum(answer.done() for answer in answers) < 4:
            time.sleep(0.02)
        tiny.go.set()
        told = [answer.result() for answer in answers]
    assert sorted(answer.status_code for answer in told) == [200, 200, 503, 503, 503, 503]
    busy = next(answer for answer in told if answer.status_code == 503)
    assert busy.headers["content-type"] == "application/problem+json"
    assert int(busy.headers["retry-after"]) >= 1


def test_a_body_that_does_not_come_is_not_waited_for(tiny: Tiny) -> None:
    with bridged(tiny, patience=0.3) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        line.putrequest("POST", "/echo")
        line.putheader("Content-Length", "100")
        line.endheaders(b"some")
        answer = line.getresponse()
        assert answer.status == 408
        assert json.loads(answer.read())["status"] == 408
        line.close()
    assert tiny.asked == []


def test_who_waits_in_one_line_holds_up_nobody_in_another(tiny: Tiny) -> None:
    with bridged(tiny, lines={"web": (1, 1), "slow": (1, 9)}) as port, ThreadPoolExecutor(4) as people:
        base = f"http://127.0.0.1:{port}"
        slow = [people.submit(httpx.get, f"{base}/waits/slow", timeout=10) for _ in range(4)]
        while not tiny.asked:
            time.sleep(0.02)
        assert httpx.get(f"{base}/echo", timeout=5).status_code == 200
        tiny.go.set()
        assert [answer.result().status_code for answer in slow] == [200] * 4


def test_bodies_that_come_drop_by_drop_keep_no_whole_one_out(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatsphere.bridge.BODIES", 2)
    with bridged(tiny) as port:
        drops = [http.client.HTTPConnection("127.0.0.1", port, timeout=5) for _ in range(3)]
        for line in drops:
            line.putrequest("POST", "/echo")
            line.putheader("Content-Length", "100")
            line.endheaders(b"some")
        assert drops[2].getresponse().status == 503
        assert httpx.post(f"http://127.0.0.1:{port}/echo", content=b"\0" * 1000).json()["size"] == 1000
        for line in drops:
            line.close()
