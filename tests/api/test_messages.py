"""Messages and events at the door."""

from __future__ import annotations

from typing import Any

from tests.api.cast import Cast, Person, problem

SHAPE = {
    *("id", "conversation_id", "sender_id", "client_id", "content", "html", "attachments", "reply_to", "reactions"),
    *("created_at", "edited_at", "deleted_at"),
    *("pinned", "forwarded", "reply_attachment", "previews", "reply_count", "last_reply"),
}


def walk(person: Person, path: str) -> list[list[int]]:
    """The ids of each page that the links lead through."""
    pages = []
    while path:
        answer = person.get(path)
        assert answer.status_code == 200, answer.text
        pages.append([one.get("id", one.get("seq")) for one in answer.json])  # type: ignore[union-attr]
        path = answer.headers.get("Link", "").partition(">")[0].lstrip("<")
        assert len(pages) < 50
    return pages


def test_a_message_is_said_and_seen(either: Cast) -> None:
    duo = either.ada.talks_to(either.bo)
    answer = either.ada.post(f"/conversations/{duo}/messages", {"content": "*Hello*", "client_id": "a-1"})
    assert answer.status_code == 201
    message: dict[str, Any] = answer.json  # type: ignore[assignment]
    assert message.keys() == SHAPE
    assert (message["id"], message["sender_id"], message["client_id"]) == (2, either.ada.id, "a-1")
    assert message["html"] == "<p><em>Hello</em></p>"
    assert either.bo.get(f"/conversations/{duo}/messages/").json == [message]
    assert either.bo.get(f"/conversations/{duo}/messages/2").json == message


