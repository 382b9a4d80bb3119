"""Accounts elsewhere in the settings, and as a way to confirm that it is oneself."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from chatsphere.core import identities
from chatsphere.core.chat import Tx
from chatsphere.core.tables import sessions
from chatsphere.house import House
from chatsphere.outside import openid
from chatsphere.settings import Settings
from tests.hostile import Hostile
from tests.web.conftest import PASSWORD
from tests.web.elsewhere import PAGE, comes_in, everything, leaves, returns, round_trip


@pytest.fixture
def settings(trusting: Settings) -> Settings:
    """The house trusts the hostile provider."""
    return trusting


def lapse(house: House) -> None:
    """It is a while since anybody showed that it is them."""

    def late(tx: Tx) -> None:
        tx.execute(update(sessions).values(confirmed_at=tx.now - timedelta(minutes=10)))
        tx.forgotten.update(
            f"session:{bytes(row).hex()}" for row in tx.execute(select(sessions.c.token_hash)).scalars()
        )

    house.chat.do(late)


def test_an_account_is_linked_signs_in_and_is_unlinked(
    app: Flask, ada: FlaskClient, house: House, hostile: Hostile
) -> None:
    link = "/settings/identities/oidc/link"
    assert round_trip(ada, hostile, link).headers["Location"] == "/settings/security?done=identities#identities"
    page = ada.get("/settings/security").text
    assert "eve@example.org" in page
    browser = app.test_client()
    assert round_trip(browser, hostile).headers["Location"] == "/"
    assert "ada" in browser.get("/settings").text
    unlink = re.search(r'action="(/settings/identities/[0-9a-f]{32}/end)"', page)
    assert unlink
    assert ada.post(unlink[1]).status_code == 303
    assert ada.post(unlink[1]).status_code == 404
    assert round_trip(app.test_client(), hostile).headers["Location"] == "/login/name"


def test_what_opens_one_account_is_not_linked_to_another(
    app: Flask, ada: FlaskClient, house: House, hostile: Hostile
) -> None:
    comes_in(app.test_client(), hostile)
    before = everything(house)
    answer = round_trip(ada, hostile, "/settings/identities/oidc/link")
    assert answer.status_code == 409
    assert "opens somebody else&#39;s here already" in answer.text
    assert everything(house) == before


def test_the_last_way_in_is_not_taken_away(guest: FlaskClient, house: House, hostile: Hostile) -> None:
    comes_in(guest, hostile)
    found = house.chat.ask(identities.find, hostile.issuer, "somebody")
    answer = guest.post(f"/settings/identities/{found.id}/end", headers=PAGE)
    assert answer.status_code == 409
    assert "You could not sign in any more" in answer.text


def test_nobody_unlinks_what_is_another_s(app: Flask, ada: FlaskClient, house: House, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    found = house.chat.ask(identities.find, hostile.issuer, "somebody")
    assert ada.post(f"/settings/identities/{found.id}/end").status_code == 404


def test_linking_and_unlinking_ask_again_who_one_is(ada: FlaskClient, house: House) -> None:
    lapse(house)
    for path in ("/settings/identities/oidc/link", f"/settings/identities/{'0' * 32}/end"):
        assert ada.post(path).headers["Location"] == "/confirm?next=%2Fsettings%2Fsecurity"


def test_a_round_trip_to_link_ends_in_the_session_that_began_it(
    app: Flask, ada: FlaskClient, house: House, hostile: Hostile
) -> None:
    state = leaves(ada, hostile, "/settings/identities/oidc/link")["state"]
    form = {"user_name": "bo", "email": "bo@example.org", "password": "nine silver kettles"}
    ada.post("/register", data=form)
    ada.post("/logout")
    before = everything(house)
    assert returns(ada, state).status_code == 400
    ada.post("/login", data={"login": "ada", "password": PASSWORD})
    state = leaves(ada, hostile, "/settings/identities/oidc/link")["state"]
    ada.post("/login", data={"login": "ada", "password": PASSWORD})
    assert returns(ada, state).status_code == 400
    assert everything(house)[1] == before[1]
    assert hostile.asked == []


def test_who_has_no_password_confirms_by_signing_in_there_afresh(
    guest: FlaskClient, house: House, hostile: Hostile
) -> None:
    comes_in(guest, hostile)
    lapse(house)
    assert "/confirm/oidc" in guest.get("/confirm").text
    asked = leaves(guest, hostile, "/confirm/oidc", next="/settings/tokens")
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    hostile.claims = {"auth_time": int(time.time()) - 3600}
    assert returns(guest, asked["state"]).status_code == 403
    assert "/confirm" in guest.post("/settings/tokens", data={"name": "x"}).headers.get("Location", "")
    hostile.claims = {"auth_time": int(time.time())}
    again = round_trip(guest, hostile, "/confirm/oidc", next="/settings/tokens")
    assert again.headers["Location"] == "/settings/tokens"


def test_a_provider_has_to_say_when_they_signed_in_but_for_google_which_never_does(
    guest: FlaskClient, house: House, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_in(guest, hostile)
    assert round_trip(guest, hostile, "/confirm/oidc").status_code == 403
    monkeypatch.setattr(openid, "GOOGLE", hostile.issuer)
    assert round_trip(guest, hostile, "/confirm/oidc").status_code == 303
    hostile.claims = {"auth_time": int(time.time()) - 3600}
    assert round_trip(guest, hostile, "/confirm/oidc").status_code == 403


@pytest.mark.parametrize(("ago", "leads"), [(None, "/confirm?"), (3600, "/confirm?"), (0, "/settings/")])
def test_signing_in_there_confirms_only_where_they_have_just_shown_there_that_it_is_them(
    app: Flask, guest: FlaskClient, hostile: Hostile, ago: int | None, leads: str
) -> None:
    comes_in(guest, hostile)
    browser = app.test_client()
    hostile.claims = {} if ago is None else {"auth_time": int(time.time()) - ago}
    assert round_trip(browser, hostile).status_code == 303
    unproven = browser.post("/settings/identities/oidc/link")
    assert unproven.headers["Location"].startswith(leads if leads == "/confirm?" else "/login/oidc")


def test_another_s_account_there_confirms_nothing(guest: FlaskClient, house: House, hostile: Hostile) -> None:
    comes_in(guest, hostile)
    lapse(house)
    hostile.claims = {"sub": "somebody else", "auth_time": int(time.time())}
    answer = round_trip(guest, hostile, "/confirm/oidc")
    assert answer.status_code == 403
    assert "another account at Teahouse" in answer.text
    assert "/confirm" in guest.post("/settings/tokens", data={"name": "x"}).headers.get("Location", "")
