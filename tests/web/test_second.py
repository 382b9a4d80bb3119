"""The second step of signing in, and setting up what it asks for, on pages without a script."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from chatsphere.core import challenges, logins, people
from chatsphere.core.chat import Db, Tx
from chatsphere.core.tables import authenticators, jobs, sessions
from chatsphere.house import House
from chatsphere.http.app import create_app
from chatsphere.outside import counts
from tests.web.conftest import PASSWORD

SEED = re.compile(r'<code class="seed">([A-Z2-7 ]+)</code>')
CODE = re.compile(r"<li><code>([0-9a-z-]{19})</code></li>")


@dataclass
class App:
    """An authenticator app that has scanned what the page shows."""

    house: House
    seed: str
    codes: list[str] = field(default_factory=list)

    def shows(self) -> str:
        """What it shows now, as if it had not been asked before."""
        self.house.chat.do(lambda tx: tx.execute(update(authenticators).values(last_step=0)))
        return pyotp.TOTP(self.seed).now()

    def wrong(self) -> str:
        """Six digits that it does not show about now."""
        around = {pyotp.TOTP(self.seed).at(self.house.chat.clock(), counter_offset=step) for step in range(-3, 4)}
        return next(code for code in ("123456", "654321", "111111", "222222") if code not in around)


@pytest.fixture
def app_of_ada(ada: FlaskClient, house: House) -> App:
    """Ada has set up an app by scanning what the page shows."""
    assert ada.post("/settings/authenticator").headers["Location"] == "/settings/authenticator"
    found = SEED.search(ada.get("/settings/authenticator").text)
    assert found
    own = App(house, found[1].replace(" ", ""))
    shown = ada.post("/settings/authenticator/confirm", data={"code": own.shows()})
    assert shown.status_code == 200
    own.codes = CODE.findall(shown.text)
    return own


def enters(client: FlaskClient, next: str = "/settings") -> str:
    """The right password; where it leads."""
    answer = client.post("/login", data={"login": "ada", "password": PASSWORD, "next": next})
    assert answer.status_code == 303
    return answer.headers["Location"]


def signed_in(client: FlaskClient) -> bool:
    return client.get("/api/v1/users/me").status_code == 200


def letters(house: House) -> list[str]:
    kinds = house.chat.ask(lambda db: db.execute(select(jobs.c.body)).scalars().all())
    return [body for body in kinds if "new-device" in body]


def test_the_page_shows_a_seed_to_scan_and_to_type_and_then_ten_codes_once(ada: FlaskClient, app_of_ada: App) -> None:
    assert len(set(app_of_ada.codes)) == 10
    settings = ada.get("/settings/security").text
    assert "10 of 10 left" in settings
    assert not any(code in settings for code in app_of_ada.codes)
    assert app_of_ada.seed not in settings
    assert ada.get("/settings/authenticator").headers["Location"] == "/settings/security"


def test_what_is_drawn_is_what_is_typed(ada: FlaskClient) -> None:
    ada.post("/settings/authenticator")
    page = ada.get("/settings/authenticator").text
    assert '<svg viewBox="0 0' in page
    assert " style=" not in page
    found = SEED.search(page)
    assert found
    assert f"otpauth://totp/ChatSphere:ada?secret={found[1].replace(' ', '')}&amp;issuer=ChatSphere" in page


def test_a_wrong_first_code_is_said_at_the_field(ada: FlaskClient, house: House) -> None:
    ada.post("/settings/authenticator")
    answer = ada.post("/settings/authenticator/confirm", data={"code": "12345"})
    assert answer.status_code == 422
    assert "This is not the code that belongs to this picture." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert SEED.search(answer.text)


def test_a_password_alone_opens_nothing(guest: FlaskClient, app_of_ada: App, house: House) -> None:
    before = house.chat.ask(_count_sessions)
    assert enters(guest) == "/login/second?next=%2Fsettings"
    assert not signed_in(guest)
    assert house.chat.ask(_count_sessions) == before
    assert letters(house) == []
    page = guest.get("/login/second?next=/settings")
    assert page.status_code == 200
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text


def test_the_code_leads_to_where_one_wanted_to_go_once(app: Flask, guest: FlaskClient, app_of_ada: App) -> None:
    enters(guest)
    code = app_of_ada.shows()
    answer = guest.post("/login/second", data={"code": f"{code[:3]} {code[3:]}", "next": "/settings"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    assert signed_in(guest)
    assert guest.get("/login/second").status_code == 404
    other = app.test_client()
    enters(other)
    assert other.post("/login/second", data={"code": code}).status_code == 401
    assert not signed_in(other)


def test_the_first_step_taken_on_one_browser_is_not_finished_on_another(
    app: Flask, guest: FlaskClient, app_of_ada: App
) -> None:
    enters(guest)
    other = app.test_client()
    answer = other.post("/login/second", data={"code": app_of_ada.shows()})
    assert answer.status_code == 404
    assert "Please start again" in answer.text
    assert not signed_in(other)


def test_a_recovery_code_lets_in_once(app: Flask, guest: FlaskClient, app_of_ada: App) -> None:
    enters(guest)
    assert guest.post("/login/second", data={"recovery": app_of_ada.codes[0].upper()}).status_code == 303
    assert signed_in(guest)
    assert "9 of 10 left" in guest.get("/settings/security").text
    other = app.test_client()
    enters(other)
    refused = other.post("/login/second", data={"recovery": app_of_ada.codes[0]})
    assert refused.status_code == 401
    assert "This code is not right, or it was used before." in refused.text


def test_after_five_wrong_codes_one_starts_again(guest: FlaskClient, app_of_ada: App) -> None:
    enters(guest)
    answers = [guest.post("/login/second", data={"code": app_of_ada.wrong()}) for _ in range(challenges.MOST_TRIES)]
    assert {answer.status_code for answer in answers} == {401}
    assert ["Please start again" in answer.text for answer in answers] == [False] * 4 + [True]
    assert guest.post("/login/second", data={"code": app_of_ada.shows()}).status_code == 404
    assert not signed_in(guest)


def test_guessing_codes_is_stopped_for_strangers_and_the_owner_gets_in(
    app: Flask, ada: FlaskClient, guest: FlaskClient, app_of_ada: App
) -> None:
    for number in range(10):
        if number % challenges.MOST_TRIES == 0:
            enters(guest)
        there = {"REMOTE_ADDR": f"203.0.113.{number}"}
        assert (
            guest.post("/login/second", data={"code": app_of_ada.wrong()}, environ_overrides=there).status_code == 401
        )
    stranger = app.test_client()
    enters(stranger)
    answer = stranger.post("/login/second", data={"code": app_of_ada.shows()})
    assert answer.status_code == 429
    assert not signed_in(stranger)
    # Nobody guesses a recovery code, so nobody is kept from using one.
    assert stranger.post("/login/second", data={"recovery": app_of_ada.codes[0]}).status_code == 303
    # And a browser that Ada has signed in with before counts for itself.
    ada.post("/logout")
    enters(ada)
    assert ada.post("/login/second", data={"code": app_of_ada.shows()}).status_code == 303
    assert signed_in(ada)


def test_not_even_a_known_browser_guesses_codes_all_day(
    ada: FlaskClient, app_of_ada: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, now = [], time.time()
    monkeypatch.setattr(counts, "time", SimpleNamespace(time=lambda: now, monotonic=lambda: now))
    ada.post("/logout")
    for number in range(51):
        if number % challenges.MOST_TRIES == 0:
            enters(ada)
        if number % 20 == 19:
            now += 301
        told.append(ada.post("/login/second", data={"code": app_of_ada.wrong()}).status_code)
    assert told == [401] * 50 + [429]
    now += 24 * 3600 + 1
    assert ada.post("/login/second", data={"code": app_of_ada.shows()}).status_code == 303


def test_right_passwords_are_not_compared_without_end_either(ada: FlaskClient) -> None:
    told = [ada.post("/confirm", data={"password": PASSWORD}).status_code for _ in range(61)]
    assert told == [303] * 60 + [429]


def test_who_was_disabled_meanwhile_stays_outside(guest: FlaskClient, app_of_ada: App, house: House) -> None:
    enters(guest)
    login = house.chat.ask(logins.by_login, "ada")
    assert login
    house.chat.do(people.disable, login.user.id)
    answer = guest.post("/login/second", data={"code": app_of_ada.shows()})
    assert answer.status_code == 404
    assert not signed_in(guest)


def test_what_matters_asks_who_one_is(ada: FlaskClient, app_of_ada: App, house: House) -> None:
    house.chat.do(_long_ago)
    for path in ("/settings/authenticator", "/settings/authenticator/end", "/settings/recovery"):
        assert ada.post(path).headers["Location"].startswith("/confirm?")
    assert "10 of 10 left" in ada.get("/settings/security").text


def test_new_codes_replace_the_older_ones(ada: FlaskClient, app_of_ada: App) -> None:
    newer = CODE.findall(ada.post("/settings/recovery").text)
    assert len(newer) == 10
    assert not set(newer) & set(app_of_ada.codes)


def test_the_codes_are_handed_over_as_a_file_of_nothing_else(ada: FlaskClient, app_of_ada: App) -> None:
    sent = {"code": [*app_of_ada.codes[:9], "<script>alert(1)</script>"]}
    answer = ada.post("/settings/recovery/file", data=sent)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="chatsphere-recovery-codes.txt"'
    assert answer.content_type == "text/plain; charset=utf-8"
    assert [line for line in answer.text.splitlines() if "-" in line] == app_of_ada.codes[:9]
    assert "script" not in answer.text


def test_removing_the_app_leaves_the_password(ada: FlaskClient, guest: FlaskClient, app_of_ada: App) -> None:
    answer = ada.post("/settings/authenticator/end")
    assert answer.headers["Location"] == "/settings/security?done=authenticator#authenticator"
    assert enters(guest) == "/settings"
    assert signed_in(guest)


def _count_sessions(db: Db) -> int:
    return int(db.execute(select(func.count()).select_from(sessions)).scalar_one())


def _long_ago(tx: Tx) -> None:
    tx.execute(update(sessions).values(confirmed_at=tx.now - timedelta(minutes=6)))


def test_over_https_what_waits_is_in_a_cookie_that_no_other_host_can_plant(app_of_ada: App, house: House) -> None:
    assert app_of_ada.codes
    house.settings = house.settings.model_copy(update={"base_url": "https://chat.example.org"})
    client = create_app(house).test_client()
    answer = client.post("/login", data={"login": "ada", "password": PASSWORD})
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-chatsphere-waiting=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
