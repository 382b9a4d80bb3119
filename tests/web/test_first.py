"""An empty house: whoever comes first makes its first account, and looks after it."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import logins, passwords, people
from chatsphere.house import House
from tests.web.conftest import PASSWORD

FORM = {
    "first": "yes",
    "display_name": "Ada Lovelace",
    "user_name": "ada",
    "email": "ada@example.org",
    "password": PASSWORD,
}
AFAR = {"REMOTE_ADDR": "203.0.113.9"}


def opened_to(house: House, signup: str) -> None:
    house.settings = house.settings.model_copy(update={"signup": signup})


def the_account(house: House, name: str) -> Any:
    found = house.chat.ask(logins.by_login, name)
    return found and found.user


@pytest.mark.parametrize("signup", ["open", "invite", "closed"])
def test_the_first_account_is_made_on_the_first_page_whatever_the_setting(
    guest: FlaskClient, house: House, signup: str
) -> None:
    opened_to(house, signup)
    for path in ("/", "/register") if signup == "open" else ("/",):
        page = guest.get(path)
        assert page.status_code == 200
        assert "<h1>Welcome home</h1>" in page.text
        assert "Code from the terminal" not in page.text
    assert guest.get("/login").headers["Location"] == "/"
    assert guest.post("/register", data=FORM).status_code == 303
    found = the_account(house, "ada")
    assert (found.is_admin, found.display_name) == (True, "Ada Lovelace")
    assert guest.get("/api/v1/users/me").json["is_admin"] is True  # type: ignore[index]


def test_once_somebody_is_there_the_pages_are_as_ever(app: Flask, ada: FlaskClient, guest: FlaskClient) -> None:
    for path in ("/", "/register", "/login"):
        page = guest.get(path)
        assert page.status_code == 200
        assert "Welcome home" not in page.text
    late = guest.post("/register", data={**FORM, "user_name": "bo", "email": "bo@example.org"})
    assert late.status_code == 403
    assert "Somebody was a moment quicker" in late.text
    assert "Create account</button>" in late.text


def test_the_form_without_its_first_page_makes_it_too_where_sign_up_is_open(guest: FlaskClient, house: House) -> None:
    plain = {name: FORM[name] for name in ("user_name", "email", "password")}
    opened_to(house, "closed")
    page = guest.get("/register").text
    assert "<form" not in page
    assert '<a href="/">on the first page</a>' in page
    assert guest.post("/register", data=plain).status_code == 403
    opened_to(house, "open")
    assert guest.post("/register", data=plain).status_code == 303
    assert the_account(house, "ada").is_admin


def test_what_is_wrong_is_said_at_its_field(guest: FlaskClient, house: House) -> None:
    answer = guest.post("/register", data={**FORM, "display_name": "x" * 65, "password": "short"})
    assert answer.status_code == 422
    assert "Use 1 to 64 characters." in answer.text
    assert "Use at least 10 characters." in answer.text
    assert "<h1>Welcome home</h1>" in answer.text
    assert house.chat.ask(people.nobody)


def test_a_person_without_a_name_is_called_by_their_user_name(guest: FlaskClient, house: House) -> None:
    guest.post("/register", data={**FORM, "display_name": " "})
    assert the_account(house, "ada").display_name == "ada"


def test_of_those_who_come_at_once_one_is_the_administrator_and_the_others_are_nobody(
    app: Flask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(4)

    def hash_together(password: str) -> str:
        together.wait(10)
        return "a hash"

    monkeypatch.setattr(passwords, "hash", hash_together)

    def comes(number: int) -> int:
        form = {**FORM, "user_name": f"racer{number}", "email": f"racer{number}@example.org"}
        return app.test_client().post("/register", data=form).status_code

    with ThreadPoolExecutor(4) as racers:
        assert sorted(racers.map(comes, range(4))) == [303, 403, 403, 403]
    there = [found for number in range(4) if (found := the_account(house, f"racer{number}"))]
    assert [one.is_admin for one in there] == [True]


@pytest.mark.parametrize("where", [AFAR, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"}])
def test_from_elsewhere_it_takes_the_code_of_the_terminal(
    guest: FlaskClient, house: House, where: dict[str, str]
) -> None:
    page = guest.get("/", environ_overrides=where)
    assert "Code from the terminal" in page.text
    code = house.chat.ask(people.first_code)
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}", code)
    assert code not in page.text
    for wrong in ({}, {"code": ""}, {"code": "AAAA-AAAA"}, {"code": "é"}):
        answer = guest.post("/register", data={**FORM, **wrong}, environ_overrides=where)
        assert answer.status_code == 422
        assert "This is not the code" in answer.text
    plain = {name: FORM[name] for name in ("user_name", "email", "password")}
    assert guest.post("/register", data=plain, environ_overrides=where).status_code == 403
    assert guest.post("/api/v1/users", json=plain, environ_overrides=where).status_code == 403
    assert house.chat.ask(people.nobody)
    given = {**FORM, "code": code.lower().replace("-", " ")}
    assert guest.post("/register", data=given, environ_overrides=where).status_code == 303
    assert the_account(house, "ada").is_admin


@pytest.mark.parametrize(
    "name", ["evil.example:8000", "chat.example.org", "192.168.0.7:8000", "", "[::1", "localhost.evil"]
)
def test_whoever_calls_the_server_itself_otherwise_needs_the_code(guest: FlaskClient, house: House, name: str) -> None:
    called = {"HTTP_HOST": name, "REMOTE_ADDR": "127.0.0.1"}
    assert "Code from the terminal" in guest.get("/", environ_overrides=called).text
    plain = {name: FORM[name] for name in ("user_name", "email", "password")}
    assert guest.post("/register", data=FORM, environ_overrides=called).status_code == 422
    assert guest.post("/api/v1/users", json=plain, environ_overrides=called).status_code == 403
    assert house.chat.ask(people.nobody)


def test_whoever_sits_at_the_server_needs_no_code_whatever_the_house_is_called(
    guest: FlaskClient, house: House
) -> None:
    house.settings = house.settings.model_copy(update={"base_url": "https://chat.example.org"})
    plain = {name: FORM[name] for name in ("user_name", "email", "password")}
    assert "Code from the terminal" not in guest.get("/").text
    assert guest.post("/api/v1/users", json=plain).status_code == 201


@pytest.mark.parametrize("name", ["127.0.0.1:8000", "localhost", "LOCALHOST:1234", "[::1]:8000"])
def test_by_a_name_for_this_machine_it_takes_none(guest: FlaskClient, name: str) -> None:
    assert "Code from the terminal" not in guest.get("/", environ_overrides={"HTTP_HOST": name}).text


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_at_the_server_itself_it_takes_none(guest: FlaskClient, house: House, address: str) -> None:
    here = {"REMOTE_ADDR": address}
    assert "Code from the terminal" not in guest.get("/", environ_overrides=here).text
    plain = {name: FORM[name] for name in ("user_name", "email", "password")}
    assert guest.post("/api/v1/users", json=plain, environ_overrides=here).status_code == 201
    assert the_account(house, "ada").is_admin


def test_the_code_is_another_in_each_house_and_the_same_in_all_its_processes(house: House) -> None:
    assert house.chat.ask(people.first_code) == house.chat.ask(people.first_code)
    before = house.chat.ask(people.first_code)
    house.chat._secret = b"another"
    assert house.chat.ask(people.first_code) != before


def test_whoever_is_alone_is_led_to_inviting_people(ada: FlaskClient) -> None:
    assert 'href="/settings/invitations"' in ada.get("/").text
