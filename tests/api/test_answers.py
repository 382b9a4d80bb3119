"""Edits, reactions, pins, forwarding and answers to single pictures, over HTTP."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from tests.api.cast import Cast, Person, problem
from tests.api.test_files import picture


def said_in(person: Person, to: str, number: int) -> dict[str, Any]:
    return dict(person.get(f"/conversations/{to}/messages/{number}").json)  # type: ignore[arg-type]


def test_an_edit_answers_with_the_message_and_keeps_its_history(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    path = f"/conversations/{duo}/messages/{cast.ada.says('one', to=duo)['id']}"
    changed = cast.ada.put(path, {"content": "**two**"})
    assert changed.status_code == 200
    assert changed.json["html"] == "<p><strong>two</strong></p>"  # type: ignore[index]
    assert changed.json["edited_at"]  # type: ignore[index]
    assert [one["content"] for one in cast.bo.get(f"{path}/history").json] == ["one"]  # type: ignore[union-attr]
    problem(cast.bo.put(path, {"content": "three"}), 403)
    problem(cast.bo.put(path, {"content": 3}), 403)
    problem(cast.ada.put(path, {}), 422, "content")
    problem(cast.ada.put(path, {"content": " "}), 422, "content")
    problem(cast.ada.put(path, {"content": "x", "sender_id": "me"}), 422, "sender_id")
    problem(cast.ada.put(f"/conversations/{duo}/messages/999", {"content": "x"}), 404)
    cast.ada.delete(path)
    problem(cast.ada.put(path, {"content": "three"}), 409)
    assert cast.bo.get(f"{path}/history").json == []


def test_pictures_have_words_of_their_own_from_the_start_or_later(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    files = [(picture(40, 30), f"{n}.jpg") for n in range(2)]
    sent = cast.ada.sends(duo, *files, caption=["First", "Second"]).json
    assert [one["caption"] for one in sent["attachments"]] == ["First", "Second"]  # type: ignore[index]
    one, other = sent["attachments"]  # type: ignore[index]
    path = f"/conversations/{duo}/messages/{sent['id']}"  # type: ignore[index]
    now = cast.ada.put(path, {"attachments": [{"id": other["id"], "alt": "A ridge"}]}).json
    assert [(each["alt"], each["caption"]) for each in now["attachments"]] == [("", "First"), ("A ridge", "Second")]  # type: ignore[index]
    problem(cast.ada.put(path, {"attachments": [{"id": "0" * 32, "alt": "?"}]}), 422, "attachments")
    problem(cast.ada.put(path, {"attachments": [{"id": one["id"], "alt": "x" * 1001}]}), 422, "attachments")
    problem(cast.ada.sends(duo, (picture(9, 9), "x.jpg"), caption=["a", "b"]), 422, "caption")


def test_a_reaction_is_put_and_taken_by_its_emoji(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    number = cast.ada.says("cake?", to=duo)["id"]
    path = f"/conversations/{duo}/messages/{number}/reactions/"
    assert cast.bo.put(path + quote("❤")).json["reactions"] == [{"emoji": "❤️", "user_ids": [cast.bo.id]}]  # type: ignore[index]
    assert cast.bo.put(path + quote("❤️")).status_code == 200
    problem(cast.bo.put(path + "heart"), 422, "emoji")
    problem(cast.bo.put(path + quote("❤") + "?attachment=" + "0" * 32), 404)
    problem(cast.bo.put(path + quote("❤") + "?on=this"), 422, "on")
    for _ in range(2):
        assert cast.bo.delete(path + quote("❤️")).status_code == 204
    assert said_in(cast.ada, duo, number)["reactions"] == []
    kinds = [one["kind"] for one in cast.ada.get(f"/conversations/{duo}/events?after={number}").json]  # type: ignore[union-attr]
    assert kinds == ["message.reacted", "message.reacted"]


def test_pins_are_listed_with_who_pinned_them(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    number = cast.ada.says("at seven", to=duo)["id"]
    assert cast.bo.put(f"/conversations/{duo}/messages/{number}/pin").json["pinned"] is True  # type: ignore[index]
    [pin] = cast.ada.get(f"/conversations/{duo}/pins").json  # type: ignore[misc]
    assert (pin["message"]["content"], pin["user_id"]) == ("at seven", cast.bo.id)
    assert cast.ada.delete(f"/conversations/{duo}/messages/{number}/pin").status_code == 204
    assert cast.ada.get(f"/conversations/{duo}/pins").json == []


def test_one_picture_is_answered_and_reacted_to(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    sent = cast.ada.sends(duo, (picture(40, 30), "a.jpg"), (picture(30, 40), "b.jpg")).json
    number, which = sent["id"], sent["attachments"][1]["id"]  # type: ignore[index]
    answer = cast.bo.says("this one", to=duo, reply_to=number, reply_attachment=which)
    assert answer["reply_attachment"] == which
    album = {"reply_to": str(number), "reply_attachment": which}
    assert cast.bo.sends(duo, (io.BytesIO(b"x"), "x.txt"), **album).json["reply_attachment"] == which  # type: ignore[index]
    wrong = {"content": "?", "reply_to": answer["id"], "reply_attachment": which}
    problem(cast.bo.post(f"/conversations/{duo}/messages", wrong), 422, "reply_attachment")
    reacted = cast.bo.put(f"/conversations/{duo}/messages/{number}/reactions/{quote('🔥')}?attachment={which}").json
    assert [one["reactions"] for one in reacted["attachments"]] == [  # type: ignore[index]
        [],
        [{"emoji": "🔥", "user_ids": [cast.bo.id]}],
    ]


def test_what_is_forwarded_is_a_copy_that_stays(cast: Cast) -> None:
    duo, trio = cast.ada.talks_to(cast.bo), cast.bo.talks_to(cast.ada, cast.cy, title="Trio")
    sent = cast.ada.sends(duo, (picture(400, 300), "ridge.jpg"), content="the ridge", alt=["A ridge"]).json
    path = f"/conversations/{duo}/messages/{sent['id']}"  # type: ignore[index]
    answers = [cast.bo.post(f"{path}/forward", {"conversation_ids": [trio], "client_id": "once"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    [copy] = answers[0].json  # type: ignore[misc]
    assert answers[1].json == [copy]
    assert (copy["sender_id"], copy["content"], copy["forwarded"]) == (cast.bo.id, "the ridge", True)
    assert copy["attachments"][0]["alt"] == "A ridge"
    assert copy["attachments"][0]["id"] != sent["attachments"][0]["id"]  # type: ignore[index]
    assert len(cast.cy.get(f"/conversations/{trio}/messages").json) == 1  # type: ignore[arg-type]
    cast.ada.delete(path)
    before = cast.cy.get(copy["attachments"][0]["url"])
    assert before.status_code == 200
    assert len(before.data) == copy["attachments"][0]["size"]
    assert cast.cy.get(copy["attachments"][0]["renditions"][0]["url"]).status_code == 200
    problem(cast.bo.post(f"{path}/forward", {"conversation_ids": [trio]}), 409)
    foreign = cast.ada.talks_to(cast.dee)
    words = cast.ada.says("for you", to=duo)["id"]
    problem(cast.bo.post(f"/conversations/{duo}/messages/{words}/forward", {"conversation_ids": [foreign]}), 404)
    problem(cast.bo.post(f"/conversations/{duo}/messages/{words}/forward", {"conversation_ids": []}), 422)
    problem(cast.bo.post(f"/conversations/{foreign}/messages/2/forward", {"conversation_ids": [trio]}), 404)


def test_replies_are_listed_in_pages(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    said = cast.ada.says("cake?", to=duo)
    assert (said["reply_count"], said["last_reply"]) == (0, None)
    ids = [cast.bo.says(f"answer {n}", to=duo, reply_to=said["id"])["id"] for n in range(3)]
    path = f"/conversations/{duo}/messages/{said['id']}/replies"
    first = cast.ada.get(f"{path}?limit=2")
    assert [one["id"] for one in first.json] == ids[:2]  # type: ignore[union-attr]
    assert f"after={ids[1]}" in first.headers["Link"]
    assert [one["id"] for one in cast.ada.get(f"{path}?after={ids[1]}").json] == ids[2:]  # type: ignore[union-attr]
    shown = cast.bo.get(f"/conversations/{duo}/messages/{said['id']}").json
    assert (shown["reply_count"], shown["last_reply"]) == (3, ids[2])  # type: ignore[index]
    problem(cast.cy.get(path), 404)
    problem(cast.ada.get(f"/conversations/{duo}/messages/999/replies"), 404)
