"""A house, its Flask app and a cast, for every scene at the API's door."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from chatsphere import migrations
from chatsphere.core.database import open_engine
from chatsphere.house import House, open_house
from chatsphere.http.app import create_app
from chatsphere.settings import Settings
from tests.api.cast import Cast


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest migration; scenes get copies."""
    path = tmp_path_factory.mktemp("migrated") / "chatsphere.db"
    engine = open_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def open_app(
    make_settings: Callable[..., Settings], migrated: Path, tmp_path: Path
) -> Iterator[Callable[..., tuple[Flask, House]]]:
    """Opens houses with what a scene wants to be different, and closes them again."""
    houses: list[House] = []

    def opened(**changes: object) -> tuple[Flask, House]:
        if "database_url" not in changes:
            path = tmp_path / f"house-{len(houses)}.db"
            shutil.copyfile(migrated, path)
            changes["database_url"] = f"sqlite:///{path}"
        houses.append(open_house(make_settings(**changes)))
        return create_app(houses[-1]), houses[-1]

    yield opened
    for house in houses:
        house.close()


@pytest.fixture
def built(open_app: Callable[..., tuple[Flask, House]]) -> tuple[Flask, House]:
    """An app and its house, as they are by default."""
    return open_app()


@pytest.fixture
def app(built: tuple[Flask, House]) -> Flask:
    """The Flask app."""
    return built[0]


@pytest.fixture
def house(built: tuple[Flask, House]) -> House:
    """What it stands over."""
    return built[1]


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    """Whoever is needed; the first account, an administrator's, is taken by Root, so that Ada is like everybody."""
    everybody = Cast(app, house)
    everybody.on_stage["root"] = everybody.join("root", admin=True)
    return everybody


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.servers)])
def either(request: pytest.FixtureRequest, open_app: Callable[..., tuple[Flask, House]]) -> Cast:
    """The cast over each kind of database in turn."""
    changes = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("mariadb_url")}
    app, house = open_app(**changes)
    everybody = Cast(app, house)
    everybody.on_stage["root"] = everybody.join("root", admin=True)
    return everybody
