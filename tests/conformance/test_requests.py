"""What holds for every request: addresses, methods, slashes, HEAD, bodies, and the order of the checks."""

from __future__ import annotations

import json
import re
import socket

import pytest

from tests.conformance.house import House
from tests.conformance.people import ABSENT, API, Person, new_key
from tests.conformance.pictures import photo
from tests.conformance.routes import ALL, GUARDED, filled, methods, paths
from tests.conformance.verdicts import done, nothing_here, problem

MIB = 1024 * 1024
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/nope", "/users/x/y/z", "/conversations", "/conversations/x/messages/2/nope"])
def test_an_address_that_is_none_is_a_404_for_everybody(ada: Person, nobody: Person, path: str) -> None:
    method = "GET" if path != "/conversations" else "POST"
    path = f"{path}/a/b/c/d" if path == "/conversations" else path
    assert nothing_here(nobody.ask(method, path)) == nothing_here(ada.ask(method, path))


@pytest.mark.parametrize("path", ["/api", "/api/v1", "/api/v2/users", "/nope", "/nope/"])
def test_beside_the_api_too_programs_hear_a_problem(nobody: Person, path: str) -> None:
    problem(nobody.page(path), 404)


@pytest.mark.parametrize("path", paths())
def test_another_method_is_a_405_before_any_401_and_names_those_that_work(nobody: Person, path: str) -> None:
    for method in ("PATCH", "OPTIONS", "PURGE"):
        answer = nobody.ask(method, filled(path))
        problem(answer, 405)
        assert methods(path) <= {one.strip() for one in answer.headers["allow"].split(",")}


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_whoever_is_not_signed_in_gets_a_401(nobody: Person, method: str, path: str) -> None:
    problem(nobody.ask(method, filled(path)), 401)
    problem(nobody.ask(method, filled(path), headers=ELSEWHERE), 401)
    problem(nobody.ask(method, filled(path), headers={"Authorization": "Bearer cs_nope"}), 401)
    problem(nobody.ask(method, filled(path), headers={"Cookie": "chatsphere=nope"}), 401)


@pytest.mark.parametrize(("method", "path"), ALL)
def test_a_trailing_slash_changes_nothing(nobody: Person, method: str, path: str) -> None:
    plain, slashed = nobody.ask(method, filled(path)), nobody.ask(method, f"{filled(path)}/")
    assert (slashed.status_code, slashed.content) == (plain.status_code, plain.content)


def test_a_trailing_slash_never_matters_to_whoever_is_signed_in(ada: Person, bo: Person, tea: str) -> None:
    ada.talks_to(bo)
    said = ada.says("hi", to=tea)
    for path in (
        "/users",
        "/users/me",
        "/users/me/image",
        "/users/conversations/me",
        "/sessions",
        "/tokens",
        f"/conversations/{tea}",
        f"/conversations/{tea}/events",
        f"/conversations/{tea}/messages",
        f"/conversations/{tea}/messages/{said['id']}",
        f"/conversations/me/{bo.id}",
    ):
        plain, slashed = ada.get(path), ada.get(f"{path}/")
        assert (slashed.status_code, plain.status_code) == (200, 200), path
        assert slashed.content == plain.content, path
    done(ada.post("/conversations/", {"participants": [bo.id], "title": "Slash"}), 201)
    done(ada.post(f"/conversations/{tea}/messages/", {"content": "hi"}), 201)
    done(ada.put(f"/conversations/{tea}/", {"muted": False}))
    done(ada.put(f"/conversations/{tea}/read/", {"seq": 1}), 204)
    done(ada.post(f"/conversations/{tea}/me/messages/file/", files=[("file", photo())]), 201)
    done(ada.delete(f"/conversations/{tea}/messages/{said['id']}/"), 204)
    done(ada.delete(f"/conversations/{tea}/"), 204)


def test_head_answers_as_get_without_the_body(ada: Person, tea: str) -> None:
    attached = ada.shows(photo(), to=tea)["attachments"][0]
    for path in (
        "/status",
        "/users",
        "/users/me",
        "/users/me/image",
        "/users/conversations/me",
        "/sessions",
        "/tokens",
        f"/conversations/{tea}",
        f"/conversations/{tea}/events?limit=1",
        f"/conversations/{tea}/messages",
        f"/conversations/{ABSENT}",
        attached["url"],
        attached["renditions"][0]["url"],
        "/openapi.json",
        "/docs",
        "/nope",
    ):
        got, headed = ada.get(path), ada.ask("HEAD", path)
        assert headed.content == b"", path
        assert headed.status_code == got.status_code, path
        for name in ("content-type", "content-length", "etag", "link", "cache-control"):
            assert headed.headers.get(name) == got.headers.get(name), (path, name)


