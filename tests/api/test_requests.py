"""What holds for every request: the order of checks, what bad bodies get, headers, sites, proxies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from chatsphere.house import House
from tests.api.cast import API, PASSWORD, Cast, problem

MIB = 1024 * 1024
OPEN = Callable[..., tuple[Flask, House]]


@pytest.mark.parametrize("path", ["/nope", "/users/a/b/c", "/conversations//x", "/api/v1", "/"])
def test_an_address_that_never_was_is_a_404_even_for_strangers(cast: Cast, path: str) -> None:
    assert problem(cast.nobody().get(path), 404) == problem(cast.ada.get(path), 404)


def test_a_method_that_an_address_does_not_take_is_a_405_with_allow_before_any_401(cast: Cast) -> None:
    for path, allowed in (
        ("/users", "GET, HEAD, POST"),
        ("/conversations/x/read", "PUT"),
        ("/conversations/x/participants", "POST"),
        ("/conversations/x/messages", "GET, HEAD, POST"),
        ("/sessions/current", "DELETE"),
    ):
        answer = cast.nobody().ask("PATCH", path)
        problem(answer, 405)
        assert answer.headers["Allow"] == allowed
    problem(cast.nobody().get("/conversations/x/read"), 405)
    problem(cast.nobody().ask("OPTIONS", "/users"), 405)


def test_a_trailing_slash_never_matters_and_never_redirects(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    for path in ("/users", "/users/me", f"/users/conversations/{cast.ada.id}", f"/conversations/{tea}/messages"):
        assert cast.ada.get(path).data == cast.ada.get(f"{path}/").data
        assert cast.ada.get(f"{path}/").status_code == 200
    assert cast.ada.post("/conversations/", {"participants": [cast.bo.id]}).status_code == 200
    assert cast.ada.post(f"/conversations/{tea}/messages/", {"content": "hi"}).status_code == 201
    assert cast.nobody().get("/status/").json == {"status": "OK"}


def test_head_answers_as_get_without_the_body(cast: Cast) -> None:
    got, headed = cast.ada.get("/users/me"), cast.ada.ask("HEAD", "/users/me")
    assert headed.status_code == 200
    assert headed.data == b""
    assert headed.headers["Content-Length"] == str(len(got.data))
    assert headed.content_type == got.content_type == "application/json"


def test_the_checks_come_in_the_contracts_order(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    address = f"/conversations/{tea}/messages"
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    broken: dict[str, Any] = {"data": b"{", "content_type": "application/json"}
    problem(cast.nobody().post(address, headers=elsewhere, **broken), 401)
    problem(cast.dee.post(address, headers=elsewhere, **broken), 403)
    problem(cast.dee.post(address, **broken), 404)
    problem(cast.dee.post(address, data=b"x", content_type="text/plain"), 404)
    problem(cast.dee.post(address, {"content": 1}), 404)
    problem(cast.dee.post(address, data=b"[" * (MIB + 1), content_type="application/json"), 404)
    problem(cast.ada.post(address, {"content": "", "sender_id": cast.bo.id}), 403)
    problem(cast.ada.post(address, data=b"x" * (MIB + 1), content_type="text/plain"), 415)
    problem(cast.ada.post(address, data=b"x" * (MIB + 1), content_type="application/json"), 413)
    problem(cast.ada.post(address, **broken), 400)
    problem(cast.ada.post(address, {"content": ""}), 422, "content")


def test_a_right_that_is_missing_is_heard_before_what_is_wrong_with_the_words(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    duo = cast.ada.talks_to(cast.bo)
    for bad in ({"title": ""}, {"title": 5}, {"title": "ok", "nope": 1}):
        problem(cast.bo.put(f"/conversations/{tea}", bad), 403)
    problem(cast.bo.post(f"/conversations/{tea}/participants", {"user_ids": 5}), 403)
    problem(cast.bo.post(f"/conversations/{tea}/participants", data=b"{", content_type="text/plain"), 403)
    problem(cast.ada.post(f"/conversations/{duo}/participants", {"user_ids": 5}), 409)
    problem(cast.bo.put(f"/conversations/{tea}/participants/{cast.cy.id}", {"role": 5}), 403)
    problem(cast.bo.put(f"/users/{cast.ada.id}", {"display_name": ""}), 403)
    problem(cast.bo.put(f"/users/{'0' * 32}", {"display_name": ""}), 404)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nope",
        b'{"content": NaN}',
        b'{"content": "a", "content": "b"}',
        b'{"content": "\xff"}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 200_000,
        b'{"content": ' + b"1" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_cannot_be_parsed_is_a_400(cast: Cast, body: bytes) -> None:
    tea = cast.ada.talks_to(cast.bo)
    problem(cast.ada.post(f"/conversations/{tea}/messages", data=body, content_type="application/json"), 400)


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"null", b"5", b"true"])
def test_json_that_is_no_object_is_a_422(cast: Cast, body: bytes) -> None:
    problem(cast.ada.post("/conversations", data=body, content_type="application/json"), 422, "body")


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
def test_another_kind_of_body_is_a_415(cast: Cast, kind: str | None) -> None:
    problem(cast.ada.post("/conversations", data=b"{}", content_type=kind), 415)
    problem(cast.ada.post("/conversations"), 415)


def test_json_with_a_charset_is_json(cast: Cast) -> None:
    body = b'{"participants": ["%s"]}' % cast.bo.id.encode()
    kind = "application/json; charset=utf-8"
    assert cast.ada.post("/conversations", data=body, content_type=kind).status_code == 201


def test_a_body_that_the_server_left_unread_is_too_large_when_it_is_its_turn(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    left: dict[str, Any] = {"environ_overrides": {"chatsphere.too_large": True}}
    problem(cast.ada.post(f"/conversations/{tea}/messages", {"content": "hi"}, **left), 413)
    problem(cast.dee.post(f"/conversations/{tea}/messages", {"content": "hi"}, **left), 404)
    form = {"data": b"", "content_type": "multipart/form-data; boundary=x", **left}
    problem(cast.ada.post(f"/conversations/{tea}/me/messages/file", **form), 413)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["content"]),
        ({"content": None}, ["content"]),
        ({"content": 1}, ["content"]),
        ({"content": ["a"]}, ["content"]),
        ({"content": ""}, ["content"]),
        ({"content": " \n\t"}, ["content"]),
        ({"content": "x" * 8001}, ["content"]),
        ({"content": "\ud800"}, ["content"]),
        ({"content": "a\0b"}, ["content"]),
        ({"content": "a", "id": 5}, ["id"]),
        ({"content": "a", "created_at": "2026-01-01T00:00:00.000Z", "seq": 1}, ["created_at", "seq"]),
        ({"content": 1, "nope": 1, "reply_to": "1"}, ["content", "nope", "reply_to"]),
        ({"content": "a", "reply_to": "2"}, ["reply_to"]),
        ({"content": "a", "reply_to": 2.0}, ["reply_to"]),
        ({"content": "a", "reply_to": True}, ["reply_to"]),
        ({"content": "a", "reply_to": -1}, ["reply_to"]),
        ({"content": "a", "reply_to": 2**70}, ["reply_to"]),
        ({"content": "a", "reply_to": 99}, ["reply_to"]),
        ({"content": "a", "client_id": ""}, ["client_id"]),
        ({"content": "a", "client_id": "x" * 65}, ["client_id"]),
        ({"content": "a", "client_id": "a b"}, ["client_id"]),
        ({"content": "a", "client_id": 5}, ["client_id"]),
    ],
)
def test_each_field_that_is_wrong_is_named(cast: Cast, body: dict[str, Any], fields: list[str]) -> None:
    tea = cast.ada.talks_to(cast.bo)
    problem(cast.ada.post(f"/conversations/{tea}/messages", body), 422, *fields)
    assert cast.ada.get(f"/conversations/{tea}/messages").json == []


def test_nothing_that_is_set_by_the_server_can_be_set_by_a_client(cast: Cast) -> None:
    new = {"user_name": "eve", "email": "eve@example.org", "password": PASSWORD}
    for field in ("is_admin", "id", "created_at", "hue", "email_verified", "is_disabled"):
        problem(cast.nobody().post("/users", {**new, field: 1}), 422, field)
        problem(cast.ada.put("/users/me", {field: 1}), 422, field)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1.0", "limit=1e1"])
def test_a_limit_out_of_range_is_a_422(cast: Cast, query: str) -> None:
    tea = cast.ada.talks_to(cast.bo)
    for path in ("/users", "/users/conversations/me", f"/conversations/{tea}/messages", f"/conversations/{tea}/events"):
        problem(cast.ada.get(f"{path}?{query}"), 422, "limit")
        assert cast.ada.get(f"{path}?limit=100").status_code == 200
        assert cast.ada.get(f"{path}?limit=1").status_code == 200


def test_parameters_that_do_not_exist_or_stand_twice_are_a_422(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    problem(cast.ada.get("/users?nope=1"), 422, "nope")
    problem(cast.ada.get("/users/me?nope=1"), 422, "nope")
    problem(cast.ada.get("/users?limit=1&limit=2"), 422, "limit")
    problem(cast.dee.get(f"/conversations/{tea}/messages?limit=0"), 404)


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({"Origin": "http://localhost:8000"}, True),
        ({"Origin": "http://[::1]:8000"}, True),
        ({"Origin": "http://127.0.0.1:9000"}, False),
        ({"Origin": "https://127.0.0.1:8000"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"}, False),
    ],
)
def test_a_change_by_cookie_comes_from_our_own_pages(cast: Cast, headers: dict[str, str], passes: bool) -> None:
    body = {"participants": [cast.bo.id]}
    answer = cast.ada.post("/conversations", body, headers=headers)
    assert answer.status_code == 201 if passes else problem(answer, 403)
    assert cast.ada.get("/users/me", headers=headers).status_code == 200
    program = cast.with_token(cast.ada)
    assert program.post("/conversations", body, headers=headers).status_code in (200, 201)


def test_the_origin_is_the_base_url_where_there_is_one(open_app: OPEN) -> None:
    cast = Cast(*open_app(base_url="https://chat.example.org"))
    ada = cast.ada
    token = ada.session.token if ada.session else ""
    ada.client.set_cookie("__Host-chatsphere", token, domain="chat.example.org", secure=True)
    body, base = {"participants": [cast.bo.id]}, "https://chat.example.org"
    own = {"headers": {"Origin": base}, "base_url": base}
    assert ada.post("/conversations", body, **own).status_code == 201
    own["headers"] = {"Origin": "http://127.0.0.1:8000"}
    problem(ada.post("/conversations", body, **own), 403)


def test_where_authorization_is_present_it_alone_decides(cast: Cast) -> None:
    token = cast.with_token(cast.bo).headers["Authorization"]
    assert cast.ada.get("/users/me", headers={"Authorization": token}).json["user_name"] == "bo"  # type: ignore[index]
    for said in ("Bearer nope", "Basic YTpi", "", "Bearer", token.removeprefix("Bearer ")):
        answer = cast.ada.get("/users/me", headers={"Authorization": said})
        problem(answer, 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_does_not_work_as_a_cookie(cast: Cast) -> None:
    token = cast.with_token(cast.ada).headers["Authorization"].removeprefix("Bearer ")
    thief = cast.nobody()
    thief.client.set_cookie("chatsphere", token)
    problem(thief.get("/users/me"), 401)


def test_every_answer_carries_the_policy_and_an_id(cast: Cast) -> None:
    answers = [
        cast.ada.get("/users/me"),
        cast.nobody().get("/users"),
        cast.ada.get("/nope"),
        cast.nobody().get("/docs"),
    ]
    ids = {answer.headers["X-Request-Id"] for answer in answers}
    assert len(ids) == len(answers)
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "require-trusted-types-for 'script'; trusted-types chatsphere" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"]
        assert answer.headers["Permissions-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_is_refused_carries_an_id_too(cast: Cast) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Accept": "text/html"}
    answer = cast.ada.client.post("/logout", headers=elsewhere)
    assert answer.status_code == 403
    assert answer.content_type.startswith("text/html")
    assert answer.headers["X-Request-Id"]
    assert cast.ada.get("/users/me").status_code == 200


def test_what_nobody_expected_is_a_500_with_an_id_and_nothing_of_the_inside(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*args: object, **more: object) -> None:
        raise RuntimeError("secret inside")

    ada = cast.ada
    monkeypatch.setattr(cast.house.chat, "ask", explode)
    answer = ada.get("/users/me")
    assert problem(answer, 500)["request_id"] == answer.headers["X-Request-Id"]
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text


def test_a_database_that_is_away_is_a_503_with_retry_after(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    def away(*args: object, **more: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("gone"))

    ada = cast.ada
    monkeypatch.setattr(cast.house.chat, "ask", away)
    answer = ada.get("/users/me")
    problem(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "secret" not in answer.text


def test_a_session_in_use_is_noted_now_and_then(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = cast.ada
    later = datetime.now(UTC) + timedelta(minutes=6)
    monkeypatch.setattr(cast.house.chat, "clock", lambda: later)
    writes = []
    monkeypatch.setattr(cast.house.chat, "send", lambda *args, **more: writes.append(args))
    for _ in range(5):
        ada.get("/users/me")
    assert len(writes) == 1


def test_forwarded_addresses_are_believed_from_trusted_proxies_only(open_app: OPEN) -> None:
    said = {"X-Forwarded-For": "203.0.113.9, 10.0.0.7", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
    for trusted, seen in (((), "10.0.0.8"), (("10.0.0.0/8",), "203.0.113.9"), (("10.0.0.8",), "10.0.0.7")):
        app, house = open_app(trusted_proxies=trusted)
        cast = Cast(app, house)
        login = {"login": cast.ada.user.user_name, "password": PASSWORD}
        answer = app.test_client().post(
            f"{API}/sessions", json=login, headers=said, environ_overrides={"REMOTE_ADDR": "10.0.0.8"}
        )
        assert answer.json["address"] == seen  # type: ignore[index]
        assert answer.json["device"] == "Firefox on Linux"  # type: ignore[index]


def test_one_line_is_logged_for_a_request_and_none_of_its_words(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr("chatsphere.http.app.log.info", lambda event, **line: lines.append({"event": event, **line}))
    tea = cast.ada.talks_to(cast.bo)
    lines.clear()
    answer = cast.ada.post(f"/conversations/{tea}/messages", {"content": "a secret"})
    [line] = lines
    assert line == {
        "event": "request",
        "request_id": answer.headers["X-Request-Id"],
        "user_id": cast.ada.id,
        "method": "POST",
        "route": f"{API}/conversations/<conversation_id>/messages",
        "status": 201,
        "ms": line["ms"],
    }
