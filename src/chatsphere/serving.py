"""Serving: one listening socket, and one process or several that answer on it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

import click
from uvicorn.config import STARTUP_FAILURE, Config
from uvicorn.server import Server
from uvicorn.supervisors import Multiprocess

from chatsphere import logs, settings as setting

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

    from chatsphere.settings import Settings

MIB = 1024 * 1024
BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound, so that a port in use is known before anything starts; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # The port of a server that has just ended is ours; one that is being listened on is not.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def run(settings: Settings, listener: socket.socket, workers: int) -> int:
    """Serve until told to stop; returns the exit status."""
    config = Config(
        "chatsphere.serving:application",
        factory=True,
        workers=workers,
        loop="uvloop",
        http="chatsphere.heads:Heads",
        ws="chatsphere.gateway.wire:Wire",
        ws_max_size=MIB,
        # Compressing per connection would triple what a delivery costs.
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # X-Forwarded-* are judged by our own settings, in one place.
        proxy_headers=False,
        backlog=BACKLOG,
        # Longer than what proxies keep a connection for, so that they never write into one that we just closed.
        timeout_keep_alive=75,
        # Together less than 20 s, which is how long a server that was told to stop may take.
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=8,
    )
    click.echo(f"ChatSphere is at {settings.address}" + (f", in {workers} processes" if workers > 1 else ""))
    return _several(config, listener) if workers > 1 else _one(config, listener)


def application() -> ASGIApplication:
    """The app of one process; uvicorn calls this in each."""
    from chatsphere import asgi  # only here: the parent of several processes needs none of it

    logs.setup()
    _end_with_parent()
    app = asgi.build(setting.load())
    _collect_less()
    return app


def _collect_less() -> None:
    """Look for cycles seldom, and not among what was imported: a busy process makes many objects and few cycles."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _one(config: Config, listener: socket.socket) -> int:
    server = Server(config)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return 0  # uvicorn has shut down by now and hands on the Ctrl-C that asked for it
    return 0 if server.started else STARTUP_FAILURE


def _several(config: Config, listener: socket.socket) -> int:
    """Workers that share the socket; whichever dies or hangs is replaced."""
    supervisor = Multiprocess(config, sockets=[listener])
    supervisor.run()
    failed = any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)
    return STARTUP_FAILURE if failed else 0


def _end_with_parent() -> None:
    """A worker whose parent was killed would hold the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
