"""Coming by an invitation with an account elsewhere: the invitation waits through the round trip, and is used once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import conversations, invitations, logins, people
from chatsphere.house import House
from chatsphere.settings import Settings
from tests.hostile import Hostile
from tests.web.elsewhere import PAGE, is_in, round_trip

NAME = {"user_name": "eve", "display_name": "Eve"}


@pytest.fixture
def settings(trusting: Settings) -> Settings:
    """New accounts take an invitation; the provider is trusted."""
    return trusting.model_copy(update={"signup": "invite"})


@pytest.fixture
def club(house: House) -> str:
    """A group of Ada's and Bo's."""
    ada, bo = (house.chat.do(people.register, name, f"{name}@example.org", None) for name in ("ada", "bo"))
    return house.chat.do(conversations.start, ada.id, [bo.id], "Book club").conversation.id


def invited(house: House, club: str) -> str:
    ada = house.chat.ask(logins.by_login, "ada")
    assert ada
    return house.chat.do(invitations.make, ada.user.id, "", timedelta(days=1), 1, [club])


def test_a_newcomer_comes_into_the_group(guest: FlaskClient, house: House, hostile: Hostile, club: str) -> None:
    token = invited(house, club)
    page = guest.get(f"/invite/{token}").text
    assert 'action="/login/oidc"' in page
    assert 'name="next" value="/invite"' in page
    assert round_trip(guest, hostile, next="/invite").headers["Location"] == "/login/name"
    assert house.chat.ask(invitations.look, token).uses == 0
    done = guest.post("/login/name", data=NAME, headers=PAGE)
    assert done.headers["Location"] == f"/c/{club}"
    assert is_in(guest)
    assert house.chat.ask(invitations.look, token).state == "used"
    assert guest.get("/invite").headers["Location"] == "/"


def test_without_one_or_for_another_page_nobody_comes_in(app: Flask, house: House, hostile: Hostile, club: str) -> None:
    token = invited(house, club)
    stranger, elsewhere = app.test_client(), app.test_client()
    elsewhere.get(f"/invite/{token}")
    for browser, wanted in ((stranger, "/invite"), (elsewhere, "/")):
        assert round_trip(browser, hostile, next=wanted).status_code == 403
        assert not is_in(browser)
    assert house.chat.ask(invitations.look, token).uses == 0


def test_one_that_is_taken_back_on_the_way_opens_nothing(
    guest: FlaskClient, house: House, hostile: Hostile, club: str
) -> None:
    token = invited(house, club)
    guest.get(f"/invite/{token}")
    assert round_trip(guest, hostile, next="/invite").status_code == 303
    house.chat.do(invitations.revoke, None, house.chat.ask(invitations.everybodys).items[0].id)
    answer = guest.post("/login/name", data=NAME, headers=PAGE)
    assert answer.status_code == 403
    assert "This invitation does not hold any more." in answer.text
    assert not is_in(guest)
    assert house.chat.ask(logins.by_login, "eve") is None


def test_whoever_has_an_account_comes_back_to_it(app: Flask, house: House, hostile: Hostile, club: str) -> None:
    first, again = app.test_client(), app.test_client()
    first.get(f"/invite/{invited(house, club)}")
    round_trip(first, hostile, next="/invite")
    first.post("/login/name", data=NAME, headers=PAGE)
    token = invited(house, club)
    again.get(f"/invite/{token}")
    assert round_trip(again, hostile, next="/invite").headers["Location"] == "/invite"
    assert "You are in." in again.get("/invite", follow_redirects=True).text
