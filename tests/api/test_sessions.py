"""Signing in and out, and tokens for programs."""

from __future__ import annotations

import pyotp
import pytest

from chatsphere.core import authenticators, people, recovery
from tests.api.cast import PASSWORD, Cast, problem


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(either: Cast) -> None:
    name, eve = either.ada.user.user_name, either.nobody()
    answer = eve.post("/sessions", {"login": name, "password": PASSWORD})
    assert answer.status_code == 201
    session = answer.json
    assert session.keys() == {"id", "device", "address", "created_at", "last_seen_at", "current", "user"}  # type: ignore[union-attr]
    assert session["current"] is True  # type: ignore[index]
    assert session["user"]["email"] == either.ada.user.email  # type: ignore[index]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("chatsphere=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert eve.get("/users/me").json["id"] == either.ada.id  # type: ignore[index]
    assert eve.get("/users/me/").json["id"] == either.ada.id  # type: ignore[index]


def test_a_wrong_name_and_a_wrong_password_look_alike(cast: Cast) -> None:
    cast.house.chat.do(people.disable, cast.bo.id)
    stranger, email = cast.nobody(), cast.ada.user.email
    answers = [
        stranger.post("/sessions", {"login": login, "password": password})
        for login, password in (("nobody", PASSWORD), ("ada", "wrong one here"), ("bo", PASSWORD), (email, "x" * 1000))
    ]
    assert len({answer.data for answer in answers}) == 1
    for answer in answers:
        problem(answer, 401)
        assert "Set-Cookie" not in answer.headers
    assert stranger.post("/sessions", {"login": str(email).upper(), "password": PASSWORD}).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [({"password": "x"}, "login"), ({"login": "ada"}, "password"), ({"login": 5, "password": "x"}, "login")],
)
def test_a_sign_in_that_lacks_something_is_a_422(cast: Cast, body: dict[str, object], field: str) -> None:
    problem(cast.nobody().post("/sessions", body), 422, field)


def test_one_lists_and_ends_ones_own_sessions_only(cast: Cast) -> None:
    phone = cast.nobody()
    cast.ada.get("/users/me")
    there = phone.post("/sessions", {"login": "ada", "password": PASSWORD}).json["id"]  # type: ignore[index]
    listed = cast.ada.get("/sessions").json
    assert [one["current"] for one in listed if one["id"] == there] == [False]  # type: ignore[union-attr]
    assert sum(one["current"] for one in listed) == 1  # type: ignore[union-attr]
    problem(cast.bo.delete(f"/sessions/{there}"), 404)
    assert phone.get("/users/me").status_code == 200
    assert cast.ada.delete(f"/sessions/{there}").status_code == 204
    problem(phone.get("/users/me"), 401)
    problem(cast.ada.delete(f"/sessions/{there}"), 404)
    answer = cast.ada.delete("/sessions/current")
    assert answer.status_code == 204
    assert "chatsphere=;" in answer.headers["Set-Cookie"]
    problem(cast.ada.get("/users/me"), 401)


def test_the_list_of_sessions_has_pages(cast: Cast) -> None:
    cast.ada.get("/users/me")
    for _ in range(3):
        cast.nobody().post("/sessions", {"login": "ada", "password": PASSWORD})
    whole = cast.ada.get("/sessions").json
    page = cast.ada.get("/sessions?limit=3")
    rest = cast.ada.get(page.headers["Link"].partition(">")[0].lstrip("<"))
    assert page.json + rest.json == whole  # type: ignore[operator]
    assert "Link" not in rest.headers
    problem(cast.ada.get("/sessions?after=nope"), 422, "after")


def test_a_token_is_shown_once_and_works_until_it_is_deleted(cast: Cast) -> None:
    made = cast.ada.post("/tokens", {"name": "robot"})
    assert made.status_code == 201
    assert made.json.keys() == {"id", "name", "token"}  # type: ignore[union-attr]
    token = made.json["token"]  # type: ignore[index]
    assert token.startswith("cs_")
    robot = {"Authorization": f"Bearer {token}"}
    assert cast.nobody().get("/users/me", headers=robot).json["id"] == cast.ada.id  # type: ignore[index]
    listed = cast.ada.get("/tokens")
    assert [one["name"] for one in listed.json] == ["robot"]  # type: ignore[union-attr]
    assert token not in listed.text
    assert cast.bo.get("/tokens").json == []
    problem(cast.bo.delete(f"/tokens/{made.json['id']}"), 404)  # type: ignore[index]
    assert cast.ada.delete(f"/tokens/{made.json['id']}").status_code == 204  # type: ignore[index]
    problem(cast.nobody().get("/users/me", headers=robot), 401)
    for bad in ("", "x" * 65, " ", 5, None):
        problem(cast.ada.post("/tokens", {"name": bad}), 422, "name")


