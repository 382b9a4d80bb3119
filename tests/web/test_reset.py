"""The link to a new password: once, within its hour, for one account, and told to nobody else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere import sweep
from chatsphere.core import links, logins, passwords
from chatsphere.house import House
from tests.web.conftest import PASSWORD

NEW = "eleven amber lanterns"
Makes = Callable[..., str]


@pytest.fixture
def makes(house: House) -> Makes:
    """Makes a link's path for somebody, as the command does: `makes("ada")`."""

    def make(name: str, lifetime: timedelta = links.RESET_FOR) -> str:
        login = house.chat.ask(logins.by_login, name)
        assert login
        return f"/reset/{house.chat.do(links.make, login.user.id, links.RESET, lifetime)}"

    return make


def signed_in(client: FlaskClient) -> str | None:
    answer = client.get("/api/v1/users/me")
    return answer.json["user_name"] if answer.status_code == 200 else None  # type: ignore[index]


def signs_in(client: FlaskClient, password: str) -> int:
    return client.post("/login", data={"login": "ada", "password": password}).status_code


def test_a_link_leads_to_a_new_password_and_in(app: Flask, ada: FlaskClient, guest: FlaskClient, makes: Makes) -> None:
    link = makes("ada")
    assert signed_in(ada) == "ada"
    for _ in range(2):
        page = guest.get(link)
        assert page.status_code == 200
        assert '<label for="reset-password">Password</label>' in page.text
        assert "Save password</button>" in page.text
    answer = guest.post(link, data={"password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert signed_in(guest) == "ada"
    assert signed_in(ada) is None
    assert signs_in(app.test_client(), PASSWORD) == 401
    assert signs_in(app.test_client(), NEW) == 303


def test_what_is_wrong_with_it_is_said_at_the_field_and_the_link_still_works(
    ada: FlaskClient, guest: FlaskClient, makes: Makes
) -> None:
    link = makes("ada")
    for password, words in (("short", "Use at least 10 characters."), ("password123", "Too many people use this")):
        answer = guest.post(link, data={"password": password})
        assert answer.status_code == 422
        assert f"<span>{words}" in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert f'"{password}"' not in answer.text
        assert signed_in(guest) is None
    assert signed_in(ada) == "ada"
    assert guest.post(link, data={"password": NEW}).status_code == 303


def test_a_link_that_does_not_hold_says_what_to_do_next(ada: FlaskClient, guest: FlaskClient, makes: Makes) -> None:
    expired, revoked, used = makes("ada", timedelta()), makes("ada"), makes("ada")
    assert guest.post(used, data={"password": NEW}).status_code == 303
    pages = [
        ask(link)
        for link in (expired, revoked, used, "/reset/never-was")
        for ask in (guest.get, lambda link: guest.post(link, data={"password": NEW}))
    ]
    assert {page.status_code for page in pages} == {404}
    assert {page.content_type for page in pages} == {"text/html; charset=utf-8"}
    for page in pages:
        assert "Ask whoever runs this ChatSphere for a new link." in page.text
        assert 'href="/login"' in page.text
        assert "<form" not in page.text


def test_the_address_is_kept_from_referrers_and_caches_whatever_the_answer(
    ada: FlaskClient, guest: FlaskClient, makes: Makes
) -> None:
    link = makes("ada")
    answers = [
        guest.get(link),
        guest.delete(link),
        guest.get(f"{link}/more"),
        guest.post(link, data={"password": "short"}),
        guest.post(link, data={"password": NEW}),
        guest.get(link),
    ]
    assert [answer.status_code for answer in answers] == [200, 405, 404, 422, 303, 404]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_log_names_the_route_and_never_the_link(
    ada: FlaskClient,
    guest: FlaskClient,
    makes: Makes,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr("chatsphere.http.app.log.info", lambda event, **line: lines.append({"event": event, **line}))
    link = makes("ada")
    with caplog.at_level(logging.DEBUG):
        guest.get(link)
        guest.get(f"{link}/more")
        guest.post(link, data={"password": NEW})
        guest.get(link)
    assert [line["route"] for line in lines] == ["/reset/<token>", None, "/reset/<token>", "/reset/<token>"]
    token = link.removeprefix("/reset/")
    assert token not in str(lines) + caplog.text + "".join(capfd.readouterr())
    assert token not in guest.get("/metrics").text


def test_the_writer_never_hashes_and_nobody_does_for_a_link_that_does_not_hold(
    ada: FlaskClient, guest: FlaskClient, makes: Makes, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    hashes = passwords.hash

    def hash_here(password: str) -> str:
        threads.append(threading.current_thread().name)
        return hashes(password)

    monkeypatch.setattr(passwords, "hash", hash_here)
    guest.post("/reset/never-was", data={"password": NEW})
    assert threads == []
    guest.post(makes("ada"), data={"password": NEW})
    assert threads == [threading.current_thread().name]


def test_links_cannot_be_tried_without_end(ada: FlaskClient, guest: FlaskClient, makes: Makes) -> None:
    link = makes("ada")
    assert [guest.get(f"/reset/guess-{number}").status_code for number in range(20)] == [404] * 20
    for answer in (guest.get(link), guest.post(link, data={"password": NEW})):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 301
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert guest.post(link, data={"password": NEW}, environ_overrides=elsewhere).status_code == 303


def test_it_signs_in_whose_link_it_is_and_leaves_nothing_of_who_sat_there(
    app: Flask, ada: FlaskClient, makes: Makes
) -> None:
    bo = app.test_client()
    bo.post("/register", data={"user_name": "bo", "email": "bo@example.org", "password": PASSWORD})
    answer = bo.post(makes("ada"), data={"password": NEW})
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert signed_in(bo) == "ada"
    again = bo.post(makes("ada"), data={"password": NEW})
    assert "Clear-Site-Data" not in again.headers


def test_another_sites_form_signs_nobody_in(ada: FlaskClient, makes: Makes) -> None:
    link, form = makes("ada"), {"password": NEW}
    assert '<meta name="referrer" content="strict-origin">' in ada.get(link).text
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert ada.post(link, data=form, headers=headers).status_code == 403
    assert ada.post(link, data=form, headers={"Origin": "http://127.0.0.1:8000"}).status_code == 303


def test_the_sweep_removes_what_has_expired(ada: FlaskClient, house: House, makes: Makes) -> None:
    makes("ada", timedelta())
    sweep.tidy(house)
    assert house.chat.do(links.drop_expired) == 0
