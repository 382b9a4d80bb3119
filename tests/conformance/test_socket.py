"""The socket: who may open it, what is said on it, and that everybody hears every event once and in order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.conformance.house import House
from tests.conformance.people import ABSENT, Json, Person, new_key, numbers, texts
from tests.conformance.pictures import photo
from tests.conformance.shapes import fits, frame, identifier
from tests.conformance.sockets import knock
from tests.conformance.verdicts import done, problem

KIB, MIB = 1024, 1024 * 1024


def test_it_says_hello_first_with_who_one_is(ada: Person) -> None:
    first, second = ada.listens().hello, ada.program().listens().hello
    for hello in (first, second):
        fits(hello, {"type": "hello", "user_id": ada.id, "session_id": identifier, "epoch": identifier})
    assert first["session_id"] == ada.session_id()
    assert second["epoch"] == first["epoch"]


def comes_in(house: House, headers: dict[str, str]) -> None:
    """Open a socket with just these headers."""
    with knock(house.socket_address, headers) as wire:
        assert wire.recv(timeout=20)


def refused(house: House, **headers: str) -> int:
    """The status with which a handshake is refused, before any upgrade, as a problem."""
    with pytest.raises(InvalidStatus) as caught:
        comes_in(house, headers)
    answer = caught.value.response
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.get("x-request-id")
    body = json.loads(answer.body or b"")
    assert body.keys() == {"type", "title", "status", "detail"}
    assert body["status"] == answer.status_code
    return answer.status_code


def test_nobody_comes_in_who_is_not_signed_in(house: House, ada: Person) -> None:
    assert refused(house) == 401
    assert refused(house, Origin=house.origin) == 401
    assert refused(house, Origin=house.origin, Cookie="chatsphere=nope") == 401
    assert refused(house, Origin="https://evil.example", Cookie="chatsphere=nope") == 401
    assert refused(house, Authorization="Bearer cs_nope") == 401
    assert refused(house, Origin=house.origin, Cookie=ada.cookie, Authorization="Bearer cs_nope") == 401


def test_a_cookie_comes_in_from_this_servers_own_pages_only(house: House, ada: Person) -> None:
    assert refused(house, Cookie=ada.cookie) == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1", f"https://127.0.0.1:{house.port}"):
        assert refused(house, Cookie=ada.cookie, Origin=origin) == 403
    for name in ("127.0.0.1", "localhost", "[::1]"):
        comes_in(house, {"Cookie": ada.cookie, "Origin": f"http://{name}:{house.port}"})


def test_a_token_comes_in_from_anywhere(ada: Person) -> None:
    program = ada.program()
    for headers in ({}, {"Origin": "https://evil.example"}):
        assert program.listens(**headers).hello["user_id"] == ada.id


def test_the_address_ends_in_a_slash_or_not_and_speaks_no_plain_http(house: House, ada: Person) -> None:
    with knock(f"{house.socket_address}/", {"Cookie": ada.cookie, "Origin": house.origin}) as wire:
        assert wire.recv(timeout=20)
    answer = ada.get("/socket")
    assert 400 <= answer.status_code < 500
    problem(answer, answer.status_code)
    for method in ("POST", "PUT", "DELETE"):
        refusal = house.visitor().ask(method, "/socket")
        problem(refusal, 405)
        assert "GET" in refusal.headers["allow"]


def test_what_is_posted_is_heard_once_by_everybody_the_sender_included(ada: Person, bo: Person, tea: str) -> None:
    ears = [ada.listens(), ada.again().listens(), ada.program().listens(), bo.listens(), bo.listens()]
    number = ears[0].posts("hello", to=tea)
    for ear in ears:
        assert ear.catches_up(tea, number) == [number]
        told = frame(ear.event(tea, "message.posted"))
        assert told == {"type": "event"} | ada.log(tea, after=number - 1)[0]
        assert told["message"] == bo.message(tea, number)


def test_the_ok_names_the_message(ada: Person, tea: str) -> None:
    ear = ada.listens()
    answer = ear.asks("post", conversation_id=tea, content="hello")
    assert answer.keys() == {"type", "ref", "id"}
    assert ada.message(tea, answer["id"])["content"] == "hello"


def test_what_is_said_over_http_is_heard_too(ada: Person, bo: Person, eve: Person, tea: str) -> None:
    ear, stranger = bo.listens(), eve.listens()
    said = ada.shows(photo(), to=tea)
    assert frame(ear.event(tea, "message.posted"))["message"] == said
    ada.takes_back(said)
    assert frame(ear.event(tea, "message.deleted"))["message"]["deleted_at"]
    done(ada.put(f"/conversations/{tea}", {"title": "Heard"}))
    assert frame(ear.event(tea, "conversation.changed"))["conversation"]["title"] == "Heard"
    stranger.lives()
    assert stranger.of(tea) == []


def test_a_new_conversation_is_heard_by_all_who_are_in_it(ada: Person, bo: Person, cy: Person) -> None:
    ears = [ada.listens(), bo.listens(), cy.listens()]
    tea = ada.gathers(bo, cy)
    for ear in ears:
        created = frame(ear.event(tea, "conversation.created"))
        assert {one["user"]["id"] for one in created["conversation"]["participants"]} == {ada.id, bo.id, cy.id}


def test_the_end_of_a_group_is_the_last_that_is_heard_of_it(ada: Person, bo: Person, tea: str) -> None:
    ears = ada.listens(), bo.listens()
    said = ada.says("last words", to=tea)
    done(ada.delete(f"/conversations/{tea}"), 204)
    for ear in ears:
        ended = frame(ear.event(tea, "conversation.deleted"))
        assert ear.catches_up(tea, ended["seq"]) == [said["id"], ended["seq"]]


def test_many_posts_at_once_are_heard_in_one_order_without_gaps(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    ears = [who.listens() for who in (ada, bo, cy)]
    refs = [
        (ear, ear.says("post", conversation_id=tea, content=f"{n}", client_id=new_key()))
        for n in range(40)
        for ear in ears
    ]
    ids = [ear.answer_to(ref)["id"] for ear, ref in refs]
    assert sorted(ids) == list(range(min(ids), min(ids) + 120))
    for ear in ears:
        assert ear.catches_up(tea, max(ids)) == sorted(ids)
    assert [one for one in ids if (ids.index(one) % 3) == 0] == sorted(ids[::3]), "one's own posts keep their order"
    assert numbers(ada.sees(tea, limit=100)) == sorted(ids)[-100:]


def test_a_post_may_be_sent_again_on_any_connection(ada: Person, bo: Person, tea: str) -> None:
    key, ear, other, listener = new_key(), ada.listens(), ada.again().listens(), bo.listens()
    number = ear.posts("once", to=tea, client_id=key)
    assert ear.posts("once", to=tea, client_id=key) == number
    assert other.posts("once", to=tea, client_id=key) == number
    assert done(ada.post(f"/conversations/{tea}/messages", {"content": "once", "client_id": key}), 200)["id"] == number
    later = ear.posts("later", to=tea)
    assert listener.catches_up(tea, later) == [number, later]
    clash = ear.asks("post", conversation_id=tea, content="twice", client_id=key)
    assert (clash["type"], clash["problem"]["status"]) == ("error", 409)


def test_what_may_be_absent_may_be_null_too(ada: Person, tea: str) -> None:
    ear = ada.listens()
    first = ear.posts("one", to=tea, reply_to=None)
    second = ear.posts("two", to=tea, reply_to=first, client_id=new_key())
    assert ada.message(tea, second)["reply_to"] == first
    assert texts(ada.sees(tea)) == ["one", "two"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"content": ""}, 422),
        ({"content": " \n"}, 422),
        ({"content": "x" * 8001}, 422),
        ({"content": 5}, 422),
        ({"content": "hi", "client_id": "a b"}, 422),
        ({"content": "hi", "client_id": "x" * 65}, 422),
        ({"content": "hi", "reply_to": 1}, 422),
        ({"content": "hi", "reply_to": "2"}, 422),
        ({"content": "hi", "nope": 1}, 422),
        ({"content": "hi", "sender_id": "x"}, 422),
        ({}, 422),
        ({"content": "hi", "conversation_id": ABSENT}, 404),
        ({"content": "hi", "conversation_id": "no such id"}, 404),
        ({"content": "hi", "conversation_id": 5}, 422),
    ],
)
def test_a_post_that_is_refused_is_answered_by_its_ref(ada: Person, tea: str, fields: Json, status: int) -> None:
    ear = ada.listens()
    answer = ear.asks("post", **({"conversation_id": tea} | fields))
    assert answer.keys() == {"type", "ref", "problem"}
    assert answer["problem"]["status"] == status
    assert all(isinstance(answer["problem"][name], str) for name in ("title", "detail"))
    ear.lives()
    assert ada.sees(tea) == []


def test_foreign_and_absent_look_alike_here_too(ada: Person, eve: Person, tea: str) -> None:
    ear = eve.listens()
    for kind, fields in (("post", {"content": "hi"}), ("read", {"seq": 1})):
        foreign = ear.asks(kind, conversation_id=tea, **fields)
        absent = ear.asks(kind, conversation_id=ABSENT, **fields)
        assert foreign["problem"] == absent["problem"]
        assert foreign["problem"]["status"] == 404


def test_reading_is_told_to_everybody_once_when_a_mark_rises(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    first, second = ada.says("one", to=tea), ada.says("two", to=tea)
    ear, others = bo.listens(), [ada.listens(), bo.again().listens(), cy.listens()]
    assert ear.asks("read", conversation_id=tea, seq=first["id"]).keys() == {"type", "ref"}
    bo.reads(tea, second["id"])
    ear.asks("read", conversation_id=tea, seq=first["id"])
    last = ada.says("three", to=tea)
    for each in (ear, *others):
        each.hears("event", conversation_id=tea, seq=last["id"])
        each.hears("read", conversation_id=tea, seq=second["id"])
        each.lives()
        assert [one for one in each.of(tea) if one["type"] == "read"] == [
            {"type": "read", "conversation_id": tea, "user_id": bo.id, "seq": seq}
            for seq in (first["id"], second["id"])
        ]
    assert bo.looks_at(tea)["read_seq"] == second["id"]


def test_posting_reads_silently(ada: Person, bo: Person, tea: str) -> None:
    ear = ada.listens()
    said = bo.says("mine", to=tea)
    ear.catches_up(tea, said["id"])
    assert [one["type"] for one in ear.of(tea)] == ["event"]
    assert bo.looks_at(tea)["read_seq"] == said["id"]


def test_typing_is_told_to_the_others_and_never_echoed(
    ada: Person, bo: Person, cy: Person, eve: Person, tea: str
) -> None:
    ear, others, stranger = ada.listens(), [bo.listens(), bo.listens(), cy.listens()], eve.listens()
    ear.sends({"type": "typing", "conversation_id": tea})
    for other in others:
        assert other.hears("typing") == {"type": "typing", "conversation_id": tea, "user_id": ada.id}
    for quiet in (ear, stranger):
        quiet.lives()
        assert quiet.of(tea) == []
    stranger.sends({"type": "typing", "conversation_id": tea})
    stranger.lives()
    said = ada.says("typed", to=tea)
    for other in others:
        other.catches_up(tea, said["id"])
        assert [one["user_id"] for one in other.of(tea) if one["type"] == "typing"] == [ada.id]


def test_a_ping_is_answered(ada: Person) -> None:
    ear = ada.listens()
    for ref in (0, 1, 2**31, 2**63, -7):
        assert ear.asks("ping", ref=ref) == {"type": "pong", "ref": ref}


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("", None),
        ("nonsense", None),
        ("{", None),
        ("[]", None),
        ("null", None),
        ("5", None),
        ("{}", None),
        ('{"type": "ping"}', None),
        ('{"type": "ping", "ref": "one"}', None),
        ('{"type": "ping", "ref": null}', None),
        ('{"type": "ping", "ref": 1.5}', None),
        ('{"type": "ping", "ref": 7, "nope": 1}', 7),
        ('{"type": "dance", "ref": 7}', 7),
        ('{"type": 5, "ref": 7}', 7),
        ('{"ref": 7}', 7),
        ('{"type": "resume", "ref": 7, "seqs": {}}', 7),
        ('{"type": "resume", "ref": 7, "epoch": "x", "seqs": []}', 7),
        ('{"type": "resume", "ref": 7, "epoch": "x", "seqs": {"x": "1"}}', 7),
        ('{"type": "read", "ref": 7, "conversation_id": "x"}', 7),
        ('{"type": "read", "ref": 7, "conversation_id": "x", "seq": -1}', 7),
        ('{"type": "typing"}', None),
        ('{"type": "hello", "ref": 7}', 7),
        ('{"type": "event", "ref": 7}', 7),
        ("[" * 50_000, None),
    ],
)
def test_what_is_not_understood_is_answered_and_the_socket_lives(ada: Person, said: str, ref: int | None) -> None:
    told = ada.listens().complaint(said)
    assert told["ref"] == ref
    assert told["problem"]["status"] in (400, 422)


def test_bytes_are_not_understood(ada: Person) -> None:
    assert ada.listens().complaint(b'{"type": "ping", "ref": 7}')["ref"] in (7, None)


def test_a_frame_has_at_most_128_kib(ada: Person) -> None:
    ear = ada.listens()
    ping: dict[str, Any] = {"type": "ping", "ref": 7}
    ear.wire.send(json.dumps(ping).ljust(128 * KIB))
    assert ear.answer_to(7) == {"type": "pong", "ref": 7}
    assert ear.complaint(json.dumps(ping | {"ref": 8}).ljust(128 * KIB + 1))["ref"] in (8, None)
    assert ear.complaint(json.dumps(ping | {"ref": 9, "nope": "é" * 70 * KIB}, ensure_ascii=False))["ref"] in (9, None)
    assert ear.complaint("x" * (MIB - 1))["ref"] is None


def test_a_frame_of_more_than_a_mebibyte_ends_the_socket(ada: Person) -> None:
    ear = ada.listens()
    ear.wire.send("x" * (MIB + 1))
    assert ear.ending() == 1009


def test_signing_out_by_the_page_ends_the_socket(house: House) -> None:
    dee = house.newcomer()
    ear = dee.listens()
    dee.browser.post("/logout", headers={"Sec-Fetch-Site": "same-origin"})
    assert ear.ending() == 4001
