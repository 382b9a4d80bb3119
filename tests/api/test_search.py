"""Search, through the door: pages that lead on, and faults by their field."""

from __future__ import annotations

from tests.api.cast import Cast, problem


def test_what_was_said_is_found_page_by_page(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    said = [cast.ada.says(f"Tea {number}", to=tea)["id"] for number in range(3)]
    first = cast.bo.get("/search?q=tea&limit=2")
    latest, _ = first.get_json()
    assert latest == {
        "conversation_id": tea,
        "message_id": said[-1],
        "sender_id": cast.ada.id,
        "created_at": latest["created_at"],
        "before": "",
        "found": "Tea",
        "after": " 2",
    }
    rest = cast.bo.get(first.headers["Link"].split(">")[0].strip("<").removeprefix("/api/v1"))
    assert [one["message_id"] for one in rest.get_json()] == [said[0]]
    assert "Link" not in rest.headers
    assert cast.eve.get("/search?q=tea").json == []
    assert len(cast.bo.get(f"/search?q=tea&conversation_id={tea}").get_json()) == 3
    problem(cast.eve.get(f"/search?q=tea&conversation_id={tea}"), 404)


def test_what_cannot_be_looked_for_is_refused_by_its_field(cast: Cast) -> None:
    for asked, field in (("", "q"), ("?q=", "q"), ("?q=%20", "q"), ("?q=a&after=x", "after")):
        problem(cast.ada.get(f"/search{asked}"), 422, field)
