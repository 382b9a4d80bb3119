"""Conversations: started, looked at, listed, named, muted, ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.house import House
from tests.conformance.people import ABSENT, Json, Person, numbers, texts
from tests.conformance.pictures import photo
from tests.conformance.shapes import CONVERSATION, fits
from tests.conformance.verdicts import done, problem


def roles(conversation: Json) -> dict[str, str]:
    """Who has which role, by user id."""
    return {one["user"]["id"]: one["role"] for one in conversation["participants"]}


def test_two_people_without_a_title_have_one_direct_conversation(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    made = done(dee.post("/conversations", {"participants": [flo.id]}), 201)
    fits(made, CONVERSATION | {"kind": "direct", "title": None})
    for who, named in ((dee, [flo.id]), (flo, [dee.id]), (dee, [dee.id, flo.id]), (dee, [flo.id, dee.id, flo.id])):
        there = done(who.post("/conversations", {"participants": named}), 200)
        fits(there, CONVERSATION)
        assert there["id"] == made["id"]
    assert set(roles(made)) == {dee.id, flo.id}


def test_a_new_conversation_is_empty_and_read(ada: Person, bo: Person) -> None:
    made = done(ada.post("/conversations", {"participants": [bo.id], "title": "New"}), 201)
    fits(made, CONVERSATION | {"kind": "group", "title": "New", "last_seq": 1, "message_count": 0})
    fits({name: made[name] for name in ("last_message", "unread_count", "muted")}, _fresh())
    assert made["role"] == "owner"
    assert bo.looks_at(made["id"])["unread_count"] == 0
    assert bo.looks_at(made["id"])["role"] == "member"


def _fresh() -> Json:
    return {"last_message": None, "unread_count": 0, "muted": False}


def test_a_group_has_its_starter_as_owner_whether_named_or_not(ada: Person, bo: Person, cy: Person) -> None:
    for named in ([bo.id, cy.id], [ada.id, bo.id, cy.id]):
        made = done(ada.post("/conversations", {"participants": named, "title": "Three"}), 201)
        assert roles(made) == {ada.id: "owner", bo.id: "member", cy.id: "member"}


def test_two_with_a_title_are_a_group_each_time(ada: Person, bo: Person) -> None:
    first, second = ada.gathers(bo, title="Same"), ada.gathers(bo, title="Same")
    assert first != second
    assert ada.looks_at(first)["kind"] == "group"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "participants"),
        ({"participants": []}, "participants"),
        ({"participants": [], "title": "Alone"}, "participants"),
        ({"participants": ["{me}"]}, "participants"),
        ({"participants": ["{me}"], "title": "Alone"}, "participants"),
        ({"participants": [ABSENT]}, "participants"),
        ({"participants": ["no id"]}, "participants"),
        ({"participants": ["{other}", ABSENT], "title": "Tea"}, "participants"),
        ({"participants": "{other}"}, "participants"),
        ({"participants": [1]}, "participants"),
        ({"participants": [None]}, "participants"),
        ({"participants": ["{other}", "{third}"]}, "title"),
        ({"participants": ["{other}"], "title": ""}, "title"),
        ({"participants": ["{other}"], "title": "x" * 101}, "title"),
        ({"participants": ["{other}"], "title": 5}, "title"),
        ({"participants": ["{other}"], "nope": 1}, "nope"),
        ({"participants": ["{other}"], "kind": "group"}, "kind"),
        ({"participants": ["{other}"], "id": ABSENT}, "id"),
    ],
)
def test_what_is_wrong_with_a_start_is_named(ada: Person, bo: Person, cy: Person, body: Json, field: str) -> None:
    places = {"{me}": ada.id, "{other}": bo.id, "{third}": cy.id}

    def filled(value: Any) -> Any:
        return [filled(one) for one in value] if isinstance(value, list) else places.get(value, value)

    sent = {name: filled(value) for name, value in body.items()}
    problem(ada.post("/conversations", sent), 422, field)


def test_a_title_has_1_to_100_characters(ada: Person, bo: Person) -> None:
    for title in ("x", "é" * 100, "🌍" * 100):
        made = done(ada.post("/conversations", {"participants": [bo.id], "title": title}), 201)
        assert made["title"] == title


def test_nobody_starts_with_somebody_who_is_gone(house: House, ada: Person) -> None:
    gone = house.newcomer()
    done(gone.delete("/users/me"), 204)
    problem(ada.post("/conversations", {"participants": [gone.id]}), 422, "participants")


def test_the_direct_conversation_of_two_is_found_by_their_ids(pair: tuple[Person, Person, str], ada: Person) -> None:
    dee, flo, duo = pair
    for who in (dee, flo):
        for first, second in ((dee.id, flo.id), (flo.id, dee.id)):
            assert done(who.get(f"/conversations/{first}/{second}")) == who.looks_at(duo)
    assert done(dee.get(f"/conversations/me/{flo.id}"))["id"] == duo
    assert done(dee.get(f"/conversations/{flo.id}/me"))["id"] == duo
    for other in (ada.id, dee.id, "me", ABSENT):
        problem(dee.get(f"/conversations/{dee.id}/{other}"), 404)


def test_a_group_of_two_is_no_direct_conversation(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    dee.gathers(flo)
    problem(dee.get(f"/conversations/{dee.id}/{flo.id}"), 404)


def test_ones_conversations_come_latest_activity_first_page_by_page(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    rooms = [dee.gathers(flo, title=f"Room {number}") for number in range(5)]
    dee.says("back to the first", to=rooms[0])
    found: list[Json] = []
    path = "/users/conversations/me?limit=2"
    while path:
        answer = flo.get(path)
        found += done(answer)
        path = answer.links.get("next", {}).get("url", "")
        assert not path or path.startswith("/api/v1/users/conversations/")
    fits(found, [CONVERSATION])
    assert [one["id"] for one in found] == [rooms[0], *reversed(rooms[1:])]
    assert found[0]["unread_count"] == 1
    assert found[0] == flo.looks_at(rooms[0])
    assert "next" not in flo.get("/users/conversations/me?limit=5").links


@pytest.mark.usefixtures("cy_is_admin")
def test_the_title_is_the_owners_and_admins_to_change(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    for who, title in ((ada, "High tea"), (cy, "Low tea")):
        changed = done(who.put(f"/conversations/{tea}", {"title": title}))
        fits(changed, CONVERSATION)
        assert changed == who.looks_at(tea)
        assert bo.looks_at(tea)["title"] == title
    problem(bo.put(f"/conversations/{tea}", {"title": "Mine"}), 403)
    problem(bo.put(f"/conversations/{tea}", {"title": "Mine", "muted": True}), 403)
    assert (bo.looks_at(tea)["title"], bo.looks_at(tea)["muted"]) == ("Low tea", False)


def test_a_direct_conversation_has_no_title_to_change(pair: tuple[Person, Person, str]) -> None:
    dee, flo, duo = pair
    for who in (dee, flo):
        problem(who.put(f"/conversations/{duo}", {"title": "Us", "muted": True}), 409)
    assert (dee.looks_at(duo)["title"], dee.looks_at(duo)["muted"]) == (None, False)


def test_everybody_mutes_for_oneself(ada: Person, bo: Person, tea: str) -> None:
    seqs = ada.looks_at(tea)["last_seq"]
    assert done(bo.put(f"/conversations/{tea}", {"muted": True}))["muted"] is True
    assert ada.looks_at(tea)["muted"] is False
    assert ada.looks_at(tea)["last_seq"] == seqs
    assert done(bo.put(f"/conversations/{tea}", {"muted": False}))["muted"] is False
    both = done(ada.put(f"/conversations/{tea}", {"muted": True, "title": "Quiet"}))
    assert (both["muted"], both["title"]) == (True, "Quiet")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"title": None}, "title"),
        ({"title": 5}, "title"),
        ({"muted": "yes"}, "muted"),
        ({"muted": None}, "muted"),
        ({"muted": True, "nope": 1}, "nope"),
        *(({name: 1}, name) for name in ("id", "kind", "last_seq", "unread_count", "role", "read_seq", "created_at")),
    ],
)
def test_what_is_wrong_with_a_change_is_named(ada: Person, tea: str, body: Json, field: str) -> None:
    problem(ada.put(f"/conversations/{tea}", body), 422, field)


@pytest.mark.usefixtures("cy_is_admin")
def test_a_group_is_its_owners_to_delete_and_gone_for_all(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    said = ada.shows(photo(), to=tea)
    for who in (bo, cy):
        problem(who.delete(f"/conversations/{tea}"), 403)
    done(ada.delete(f"/conversations/{tea}"), 204)
    for who in (ada, bo, cy):
        assert who.is_out_of(tea)
        problem(who.get(f"/conversations/{tea}/messages/{said['id']}"), 404)
        problem(who.get(f"/conversations/{tea}/events"), 404)
        problem(who.get(said["attachments"][0]["url"]), 404)
        assert tea not in [one["id"] for one in done(who.get("/users/conversations/me"))]
    problem(ada.delete(f"/conversations/{tea}"), 404)


def test_a_conversation_tells_its_last_message_and_how_many(ada: Person, bo: Person, tea: str) -> None:
    before = ada.looks_at(tea)
    said = bo.says("first", to=tea)
    seen = ada.looks_at(tea)
    assert seen["last_message"] == ada.message(tea, said["id"]) == said
    assert (seen["message_count"], seen["last_seq"]) == (1, said["id"])
    assert seen["last_activity_at"] >= before["last_activity_at"]
    bo.takes_back(said)
    after = ada.looks_at(tea)
    assert after["message_count"] == 1
    assert after["last_message"]["deleted_at"]
    assert numbers(ada.sees(tea)) == [said["id"]]
    assert texts(ada.sees(tea)) == [""]