def test_saying_it_again_says_it_once(either: Cast) -> None:
    duo, ada = either.ada.talks_to(either.bo), either.ada
    where, body = f"/conversations/{duo}/messages", {"content": "once", "client_id": "c"}
    first, second = ada.post(where, body), ada.post(where, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    problem(ada.post(where, {**body, "content": "twice"}), 409)
    problem(ada.post(where, {**body, "reply_to": 2}), 409)
    assert either.bo.post(where, body).status_code == 201
    assert ada.delete(f"{where}/2").status_code == 204
    again = ada.post(where, body)
    assert again.status_code == 200
    assert again.json["deleted_at"]  # type: ignore[index]


def test_nobody_writes_in_anothers_name(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    where = f"/conversations/{duo}/messages"
    assert cast.ada.post(where, {"content": "hi", "sender_id": cast.ada.id}).status_code == 201
    problem(cast.ada.post(where, {"content": "hi", "sender_id": cast.bo.id}), 403)
    problem(cast.cy.post(where, {"content": "hi", "sender_id": cast.bo.id}), 404)
    problem(cast.ada.post(where, {"content": "hi", "sender_id": 5}), 422, "sender_id")


def test_a_reply_is_to_a_message_of_the_same_conversation(cast: Cast) -> None:
    duo, other = cast.ada.talks_to(cast.bo), cast.ada.talks_to(cast.cy)
    first = cast.ada.says("one", to=duo)["id"]
    cast.ada.says("x", to=other)
    third = cast.ada.says("y", to=other)["id"]
    assert cast.bo.says("two", to=duo, reply_to=first)["reply_to"] == first
    problem(cast.bo.post(f"/conversations/{duo}/messages", {"content": "no", "reply_to": third + 5}), 422, "reply_to")
    problem(cast.bo.post(f"/conversations/{duo}/messages", {"content": "no", "reply_to": 1}), 422, "reply_to")


def test_pages_lead_from_the_latest_to_the_oldest_and_back(either: Cast) -> None:
    duo = either.ada.talks_to(either.bo)
    ids = [either.ada.says(str(n), to=duo)["id"] for n in range(7)]
    where = f"/conversations/{duo}/messages"
    assert walk(either.bo, f"{where}?limit=3") == [ids[4:], ids[1:4], ids[:1]]
    assert walk(either.bo, f"{where}?after=0&limit=3") == [ids[:3], ids[3:6], ids[6:]]
    assert walk(either.bo, f"{where}?before={ids[3]}&limit=2") == [ids[1:3], ids[:1]]
    assert walk(either.bo, f"{where}?after={ids[-1]}") == [[]]
    assert walk(either.bo, f"{where}?before={ids[0]}") == [[]]
    around = walk(either.bo, f"{where}?around={ids[3]}&limit=4")
    assert ids[3] in around[0]
    assert len(around[0]) == 4
    assert sorted(number for page in around for number in page) == ids[: ids.index(max(around[0])) + 1]
    link = either.bo.get(f"{where}/?limit=3").headers["Link"]
    assert link == f'</api/v1{where}/?limit=3&before={ids[4]}>; rel="next"'


def test_before_after_and_around_exclude_each_other(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    for two, field in (("before=1&after=2", "after"), ("around=1&before=2", "around"), ("after=1&around=1", "around")):
        problem(cast.ada.get(f"/conversations/{duo}/messages?{two}"), 422, field)
    for bad in ("x", "-1", "1.5", "", "99999999999999999999"):
        problem(cast.ada.get(f"/conversations/{duo}/messages?before={bad}"), 422, "before")


def test_a_message_is_taken_back_by_its_sender_or_who_looks_after_the_group(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    where = f"/conversations/{tea}/messages"
    mine, hers = cast.bo.says("mine", to=tea)["id"], cast.ada.says("hers", to=tea)["id"]
    problem(cast.cy.delete(f"{where}/{mine}"), 403)
    problem(cast.bo.delete(f"{where}/{hers}"), 403)
    problem(cast.dee.delete(f"{where}/{mine}"), 404)
    problem(cast.bo.delete(f"{where}/{hers + 9}"), 404)
    problem(cast.bo.delete(f"{where}/nope"), 404)
    problem(cast.bo.delete(f"{where}/{'9' * 30}"), 404)
    assert cast.bo.delete(f"{where}/{mine}").status_code == 204
    assert cast.bo.delete(f"{where}/{mine}/").status_code == 204
    assert cast.ada.delete(f"{where}/{mine}").status_code == 204
    gone: dict[str, Any] = cast.cy.get(f"{where}/{mine}").json  # type: ignore[assignment]
    assert (gone["content"], gone["html"], gone["attachments"]) == ("", "", [])
    assert gone["deleted_at"]
    duo = cast.ada.talks_to(cast.bo)
    word = cast.bo.says("word", to=duo)["id"]
    problem(cast.ada.delete(f"/conversations/{duo}/messages/{word}"), 403)


def test_events_are_numbered_from_one_without_gaps_and_lead_on(either: Cast) -> None:
    tea = either.ada.talks_to(either.bo, title="Tea")
    either.ada.says("hi", to=tea)
    either.ada.put(f"/conversations/{tea}", {"title": "Coffee"})
    either.ada.post(f"/conversations/{tea}/participants", {"user_ids": [either.cy.id]})
    either.ada.delete(f"/conversations/{tea}/messages/2")
    events: list[dict[str, Any]] = either.bo.get(f"/conversations/{tea}/events").json  # type: ignore[assignment]
    assert [(event["seq"], event["kind"]) for event in events] == [
        (1, "conversation.created"),
        (2, "message.posted"),
        (3, "conversation.changed"),
        (4, "participant.joined"),
        (5, "message.deleted"),
    ]
    assert {"conversation_id", "seq", "kind", "actor_id", "created_at", "message"} == events[1].keys()
    assert events[3]["participant"]["user"]["id"] == either.cy.id
    assert {one["user"]["id"] for one in events[0]["conversation"]["participants"]} >= {either.ada.id, either.bo.id}
    assert "unread_count" not in events[0]["conversation"]
    assert walk(either.bo, f"/conversations/{tea}/events?after=1&limit=2") == [[2, 3], [4, 5]]
    assert walk(either.bo, f"/conversations/{tea}/events?limit=3") == [[1, 2, 3], [4, 5]]
    assert either.bo.get(f"/conversations/{tea}/events?after=99").json == []
    for bad in ("after=-1", "after=x", "before=1"):
        problem(either.bo.get(f"/conversations/{tea}/events?{bad}"), 422)
