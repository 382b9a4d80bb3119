"""Whether the server is well, and who may hear how much."""

from __future__ import annotations

import pytest

from tests.api.cast import Cast, problem


def test_the_api_says_that_it_answers(cast: Cast) -> None:
    for path in ("/status", "/status/", "/api/v1/status"):
        assert cast.nobody().get(path).json == {"status": "OK"}


def test_alive_and_ready(either: Cast) -> None:
    stranger = either.nobody()
    assert stranger.get("/healthz").status_code == 200
    assert stranger.get("/healthz/").status_code == 200
    assert stranger.get("/readyz").status_code == 200


def test_not_ready_while_draining_or_behind_or_without_writes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    stranger = cast.nobody()

    def away(*args: object) -> None:
        raise OperationalError("x", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(cast.house, "draining", True)
        problem(stranger.get("/readyz"), 503)
        assert stranger.get("/healthz").status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr("chatsphere.migrations.newest", lambda: "later")
        problem(stranger.get("/readyz"), 503)
    with monkeypatch.context() as patch:
        patch.setattr(cast.house.chat, "do", away)
        answer = stranger.get("/readyz")
        problem(answer, 503)
        assert int(answer.headers["Retry-After"]) > 0
    assert stranger.get("/readyz").status_code == 200


def test_metrics_are_for_this_machine_or_a_token(cast: Cast) -> None:
    stranger, robot = cast.nobody(), cast.with_token(cast.ada)
    stranger.get("/users")
    told = stranger.get("/metrics")
    assert told.status_code == 200
    assert told.content_type.startswith("text/plain")
    assert 'chatsphere_requests_total{method="GET",route="/api/v1/users",status="401"} 1.0' in told.text
    problem(stranger.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}), 401)
    problem(stranger.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"}), 401)
    assert robot.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200
    problem(cast.ada.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"}), 401)
