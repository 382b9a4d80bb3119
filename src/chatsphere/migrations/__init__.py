"""The database's versions: Alembic, driven from code, under a lock so that many processes may start at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from chatsphere.core.database import connect, writing

LOCK = "chatsphere.migrations"
PATIENCE = 60
"""Seconds to wait for another process that migrates."""


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up to this version; costs a few milliseconds where it is there already."""
    if to == "head" and at_head(engine):
        return
    _under_lock(engine, to, command.upgrade)


def downgrade(engine: Engine, to: str) -> None:
    """Take the database down to this version (`base`: empty)."""
    _under_lock(engine, to, command.downgrade)


def at_head(engine: Engine) -> bool:
    """Whether the database is at the newest version."""
    with connect(engine) as connection:
        return current(connection) == newest()


def current(connection: Connection) -> str | None:
    """The version that the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest version that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _under_lock(engine: Engine, to: str, run: object) -> None:
    config = _config()
    with connect(writing(engine)) as connection:
        # SQLite's write transaction is a lock by itself; MySQL commits at each CREATE, so it needs one by name.
        locks = engine.dialect.name == "mysql"
        if locks:
            _wait_for_lock(connection)
        try:
            config.attributes["connection"] = connection
            run(config, to)  # type: ignore[operator]
            connection.commit()
        finally:
            if locks:
                connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": LOCK})


def _wait_for_lock(connection: Connection) -> None:
    wanted = {"name": LOCK, "patience": PATIENCE}
    if connection.execute(text("SELECT GET_LOCK(:name, :patience)"), wanted).scalar() != 1:
        raise TimeoutError("Another process has been migrating this database for too long.")
