"""What the pages answer: where they lead, what they refuse and how, what they let nobody keep."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere import sweep
from chatsphere.house import House
from tests.web.conftest import PASSWORD

HTML = {"Accept": "text/html"}


def refusals(html: str) -> list[str]:
    """The sentences at fields and over forms."""
    return re.findall(r'class="refusal"[^>]*>.*?<span>([^<]+)</span>', html)


@pytest.mark.parametrize("path", ["/settings", "/c/0123"])
def test_guests_sign_in_first_and_come_back(guest: FlaskClient, ada: FlaskClient, path: str) -> None:
    answer = guest.get(path)
    assert answer.status_code == 303
    form = {"login": "ada", "password": PASSWORD, "next": path}
    assert guest.post("/login", data=form).headers["Location"] == path


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_nobody_is_led_to_another_site(guest: FlaskClient, ada: FlaskClient, path: str) -> None:
    answer = guest.post("/login", data={"login": "ada", "password": PASSWORD, "next": path})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"user_name": "x"}, 422, "Use 2 to 32 letters"),
        ({"email": "nowhere"}, 422, "not an e-mail address"),
        ({"password": "short"}, 422, "at least 10"),
        ({"user_name": "ADA"}, 409, "user name is taken"),
        ({"email": "Ada@Example.org"}, 409, "account with this address"),
    ],
)
def test_signing_up_says_at_the_field_what_is_wrong(
    guest: FlaskClient, ada: FlaskClient, given: dict[str, str], status: int, sentence: str
) -> None:
    form = {"user_name": "bo", "email": "bo@example.org", "password": PASSWORD} | given
    answer = guest.post("/register", data=form)
    assert answer.status_code == status
    assert [text for text in refusals(answer.text) if sentence in text]
    assert PASSWORD not in answer.text
    assert re.search(r'aria-invalid="true"', answer.text)


def test_signing_up_names_every_fault_at_once(guest: FlaskClient) -> None:
    answer = guest.post("/register", data={"user_name": "a b!", "email": "nope", "password": "short"})
    assert answer.status_code == 422
    assert len(refusals(answer.text)) == 3
    assert re.findall(r'name="(\w+)"[^>]* autofocus', answer.text) == ["user_name"]


def test_a_wrong_name_and_a_wrong_password_look_alike(guest: FlaskClient, ada: FlaskClient) -> None:
    wrong = [
        guest.post("/login", data={"login": login, "password": "not it at all"}) for login in ("ada", "nobody-at-all")
    ]
    assert [answer.status_code for answer in wrong] == [401, 401]
    assert refusals(wrong[0].text) == refusals(wrong[1].text) != []


def test_forms_from_other_sites_are_refused(ada: FlaskClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        assert ada.post("/settings/profile", data={"display_name": "Eve"}, headers=headers | HTML).status_code == 403
    assert ada.get("/settings").status_code == 200


def test_what_is_private_asks_for_the_password(app: Flask, ada: FlaskClient) -> None:
    fields = {"email": {"email": "new@example.org"}, "password": {"password": "eight green lanterns"}}
    for name, field in fields.items():
        refused = ada.post(f"/settings/{name}", data=field | {"current_password": "wrong"})
        assert (refused.status_code, refusals(refused.text)) == (422, ["This is not your password."])
        assert ada.post(f"/settings/{name}", data=field | {"current_password": PASSWORD}).status_code == 303
    login = {"login": "new@example.org", "password": "eight green lanterns"}
    assert app.test_client().post("/login", data=login).status_code == 303


def test_a_token_is_shown_once_and_works(app: Flask, ada: FlaskClient) -> None:
    made = ada.post("/settings/tokens", data={"name": "a bot", "current_password": PASSWORD})
    found = re.search(r"cs_[\w-]+", made.text)
    assert found
    bearer = {"Authorization": f"Bearer {found[0]}"}
    assert app.test_client().get("/api/v1/users/me", headers=bearer).status_code == 200
    assert "cs_" not in ada.get("/settings").text


def test_leaving_leaves_seven_days_to_think_again(app: Flask, ada: FlaskClient) -> None:
    house: House = app.extensions["chatsphere"]
    assert ada.post("/settings/leave").headers["Location"] == "/settings/data?done=leave#leave"
    for path in ("/settings", "/settings/data", "/"):
        assert "Your account goes on" in ada.get(path).text
    assert app.test_client().post("/login", data={"login": "ada", "password": PASSWORD}).status_code == 303
    assert ada.post("/settings/stay").status_code == 303
    assert "Your account goes on" not in ada.get("/settings/data").text
    ada.post("/settings/leave")
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + timedelta(days=7, seconds=1)
    assert sweep.departures(house) == 1
    assert "Begin here" in ada.get("/").text
    assert app.test_client().post("/login", data={"login": "ada", "password": PASSWORD}).status_code == 401


def test_leaving_asks_again_who_one_is_and_staying_does_not(app: Flask, ada: FlaskClient) -> None:
    clock = app.extensions["chatsphere"].chat.clock
    app.extensions["chatsphere"].chat.clock = lambda: clock() + timedelta(minutes=6)
    assert ada.post("/settings/leave").headers["Location"] == "/confirm?next=%2Fsettings%2Fdata"
    assert "Your account goes on" not in ada.get("/settings/data").text
    assert ada.post("/settings/stay").headers["Location"] == "/settings/data?done=stay#stay"


def test_signing_out_clears_what_the_browser_kept(ada: FlaskClient) -> None:
    answer = ada.post("/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert ada.get("/settings").status_code == 303
    ada.post("/login", data={"login": "ada", "password": PASSWORD})
    mine = ada.get("/api/v1/users/me").json
    assert mine is not None
    gone = ada.delete(f"/api/v1/users/{mine['id']}")
    assert (gone.status_code, gone.headers["Clear-Site-Data"]) == (204, '"cache", "storage"')


def test_nothing_in_a_message_ends_the_data_in_the_page(app: Flask, ada: FlaskClient) -> None:
    other = app.test_client()
    other.post("/register", data={"user_name": "bo", "email": "bo@example.org", "password": PASSWORD})
    bo = other.get("/api/v1/users/me").get_json()["id"]
    tea = ada.post("/api/v1/conversations", json={"participants": [bo]}).get_json()["id"]
    ada.post(f"/api/v1/conversations/{tea}/messages", json={"content": "</script><script>alert(1)</script>"})
    page = ada.get(f"/c/{tea}").text
    data = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page, re.DOTALL)
    assert data
    assert json.loads(data[1])["messages"][0]["content"] == "</script><script>alert(1)</script>"


def test_pages_have_no_inline_style_or_handler(guest: FlaskClient, ada: FlaskClient) -> None:
    for client, path in [(guest, "/"), (guest, "/login"), (guest, "/register"), (ada, "/"), (ada, "/settings")]:
        html = client.get(path).text
        assert not re.search(r"<[^>]+\s(style|on\w+)=", html), path
        assert "<style" not in html


def test_a_stranger_s_conversation_is_a_page_that_says_not_found(ada: FlaskClient) -> None:
    answer = ada.get("/c/0123456789abcdef0123456789abcdef", headers=HTML)
    assert answer.status_code == 404
    assert "not yours to see" in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}])
def test_another_site_signs_nobody_in(guest: FlaskClient, ada: FlaskClient, headers: dict[str, str]) -> None:
    known = {"login": "ada", "password": PASSWORD}
    new = {"user_name": "bo", "email": "bo@example.org", "password": PASSWORD}
    for path, form in (("/login", known), ("/register", new)):
        answer = guest.post(path, data=form, headers=headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
