"""Coming by an invitation, and making one: on the pages, whatever the setting for sign-up."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import conversations, invitations, logins
from chatsphere.core.people import register
from chatsphere.house import House
from tests.web.conftest import PASSWORD

Opens = Callable[[str], None]
Invites = Callable[..., str]
NEW = {"user_name": "new", "email": "new@example.org", "password": PASSWORD}
LINK = re.compile(r'<code id="made-link">http://127\.0\.0\.1:8000(/invite/[\w-]{43})</code>')


@pytest.fixture
def opens(house: House) -> Opens:
    """Sets who may sign up: `opens("invite")`."""

    def to(signup: str) -> None:
        house.settings = house.settings.model_copy(update={"signup": signup})

    return to


def the_id(house: House, name: str) -> str:
    login = house.chat.ask(logins.by_login, name)
    assert login
    return login.user.id


@pytest.fixture
def club(ada: FlaskClient, house: House) -> str:
    """A group of Ada's and Bo's."""
    bo = house.chat.do(register, "bo", "bo@example.org", None)
    return house.chat.do(conversations.start, the_id(house, "ada"), [bo.id], "Book club").conversation.id


@pytest.fixture
def invites(house: House, club: str) -> Invites:
    """Ada makes an invitation into the club; its path."""

    def make(uses: int = 1, lasts: timedelta = timedelta(days=7), note: str = "") -> str:
        return f"/invite/{house.chat.do(invitations.make, the_id(house, 'ada'), note, lasts, uses, [club])}"

    return make


def signed_in(client: FlaskClient) -> str | None:
    answer = client.get("/api/v1/users/me")
    return answer.json["user_name"] if answer.status_code == 200 else None  # type: ignore[index]


def uses(house: House, path: str) -> int:
    return house.chat.ask(invitations.look, path.removeprefix("/invite/")).uses


@pytest.mark.parametrize("signup", ["open", "invite"])
def test_a_newcomer_is_told_who_invites_and_comes_into_the_group(
    guest: FlaskClient, house: House, invites: Invites, club: str, opens: Opens, signup: str
) -> None:
    opens(signup)
    path = invites(note="for the <autumn>")
    for _ in range(2):
        page = guest.get(path)
        assert page.status_code == 200
        assert "<h1>ada invites you</h1>" in page.text
        assert "for the &lt;autumn&gt;" in page.text
        assert "Book club" in page.text
    assert uses(house, path) == 0
    answer = guest.post(path, data=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/c/{club}")
    assert signed_in(guest) == "new"
    assert guest.get(f"/c/{club}").status_code == 200
    assert uses(house, path) == 1


def test_where_sign_up_is_by_invitation_there_is_no_other_way(
    app: Flask, guest: FlaskClient, invites: Invites, opens: Opens
) -> None:
    opens("invite")
    assert "New accounts are opened by invitation here." in guest.get("/register").text
    assert "<form" not in guest.get("/register").text
    assert guest.post("/register", data=NEW).status_code == 403
    assert guest.post("/api/v1/users", json=NEW).status_code == 403
    assert guest.post("/invite/never-was", data=NEW).status_code == 404
    assert "/register" not in guest.get("/").text
    assert guest.post(invites(), data=NEW).status_code == 303


def test_where_it_is_closed_an_invitation_leads_in_whoever_has_an_account(
    ada: FlaskClient, app: Flask, guest: FlaskClient, house: House, invites: Invites, opens: Opens, club: str
) -> None:
    cy = app.test_client()
    cy.post("/register", data={**NEW, "user_name": "cy"})
    opens("closed")
    path = invites()
    page = guest.get(path)
    assert "No new accounts are opened here." in page.text
    assert "<form" not in page.text
    assert guest.post(path, data={**NEW, "email": "x@example.org"}).status_code == 403
    assert uses(house, path) == 0
    assert cy.post(path).headers["Location"] == f"/c/{club}"
    page = cy.get("/settings/invitations")
    assert "only administrators invite" in page.text
    assert cy.post("/settings/invitations", data={"hours": "24", "uses": "1"}).status_code == 403
    assert ada.post("/settings/invitations", data={"hours": "24", "uses": "1"}).status_code == 200


def test_whoever_is_signed_in_joins_and_is_counted_once(
    ada: FlaskClient, app: Flask, house: House, invites: Invites, club: str
) -> None:
    cy = app.test_client()
    cy.post("/register", data={**NEW, "user_name": "cy"})
    path = invites(uses=5)
    assert "Join</button>" in cy.get(path).text
    assert uses(house, path) == 0
    for there in (f"/c/{club}", "/"):
        assert cy.post(path).headers["Location"] == there
    assert uses(house, path) == 1
    assert "You are in." in cy.get(path).text
    assert "You are in." in ada.get(path).text


def test_whoever_has_an_account_signs_in_and_comes_back(ada: FlaskClient, guest: FlaskClient, invites: Invites) -> None:
    path = invites()
    page = guest.get(path)
    assert '<a href="/login?next=/invite">I have an account</a>' in page.text
    assert path not in guest.get("/login?next=/invite").text
    answer = guest.post("/login", data={"login": "ada", "password": PASSWORD, "next": "/invite"})
    assert answer.headers["Location"] == "/invite"
    assert guest.get("/invite").headers["Location"] == path
    guest.post(path)
    assert guest.get("/invite").headers["Location"] == "/"


def test_the_cookie_that_carries_it_is_short_lived_and_not_for_scripts(guest: FlaskClient, invites: Invites) -> None:
    path = invites()
    [cookie] = [one for one in guest.get(path).headers.getlist("Set-Cookie") if "invitation" in one]
    assert cookie.startswith(f"chatsphere-invitation={path.removeprefix('/invite/')};")
    assert {"HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_used_up(
    guest: FlaskClient, house: House, invites: Invites
) -> None:
    path = invites()
    answer = guest.post(path, data={**NEW, "password": "short"})
    assert answer.status_code == 422
    assert "Use at least 10 characters." in answer.text
    answer = guest.post(path, data={**NEW, "user_name": "ADA"})
    assert answer.status_code == 409
    assert "This user name is taken." in answer.text
    assert uses(house, path) == 0
    assert guest.post(path, data=NEW).status_code == 303


def test_one_that_does_not_hold_says_why_and_what_to_do(
    app: Flask, guest: FlaskClient, house: House, invites: Invites, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoked = invites()
    [row] = house.chat.ask(invitations.mine, the_id(house, "ada"))
    house.chat.do(invitations.revoke, None, row.id)
    used, expired = invites(), invites(lasts=timedelta(hours=1))
    assert app.test_client().post(used, data=NEW).status_code == 303
    clock = house.chat.clock
    monkeypatch.setattr(house.chat, "clock", lambda: clock() + timedelta(hours=2))
    for path, words in (
        (used, "It was for one person."),
        (expired, "Ask ada for a new one"),
        (revoked, "This invitation was withdrawn"),
        ("/invite/never-was", "This invitation leads nowhere"),
    ):
        for page in (guest.get(path), guest.post(path, data={**NEW, "user_name": "late", "email": "l@example.org"})):
            assert page.status_code == 404
            assert words in page.text
            assert "Book club" not in page.text
            assert "<form" not in page.text
    assert house.chat.ask(logins.by_login, "late") is None


def test_the_address_is_kept_from_referrers_and_caches_whatever_the_answer(
    guest: FlaskClient, invites: Invites
) -> None:
    path = invites()
    answers = [
        guest.get(path),
        guest.delete(path),
        guest.get(f"{path}/more"),
        guest.post(path),
        guest.post(path, data=NEW),
    ]
    assert [answer.status_code for answer in answers] == [200, 405, 404, 422, 303]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="referrer" content="strict-origin">' in answers[0].text


def test_the_log_names_the_route_and_never_the_link(
    ada: FlaskClient,
    guest: FlaskClient,
    house: House,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr("chatsphere.http.app.log.info", lambda event, **line: lines.append({"event": event, **line}))
    with caplog.at_level(logging.DEBUG):
        made = ada.post("/settings/invitations", data={"hours": "24", "uses": "1"})
        path = LINK.findall(made.text)[0]
        guest.get(path)
        guest.get("/invite")
        guest.post(path, data=NEW)
        guest.get(path)
    assert lines[1]["route"] == lines[3]["route"] == "/invite/<invitation>"
    token = path.removeprefix("/invite/")
    assert token not in str(lines) + caplog.text + "".join(capfd.readouterr())


def test_guessing_is_limited(guest: FlaskClient, invites: Invites) -> None:
    path = invites()
    assert [guest.get(f"/invite/guess{number}").status_code for number in range(21)][-2:] == [404, 429]
    assert guest.get(path).status_code == 429
    assert guest.get(path, environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200


def test_another_sites_form_brings_nobody_in(ada: FlaskClient, house: House, invites: Invites) -> None:
    path = invites()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert ada.post(path, headers=headers).status_code == 403
    assert uses(house, path) == 0


def test_a_link_is_shown_once_with_its_code_and_then_only_its_row(
    app: Flask, ada: FlaskClient, guest: FlaskClient, house: House, club: str
) -> None:
    form = {"note": "for Sunday", "hours": "720", "uses": "12", "into": club}
    made = ada.post("/settings/invitations", data=form)
    [path] = LINK.findall(made.text)
    assert "For 12 people" in made.text
    assert drawn(made.text) == seen(segno.make(f"http://127.0.0.1:8000{path}", error="m", micro=False))
    again = ada.get("/settings/invitations").text
    assert path.removeprefix("/invite/") not in again
    assert "for Sunday" in again
    assert "0 of 12 used" in again
    assert guest.post(path, data=NEW).headers["Location"] == f"/c/{club}"
    [row] = house.chat.ask(invitations.mine, the_id(house, "ada"))
    assert ada.post(f"/settings/invitations/{row.id}/revoke").headers["Location"].startswith("/settings/invitations")
    assert "1 of 12 used · revoked" in ada.get("/settings/invitations").text
    assert app.test_client().get(path).status_code == 404


def test_its_group_can_be_chosen_by_the_address(ada: FlaskClient, club: str) -> None:
    ticked = f'name="into" value="{club}" checked'
    assert ticked not in ada.get("/settings/invitations").text
    assert ticked in ada.get(f"/settings/invitations?into={club}").text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"uses": "0"}, "Use 1 to 1,000."),
        ({"uses": "many"}, "Use 1 to 1,000."),
        ({"hours": "0"}, "It can hold from an hour to 90 days."),
        ({"note": "x" * 101}, "Use at most 100 characters."),
        ({"into": "0" * 32}, "One can only invite into groups that one owns or administers."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    ada: FlaskClient, house: House, club: str, form: dict[str, str], words: str
) -> None:
    answer = ada.post("/settings/invitations", data={"hours": "24", "uses": "1", **form})
    assert answer.status_code == 422
    assert words in answer.text
    assert house.chat.ask(invitations.mine, the_id(house, "ada")) == []


def test_administrators_see_everybodys_and_no_title_and_revoke_them(ada: FlaskClient, app: Flask, house: House) -> None:
    cy = app.test_client()
    cy.post("/register", data={**NEW, "user_name": "cy"})
    dee = house.chat.do(register, "dee", "dee@example.org", None)
    secret = house.chat.do(conversations.start, the_id(house, "cy"), [dee.id], "Secret garden").conversation.id
    house.chat.do(invitations.make, the_id(house, "cy"), "for dee", timedelta(days=1), 1, [secret])
    page = ada.get("/admin/invitations")
    assert "for dee" in page.text
    assert "by cy" in page.text
    assert "into 1 group" in page.text
    assert "Secret garden" not in page.text
    [row] = house.chat.ask(invitations.mine, the_id(house, "cy"))
    assert ada.post(f"/admin/invitations/{row.id}/revoke").status_code == 303
    assert "revoked" in cy.get("/settings/invitations").text
    assert cy.get("/admin/invitations").status_code == 403


def seen(code: segno.QRCode) -> set[tuple[int, int]]:
    """The dark squares of a code."""
    return {(x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark}


def drawn(page: str) -> set[tuple[int, int]]:
    """The squares that a page's one code is drawn of: strokes one unit high, from left to right."""
    [path] = re.findall(r'class="qr"><path[^>]* d="([^"]+)"', page)
    x, y, found = 0.0, 0.0, set()
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        given = [float(number) for number in numbers.split()]
        if verb == "h":
            found |= {(int(x) + step, int(y)) for step in range(int(given[0]))}
            x += given[0]
        else:
            x, y = (given[0], given[1]) if verb == "M" else (x + given[0], y + given[1])
    return found
