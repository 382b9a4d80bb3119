"""People in and out of a group, and what their roles allow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.house import House
from tests.conformance.people import ABSENT, Json, Person, texts
from tests.conformance.shapes import CONVERSATION, fits
from tests.conformance.test_conversations import roles
from tests.conformance.verdicts import done, nothing_here, problem


@pytest.mark.usefixtures("cy_is_admin")
def test_owner_and_admins_bring_people_in(
    ada: Person, bo: Person, cy: Person, eve: Person, root: Person, tea: str
) -> None:
    problem(bo.post(f"/conversations/{tea}/participants", {"user_ids": [eve.id]}), 403)
    for who, guest in ((ada, eve), (cy, root)):
        seen = done(who.post(f"/conversations/{tea}/participants", {"user_ids": [guest.id]}))
        fits(seen, CONVERSATION)
        assert seen == who.looks_at(tea)
        assert roles(seen)[guest.id] == "member"


def test_newcomers_see_all_history_and_start_read(ada: Person, bo: Person, eve: Person, tea: str) -> None:
    for word in ("one", "two"):
        ada.says(word, to=tea)
    done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [eve.id]}))
    assert texts(eve.sees(tea)) == ["one", "two"]
    assert [event["seq"] for event in eve.log(tea)] == list(range(1, ada.looks_at(tea)["last_seq"] + 1))
    assert eve.looks_at(tea)["unread_count"] == 0
    bo.says("three", to=tea)
    assert eve.looks_at(tea)["unread_count"] == 1


@pytest.mark.usefixtures("cy_is_admin")
def test_whoever_is_in_already_stays_as_they_are(ada: Person, cy: Person, eve: Person, tea: str) -> None:
    seq = ada.looks_at(tea)["last_seq"]
    seen = done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [cy.id, ada.id]}))
    assert (roles(seen)[cy.id], roles(seen)[ada.id], seen["last_seq"]) == ("admin", "owner", seq)
    both = done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [cy.id, eve.id, eve.id]}))
    assert (len(both["participants"]), both["last_seq"]) == (4, seq + 1)


@pytest.mark.parametrize("value", [None, "x", [1], [None], [ABSENT], ["no id"]])
def test_whom_to_bring_is_checked(ada: Person, tea: str, value: Any) -> None:
    problem(ada.post(f"/conversations/{tea}/participants", {"user_ids": value}), 422, "user_ids")
    problem(ada.post(f"/conversations/{tea}/participants", {}), 422, "user_ids")
    problem(ada.post(f"/conversations/{tea}/participants", {"user_ids": [ada.id], "nope": 1}), 422, "nope")


def test_one_unknown_person_among_many_brings_nobody_in(ada: Person, eve: Person, tea: str) -> None:
    problem(ada.post(f"/conversations/{tea}/participants", {"user_ids": [eve.id, ABSENT]}), 422, "user_ids")
    assert eve.is_out_of(tea)


@pytest.mark.usefixtures("cy_is_admin")
def test_roles_are_the_owners_to_give(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    for who in (bo, cy):
        problem(who.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "admin"}), 403)
    seen = done(ada.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "admin"}))
    fits(seen, CONVERSATION)
    assert roles(seen) == {ada.id: "owner", bo.id: "admin", cy.id: "admin"}
    assert roles(done(ada.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "member"})))[bo.id] == "member"


@pytest.mark.usefixtures("cy_is_admin")
def test_giving_the_ownership_away_makes_oneself_an_admin(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    seen = done(ada.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "owner"}))
    assert roles(seen) == {ada.id: "admin", bo.id: "owner", cy.id: "admin"}
    assert seen["role"] == "admin"
    problem(ada.put(f"/conversations/{tea}/participants/{cy.id}", {"role": "member"}), 403)
    problem(ada.delete(f"/conversations/{tea}"), 403)
    done(bo.delete(f"/conversations/{tea}"), 204)


@pytest.mark.parametrize("body", [{}, {"role": "king"}, {"role": None}, {"role": 1}, {"role": "member", "nope": 1}])
def test_a_role_is_one_of_three(ada: Person, bo: Person, tea: str, body: Json) -> None:
    field = "nope" if "nope" in body else "role"
    problem(ada.put(f"/conversations/{tea}/participants/{bo.id}", body), 422, field)


def test_only_participants_have_roles(ada: Person, eve: Person, tea: str) -> None:
    for user_id in (eve.id, ABSENT, "no-id"):
        nothing_here(ada.put(f"/conversations/{tea}/participants/{user_id}", {"role": "admin"}))


@pytest.mark.usefixtures("cy_is_admin")
def test_owner_and_admins_remove_people_but_never_the_owner(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    problem(bo.delete(f"/conversations/{tea}/participants/{cy.id}"), 403)
    problem(bo.delete(f"/conversations/{tea}/participants/{ada.id}"), 403)
    problem(cy.delete(f"/conversations/{tea}/participants/{ada.id}"), 403)
    done(cy.delete(f"/conversations/{tea}/participants/{bo.id}"), 204)
    assert bo.is_out_of(tea)
    done(ada.delete(f"/conversations/{tea}/participants/{cy.id}"), 204)
    assert roles(ada.looks_at(tea)) == {ada.id: "owner"}


def test_everybody_may_leave_but_an_owner_hands_over_first(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    problem(ada.delete(f"/conversations/{tea}/participants/me"), 409)
    problem(ada.delete(f"/conversations/{tea}/participants/{ada.id}"), 409)
    done(bo.delete(f"/conversations/{tea}/participants/me"), 204)
    done(cy.delete(f"/conversations/{tea}/participants/{cy.id}"), 204)
    assert bo.is_out_of(tea)
    assert cy.is_out_of(tea)
    nothing_here(bo.delete(f"/conversations/{tea}/participants/me"))


def test_whoever_goes_hears_their_own_going_last(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    gone, stayed = bo.listens(), cy.listens()
    said = ada.says("before", to=tea)
    done(ada.delete(f"/conversations/{tea}/participants/{bo.id}"), 204)
    after = ada.says("after", to=tea)
    left = stayed.event(tea, "participant.left")
    assert (left["participant"]["user"]["id"], left["actor_id"]) == (bo.id, ada.id)
    assert stayed.catches_up(tea, after["id"]) == [said["id"], left["seq"], after["id"]]
    assert gone.catches_up(tea, left["seq"]) == [said["id"], left["seq"]]
    problem(bo.get(f"/conversations/{tea}/events"), 404)
    again = bo.listens()
    assert again.asks("resume", epoch=again.hello["epoch"], seqs={tea: 0})["type"] == "ok"
    assert again.hears("reset", conversation_id=tea)["seq"] is None
    assert again.seqs(tea) == []


def test_whoever_comes_hears_it_from_their_joining_on(house: House, ada: Person, eve: Person, tea: str) -> None:
    ear = eve.listens()
    ada.says("before", to=tea)
    done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [eve.id]}))
    joined = ear.event(tea, "participant.joined")
    assert joined["participant"]["user"]["id"] == eve.id
    after = ada.says("after", to=tea)
    assert ear.catches_up(tea, after["id"]) == [joined["seq"], after["id"]]


def test_one_may_come_back(ada: Person, bo: Person, tea: str) -> None:
    ear = bo.listens()
    done(bo.delete(f"/conversations/{tea}/participants/me"), 204)
    missed = ada.says("missed", to=tea)
    done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [bo.id]}))
    joined = ear.event(tea, "participant.joined")
    assert missed["id"] not in ear.seqs(tea)
    assert texts(bo.sees(tea)) == ["missed"]
    assert bo.looks_at(tea)["unread_count"] == 0
    heard = ada.says("heard", to=tea)
    assert ear.catches_up(tea, heard["id"])[-2:] == [joined["seq"], heard["id"]]