def test_every_answer_has_a_request_id_of_its_own(ada: Person, tea: str) -> None:
    ids = [ada.get(path).headers["x-request-id"] for path in ("/status", "/nope", "/users/me", "/users/me/image")]
    ids.append(ada.put(f"/conversations/{tea}/read", {"seq": 1}).headers["x-request-id"])
    ids.append(ada.ask("PATCH", "/users").headers["x-request-id"])
    etag = ada.get("/users/me/image").headers["etag"]
    ids.append(ada.get("/users/me/image", headers={"If-None-Match": etag}).headers["x-request-id"])
    [style, *_] = re.findall(r'/static/[^"]+\.css', ada.page("/login", follow_redirects=True).text)
    ids.append(ada.page(style).headers["x-request-id"])
    ids += [ada.page(path).headers["x-request-id"] for path in ("/", "/login", "/healthz", "/readyz", "/metrics")]
    assert len(set(ids)) == len(ids)


def test_what_is_said_is_utf_8(ada: Person, tea: str) -> None:
    text = "Grüße, 世界 🌍 – ‘naïve’"
    body = json.dumps({"content": text}, ensure_ascii=False).encode()
    said = done(ada.post(f"/conversations/{tea}/messages", content=body, headers=JSON), 201)
    assert said["content"] == text
    assert ada.message(tea, said["id"])["content"] == text
    escaped = done(ada.post(f"/conversations/{tea}/messages", {"content": text}), 201)
    assert escaped["content"] == text


def test_the_checks_come_in_the_contracts_order(ada: Person, bo: Person, eve: Person, nobody: Person, tea: str) -> None:
    path = f"/conversations/{tea}/messages"
    key = new_key()
    ada.says("taken", to=tea, client_id=key)
    large = b"{" * (MIB + 1)
    problem(nobody.post(path, content=large, headers=ELSEWHERE), 401)
    problem(eve.post(path, content=large, headers=ELSEWHERE), 403)
    problem(eve.post(path, content=large), 404)
    problem(bo.post(f"/conversations/{tea}/participants", content=large), 403)
    problem(ada.post(path, content=large, headers={"Content-Type": "text/plain"}), 415)
    problem(ada.post(path, content=large, headers=JSON), 413)
    problem(ada.post(path, content=b"{", headers=JSON), 400)
    problem(ada.post(path, {"content": "other", "client_id": key, "nope": 1}), 422, "nope")
    problem(ada.post(path, {"content": "other", "client_id": key}), 409)


def test_a_right_that_is_missing_comes_before_what_is_wrong_with_the_body(ada: Person, bo: Person, tea: str) -> None:
    for path, method in (
        (f"/conversations/{tea}/participants", "POST"),
        (f"/conversations/{tea}/participants/{ada.id}", "PUT"),
        (f"/conversations/{tea}/{ada.id}/messages/file", "POST"),
        (f"/users/{ada.id}", "PUT"),
        (f"/users/{ada.id}/upload", "PUT"),
    ):
        body = b'{"title": "", "user_ids": 1, "role": 1, "display_name": 1}'
        problem(bo.ask(method, path, content=b"x", headers={"Content-Type": "text/plain"}), 403)
        problem(bo.ask(method, path, content=b"{", headers=JSON), 403)
        problem(bo.ask(method, path, content=body, headers=JSON), 403)
    problem(bo.put(f"/conversations/{tea}", {"title": ""}), 403)
    problem(bo.put(f"/users/{ABSENT}", content=b"x"), 404)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nope", b'{"content": }', b'{"content": "\xff"}', b"[" * 100_000, b'{"content": NaN}']
)
def test_what_cannot_be_parsed_is_a_400(ada: Person, tea: str, body: bytes) -> None:
    problem(ada.post(f"/conversations/{tea}/messages", content=body, headers=JSON), 400)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"hello"', b"5"])
