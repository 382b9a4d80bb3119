"""Who is asking: cookies, tokens, which of the two counts, and requests that another site has a browser send."""

from __future__ import annotations

import pytest

from tests.conformance.house import House
from tests.conformance.people import API, PASSWORD, Person
from tests.conformance.pictures import photo
from tests.conformance.verdicts import done, problem

HERE = {"Sec-Fetch-Site": "same-origin"}


def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House, ada: Person) -> None:
    answer = house.browser().post(f"{API}/sessions", json={"login": ada.name, "password": PASSWORD})
    name, *attributes = [part.strip() for part in answer.headers["set-cookie"].split(";")]
    plain = {attribute.lower() for attribute in attributes}
    assert name.startswith("chatsphere=")
    assert {"httponly", "samesite=lax", "path=/"} <= plain
    assert not any(attribute.startswith(("secure", "domain")) for attribute in plain)


@pytest.mark.parametrize(
    "headers",
    [
        HERE,
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "http://[::1]:{port}"},
    ],
)
def test_requests_of_this_site_pass(house: House, ada: Person, tea: str, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=house.port) for name, value in headers.items()}
    done(ada.put(f"/conversations/{tea}", {"muted": True}, headers=sent))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:{port}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:{port}.evil.example"},
    ],
)
def test_requests_of_other_sites_change_nothing(house: House, ada: Person, tea: str, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=house.port) for name, value in headers.items()}
    for method, path, how in (
        ("PUT", f"/conversations/{tea}", {"json": {"muted": True}}),
        ("POST", f"/conversations/{tea}/messages", {"json": {"content": "hi"}}),
        ("DELETE", f"/conversations/{tea}", {}),
        ("DELETE", "/sessions/current", {}),
        ("PUT", "/users/me", {"json": {"display_name": "Pwned"}}),
        ("PUT", "/users/me/upload", {"files": [("image", photo())]}),
        ("POST", f"/conversations/{tea}/me/messages/file", {"files": [("file", photo())]}),
        ("POST", "/sessions", {"json": {"login": ada.name, "password": PASSWORD}}),
    ):
        problem(ada.ask(method, path, headers=sent, **how), 403)
    assert done(ada.get(f"/conversations/{tea}", headers=sent))["muted"] is False
    assert ada.sees(tea) == []


def test_a_token_needs_no_site(ada: Person, tea: str) -> None:
    program = ada.program()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        done(program.post(f"/conversations/{tea}/messages", {"content": "beep"}, headers=headers), 201)


def test_where_authorization_is_present_it_alone_decides(house: House, ada: Person, bo: Person) -> None:
    program = bo.program()
    token = program.browser.headers["Authorization"]
    assert done(ada.get("/users/me", headers={"Authorization": token}))["id"] == bo.id
    for bad in ("Bearer nope", "Bearer", "Basic YTpi", "", token.removeprefix("Bearer ")):
        problem(ada.get("/users/me", headers={"Authorization": bad}), 401)
    stale = {"Authorization": token, "Cookie": "chatsphere=nope"}
    assert done(house.visitor().get("/users/me", headers=stale))["id"] == bo.id
    cross = {"Authorization": token, "Sec-Fetch-Site": "cross-site"}
    assert done(ada.put("/users/me", {"display_name": "Bo"}, headers=cross))["id"] == bo.id


def test_what_is_open_to_all_is_open_with_a_token_that_is_none(nobody: Person) -> None:
    done(nobody.get("/status", headers={"Authorization": "Bearer nope"}))
    done(nobody.get("/openapi.json", headers={"Authorization": "Bearer nope"}))


def test_a_401_says_how_to_sign_in(nobody: Person) -> None:
    assert "bearer" in nobody.get("/users/me").headers["www-authenticate"].lower()
