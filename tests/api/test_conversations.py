"""Conversations and their people at the door."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.cast import Cast, problem

NOBODY = "0" * 32
SHAPE = {
    *(
        "id",
        "kind",
        "title",
        "hue",
        "chosen_hue",
        "participants",
        "created_at",
        "last_activity_at",
        "last_seq",
        "message_count",
    ),
    *("last_message", "unread_count", "role", "read_seq", "muted", "marked_unread"),
}


def test_two_people_have_one_direct_conversation(either: Cast) -> None:
    ada, bo = either.ada, either.bo
    first = ada.post("/conversations/", {"participants": [bo.id]})
    assert first.status_code == 201
    shown: dict[str, Any] = first.json  # type: ignore[assignment]
    assert shown.keys() == SHAPE
    assert (shown["kind"], shown["title"], shown["last_seq"]) == ("direct", None, 1)
    again = bo.post("/conversations", {"participants": [bo.id, ada.id], "title": None})
    assert again.status_code == 200
    assert again.json["id"] == shown["id"]  # type: ignore[index]
    for path in (f"{ada.id}/{bo.id}", f"{bo.id}/{ada.id}", f"me/{bo.id}", f"{bo.id}/me"):
        assert ada.get(f"/conversations/{path}").json["id"] == shown["id"]  # type: ignore[index]


def test_the_direct_conversation_of_others_is_not_to_be_found(cast: Cast) -> None:
    cast.ada.talks_to(cast.bo)
    for path in (f"{cast.ada.id}/{cast.bo.id}", f"me/{cast.ada.id}", f"{NOBODY}/{NOBODY}", "me/me", f"me/{NOBODY}"):
        problem(cast.cy.get(f"/conversations/{path}"), 404)


@pytest.mark.parametrize(
    ("people", "title", "field"),
    [
        ([], None, "participants"),
        (["ada"], None, "participants"),
        ([NOBODY], None, "participants"),
        (["bo", "nonsense"], "Tea", "participants"),
        ("bo", None, "participants"),
        ([5], None, "participants"),
        (["bo", "cy"], None, "title"),
        (["bo", "cy"], "", "title"),
        (["bo", "cy"], "  ", "title"),
        (["bo", "cy"], "x" * 101, "title"),
        (["bo", "cy"], 5, "title"),
        (["bo"], "a\nb", "title"),
    ],
)
def test_a_conversation_that_cannot_be(cast: Cast, people: Any, title: Any, field: str) -> None:
    known = {"ada": cast.ada.id, "bo": cast.bo.id, "cy": cast.cy.id}
    ids = [known.get(one, one) for one in people] if isinstance(people, list) else people
    problem(cast.ada.post("/conversations", {"participants": ids, "title": title}), 422, field)
    assert cast.ada.get("/users/conversations/me").json == []


def test_a_group_has_an_owner_and_may_be_of_two(cast: Cast) -> None:
    tea: dict[str, Any] = cast.ada.post("/conversations", {"participants": [cast.bo.id], "title": "Tea"}).json  # type: ignore[assignment]
    assert (tea["kind"], tea["role"], tea["title"]) == ("group", "owner", "Tea")
    assert {one["user"]["id"]: one["role"] for one in tea["participants"]} == {
        cast.ada.id: "owner",
        cast.bo.id: "member",
    }
    assert cast.bo.get(f"/conversations/{tea['id']}").json["role"] == "member"  # type: ignore[index]


def test_each_who_sits_there_gives_it_a_light_and_a_hue_is_a_number_of_degrees(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    usual = cast.ada.get(f"/conversations/{tea}").json["hue"]  # type: ignore[index]
    lit = cast.cy.put(f"/conversations/{tea}", {"hue": 0}).json
    assert (lit["hue"], lit["chosen_hue"]) == (0, 0)  # type: ignore[index]
    for wrong in (360, -1, "22", 2.5, True):
        problem(cast.cy.put(f"/conversations/{tea}", {"hue": wrong}), 422)
    left = cast.bo.put(f"/conversations/{tea}", {"hue": None}).json
    assert (left["hue"], left["chosen_hue"]) == (usual, None)  # type: ignore[index]
    problem(cast.eve.put(f"/conversations/{tea}", {"hue": 1}), 404)


def test_a_group_is_named_by_who_looks_after_it_and_muted_by_each(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    assert cast.ada.put(f"/conversations/{tea}", {"title": "Coffee"}).json["title"] == "Coffee"  # type: ignore[index]
    problem(cast.bo.put(f"/conversations/{tea}", {"title": "Beer"}), 403)
    assert cast.bo.put(f"/conversations/{tea}", {"muted": True}).json["muted"] is True  # type: ignore[index]
    assert cast.ada.get(f"/conversations/{tea}").json["muted"] is False  # type: ignore[index]
    problem(cast.ada.put(f"/conversations/{tea}", {"muted": "yes"}), 422, "muted")
    problem(cast.ada.put(f"/conversations/{tea}", {"title": None}), 422, "title")
    duo = cast.ada.talks_to(cast.bo)
    problem(cast.ada.put(f"/conversations/{duo}", {"title": "Us"}), 409)
    problem(cast.ada.put(f"/conversations/{duo}", {"title": ""}), 422, "title")
    assert cast.ada.put(f"/conversations/{duo}", {"muted": True}).status_code == 200


def test_people_come_and_go(either: Cast) -> None:
    ada, bo, cy = either.ada, either.bo, either.cy
    tea = ada.talks_to(bo, title="Tea")
    ada.says("hello", to=tea)
    problem(bo.post(f"/conversations/{tea}/participants", {"user_ids": [cy.id]}), 403)
    problem(ada.post(f"/conversations/{tea}/participants", {"user_ids": [NOBODY]}), 422, "user_ids")
    problem(ada.post(f"/conversations/{tea}/participants", {"user_ids": []}), 422, "user_ids")
    added = ada.post(f"/conversations/{tea}/participants", {"user_ids": [cy.id, bo.id]})
    assert added.status_code == 200
    assert len(added.json["participants"]) == 3  # type: ignore[index]
    assert cy.get(f"/conversations/{tea}").json["unread_count"] == 0  # type: ignore[index]
    assert [one["content"] for one in cy.get(f"/conversations/{tea}/messages").json] == ["hello"]  # type: ignore[union-attr]
    problem(bo.delete(f"/conversations/{tea}/participants/{cy.id}"), 403)
    problem(ada.delete(f"/conversations/{tea}/participants/me"), 409)
    assert cy.delete(f"/conversations/{tea}/participants/me").status_code == 204
    problem(cy.get(f"/conversations/{tea}"), 404)
    problem(ada.delete(f"/conversations/{tea}/participants/{cy.id}"), 404)
    assert ada.delete(f"/conversations/{tea}/participants/{bo.id}").status_code == 204
    problem(bo.get(f"/conversations/{tea}/messages"), 404)


def test_roles_are_the_owners_to_give(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    bo_at = f"/conversations/{tea}/participants/{cast.bo.id}"
    problem(cast.cy.put(bo_at, {"role": "admin"}), 403)
    problem(cast.ada.put(bo_at, {"role": "king"}), 422, "role")
    problem(cast.ada.put(f"/conversations/{tea}/participants/{cast.dee.id}", {"role": "admin"}), 404)
    assert cast.ada.put(bo_at, {"role": "admin"}).status_code == 200
    problem(cast.bo.put(f"/conversations/{tea}/participants/{cast.cy.id}", {"role": "admin"}), 403)
    problem(cast.bo.delete(f"/conversations/{tea}/participants/{cast.ada.id}"), 403)
    given = cast.ada.put(bo_at, {"role": "owner"})
    assert given.json["role"] == "admin"  # type: ignore[index]
    assert cast.bo.get(f"/conversations/{tea}").json["role"] == "owner"  # type: ignore[index]
    assert cast.ada.delete(f"/conversations/{tea}/participants/me").status_code == 204


def test_what_is_not_there_is_a_404_before_any_403(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    problem(cast.bo.put(f"/conversations/{tea}/participants/{cast.dee.id}", {"role": "admin"}), 404)
    problem(cast.bo.put(f"/conversations/{tea}/participants/{cast.dee.id}", {"role": 5}), 404)
    problem(cast.bo.delete(f"/conversations/{tea}/participants/{cast.dee.id}"), 404)


def test_the_two_of_a_direct_conversation_stay_the_two(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    problem(cast.ada.post(f"/conversations/{duo}/participants", {"user_ids": [cast.cy.id]}), 409)
    problem(cast.ada.put(f"/conversations/{duo}/participants/{cast.bo.id}", {"role": "admin"}), 409)
    problem(cast.ada.delete(f"/conversations/{duo}/participants/{cast.bo.id}"), 409)
    problem(cast.ada.delete(f"/conversations/{duo}/participants/{cast.cy.id}"), 409)
    problem(cast.ada.delete(f"/conversations/{duo}/participants/me"), 409)
    problem(cast.cy.delete(f"/conversations/{duo}/participants/{cast.bo.id}"), 404)


def test_read_marks_rise_and_never_fall(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    cast.ada.says("one", to=duo)
    last = cast.ada.says("two", to=duo)["id"]
    assert cast.bo.get(f"/conversations/{duo}").json["unread_count"] == 2  # type: ignore[index]
    answer = cast.bo.put(f"/conversations/{duo}/read", {"seq": last})
    assert answer.status_code == 204
    assert cast.bo.put(f"/conversations/{duo}/read", {"seq": 1}).status_code == 204
    shown: dict[str, Any] = cast.bo.get(f"/conversations/{duo}").json  # type: ignore[assignment]
    assert (shown["unread_count"], shown["read_seq"]) == (0, last)
    for bad in ("2", 1.0, True, -1, None, 2**70):
        problem(cast.bo.put(f"/conversations/{duo}/read", {"seq": bad}), 422, "seq")
    problem(cast.cy.put(f"/conversations/{duo}/read", {"seq": 1}), 404)


def test_a_group_is_deleted_by_its_owner_for_all(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    problem(cast.bo.delete(f"/conversations/{tea}"), 403)
    assert cast.ada.delete(f"/conversations/{tea}").status_code == 204
    for person in (cast.ada, cast.bo):
        problem(person.get(f"/conversations/{tea}"), 404)
        problem(person.delete(f"/conversations/{tea}"), 404)


def test_a_direct_conversation_is_deleted_for_oneself(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    cast.ada.says("old", to=duo)
    assert cast.ada.delete(f"/conversations/{duo}").status_code == 204
    problem(cast.ada.get(f"/conversations/{duo}"), 404)
    problem(cast.ada.get(f"/conversations/me/{cast.bo.id}"), 404)
    assert [one["content"] for one in cast.bo.get(f"/conversations/{duo}/messages").json] == ["old"]  # type: ignore[union-attr]
    back = cast.ada.post("/conversations", {"participants": [cast.bo.id]})
    assert back.status_code == 200
    assert (back.json["id"], back.json["last_message"]) == (duo, None)  # type: ignore[index]
    assert cast.ada.get(f"/conversations/{duo}/messages").json == []
    assert cast.ada.get(f"/conversations/{duo}/events").json == []


def test_foreign_and_absent_conversations_look_alike_byte_for_byte(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    said = cast.ada.says("hi", to=tea)["id"]
    for below in ("", "/messages", "/events", f"/messages/{said}", f"/files/{NOBODY}", f"/files/{NOBODY}/640.avif"):
        foreign = cast.dee.get(f"/conversations/{tea}{below}")
        absent = cast.dee.get(f"/conversations/{NOBODY}{below}")
        assert foreign.data == absent.data
        assert {*foreign.headers.keys()} == {*absent.headers.keys()}
        problem(foreign, 404)
