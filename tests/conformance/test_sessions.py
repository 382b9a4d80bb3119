"""Sessions and tokens: begun, listed, ended, and what ends with them."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.conformance.house import House, command
from tests.conformance.people import API, PASSWORD, Json, Person
from tests.conformance.shapes import ADMIN_ONESELF, ONESELF, SESSION, fits, identifier, moment
from tests.conformance.verdicts import done, nothing_here, problem


def test_signing_in_opens_a_session_and_sets_the_cookie(house: House, ada: Person, root: Person) -> None:
    answer = house.visitor().post("/sessions", {"login": ada.name, "password": PASSWORD})
    opened = done(answer, 201)
    fits(opened, SESSION | {"current": True, "user": ONESELF})
    assert opened["user"]["id"] == ada.id
    assert "set-cookie" in answer.headers
    fits(
        done(house.visitor().post("/sessions", {"login": root.name, "password": PASSWORD}), 201)["user"], ADMIN_ONESELF
    )


def test_one_signs_in_with_the_name_in_any_case_or_the_address(house: House, ada: Person) -> None:
    email = done(ada.get("/users/me"))["email"]
    for login in (ada.name, ada.name.upper(), email, email.upper()):
        assert house.visitor().signs_in(login).id == ada.id


def test_a_wrong_name_and_a_wrong_password_look_alike(nobody: Person, ada: Person) -> None:
    told = [
        nobody.post("/sessions", {"login": login, "password": password})
        for login, password in ((ada.name, "not the one"), ("nobody-at-all", PASSWORD), (ada.name, "x"), ("", ""))
    ]
    bodies = {answer.content for answer in told[:3]}
    for answer in told[:3]:
        problem(answer, 401)
        assert "set-cookie" not in answer.headers
    assert len(bodies) == 1
    assert told[3].status_code in (401, 422)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ("login", "password")),
        ({"login": "ada"}, ("password",)),
        ({"login": 1, "password": PASSWORD}, ("login",)),
        ({"login": "ada", "password": PASSWORD, "nope": 1}, ("nope",)),
        ({"login": "ada", "password": PASSWORD, "code": 5}, ("code",)),
    ],
)
def test_what_is_wrong_with_a_sign_in_is_named(nobody: Person, body: Json, fields: tuple[str, ...]) -> None:
    problem(nobody.post("/sessions", body), 422, *fields)


def test_ones_sessions_are_listed_and_the_current_one_is_marked(house: House) -> None:
    dee = house.newcomer()
    other = dee.again()
    listed = done(dee.get("/sessions"))
    fits(listed, [SESSION])
    assert len(listed) == 2
    assert {one["id"]: one["current"] for one in listed} == {dee.session_id(): True, other.session_id(): False}
    assert {one["address"] for one in listed} == {"127.0.0.1"}


def test_a_session_is_told_by_its_device(house: House, ada: Person) -> None:
    browser = house.browser(**{"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    opened = done(browser.post(f"{API}/sessions", json={"login": ada.name, "password": PASSWORD}), 201)
    assert "Firefox" in opened["device"]


def test_ending_another_session_signs_it_out_at_once(house: House) -> None:
    dee = house.newcomer()
    tea = dee.gathers(house.newcomer())
    other = dee.again()
    ear, own_ear = other.listens(), dee.listens()
    done(dee.delete(f"/sessions/{other.session_id()}"), 204)
    said = dee.says("not for that session", to=tea)
    assert ear.ending() == 4001
    assert ear.seqs(tea) == []
    assert own_ear.catches_up(tea, said["id"]) == [said["id"]]
    problem(other.get("/users/me"), 401)
    assert len(done(dee.get("/sessions"))) == 1


def test_ending_the_current_session_signs_out_here(house: House) -> None:
    dee = house.newcomer()
    other, ear = dee.again(), dee.listens()
    secret = dee.cookie
    answer = dee.delete("/sessions/current")
    done(answer, 204)
    assert "chatsphere=" in answer.headers["set-cookie"]
    assert not dee.cookie
    assert ear.ending() == 4001
    problem(house.visitor().get("/users/me", headers={"Cookie": secret}), 401)
    done(other.get("/users/me"))


def test_ending_ones_own_session_by_its_id_is_the_same(house: House) -> None:
    dee = house.newcomer()
    ear, ended = dee.listens(), dee.session_id()
    done(dee.delete(f"/sessions/{ended}"), 204)
    assert ear.ending() == 4001
    problem(dee.get("/users/me"), 401)
    nothing_here(dee.again().delete(f"/sessions/{ended}"))


def test_a_token_is_shown_once_and_listed_without_its_secret(house: House) -> None:
    dee = house.newcomer()
    made = done(dee.post("/tokens", {"name": "backup script"}), 201)
    fits(made, {"id": identifier, "name": "backup script", "token": lambda value: value.startswith("cs_")})
    listed = done(dee.get("/tokens"))
    assert [one["id"] for one in listed] == [made["id"]]
    assert listed[0]["name"] == "backup script"
    assert moment(listed[0]["created_at"])
    assert made["token"] not in dee.get("/tokens").text
    assert made["id"] not in [one["id"] for one in done(dee.get("/sessions"))]


def test_a_token_works_until_it_is_deleted_sockets_included(house: House) -> None:
    dee = house.newcomer()
    tea = dee.gathers(house.newcomer())
    program = dee.program()
    token = done(dee.get("/tokens"))[0]["id"]
    ear = program.listens()
    done(program.get("/users/me"))
    done(dee.delete(f"/tokens/{token}"), 204)
    dee.says("not for that program", to=tea)
    assert ear.ending() == 4001
    assert ear.seqs(tea) == []
    problem(program.get("/users/me"), 401)
    assert done(dee.get("/tokens")) == []
    nothing_here(dee.delete(f"/tokens/{token}"))


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "name"), ({"name": ""}, "name"), ({"name": 5}, "name"), ({"name": "x", "token": "cs_mine"}, "token")],
)
def test_what_is_wrong_with_a_token_is_named(ada: Person, body: Json, field: str) -> None:
    problem(ada.post("/tokens", body), 422, field)


def test_the_database_keeps_no_token_that_could_be_used(house: House) -> None:
    dee = house.newcomer()
    secrets = [dee.browser.cookies["chatsphere"], done(dee.post("/tokens", {"name": "x"}), 201)["token"]]
    for path in (house.folder / "data").iterdir():
        if path.is_file():
            data = path.read_bytes()
            assert not [secret for secret in secrets if secret.encode() in data], path.name


def test_what_matters_most_wants_a_password_of_the_last_five_minutes(house: House) -> None:
    dee = house.newcomer()
    program, token = dee.program(), done(dee.get("/tokens"))[0]["id"]
    old = dee.again()
    with closing(sqlite3.connect(house.folder / "data" / "chatsphere.db", timeout=20)) as database, database:
        # No request can make a session old, so the clock is put back where it was written down.
        database.execute(
            "UPDATE sessions SET confirmed_at = datetime(confirmed_at, '-6 minutes') WHERE lower(hex(id)) = :id",
            {"id": old_id(database, dee.id)},
        )
    for method, path, body in (
        ("PUT", "/users/me", {"password": "eight purple ducks", "current_password": PASSWORD}),
        ("PUT", "/users/me", {"email": "new@example.org", "current_password": PASSWORD}),
        ("POST", "/tokens", {"name": "x"}),
        ("DELETE", f"/tokens/{token}", None),
        ("DELETE", "/users/me", None),
    ):
        problem(old.ask(method, path, **({"json": body} if body else {})), 403, kind="/confirm")
    done(old.put("/users/me", {"display_name": "Still Dee"}))
    done(program.post("/tokens", {"name": "a program has nothing to confirm"}), 201)
    done(dee.delete(f"/tokens/{token}"), 204)


def old_id(database: sqlite3.Connection, user_id: str) -> str:
    """The id of the newest cookie session of somebody, which no request has used yet."""
    query = (
        "SELECT lower(hex(id)) FROM sessions WHERE lower(hex(user_id)) = ? AND kind = 'session' "
        "ORDER BY created_at DESC LIMIT 1"
    )
    return str(database.execute(query, (user_id,)).fetchone()[0])


def test_whom_a_shell_shuts_out_is_out(house: House) -> None:
    dee = house.newcomer()
    program = dee.program()
    ears = dee.listens(), program.listens()
    subprocess.run(command(house.folder, house.settings, "user", "disable", dee.name), check=True, capture_output=True)
    for ear in ears:
        assert ear.ending() == 4001
    deadline = time.monotonic() + 10
    for who in (dee, program):
        while (answer := who.get("/users/me")).status_code == 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        problem(answer, 401)
    problem(house.visitor().post("/sessions", {"login": dee.name, "password": PASSWORD}), 401)


def test_on_https_the_cookie_is_bound_to_the_host(strict_house: House, cell: str) -> None:
    answer = strict_house.browser().post(f"{API}/sessions", json={"login": "warden", "password": PASSWORD})
    done(answer, 201)
    name, *attributes = [part.strip() for part in answer.headers["set-cookie"].split(";")]
    assert name.startswith("__Host-chatsphere=")
    plain = {attribute.lower() for attribute in attributes}
    assert {"httponly", "samesite=lax", "path=/", "secure"} <= plain
    assert not any(attribute.startswith("domain") for attribute in plain)
    for origin, status in (("https://chat.example.org", 204), (strict_house.origin, 403), ("http://localhost", 403)):
        headers = {"Cookie": name, "Origin": origin}
        sent = strict_house.visitor().put(f"/conversations/{cell}/read", {"seq": 1}, headers=headers)
        assert sent.status_code == status, origin


def test_too_many_wrong_passwords_are_a_429_that_says_when_to_come_back(strict_house: House) -> None:
    body = {"login": "somebody", "password": "not the one"}
    answers = [strict_house.visitor().post("/sessions", body) for _ in range(60)]
    late = [answer for answer in answers if answer.status_code != 401]
    assert late, "nobody is held back"
    problem(late[0], 429)
