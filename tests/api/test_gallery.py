"""The gallery at the door."""

from __future__ import annotations

from tests.api.cast import Cast, problem
from tests.api.test_files import picture

SHAPE = {"place", "conversation_id", "message_id", "sender_id", "content", "html", "created_at", "attachment"}


def test_pictures_are_listed_for_one_conversation_and_for_all(either: Cast) -> None:
    duo, tea = either.ada.talks_to(either.bo), either.ada.talks_to(either.bo, either.cy, title="Tea")
    first = either.ada.sends(duo, (picture(40, 30), "a.jpg"), (picture(30, 40), "b.jpg"), content="*Two*").json
    second = either.cy.sends(tea, (picture(40, 30), "c.jpg")).json
    [one, two] = either.bo.get(f"/conversations/{duo}/pictures").json  # type: ignore[misc]
    assert one.keys() == SHAPE
    assert [one["attachment"], two["attachment"]] == first["attachments"]  # type: ignore[index]
    told = (one["message_id"], one["sender_id"], one["content"], one["html"], one["created_at"])
    said = [first[name] for name in ("id", "sender_id", "content", "html", "created_at")]  # type: ignore[index]
    assert list(told) == said
    everything = either.bo.get("/pictures").json
    assert [each["attachment"] for each in everything] == [*first["attachments"], *second["attachments"]]  # type: ignore[index, union-attr]
    assert [each["sender_id"] for each in either.bo.get("/pictures?sender_id=me").json] == []  # type: ignore[union-attr]
    assert len(either.ada.get("/pictures?sender_id=me").json) == 2  # type: ignore[arg-type]
    assert len(either.ada.get("/pictures?has_text=true").json) == 2  # type: ignore[arg-type]


def test_links_lead_through_all_of_them_and_say_no_more_than_they_must(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    for _ in range(5):
        cast.ada.sends(duo, (picture(40, 30), "a.jpg"))
    for where in (f"/conversations/{duo}/pictures", "/pictures"):
        path = f"{where}?limit=2&sender_id={cast.ada.id}"
        seen: list[int] = []
        while path:
            answer = cast.bo.get(path)
            seen = [one["message_id"] for one in answer.json] + seen  # type: ignore[union-attr]
            path = answer.headers.get("Link", "").partition(">")[0].lstrip("<")
        assert seen == [2, 3, 4, 5, 6]
        middle = cast.bo.get(where).json[2]  # type: ignore[index]
        around = cast.bo.get(f"{where}?around={middle['attachment']['id']}&limit=3")
        assert [one["message_id"] for one in around.json] == [3, 4, 5]  # type: ignore[union-attr]
        older = cast.bo.get(around.headers["Link"].partition(">")[0].lstrip("<"))
        assert [one["message_id"] for one in older.json] == [2]  # type: ignore[union-attr]
        newer = cast.bo.get(where, query_string={"after": middle["place"], "limit": 1})
        assert [one["message_id"] for one in newer.json] == [5]  # type: ignore[union-attr]
        on = cast.bo.get(newer.headers["Link"].partition(">")[0].lstrip("<"))
        assert [one["message_id"] for one in on.json] == [6]  # type: ignore[union-attr]
        assert "Link" not in on.headers


def test_what_cannot_be_meant_is_refused(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    for where in (f"/conversations/{duo}/pictures", "/pictures"):
        problem(cast.ada.get(f"{where}?before=2.0&after=2.0"), 422, "after")
        problem(cast.ada.get(f"{where}?before=yesterday"), 422, "before")
        problem(cast.ada.get(f"{where}?around={duo}"), 422, "around")
        problem(cast.ada.get(f"{where}?has_text=perhaps"), 422, "has_text")
        problem(cast.ada.get(f"{where}?colour=red"), 422, "colour")
        problem(cast.ada.get(f"{where}?limit=101"), 422, "limit")
    # Whoever may not see it hears that first.
    problem(cast.cy.get(f"/conversations/{duo}/pictures?before=yesterday"), 404)
