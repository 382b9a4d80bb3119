"""Pages over a house of their own, asked for without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.house import House, open_house
from chatsphere.http.app import create_app
from chatsphere.settings import Settings
from tests.hostile import CLIENT_ID, CLIENT_SECRET, Hostile, hostile_provider

PASSWORD = "seven purple lanterns"


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """What the pages stand over: nobody is there yet."""
    opened = open_house(settings)
    yield opened
    opened.close()


@pytest.fixture
def app(house: House) -> Flask:
    """The app over it."""
    return create_app(house)


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    """A browser where nobody is signed in."""
    return app.test_client()


@pytest.fixture
def ada(app: Flask) -> FlaskClient:
    """A browser where Ada has just signed up."""
    client = app.test_client()
    form = {"user_name": "ada", "email": "ada@example.org", "password": PASSWORD}
    assert client.post("/register", data=form).status_code == 303
    return client


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A provider that says what it is told to."""
    with hostile_provider() as provider:
        yield provider


@pytest.fixture
def trusting(make_settings: Callable[..., Settings], sqlite_url: str, hostile: Hostile) -> Settings:
    """Settings of a house that knows it."""
    client = {"oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET, "oidc_name": "Teahouse"}
    return make_settings(database_url=sqlite_url, oidc_issuer=hostile.issuer, **client)
