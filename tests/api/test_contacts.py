"""Blocking, muting and who may write first, at the API's door."""

from __future__ import annotations

import io

from tests.api.cast import Cast, Person, problem


def blocks(one: Person, other: Person, blocked: bool = True) -> None:
    assert one.put(f"/contacts/{other.id}", {"blocked": blocked}).status_code == 200


def test_what_i_have_decided_is_listed_for_me_alone(cast: Cast) -> None:
    ada, bo, cy = cast.ada, cast.bo, cast.cy
    assert ada.get("/contacts").json == []
    changed = ada.put(f"/contacts/{bo.id}", {"blocked": True, "muted": True})
    assert (changed.json["blocked"], changed.json["muted"]) == (True, True)  # type: ignore[index]
    ada.put(f"/contacts/{cy.id}", {"muted": True})
    shown = [(one["user"]["id"], one["blocked"], one["muted"]) for one in ada.get("/contacts").json]  # type: ignore[union-attr]
    assert shown == [(bo.id, True, True), (cy.id, False, True)]
    assert bo.get("/contacts").json == []
    first = ada.get("/contacts?limit=1")
    assert [one["user"]["id"] for one in ada.get(first.headers["Link"].split(">")[0][1:]).json] == [cy.id]  # type: ignore[union-attr]
    assert "email" not in first.text
    ada.put(f"/contacts/{bo.id}", {"blocked": False})
    unmuted = ada.put(f"/contacts/{bo.id}", {"muted": False}).json
    assert (unmuted["blocked"], unmuted["muted"]) == (False, False)  # type: ignore[index]
    assert len(ada.get("/contacts").json) == 1  # type: ignore[arg-type]


def test_only_others_who_are_there_are_decided_about(cast: Cast) -> None:
    problem(cast.ada.put("/contacts/me", {"blocked": True}), 422, "user_id")
    problem(cast.ada.put(f"/contacts/{'0' * 32}", {"blocked": True}), 404)
    problem(cast.ada.put("/contacts/nobody", {}), 404)
    problem(cast.ada.put(f"/contacts/{cast.bo.id}", {"blocked": None}), 422, "blocked")
    problem(cast.ada.put(f"/contacts/{cast.bo.id}", {"hidden": True}), 422, "hidden")


def test_a_block_and_a_closed_door_cannot_be_told_apart(cast: Cast) -> None:
    ada, bo, cy = cast.ada, cast.bo, cast.cy
    tea = ada.talks_to(cast.dee, title="Tea")
    blocks(bo, ada)
    assert cy.put("/privacy", {"first_contact": "nobody"}).json["first_contact"] == "nobody"  # type: ignore[index]
    answers = []
    for other in (bo, cy):
        answers.append(ada.post("/conversations", {"participants": [other.id]}))
        answers.append(ada.post("/conversations", {"participants": [other.id, cast.dee.id], "title": "All"}))
        answers.append(ada.post(f"/conversations/{tea}/participants", {"user_ids": [other.id]}))
    assert {problem(one, 403)["detail"] for one in answers} == {"You cannot write to this person."}
    assert len({one.data for one in answers}) == 1


def test_neither_of_the_two_posts_and_what_was_posted_is_answered_again(cast: Cast) -> None:
    ada, bo = cast.ada, cast.bo
    duo = ada.talks_to(bo)
    said = ada.says("hello", to=duo, client_id="one")
    album = {"client_id": "two", "content": "here"}
    sent = ada.sends(duo, (io.BytesIO(b"words"), "a.txt"), **album).json
    blocks(bo, ada)
    for person in (ada, bo):
        problem(person.post(f"/conversations/{duo}/messages", {"content": "no"}), 403)
        problem(person.sends(duo, (io.BytesIO(b"words"), "a.txt")), 403)
    again = ada.post(f"/conversations/{duo}/messages", {"content": "hello", "client_id": "one"})
    assert (again.status_code, again.json) == (200, said)
    again = ada.sends(duo, (io.BytesIO(b"words"), "a.txt"), **album)
    assert (again.status_code, again.json) == (200, sent)
    blocks(bo, ada, False)
    ada.says("back again", to=duo)


def test_whoever_may_write_first_is_chosen_and_shown_to_oneself_only(cast: Cast) -> None:
    shows = {"presence": True, "receipts": True}
    assert cast.ada.get("/privacy").json == {"first_contact": "anyone", **shows}
    problem(cast.ada.put("/privacy", {"first_contact": "friends"}), 422, "first_contact")
    problem(cast.ada.put("/privacy", {"first_contact": None}), 422, "first_contact")
    cast.ada.put("/privacy", {"first_contact": "shared"})
    assert cast.ada.put("/privacy", {}).json == {"first_contact": "shared", **shows}
    assert cast.ada.get("/privacy").json == {"first_contact": "shared", **shows}
    for person in (cast.ada, cast.bo, cast.root):
        assert "first_contact" not in person.get(f"/users/{cast.ada.id}").text
