"""Accounts at the door: sign-up, looking, changing, leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from chatsphere.house import House
from tests.api.cast import PASSWORD, Cast, problem

NEW = {"user_name": "eve", "email": "eve@example.org", "password": PASSWORD}
PUBLIC = {"id", "user_name", "display_name", "image_url", "hue", "is_deleted", "created_at"}


def test_signing_up_answers_with_the_user_and_does_not_sign_in(either: Cast) -> None:
    eve = either.nobody()
    answer = eve.post("/users", {**NEW, "display_name": "Eve É"})
    assert answer.status_code == 201
    user: dict[str, Any] = answer.json  # type: ignore[assignment]
    assert user.keys() == PUBLIC | {"email", "email_verified", "is_admin"}
    assert (user["user_name"], user["display_name"], user["email"]) == ("eve", "Eve É", "eve@example.org")
    assert user["created_at"].endswith("Z")
    assert len(user["created_at"]) == len("2026-06-14T18:20:05.042Z")
    assert "Set-Cookie" not in answer.headers
    problem(eve.get("/users/me"), 401)
    assert eve.post("/sessions", {"login": "EVE", "password": PASSWORD}).status_code == 201


def test_every_fault_of_a_new_account_is_named_at_once(cast: Cast) -> None:
    wrong = {"user_name": "a b", "email": "nowhere", "password": "password123", "display_name": " "}
    faults = problem(cast.nobody().post("/users", wrong), 422)["errors"]
    assert {fault["field"] for fault in faults} == wrong.keys()


def test_the_first_account_is_an_administrators(open_app: Callable[..., tuple[Flask, House]]) -> None:
    app, _ = open_app()
    client = app.test_client()
    assert client.post("/api/v1/users", json=NEW).json["is_admin"] is True  # type: ignore[index]
    second = {**NEW, "user_name": "bo", "email": "bo@example.org"}
    assert client.post("/api/v1/users", json=second).json["is_admin"] is False  # type: ignore[index]


@pytest.mark.parametrize(
    "taken", [{"user_name": "EVE", "email": "x@x.org"}, {"user_name": "x2", "email": "EVE@Example.org"}]
)
def test_a_name_or_address_that_is_taken_is_a_409_whatever_the_case(cast: Cast, taken: dict[str, str]) -> None:
    stranger = cast.nobody()
    assert stranger.post("/users", NEW).status_code == 201
    problem(stranger.post("/users", {**taken, "password": PASSWORD}), 409)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"user_name": "a"}, "user_name"),
        ({"user_name": "a" * 33}, "user_name"),
        ({"user_name": "a b"}, "user_name"),
        ({"user_name": "é" * 3}, "user_name"),
        ({"user_name": "eve\n"}, "user_name"),
        ({"email": "nope"}, "email"),
        ({"email": "a@"}, "email"),
        ({"email": "a@b@c"}, "email"),
        ({"email": f"{'a' * 300}@example.org"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 1025}, "password"),
        ({"password": 1234567890}, "password"),
        ({"password": "password123"}, "password"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "   "}, "display_name"),
        ({"display_name": "x" * 65}, "display_name"),
        ({"display_name": "a\u0000b"}, "display_name"),
    ],
)
def test_a_bad_sign_up_names_its_field(cast: Cast, change: dict[str, Any], field: str) -> None:
    problem(cast.nobody().post("/users", {**NEW, **change}), 422, field)


def test_a_sign_up_without_anything_names_all_that_is_missing(cast: Cast) -> None:
    problem(cast.nobody().post("/users", {}), 422, "user_name", "email", "password")


@pytest.mark.parametrize("signup", ["invite", "closed"])
def test_where_sign_up_is_not_open_it_is_a_403_before_anything_else(
    open_app: Callable[..., tuple[Flask, House]], signup: str
) -> None:
    app, _ = open_app(signup=signup)
    problem(app.test_client().post("/api/v1/users", json=NEW), 403)
    problem(app.test_client().post("/api/v1/users", data=b"{"), 403)


def test_others_see_neither_address_nor_rank(cast: Cast) -> None:
    seen = cast.ada.get(f"/users/{cast.bo.id}").json
    assert seen.keys() == PUBLIC  # type: ignore[union-attr]
    assert cast.ada.get("/users/me").json.keys() == PUBLIC | {"email", "email_verified", "is_admin"}  # type: ignore[union-attr]
    as_admin = cast.root.get(f"/users/{cast.bo.id}").json
    assert as_admin.keys() == PUBLIC | {"is_admin", "is_disabled"}  # type: ignore[union-attr]
    problem(cast.ada.get(f"/users/{'0' * 32}"), 404)
    problem(cast.ada.get("/users/nope"), 404)


def test_the_list_is_by_name_and_leads_on(either: Cast) -> None:
    for name in ("dee", "Bo", "cy", "bob", "ada"):
        either.join(name)
    ada = either.join("zoe")
    assert [user["user_name"] for user in ada.get("/users").json] == ["ada", "Bo", "bob", "cy", "dee", "root", "zoe"]  # type: ignore[union-attr]
    assert [user["user_name"] for user in ada.get("/users?query=BO").json] == ["Bo", "bob"]  # type: ignore[union-attr]
    assert ada.get("/users?query=%25").json == []
    names, path = [], "/api/v1/users?query=&limit=3"
    while path:
        answer = ada.get(path)
        names += [user["user_name"] for user in answer.json]  # type: ignore[union-attr]
        link = answer.headers.get("Link", "")
        assert not link or link.startswith("</api/v1/users?query=&limit=3&")
        assert not link or link.endswith('>; rel="next"')
        path = link.partition(">")[0].lstrip("<")
    assert names == ["ada", "Bo", "bob", "cy", "dee", "root", "zoe"]


def test_one_changes_oneself_and_nobody_else(cast: Cast) -> None:
    answer = cast.ada.put("/users/me", {"display_name": "Countess", "user_name": "lovelace"})
    assert answer.status_code == 200
    assert cast.bo.get(f"/users/{cast.ada.id}").json["display_name"] == "Countess"  # type: ignore[index]
    problem(cast.bo.put(f"/users/{cast.ada.id}", {"display_name": "x"}), 403)
    problem(cast.ada.put("/users/me", {"user_name": "BO"}), 409)
    problem(cast.ada.put("/users/me", {"display_name": None}), 422, "display_name")
    assert cast.ada.put("/users/me", {}).status_code == 200


def test_an_administrator_changes_anothers_names_only(cast: Cast) -> None:
    answer = cast.root.put(f"/users/{cast.ada.id}", {"display_name": "A", "user_name": "a-a"})
    assert answer.json["is_disabled"] is False  # type: ignore[index]
    assert "email" not in answer.json  # type: ignore[operator]
    for secret in ({"email": "x@example.org"}, {"password": PASSWORD}, {"password": 5, "current_password": PASSWORD}):
        problem(cast.root.put(f"/users/{cast.ada.id}", secret), 403)


def test_an_address_or_password_changes_with_the_current_password(cast: Cast) -> None:
    ada = cast.ada
    for change in ({"email": "new@example.org"}, {"password": "another good one"}):
        problem(ada.put("/users/me", change), 422, "current_password")
        problem(ada.put("/users/me", {**change, "current_password": "wrong one here"}), 422, "current_password")
        assert ada.put("/users/me", {**change, "current_password": PASSWORD}).status_code == 200
    assert ada.get("/users/me").json["email"] == "new@example.org"  # type: ignore[index]
    problem(cast.nobody().post("/sessions", {"login": "ada", "password": PASSWORD}), 401)
    assert (
        cast.nobody().post("/sessions", {"login": "new@example.org", "password": "another good one"}).status_code == 201
    )


def test_a_new_password_ends_ones_other_sessions(cast: Cast) -> None:
    elsewhere = cast.nobody()
    assert elsewhere.post("/sessions", {"login": "ada", "password": PASSWORD}).status_code == 401
    cast.ada.get("/users/me")
    assert elsewhere.post("/sessions", {"login": "ada", "password": PASSWORD}).status_code == 201
    change = {"password": "another good one", "current_password": PASSWORD}
    assert cast.ada.put("/users/me", change).status_code == 200
    problem(elsewhere.get("/users/me"), 401)
    assert cast.ada.get("/users/me").status_code == 200


def test_what_matters_asks_for_a_password_given_lately(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, program = cast.ada, cast.with_token(cast.ada)
    later = cast.house.chat.clock() + timedelta(minutes=6)
    monkeypatch.setattr(cast.house.chat, "clock", lambda: later)
    changes = [
        lambda: ada.put("/users/me", {"email": "x@example.org", "current_password": PASSWORD}),
        lambda: ada.put("/users/me", {"password": 5}),
        lambda: ada.post("/tokens", {"name": "x"}),
        lambda: ada.post("/tokens", {"nope": "x"}),
        lambda: ada.delete(f"/tokens/{program.session and program.session.session.id}"),
        lambda: ada.delete("/users/me"),
    ]
    for change in changes:
        assert problem(change(), 403)["type"].endswith("/confirm")
    assert ada.put("/users/me", {"display_name": "Still fine"}).status_code == 200
    assert program.post("/tokens", {"name": "x"}).status_code == 201
    assert ada.post("/sessions", {"login": "ada", "password": PASSWORD}).status_code == 201
    assert ada.post("/tokens", {"name": "x"}).status_code == 201


def test_a_deleted_account_is_gone_and_its_words_stay(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    cast.ada.says("remember me", to=tea)
    problem(cast.bo.delete(f"/users/{cast.ada.id}"), 403)
    answer = cast.ada.delete("/users/me")
    assert answer.status_code == 204
    assert not answer.data
    problem(cast.ada.get("/users/me"), 401)
    seen = cast.bo.get(f"/users/{cast.ada.id}").json
    assert seen["is_deleted"] is True  # type: ignore[index]
    assert "ada" not in str(seen).lower().replace(cast.ada.id, "")
    [message] = cast.bo.get(f"/conversations/{tea}/messages").json  # type: ignore[misc]
    assert message["content"] == "remember me"
    assert [user["user_name"] for user in cast.bo.get("/users").json] == ["bo", "root"]  # type: ignore[union-attr]
    assert cast.root.delete(f"/users/{cast.bo.id}").status_code == 204
    problem(cast.root.delete(f"/users/{cast.bo.id}"), 404)


def test_ones_conversations_are_for_oneself_latest_first(cast: Cast) -> None:
    first, second = cast.ada.talks_to(cast.bo), cast.ada.talks_to(cast.cy)
    cast.ada.says("hi", to=first)
    found: list[dict[str, Any]] = cast.ada.get("/users/conversations/me").json  # type: ignore[assignment]
    assert [one["id"] for one in found] == [first, second]
    problem(cast.bo.get(f"/users/conversations/{cast.ada.id}"), 403)
    problem(cast.root.get(f"/users/conversations/{cast.ada.id}"), 403)
    problem(cast.bo.get(f"/users/conversations/{'0' * 32}"), 404)
    page = cast.ada.get("/users/conversations/me/?limit=1")
    following = page.headers["Link"].partition(">")[0].lstrip("<")
    assert following.startswith("/api/v1/users/conversations/me/?limit=1&")
    assert [one["id"] for one in cast.ada.get(following).json] == [second]  # type: ignore[union-attr]
    problem(cast.ada.get("/users/conversations/me?after=nope"), 422, "after")
