"""Servers of the suite's own: a MariaDB and a Redis in temporary folders, on free ports, gone with the suite."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import pymysql
import redis
from sqlalchemy import URL


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """A server process that can be stopped, killed, paused and started again on the same port, with its data."""

    def __init__(self, command: list[str], answers: Callable[[], bool], folder: Path) -> None:
        self._command, self._answers, self._folder = command, answers, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start it and wait until it answers."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [*_dies_with_us(), *self._command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self._wait()
        return self

    def becomes(self, command: list[str]) -> None:
        """Start by another command from now on."""
        self._command = command

    @property
    def pid(self) -> int:
        """The number of its process."""
        if self._process is None:
            raise RuntimeError("It was never started.")
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        """End it, politely unless told otherwise, and wait until it is gone."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(with_signal)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def pause(self) -> None:
        """Let it hang without closing anything."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def wait_for(self, happens: Callable[[], bool]) -> None:
        """Wait until something is so that the server brings about; RuntimeError where it ends first, or never does."""
        self._wait(happens)

    def _wait(self, happens: Callable[[], bool] | None = None) -> None:
        happens = happens or self._answers
        deadline = time.monotonic() + 60
        while not happens():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                said = (self._folder / "output").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self._command[0]} did not start:\n{said}")
            time.sleep(0.05)


class Redis(Server):
    """A Redis that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"redis://127.0.0.1:{port}/0"
        options = {"port": port, "bind": "127.0.0.1", "dir": folder, "save": "", "appendonly": "no"}
        command = ["redis-server", *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
        super().__init__(command, self._pings, folder)

    def empty(self) -> None:
        """Forget every key."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _pings(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class MariaDB(Server):
    """A MariaDB as it comes, but not waiting for the disk: the suite kills processes, never the machine.

    `others` are options that it has instead, such as those of the benchmark, which waits. Data that is there is kept.
    """

    def __init__(self, folder: Path, **others: str | int) -> None:
        self.port = free_port()
        data = folder / "data"
        install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", *_as_root()]
        if not data.exists():
            subprocess.run(
                [*install, "--auth-root-authentication-method=normal", "--skip-test-db"],
                check=True,
                capture_output=True,
            )
        options = {
            "datadir": data,
            "socket": folder / "sock",
            "pid-file": folder / "pid",
            "port": self.port,
            "bind-address": "127.0.0.1",
            "max-connections": 500,
            "innodb-flush-log-at-trx-commit": 0,
            "innodb-log-file-size": "32M",
            "innodb-fast-shutdown": 2,
            "innodb-lock-wait-timeout": 15,
            **{name.replace("_", "-"): value for name, value in others.items()},
        }
        program = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin") or "mariadbd"
        flags = [f"--{name}={value}" for name, value in options.items()]
        super().__init__([program, "--no-defaults", "--skip-name-resolve", *_as_root(), *flags], self._greets, folder)

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return URL.create(
            "mysql+pymysql", "root", host="127.0.0.1", port=self.port, database=database
        ).render_as_string()

    def run(self, *statements: str) -> None:
        """Run statements that belong to no database."""
        with self.connect() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            connection.commit()

    def fresh(self, database: str) -> str:
        """The URL of a new, empty database of this name; what had the name before is gone."""
        self.run(f"DROP DATABASE IF EXISTS {database}", f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        return self.url(database)

    def analyze(self) -> None:
        """Have it count what its tables hold, as it does by itself before long."""
        theirs = "table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
        with self.connect() as connection, connection.cursor() as cursor:
            question = f"SELECT table_schema, table_name FROM information_schema.tables WHERE {theirs}"  # noqa: S608 - ours
            cursor.execute(question)
            names = ", ".join(f"`{schema}`.`{name}`" for schema, name in cursor.fetchall())
            cursor.execute(f"ANALYZE TABLE {names}")
            cursor.fetchall()

    @contextmanager
    def crowded(self) -> Iterator[None]:
        """For as long as this lasts nobody else gets a connection, and whoever had one has lost it."""
        # Fewer than ten cannot be allowed, and one more than allowed is kept for root.
        held = [self.connect() for _ in range(12)]
        ours = {one.thread_id() for one in held}
        with held[0].cursor() as cursor:
            cursor.execute("SELECT @@max_connections")
            most = (cursor.fetchone() or (0,))[0]
            cursor.execute("SET GLOBAL max_connections = 10")
            cursor.execute("SELECT id FROM information_schema.processlist WHERE command <> 'Daemon'")
            for (one,) in cursor.fetchall():
                if one not in ours:
                    with suppress(pymysql.err.OperationalError):  # gone by itself
                        cursor.execute(f"KILL {one}")
            try:
                yield
            finally:
                cursor.execute(f"SET GLOBAL max_connections = {most}")
                for one in held:
                    one.close()

    def connect(self, database: str | None = None) -> pymysql.Connection[pymysql.cursors.Cursor]:
        return pymysql.connect(host="127.0.0.1", port=self.port, user="root", database=database, connect_timeout=2)

    def _greets(self) -> bool:
        try:
            self.connect().close()
        except pymysql.err.OperationalError:
            return False
        return True


@contextmanager
def running_redis() -> Iterator[Redis]:
    """A Redis for as long as the block lasts."""
    with _folder() as folder:
        server = Redis(folder).start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)


@contextmanager
def running_mariadb(**others: str | int) -> Iterator[MariaDB]:
    """A MariaDB for as long as the block lasts."""
    with _folder() as folder:
        server = MariaDB(folder, **others).start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)


@contextmanager
def _folder() -> Iterator[Path]:
    # Short: a Unix socket's path may have about 100 characters, which pytest's own folders use up.
    folder = Path(tempfile.mkdtemp(prefix="cs-"))
    try:
        yield folder
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)


def _as_root() -> list[str]:
    return ["--user=root"] if os.geteuid() == 0 else []


def _dies_with_us() -> list[str]:
    """A prefix that ends the server when the suite itself is killed, where the system offers one."""
    return ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
