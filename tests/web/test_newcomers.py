"""Who gets an account by coming from elsewhere, and who does not."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from chatsphere.core import logins, people
from chatsphere.core.tables import users
from chatsphere.house import House
from chatsphere.settings import Settings
from tests.hostile import Hostile
from tests.web.elsewhere import NEWCOMER, PAGE, SESSION, comes_in, everything, is_in, round_trip


@pytest.fixture
def settings(trusting: Settings) -> Settings:
    """The house trusts the hostile provider."""
    return trusting


@pytest.mark.parametrize("verified", [False, "true", 1, None, ...])
def test_an_address_that_is_not_verified_makes_no_account_and_opens_none(
    app: Flask, ada: FlaskClient, house: House, hostile: Hostile, verified: object
) -> None:
    before, browser = everything(house), app.test_client()
    for address in ("ada@example.org", "new@example.org"):
        hostile.claims = {"email": address, "email_verified": verified}
        answer = round_trip(browser, hostile)
        assert answer.status_code == 403
        # Whether the address is known here is not told to somebody whose it may not be.
        assert "needs an e-mail address that is confirmed" in answer.text
    assert everything(house) == before


@pytest.mark.parametrize("address", ["ada@example.org", "ADA@Example.org", "ａda@example.org"])
def test_an_address_that_is_known_already_joins_nothing_and_says_what_to_do(
    app: Flask, ada: FlaskClient, house: House, hostile: Hostile, address: str
) -> None:
    before, browser = everything(house), app.test_client()
    hostile.claims = {"email": address}
    answer = round_trip(browser, hostile)
    assert answer.status_code == 409
    assert "There is an account with this address already. Sign in to it and link Teahouse" in answer.text
    assert everything(house) == before
    assert not is_in(browser)


@pytest.mark.parametrize("address", [..., "", 7, "no address", "a@b\n.example", "a" * 250 + "@example.org"])
def test_who_brings_no_address_gets_no_account(
    guest: FlaskClient, house: House, hostile: Hostile, address: object
) -> None:
    hostile.claims = {"email": address}
    assert round_trip(guest, hostile).status_code in (403, 422)
    assert guest.get_cookie(NEWCOMER) is None


@pytest.mark.parametrize("signup", ["invite", "closed"])
def test_where_sign_up_is_not_open_nobody_new_comes_in_this_way_either(
    app: Flask, house: House, hostile: Hostile, signup: str
) -> None:
    known, late = app.test_client(), app.test_client()
    comes_in(known, hostile)
    hostile.claims = {"sub": "late", "email": "late@example.org"}
    assert round_trip(late, hostile).status_code == 303
    house.settings = house.settings.model_copy(update={"signup": signup})
    before = everything(house)
    assert late.post("/login/name", data={"user_name": "late", "display_name": "L"}, headers=PAGE).status_code == 403
    assert round_trip(late, hostile).status_code == 403
    assert everything(house) == before
    hostile.claims = {}
    assert round_trip(app.test_client(), hostile).headers["Location"] == "/"


def test_a_name_is_given_once_and_only_by_the_browser_that_came_back(
    app: Flask, house: House, hostile: Hostile
) -> None:
    browser, other = app.test_client(), app.test_client()
    round_trip(browser, hostile)
    cookie = browser.get_cookie(NEWCOMER)
    assert cookie is not None
    form = {"user_name": "eve", "display_name": "Eve"}
    assert other.post("/login/name", data=form).status_code == 404
    assert browser.post("/login/name", data=form | {"user_name": "e"}).status_code == 422
    assert browser.post("/login/name", data=form).status_code == 303
    other.set_cookie(NEWCOMER, cookie.value)
    assert other.post("/login/name", data=form | {"user_name": "eve2"}).status_code == 404
    assert not is_in(other)


def test_who_is_disabled_does_not_come_in_this_way_either(app: Flask, house: House, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    login = house.chat.ask(logins.by_login, "eve")
    assert login is not None
    house.chat.do(people.disable, login.user.id)
    browser = app.test_client()
    assert round_trip(browser, hostile).status_code == 403
    assert browser.get_cookie(SESSION) is None


def test_a_second_factor_is_asked_for_here_too(app: Flask, house: House, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    house.chat.do(lambda tx: tx.execute(update(users).values(second_factor=True)).rowcount)
    house.memory.forget([f"user:{one.id}" for one in house.chat.ask(people.search, "").items])
    browser = app.test_client()
    assert round_trip(browser, hostile).headers["Location"].startswith("/login/second")
    assert browser.get_cookie(SESSION) is None
