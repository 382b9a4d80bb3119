"""The bridge from the event loop to Flask: a body in, one hop to a bounded pool of threads, the answer out.

A body is taken in before a thread is, and an answer is given out after: neither a slow sender nor a slow reader can
hold a thread.
"""

from __future__ import annotations

import asyncio
import contextvars
import secrets
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

import structlog

from chatsphere import policy
from chatsphere.admission import LINES, Admit, Busy, Line

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

log = structlog.get_logger("chatsphere.bridge")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Gather = Callable[[], Awaitable[tuple[bytes, bool]]]

TOO_LARGE = "chatsphere.too_large"

# How many bodies may be coming in piece by piece; each takes this much memory before it goes to disk.
BODIES = 512
IN_MEMORY = 256 * 1024
# Seconds between two pieces of a body or of an answer, and bytes per second that are the least.
PATIENCE = 30.0
SLOWEST = 8 * 1024
_PIECE = 256 * 1024


class Slow(Exception):
    """The other side takes too long."""


class Gone(Exception):
    """The other side hung up."""


@dataclass(slots=True)
class Reply:
    """What the application answered: a first piece, and where more comes from (None: that was all)."""

    status: int
    headers: Headers
    piece: bytes
    rest: Iterator[bytes] | None
    close: Callable[[], object]


