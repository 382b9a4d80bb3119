"""Everything is put together here: settings in, one ASGI application out."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import structlog

from chatsphere import jobs, policy, sweep
from chatsphere.admission import Admission
from chatsphere.bridge import Bridge
from chatsphere.core import log as events, sessions
from chatsphere.core.errors import NotFound, Refusal
from chatsphere.gateway.handshake import refuse
from chatsphere.gateway.hub import Hub
from chatsphere.gateway.looker import keep_looking
from chatsphere.gateway.presence import Attendance, open_presence
from chatsphere.gateway.socket import Gateway, asker, on_commit
from chatsphere.house import House, open_house
from chatsphere.http.app import create_app

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

    from chatsphere.settings import Settings

log = structlog.get_logger("chatsphere")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SOCKET = "/api/v1/socket"
# Threads that look at the database for the sockets.
_LOOKERS = 8


class UpgradeNeeded(Refusal):
    """A socket was asked for in plain HTTP."""

    status, title = 426, "This is a socket"
    headers = ((b"upgrade", b"websocket"), (b"connection", b"upgrade"))


class WrongMethod(Refusal):
    """A socket is opened with GET and nothing else."""

    status, title = 405, "Not a method of this address"
    headers = ((b"allow", b"GET, HEAD"),)


def build(settings: Settings) -> ASGIApplication:
    """The application of one process; its house is opened when the server starts it."""
    return _Application(settings)


class _Application:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running: _Running | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        running = self._running
        if running is None:
            raise RuntimeError("The server must start the application's lifespan first.")
        is_socket = scope["path"].rstrip("/") == SOCKET
        if scope["type"] == "http" and is_socket:
            await _not_plainly(scope["method"], send)
        elif scope["type"] == "http":
            await running.bridge(scope, receive, send)
        elif is_socket:
            await running.gateway(scope, receive, send)
        else:
            await receive()
            await refuse(send, NotFound())

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with contextlib.AsyncExitStack() as stack:
            try:
                self._running = await stack.enter_async_context(_run(self._settings))
            except Exception as error:
                log.exception("the house could not be opened")
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
            await receive()
            self._running.house.draining = True
        await send({"type": "lifespan.shutdown.complete"})


class _Running:
    """What answers while the house is open."""

    def __init__(self, house: House, bridge: Bridge, gateway: Gateway) -> None:
        self.house = house
        self.bridge = bridge
        self.gateway = gateway


@contextlib.asynccontextmanager
async def _run(settings: Settings) -> AsyncIterator[_Running]:
    house = await asyncio.to_thread(open_house, settings)
    pool = ThreadPoolExecutor(_LOOKERS, "look")
    ask = asker(house.chat, pool)
    hub = Hub(ask, house.bus.ring, await ask(events.epoch), carries=house.bus.carries)
    attendance = Attendance(open_presence(settings), hub.present)
    bridge = Bridge(create_app(house), Admission(settings, lambda token: ask(sessions.find, token)))
    stop = threading.Event()
    sweeper = threading.Thread(target=sweep.run, args=(house, stop), name="sweep", daemon=True)
    on_commit(house.chat, hub)
    await house.bus.start(hub.hear)
    tasks = [asyncio.create_task(keep_looking(hub, house.bus)), asyncio.create_task(attendance.run())]
    sweeper.start()
    runners = jobs.start(house, stop)
    try:
        yield _Running(house, bridge, Gateway(house.chat, settings, hub, attendance, pool))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        stop.set()
        house.woken.set()
        house.wanted.give()
        await attendance.close()
        await house.bus.stop()
        await asyncio.to_thread(_close, house, bridge, pool, [sweeper, *runners])


def _close(house: House, bridge: Bridge, pool: ThreadPoolExecutor, threads: list[threading.Thread]) -> None:
    bridge.close()
    pool.shutdown(wait=True, cancel_futures=True)
    for thread in threads:
        thread.join(timeout=3)
    house.close()


async def _not_plainly(method: str, send: Send) -> None:
    """Nobody is answered in plain HTTP where the socket is."""
    refusal: UpgradeNeeded | WrongMethod = UpgradeNeeded("Open this address as a WebSocket.")
    if method not in ("GET", "HEAD"):
        refusal = WrongMethod("This address exists, but it does not answer that method.")
    headers, body = policy.refusal(refusal.status, refusal.title, refusal.detail, refusal.type)
    headers += refusal.headers
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
