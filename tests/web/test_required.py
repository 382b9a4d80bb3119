"""Where a second factor has to be there, whoever has none can set one up, and nothing else."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import authenticators, logins, rules, sessions
from chatsphere.core.chat import NoMemory
from chatsphere.core.rules import SecondFactor
from chatsphere.house import House
from tests.web.authenticator import HERE, Device, asks, options
from tests.web.conftest import PASSWORD

SET_UP = "/settings/security#second-factor"
pytestmark = pytest.mark.usefixtures("forgetful")
SEED = re.compile(r'<code class="seed">([A-Z2-7 ]+)</code>')


@pytest.fixture
def forgetful(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of a session notices the rule within two seconds; here nobody waits for it."""
    monkeypatch.setattr(house.chat, "memory", NoMemory())


@pytest.fixture
def bo(app: Flask, ada: FlaskClient) -> FlaskClient:
    """Bo, who is no administrator, at localhost."""
    client = app.test_client()
    form = {"user_name": "bo", "email": "bo@example.org", "password": PASSWORD}
    assert client.post("/register", data=form, base_url=HERE).status_code == 303
    return client


def decides(house: House, who: SecondFactor) -> None:
    house.chat.do(rules.require_second_factor, None, who)


def led_to(client: FlaskClient, path: str, method: str = "GET") -> str | None:
    return client.open(path, method=method, base_url=HERE).headers.get("Location")


def test_every_page_leads_to_where_it_is_set_up(bo: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    for path in ("/", "/settings", "/settings/tokens", "/settings/data", f"/c/{'0' * 32}", "/login"):
        assert led_to(bo, path) == SET_UP
    for path in ("/settings/profile", "/settings/tokens", "/settings/leave", "/settings/email", "/settings/password"):
        assert led_to(bo, path, "POST") == SET_UP
    page = bo.get("/settings/security", base_url=HERE)
    assert page.status_code == 200
    assert "Everybody needs" in page.text


def test_what_asks_the_api_is_told_why(bo: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    for path in ("/api/v1/users/me", "/api/v1/users", "/api/v1/sessions"):
        answer = bo.get(path, base_url=HERE)
        assert answer.status_code == 403
        assert answer.json["type"] == "/problems/second-factor-required"  # type: ignore[index]
    assert bo.post("/api/v1/tokens", json={"name": "x"}, base_url=HERE).status_code == 403


def test_programs_go_on(bo: FlaskClient, guest: FlaskClient, house: House) -> None:
    login = house.chat.ask(logins.by_login, "bo")
    assert login
    token = house.chat.do(sessions.open, login.user.id, kind="token", name="robot").token
    decides(house, "everybody")
    assert guest.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_of_administrators_alone_it_is_asked_of_them_alone(ada: FlaskClient, bo: FlaskClient, house: House) -> None:
    decides(house, "admins")
    assert ada.get("/").headers["Location"] == SET_UP
    assert "Administrators need" in ada.get("/settings/security").text
    assert bo.get("/", base_url=HERE).status_code == 200
    assert "One thing first" not in bo.get("/settings/security", base_url=HERE).text


def test_an_app_sets_one_free(bo: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    assert led_to(bo, "/settings/authenticator", "POST") == "/settings/authenticator"
    found = SEED.search(bo.get("/settings/authenticator", base_url=HERE).text)
    assert found
    code = pyotp.TOTP(found[1].replace(" ", "")).now()
    shown = bo.post("/settings/authenticator/confirm", data={"code": code}, base_url=HERE)
    assert "Your recovery codes" in shown.text
    assert bo.get("/", base_url=HERE).status_code == 200
    assert bo.get("/api/v1/users/me", base_url=HERE).status_code == 200


def test_a_passkey_sets_one_free(bo: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    made = Device().creates(options(bo, "/settings/passkeys"))
    assert asks(bo, "/settings/passkeys", {"credential": made}).status_code == 200
    assert bo.get("/", base_url=HERE).status_code == 200


def test_one_may_always_confirm_and_sign_out(bo: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    assert bo.get("/confirm", base_url=HERE).status_code == 200
    form = {"password": PASSWORD, "next": "/settings/security"}
    assert bo.post("/confirm", data=form, base_url=HERE).headers["Location"] == "/settings/security"
    assert led_to(bo, "/logout", "POST") == "/"
    assert bo.get("/login", base_url=HERE).status_code == 200


def test_who_signs_in_is_led_there_first(bo: FlaskClient, app: Flask, house: House) -> None:
    decides(house, "everybody")
    fresh = app.test_client()
    form = {"login": "bo", "password": PASSWORD, "next": "/settings/tokens"}
    assert fresh.post("/login", data=form, base_url=HERE).headers["Location"] == "/settings/tokens"
    assert led_to(fresh, "/settings/tokens") == SET_UP


def test_removing_the_last_one_leads_back(bo: FlaskClient, house: House) -> None:
    login = house.chat.ask(logins.by_login, "bo")
    assert login
    house.chat.do(authenticators.begin, login.user.id)
    seed = house.chat.ask(authenticators.seed, login.user.id)
    house.chat.do(authenticators.confirm, login.user.id, pyotp.TOTP(seed).now())
    decides(house, "everybody")
    assert bo.get("/", base_url=HERE).status_code == 200
    bo.post("/settings/authenticator/end", base_url=HERE)
    assert led_to(bo, "/") == SET_UP


def test_guests_notice_nothing(ada: FlaskClient, guest: FlaskClient, house: House) -> None:
    decides(house, "everybody")
    assert [guest.get(path).status_code for path in ("/", "/login", "/register")] == [200] * 3
