"""Pages over a house of their own, asked for without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.house import open_house
from chatsphere.http.app import create_app
from chatsphere.settings import Settings

PASSWORD = "seven purple lanterns"


@pytest.fixture
def app(make_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """The app over an empty house."""
    house = open_house(make_settings())
    yield create_app(house)
    house.close()


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