def test_a_program_may_sign_itself_out(cast: Cast) -> None:
    robot = cast.with_token(cast.ada)
    assert robot.delete("/sessions/current").status_code == 204
    problem(robot.get("/users/me"), 401)
    assert cast.ada.get("/users/me").status_code == 200


def test_a_disabled_account_is_signed_out_everywhere(cast: Cast) -> None:
    robot = cast.with_token(cast.ada)
    assert robot.get("/users/me").status_code == 200
    cast.house.chat.do(people.disable, cast.ada.id)
    problem(robot.get("/users/me"), 401)
    problem(cast.ada.get("/users/me"), 401)


def test_a_second_factor_is_sent_along(cast: Cast) -> None:
    seed, code = _app(cast)
    stranger, right = cast.nobody(), {"login": "ada", "password": PASSWORD}
    missing = problem(stranger.post("/sessions", right), 401)
    assert missing["type"] == "/problems/second-factor"
    assert len(cast.ada.get("/sessions").json) == 1  # type: ignore[arg-type]
    assert stranger.post("/sessions", right | {"code": code}).status_code == 201
    problem(cast.nobody().post("/sessions", right | {"code": code}), 401)
    later = pyotp.TOTP(seed).at(cast.house.chat.clock(), counter_offset=1)
    assert cast.nobody().post("/sessions", right | {"code": later}).status_code == 201


def test_a_recovery_code_does_as_well_once(cast: Cast) -> None:
    _app(cast)
    [code, *_] = cast.house.chat.do(recovery.renew, cast.ada.id)
    right = {"login": "ada", "password": PASSWORD, "code": code}
    assert cast.nobody().post("/sessions", right).status_code == 201
    problem(cast.nobody().post("/sessions", right), 401)


def test_a_wrong_code_and_a_wrong_password_look_alike(cast: Cast) -> None:
    _, code = _app(cast)
    answers = [
        cast.nobody().post("/sessions", {"login": login, "password": password, "code": given})
        for login, password, given in (
            ("ada", PASSWORD, "12345"),
            ("ada", PASSWORD, "0000-0000-0000-0000"),
            ("ada", PASSWORD, ""),
            ("ada", "wrong one here", code),
            ("nobody", PASSWORD, code),
        )
    ]
    assert len({answer.data for answer in answers}) == 1
    for answer in answers:
        assert problem(answer, 401)["type"] == "about:blank"
        assert "Set-Cookie" not in answer.headers
    assert cast.nobody().post("/sessions", {"login": "ada", "password": PASSWORD, "code": code}).status_code == 201


def test_a_code_is_not_asked_of_who_has_none(cast: Cast) -> None:
    cast.ada.get("/users/me")
    assert cast.nobody().post("/sessions", {"login": "ada", "password": PASSWORD, "code": "1"}).status_code == 201


def test_codes_cannot_be_tried_without_end(cast: Cast) -> None:
    _, code = _app(cast)
    wrong = {"login": "ada", "password": PASSWORD, "code": "000000" if code != "000000" else "111111"}
    for number in range(10):
        there = {"environ_overrides": {"REMOTE_ADDR": f"203.0.113.{number}"}}
        problem(cast.nobody().post("/sessions", wrong, **there), 401)
    problem(cast.nobody().post("/sessions", wrong | {"code": code}), 429)


def _app(cast: Cast) -> tuple[str, str]:
    """Ada has set up an app; its seed, and what it shows now."""
    chat = cast.house.chat
    chat.do(authenticators.begin, cast.ada.id)
    seed = chat.ask(authenticators.seed, cast.ada.id)
    chat.do(authenticators.confirm, cast.ada.id, pyotp.TOTP(seed).at(chat.clock(), counter_offset=-1))
    return seed, pyotp.TOTP(seed).at(chat.clock())
