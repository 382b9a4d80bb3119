"""What every test may ask for: settings, databases of both kinds, a Redis. Servers start when first asked for."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from chatsphere import migrations
from chatsphere.cli import main
from chatsphere.core.database import open_engine
from chatsphere.core.tables import metadata
from chatsphere.settings import Settings
from tests.services import MariaDB, Redis, running_mariadb, running_redis

PASSWORD = "tea and honey for two"
Run = Callable[..., Result]
"""Runs a command in this process: `run("user", "list")`."""

COUNTED = "counted"
"""The property of a test in which it says what it counted."""

_numbers = itertools.count(1)
_LASTING = {"meta"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted, such as the storms; whichever process they ran in."""
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, ())]
    lines = [line for one in reports for name, line in one.user_properties if name == COUNTED]
    if lines:
        terminalreporter.section("what was counted")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDB]:
    """The suite's MariaDB."""
    with running_mariadb() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """The suite's Redis."""
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """A Redis without a key in it."""
    redis_server.empty()
    return redis_server.url


@pytest.fixture
def mariadb_url(mariadb_server: MariaDB) -> Iterator[str]:
    """A MariaDB database without a table in it."""
    name = f"empty_{next(_numbers)}"
    yield mariadb_server.fresh(name)
    mariadb_server.run(f"DROP DATABASE IF EXISTS {name}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row; tests get copies."""
    path = tmp_path_factory.mktemp("template") / "chatsphere.db"
    _lay_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def mariadb_tables(mariadb_server: MariaDB) -> str:
    """A MariaDB database with every table; tests empty it before use, which is quicker than laying tables again."""
    url = mariadb_server.fresh("chatsphere")
    _lay_tables(url)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database with every table and no row."""
    path = tmp_path / "chatsphere.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.servers)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with every table and no row, once of each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url = str(request.getfixturevalue("mariadb_tables"))
    _empty(url)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database with every table and no row."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Settings of an installation in this test's own folder; what is named is changed."""

    def make(**changes: Any) -> Settings:
        return Settings(**{"data_dir": tmp_path, "secret_key": "for-tests-only-" * 3, **changes})

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings], sqlite_url: str) -> Settings:
    """Settings over a SQLite database with every table and no row."""
    return make_settings(database_url=sqlite_url)


def _lay_tables(url: str) -> None:
    engine = open_engine(url)
    migrations.upgrade(engine)
    engine.dispose()


def _empty(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in _LASTING:
                connection.execute(text(f"DELETE FROM {table.name}"))  # noqa: S608 - our own tables' names
        connection.execute(text("UPDATE meta SET value = '0' WHERE name = 'audit_head'"))
    engine.dispose()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's folder, with nothing else set and no `.env` about."""
    for name in [name for name in os.environ if name.startswith("CHATSPHERE_")]:
        monkeypatch.delenv(name)
    for name in ("CHATSPHERE_HOST", "CHATSPHERE_PORT"):
        monkeypatch.setenv(name, "")  # `serve --port` sets these for its workers; here they must not outlive the test
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHATSPHERE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Run a command in this process."""

    def run(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=stdin)

    return run


@pytest.fixture
def installed(run: Run) -> Run:
    """Run commands in an installation that has its tables and two people."""
    assert run("migrate").exit_code == 0
    assert run("user", "create", "Ada", "ada@example.org", stdin=PASSWORD).exit_code == 0
    assert run("user", "create", "bo", "bo@example.org", "--display-name", "Bo B.", stdin=PASSWORD).exit_code == 0
    return run
