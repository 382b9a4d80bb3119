"""Databases that hold a world, filled once and kept in a scratch folder: rounds start from copies of them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.seeding import fill
from bench.worlds import World
from chatsphere import migrations
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine, truncate
from tests.services import MariaDB

NAME = "chatsphere"
DURABLE: dict[str, str | int] = {
    "innodb_flush_log_at_trx_commit": 1,
    "innodb_buffer_pool_size": "1G",
    "innodb_log_file_size": "256M",
}
"""What MariaDB is told: an acknowledged message is on the disk, and a million messages fit into memory."""


def folder() -> Path:
    """Where everything of the benchmark lies: `BENCH_DIR`, else under the checkout's `var`."""
    here = Path(os.environ.get("BENCH_DIR") or Path(__file__).resolve().parents[1] / "var" / "bench")
    here.mkdir(parents=True, exist_ok=True)
    return here


def made(name: str, make: Callable[[Path], Path]) -> Path:
    """What has this name in the folder; what is not there yet is made first, in a folder that it then leaves."""
    there = folder() / name
    if not there.exists():
        making = Path(tempfile.mkdtemp(prefix="new-", dir=folder()))
        try:
            make(making).rename(there)
        finally:
            shutil.rmtree(making)
    return there


def kept(database: str, world: World) -> Path:
    """A database of this kind with this world in it, not to be written to: SQLite's file, or MariaDB's folder."""
    name = f"{database}-{world.name}-{migrations.newest()}"
    if database == "sqlite":
        return made(name, lambda making: _sqlite(making, world))
    return made(name, lambda making: mariadb(making, lambda server: _filled(server.fresh(NAME), world)))


def mariadb(making: Path, put: Callable[[MariaDB], None]) -> Path:
    """The data of a MariaDB that this has filled, in a folder that is being made."""
    # Nobody minds a crash of a database that is not there yet; it is on the disk once it has ended in peace.
    server = MariaDB(making, **{**DURABLE, "innodb_flush_log_at_trx_commit": 0, "innodb_fast_shutdown": 0}).start()
    try:
        put(server)
        # It is to find its rows as one does that has lived for a while, and not as one that believes to be empty.
        server.analyze()
    finally:
        server.stop(signal.SIGTERM)
    return making / "data"


def _sqlite(making: Path, world: World) -> Path:
    _filled(f"sqlite:///{making}/chatsphere.db", world)
    return making / "chatsphere.db"


def _filled(url: str, world: World) -> None:
    engine = open_engine(url)
    migrations.upgrade(engine)
    chat = Chat(engine, writers=1)
    fill(chat, world)
    truncate(engine)
    chat.close()
