"""What others see of one, by the API: whoever hides how far they have read does not see it of others either."""

from __future__ import annotations

from tests.api.cast import Cast, Person, problem


def marks(person: Person, conversation: str) -> dict[str, int]:
    """How far everybody has read, as somebody is told."""
    shown = person.get(f"/conversations/{conversation}").json
    return {one["user"]["user_name"]: one["read_seq"] for one in shown["participants"]}  # type: ignore[index]


def test_switches_are_turned_one_by_one_and_told_to_nobody_else(cast: Cast) -> None:
    ada = cast.ada
    assert ada.put("/privacy", {"receipts": False}).json == {
        "first_contact": "anyone",
        "presence": True,
        "receipts": False,
    }
    ada.put("/privacy", {"presence": False})
    assert ada.get("/privacy").json == {"first_contact": "anyone", "presence": False, "receipts": False}
    problem(ada.put("/privacy", {"presence": "no"}), 422, "presence")
    problem(ada.put("/privacy", {"receipts": None}), 422, "receipts")
    for person in (ada, cast.bo, cast.root):
        shown = person.get(f"/users/{ada.id}").json
        assert not {"presence", "receipts"} & shown.keys()  # type: ignore[union-attr]


def test_a_hidden_mark_is_0_wherever_it_is_read(cast: Cast) -> None:
    ada, bo, cy = cast.ada, cast.bo, cast.cy
    tea = ada.talks_to(bo, cy, title="Tea")
    said = ada.says("hello", to=tea)["id"]
    bo.put(f"/conversations/{tea}/read", {"seq": said})
    bo.put("/privacy", {"receipts": False})
    assert marks(ada, tea) == {"ada": said, "bo": 0, "cy": 1}
    assert marks(bo, tea) == {"ada": 0, "bo": said, "cy": 0}
    assert marks(cy, tea) == {"ada": said, "bo": 0, "cy": 1}
    ada.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "admin"})
    for person, told in ((ada, [said, 0]), (bo, [0, 0])):
        events = person.get(f"/conversations/{tea}/events?limit=100").json
        people = events[0]["conversation"]["participants"]  # type: ignore[index]
        heard = {one["user"]["user_name"]: one["read_seq"] for one in people}
        assert [heard["ada"], events[-1]["participant"]["read_seq"]] == told  # type: ignore[index]
    bo.put("/privacy", {"receipts": True})
    assert marks(ada, tea) == marks(bo, tea) == {"ada": said, "bo": said, "cy": 1}
