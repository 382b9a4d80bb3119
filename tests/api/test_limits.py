"""Too often is a 429 that says how long to wait; ordinary use never meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from chatsphere.house import House
from tests.api.cast import PASSWORD, Cast, problem

OPEN = Callable[..., tuple[Flask, House]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes its time elsewhere."""
    monkeypatch.setattr(
        "chatsphere.core.passwords.verify", lambda hashed, password: bool(hashed) and password == PASSWORD
    )
    monkeypatch.setattr("chatsphere.core.passwords.hash", lambda password: f"hash of {password}")
    monkeypatch.setattr("chatsphere.core.passwords.needs_rehash", lambda hashed: False)


def test_guessing_a_password_is_slowed_down_for_that_account_only(cast: Cast) -> None:
    stranger, right = cast.nobody(), {"login": "ada", "password": PASSWORD}
    cast.ada.get("/users/me")
    cast.bo.get("/users/me")
    for n in range(20):
        login = ("ada", "ADA", " ada", f"ada{' ' * n}", "\uff41da")[n % 5]
        problem(stranger.post("/sessions", {"login": login, "password": "wrong one here"}), 401)
        assert stranger.post("/sessions", {"login": "bo", "password": PASSWORD}).status_code == 201
    answer = stranger.post("/sessions", right)
    problem(answer, 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 301
    assert stranger.post("/sessions", {"login": "bo", "password": PASSWORD}).status_code == 201
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert stranger.post("/sessions", right, **elsewhere).status_code == 201


def test_sixty_sign_ups_and_sign_ins_from_one_address_pass_and_hundreds_do_not(cast: Cast) -> None:
    stranger, statuses = cast.nobody(), []
    for n in range(245):
        new = {"user_name": f"new{n}", "email": f"new{n}@example.org", "password": PASSWORD}
        statuses.append(stranger.post("/users", new).status_code)
    assert statuses[:60] == [201] * 60
    assert statuses[-1] == 429
    for n in range(60):
        assert stranger.post("/sessions", {"login": f"new{n}", "password": PASSWORD}).status_code == 201


def test_the_current_password_cannot_be_guessed_either(cast: Cast) -> None:
    guess = {"email": "x@example.org", "current_password": "wrong one here"}
    for _ in range(20):
        problem(cast.ada.put("/users/me", guess), 422, "current_password")
    problem(cast.ada.put("/users/me", guess), 429)
    problem(cast.bo.put("/users/me", guess), 422)


def test_neighbours_in_an_ipv6_network_count_together(cast: Cast) -> None:
    stranger, wrong = cast.nobody(), {"login": "ada", "password": "wrong one here"}
    for n in range(20):
        there = {"environ_overrides": {"REMOTE_ADDR": f"2001:db8:1:2::{n + 1:x}"}}
        problem(stranger.post("/sessions", wrong, **there), 401)
    problem(stranger.post("/sessions", wrong, environ_overrides={"REMOTE_ADDR": "2001:db8:1:2:ffff::1"}), 429)
    problem(stranger.post("/sessions", wrong, environ_overrides={"REMOTE_ADDR": "2001:db8:1:3::1"}), 401)


def test_limits_can_be_off_for_load_tests(open_app: OPEN) -> None:
    cast = Cast(*open_app(rate_limits=False))
    for _ in range(40):
        problem(cast.nobody().post("/sessions", {"login": "ada", "password": "wrong one here"}), 401)


@pytest.mark.servers
def test_two_processes_with_one_redis_count_together(open_app: OPEN, redis_url: str) -> None:
    app, house = open_app(redis_url=redis_url)
    other, _ = open_app(redis_url=redis_url)
    cast = Cast(app, house)
    cast.ada.get("/users/me")
    wrong = {"login": "ada", "password": "wrong one here"}
    for n in range(20):
        door = (app, other)[n % 2].test_client()
        assert door.post("/api/v1/sessions", json=wrong).status_code == 401
    assert app.test_client().post("/api/v1/sessions", json=wrong).status_code == 429
    assert other.test_client().post("/api/v1/sessions", json=wrong).status_code == 429


def test_limits_hold_while_redis_is_away(open_app: OPEN) -> None:
    app, house = open_app(redis_url="redis://127.0.0.1:1/0")
    cast = Cast(app, house)
    cast.ada.get("/users/me")
    wrong = {"login": "ada", "password": "wrong one here"}
    statuses = [cast.nobody().post("/sessions", wrong).status_code for _ in range(21)]
    assert statuses == [401] * 20 + [429]