def test_json_that_is_no_object_is_a_422(ada: Person, tea: str, body: bytes) -> None:
    problem(ada.post(f"/conversations/{tea}/messages", content=body, headers=JSON), 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_is_a_415(ada: Person, nobody: Person, tea: str, kind: str) -> None:
    for who, path in ((ada, f"/conversations/{tea}/messages"), (ada, "/conversations"), (nobody, "/users")):
        problem(who.post(path, content=b'{"content": "hi"}', headers={"Content-Type": kind}), 415)
    problem(ada.put("/users/me", content=b"{}", headers={"Content-Type": kind}), 415)


def test_json_may_name_its_charset(ada: Person, tea: str) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    done(ada.post(f"/conversations/{tea}/messages", content=b'{"content": "hi"}', headers=headers), 201)


def test_json_is_taken_up_to_one_mebibyte_and_not_a_byte_more(ada: Person, tea: str) -> None:
    path = f"/conversations/{tea}/messages"
    most = b'{"content": "hi"}'.ljust(MIB)
    done(ada.post(path, content=most, headers=JSON), 201)
    problem(ada.post(path, content=most + b" ", headers=JSON), 413)
    problem(ada.post(path, content=iter([most, b" "]), headers=JSON), 413)  # chunked: no length is told


def test_what_is_too_large_is_refused_before_it_is_sent(house: House, ada: Person, tea: str) -> None:
    for path, kind in (
        (f"/conversations/{tea}/messages", "application/json"),
        (f"/conversations/{tea}/me/messages/file", "multipart/form-data; boundary=x"),
        ("/users/me/upload", "multipart/form-data; boundary=x"),
    ):
        method = "PUT" if path.endswith("/upload") else "POST"
        head = f"{method} {API}{path} HTTP/1.1\r\nHost: x\r\nCookie: {ada.cookie}\r\nContent-Type: {kind}\r\n"
        with socket.create_connection(("127.0.0.1", house.port), timeout=20) as wire:
            wire.sendall(f"{head}Content-Length: 50000000000\r\n\r\n".encode())
            assert wire.recv(100).startswith(b"HTTP/1.1 413 "), path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/users?nope=1", "nope"),
        ("/users?limit=0", "limit"),
        ("/users?limit=101", "limit"),
        ("/users?limit=many", "limit"),
        ("/users?limit=1.5", "limit"),
        ("/users?limit=", "limit"),
        ("/users?limit=-1", "limit"),
        ("/users/conversations/me?limit=0", "limit"),
        ("/users/me?nope=1", "nope"),
        ("/conversations/{tea}?nope=1", "nope"),
        ("/conversations/{tea}/events?limit=101", "limit"),
        ("/conversations/{tea}/events?after=-1", "after"),
        ("/conversations/{tea}/events?after=x", "after"),
        ("/conversations/{tea}/messages?limit=0", "limit"),
        ("/conversations/{tea}/messages?limit=101", "limit"),
        ("/conversations/{tea}/messages?before=x", "before"),
        ("/conversations/{tea}/messages?nope=1", "nope"),
    ],
)
def test_parameters_that_are_not_ours_or_out_of_range_are_a_422(ada: Person, tea: str, path: str, name: str) -> None:
    problem(ada.get(path.format(tea=tea)), 422, name)


@pytest.mark.parametrize(
    "path",
    ["/users", "/users/conversations/me", "/conversations/{tea}/events", "/conversations/{tea}/messages"],
)
def test_a_page_has_from_1_to_100_items(ada: Person, tea: str, path: str) -> None:
    for limit in (1, 100):
        assert (
            1 <= len(done(ada.get(path.format(tea=tea), params={"limit": limit}))) + ("messages" in path) <= limit + 1
        )


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800"])
def test_odd_characters_never_break_the_server(ada: Person, tea: str, text: str) -> None:
    body = json.dumps({"content": f"odd {text}"}).encode()
    assert ada.post(f"/conversations/{tea}/messages", content=body, headers=JSON).status_code in (201, 400, 422)
    for path in ("/users?query=%00", "/users/%00", "/conversations/%00", f"/conversations/{tea}/messages/%00"):
        assert ada.get(path).status_code in (200, 404, 422), path


def test_numbers_beyond_all_bounds_never_break_the_server(ada: Person, tea: str) -> None:
    vast = 10**30
    for path in (
        f"/conversations/{tea}/messages/{vast}",
        f"/conversations/{tea}/messages?before={vast}",
        f"/conversations/{tea}/events?after={vast}",
    ):
        assert ada.get(path).status_code in (200, 404, 422), path
    problem(ada.put(f"/conversations/{tea}/read", {"seq": -1}), 422, "seq")
    assert ada.put(f"/conversations/{tea}/read", {"seq": vast}).status_code in (204, 422)
    problem(ada.post(f"/conversations/{tea}/messages", {"content": "hi", "reply_to": vast}), 422, "reply_to")
