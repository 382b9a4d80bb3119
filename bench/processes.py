"""The processes of a target: what is started for one round, counted, and gone afterwards with all that it wrote."""

from __future__ import annotations

import shutil
import signal
import socket
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import keeping
from tests.services import Server


class Processes:
    """What a target has started, by what it is, at a port of its own and in a folder of its own."""

    def __init__(self) -> None:
        self._servers: dict[str, Server] = {}
        self._folder = Path()
        self._port = 0

    def _begin(self) -> None:
        # On the disk and not in memory: what is durable has to cost what it costs.
        self._folder = Path(tempfile.mkdtemp(prefix="run-", dir=keeping.folder()))

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """End everything, the last one first, and remove what it wrote."""
        for server in reversed(self._servers.values()):
            server.stop(signal.SIGKILL)
        self._servers.clear()
        shutil.rmtree(self._folder)

    @property
    def parts(self) -> Mapping[str, Sequence[int]]:
        """The server, and what it keeps things in; SQLite is part of the server."""
        return {"database": [], **{part: [server.pid] for part, server in self._servers.items()}}
