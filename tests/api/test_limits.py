"""Too often is a 429 that says how long to wait; ordinary use never meets it."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, Response

from chatsphere.core.errors import TooMany
from chatsphere.house import House
from chatsphere.http import limits
from tests.api.cast import PASSWORD, Cast, problem
from tests.services import running_redis

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


def guessed(app: Flask, address: str) -> int:
    """One wrong try at Ada's account, without all that is around it: what the limits say of it."""
    with app.test_request_context("/login", method="POST", environ_overrides={"REMOTE_ADDR": address}):
        try:
            limits.check_sign_in("ada")
        except TooMany as refusal:
            limits._settle(Response(status=429))
            return refusal.status
        limits._settle(Response(status=401))
        return 401


def test_whoever_comes_from_a_thousand_addresses_is_bounded_and_the_owner_gets_in_from_a_device_of_theirs(
    app: Flask, cast: Cast
) -> None:
    laptop, right = app.test_client(), {"login": "ada", "password": PASSWORD}
    assert cast.ada.user.user_name == "ada"
    assert laptop.post("/login", data=right).status_code == 303
    told = Counter(guessed(app, f"203.0.{n % 1000 // 250}.{n % 250}") for n in range(2_000))
    assert told == {401: 100, 429: 1_900}
    assert cast.nobody().post("/sessions", right).status_code == 429
    new_phone = app.test_client().post("/login", data=right)
    assert new_phone.status_code == 429
    assert 1 <= int(new_phone.headers["Retry-After"]) <= 3601
    assert laptop.post("/logout").status_code == 303
    assert laptop.post("/login", data=right).status_code == 303
    assert laptop.post("/api/v1/sessions", json=right).status_code == 201


def test_a_stranger_makes_no_device_known(app: Flask, cast: Cast) -> None:
    assert cast.ada.user.user_name == "ada"
    eve = app.test_client()
    assert cast.eve.user.user_name == "eve"
    assert eve.post("/login", data={"login": "eve", "password": PASSWORD}).status_code == 303
    # As many wrong tries as an account has, from elsewhere: whoever is a stranger gets none more, be they right.
    assert Counter(guessed(app, f"203.0.113.{n}") for n in range(101)) == {401: 100, 429: 1}
    for token in (None, "", "x" * 43, eve.get_cookie("chatsphere-device").value, "A program at 127.0.0.1"):  # type: ignore[union-attr]
        browser = app.test_client()
        if token is not None:
            browser.set_cookie("chatsphere-device", token)
        assert browser.post("/login", data={"login": "ada", "password": PASSWORD}).status_code == 429


def test_a_known_device_cannot_guess_for_ever_either(app: Flask, cast: Cast) -> None:
    laptop, right = app.test_client(), {"login": "ada", "password": PASSWORD}
    assert cast.ada.user.user_name == "ada"
    laptop.post("/login", data=right)
    told = [laptop.post("/login", data=right | {"password": f"a wrong one {n}"}).status_code for n in range(21)]
    assert told == [401] * 20 + [429]
    assert laptop.post("/login", data=right).status_code == 429
    assert app.test_client().post("/login", data=right).status_code == 303


def test_of_many_who_guess_at_once_no_more_get_to_guess(app: Flask, cast: Cast) -> None:
    cast.ada.get("/users/me")
    wrong = {"login": "ada", "password": "wrong one here"}

    def guess(_: int) -> int:
        return app.test_client().post("/api/v1/sessions", json=wrong).status_code

    with ThreadPoolExecutor(16) as pool:
        told = Counter(pool.map(guess, range(64)))
    assert told == {401: 20, 429: 44}


def test_who_asks_which_names_are_taken_is_slowed_down(cast: Cast) -> None:
    taken = {"user_name": "ada", "email": "new@example.org", "password": PASSWORD}
    cast.ada.get("/users/me")
    told = [cast.nobody().post("/users", taken).status_code for _ in range(31)]
    assert told == [409] * 30 + [429]
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert cast.nobody().post("/users", taken, **elsewhere).status_code == 409


@pytest.mark.servers
def test_a_redis_that_dies_between_a_guess_and_its_answer_forgives_nothing(open_app: OPEN) -> None:
    with running_redis() as redis:
        app, house = open_app(redis_url=redis.url)
        cast = Cast(app, house)
        cast.ada.get("/users/me")
        wrong = {"login": "ada", "password": "wrong one here"}
        told = [cast.nobody().post("/sessions", wrong).status_code for _ in range(10)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("chatsphere.core.passwords.verify", lambda *_: redis.stop(signal.SIGKILL))
            told.append(cast.nobody().post("/sessions", wrong).status_code)
        told += [cast.nobody().post("/sessions", wrong).status_code for _ in range(10)]
        assert told == [401] * 20 + [429]
        redis.start()
        assert cast.nobody().post("/sessions", wrong).status_code == 429


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