@dataclass(slots=True)
class Body:
    """What came with a request, in memory or on disk."""

    file: Any = field(default_factory=lambda: SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed by `close`
    size: int = 0
    too_large: bool = False

    def close(self) -> None:
        """Let go of it."""
        self.file.close()


class Bridge:
    """An ASGI application around a WSGI one."""

    def __init__(
        self,
        app: WSGIApplication,
        admit: Admit,
        *,
        lines: Mapping[str, tuple[int, int]] = LINES,
        patience: float = PATIENCE,
    ) -> None:
        self._app = app
        self._admit = admit
        self._lines = {name: Line(name, *size) for name, size in lines.items()}
        self._bodies = 0
        self._patience = patience

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        terms = await self._admit(scope)
        try:
            body = await self._take_in(scope, terms.most, receive)
        except Gone:
            return
        except Busy:
            await _refuse(send, 503, "Not available right now", "The server is too busy. Try again in a moment.")
            return
        except Slow:
            await _refuse(send, 408, "Too slow", "The request did not arrive in time.")
            return
        try:
            await self._answer(self._lines[terms.line], scope, body, receive, send)
        except Busy:
            await _refuse(send, 503, "Not available right now", "The server is too busy. Try again in a moment.")
        except Slow:
            # What was promised is not complete: the server underneath hangs up.
            log.info("a reader was too slow")
        except Exception:
            request_id = secrets.token_hex(8)
            log.exception("the application failed", request_id=request_id)
            said = "It is not your fault, and it was written down."
            await _refuse(send, 500, "Something broke", said, request_id=request_id)
        finally:
            body.close()

    def close(self) -> None:
        """Finish what is running."""
        for line in self._lines.values():
            line.close()

    async def _take_in(self, scope: Message, limit: int, receive: Receive) -> Body:
        """The whole body, unless it is too large: what is announced as too large is not read at all."""
        announced = _announced(scope["headers"])
        body = Body(too_large=announced is not None and announced > limit)
        if body.too_large or announced == 0:
            return body
        began = asyncio.get_running_loop().time()
        try:
            # What comes in one piece takes nobody's place, so that those who send drop by drop cannot keep it out.
            if await self._piece(body, limit, receive):
                await self._rest(body, limit, receive, began)
        except BaseException:
            body.close()
            raise
        body.file.seek(0)
        return body

    async def _rest(self, body: Body, limit: int, receive: Receive, began: float) -> None:
        if self._bodies >= BODIES:
            raise Busy
        self._bodies += 1
        try:
            while await self._piece(body, limit, receive):
                if asyncio.get_running_loop().time() - began > self._patience + body.size / SLOWEST:
                    raise Slow
        finally:
            self._bodies -= 1

    async def _piece(self, body: Body, limit: int, receive: Receive) -> bool:
        """Take one piece; returns whether more is wanted."""
        try:
            async with asyncio.timeout(self._patience):
                message = await receive()
        except TimeoutError:
            raise Slow from None
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        body.size += len(piece)
        body.too_large = body.size > limit
        if not body.too_large:
            await self._keep(body, piece)
        return message.get("more_body", False) and not body.too_large

    async def _keep(self, body: Body, piece: bytes) -> None:
        if body.size <= IN_MEMORY:
            body.file.write(piece)
        elif piece:
            await asyncio.to_thread(body.file.write, piece)

    async def _answer(self, line: Line, scope: Message, body: Body, receive: Receive, send: Send) -> None:
        # One context for all of it, so that a generator finds what it left there, on whichever thread it goes on.
        context = contextvars.Context()
        reply = await line.run(lambda: context.run(self._call, _environ(scope, body)))
        rest = reply.rest
        try:
            await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
            await self._send(send, reply.piece, rest is not None)
            if rest is not None:
                gather = partial(context.run, _gather, rest)
                await self._stream(partial(line.run, gather, always=True), receive, send)
        finally:
            if rest is not None:
                await line.run(partial(context.run, reply.close), always=True)

    async def _stream(self, gather: Gather, receive: Receive, send: Send) -> None:
        hung_up = asyncio.ensure_future(_hung_up(receive))
        try:
            while not hung_up.done():
                piece, more = await gather()
                await self._send(send, piece, more)
                if not more:
                    return
        finally:
            hung_up.cancel()

    async def _send(self, send: Send, piece: bytes, more: bool) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        except TimeoutError:
            raise Slow from None

    def _call(self, environ: WSGIEnvironment) -> Reply:
        """Run the application up to the first piece of its answer; in a thread."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], Any]:
            if exc_info is not None:
                started.clear()
            started.append((status, headers))
            return _no_writing

        result = self._app(environ, start_response)
        close: Callable[[], object] = getattr(result, "close", _nothing)
        more = False
        try:
            rest = iter(result)
            piece, more = _gather(rest)
            status, headers = started[-1]
        finally:
            if not more:
                close()
        told = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return Reply(int(status.split(" ", 1)[0]), told, piece, rest if more else None, close)


def _gather(rest: Iterator[bytes]) -> tuple[bytes, bool]:
    """As much as is worth a hop between threads, and whether there may be more."""
    pieces, size = [], 0
    for one in rest:
        pieces.append(one)
        size += len(one)
        if size >= _PIECE:
            return b"".join(pieces), True
    return b"".join(pieces), False


def _environ(scope: Message, body: Body) -> WSGIEnvironment:
    """The request as WSGI has it (PEP 3333)."""
    client, server = scope.get("client") or ("", 0), scope.get("server") or ("localhost", 80)
    root = scope.get("root_path", "")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _latin(root),
        "PATH_INFO": _latin(scope["path"][len(root) :]),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        TOO_LARGE: body.too_large,
    }
    _put_headers(environ, scope["headers"])
    if body.size or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = "0" if body.too_large else str(body.size)
    return environ


def _put_headers(environ: WSGIEnvironment, headers: Iterable[tuple[bytes, bytes]]) -> None:
    for name, value in headers:
        # `X_Forwarded_For` would become the same name as `X-Forwarded-For`, which a proxy may have cleaned.
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        said = value.decode("latin-1")
        if key in environ:
            said = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{said}"
        environ[key] = said
    # What is told is what came, whichever way it was sent.
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _latin(text: str) -> str:
    """Text as WSGI carries it: its bytes, each as one character."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The size of the body as the client says; 0 where there is none, None where only its end will tell."""
    said = {name: value for name, value in headers if name in (b"content-length", b"transfer-encoding")}
    if b"transfer-encoding" in said:
        return None
    return int(said.get(b"content-length", b"0"))


async def _hung_up(receive: Receive) -> None:
    """Returns when the client is gone; what it still sends of a body that was too large is thrown away."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _no_writing(_data: bytes) -> None:
    """WSGI's old way to answer: nothing here takes it, and what did would otherwise lose its words unseen."""
    raise RuntimeError("An application answers with what it returns; there is no write() here.")


def _nothing() -> None:
    """There is nothing to close."""


async def _refuse(send: Send, status: int, title: str, detail: str, **more: str) -> None:
    headers, body = policy.refusal(status, title, detail, **more)
    if status == 503:
        headers.append((b"retry-after", b"1"))
    else:
        # What was sent of the request, or of an answer, is not the whole of it.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
