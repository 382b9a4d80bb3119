"""Reporting, at the API's door."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.api.cast import Cast, problem
from tests.api.test_files import picture


@pytest.fixture
def said(cast: Cast) -> dict[str, Any]:
    """A message of Bo's with two pictures and a file, in a group that Ada is in."""
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea")
    files = [(picture(40, 30), "a.jpg"), (picture(50, 30), "b.jpg"), (io.BytesIO(b"x"), "c.txt")]
    return dict(cast.bo.sends(tea, *files, content="look").json)  # type: ignore[arg-type]


def of(said: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {"conversation_id": said["conversation_id"], "message_id": said["id"], "reason": "spam"}
    return {"kind": "message", **named, **more}


def test_a_message_a_picture_and_a_person_are_reported(cast: Cast, said: dict[str, Any]) -> None:
    image = said["attachments"][0]["id"]
    things = [of(said), of(said, kind="picture", attachment_id=image)]
    things.append({"kind": "person", "user_id": cast.bo.id, "reason": "other", "words": "ask Cy"})
    for thing in things:
        made = cast.ada.post("/reports", thing)
        assert made.status_code == 201
        assert set(made.json) == {"id", "kind", "reason", "created_at"}  # type: ignore[arg-type]
        again = cast.ada.post("/reports", {**thing, "words": "again"})
        assert (again.status_code, again.json) == (200, made.json)


def test_what_one_cannot_see_is_a_404_of_one_body(cast: Cast, said: dict[str, Any]) -> None:
    image, file = said["attachments"][0]["id"], said["attachments"][2]["id"]
    answers = [
        cast.stranger.post("/reports", of(said)),
        cast.stranger.post("/reports", of(said, kind="picture", attachment_id=image)),
        cast.root.post("/reports", of(said)),
        cast.ada.post("/reports", of(said, message_id=999)),
        cast.ada.post("/reports", of(said, conversation_id="0" * 32)),
        cast.ada.post("/reports", of(said, kind="picture", attachment_id=file)),
        cast.ada.post("/reports", of(said, kind="picture", attachment_id="0" * 32)),
        cast.ada.post("/reports", {"kind": "person", "user_id": "0" * 32, "reason": "spam"}),
    ]
    assert [one.status_code for one in answers] == [404] * len(answers)
    assert len({one.data for one in answers}) == 1


def test_each_kind_names_one_thing(cast: Cast, said: dict[str, Any]) -> None:
    ada = cast.ada
    problem(ada.post("/reports", of(said, kind="picture")), 422, "attachment_id")
    problem(ada.post("/reports", of(said, user_id=cast.bo.id)), 422, "user_id")
    problem(ada.post("/reports", {"kind": "person", "reason": "spam"}), 422, "user_id")
    problem(ada.post("/reports", of(said, kind="smell")), 422, "kind")
    problem(ada.post("/reports", of(said, reason="boredom")), 422, "reason")
    problem(ada.post("/reports", of(said, words="x" * 2001)), 422, "words")
    problem(ada.post("/reports", {"kind": "person", "user_id": ada.id, "reason": "spam"}), 422, "user_id")
    problem(cast.bo.post("/reports", of(said)), 422, "user_id")


def test_reporting_is_limited(cast: Cast) -> None:
    thing = {"kind": "person", "user_id": cast.bo.id, "reason": "spam"}
    statuses = [cast.ada.post("/reports", thing).status_code for _ in range(61)]
    assert statuses == [201] + [200] * 59 + [429]
    assert cast.cy.post("/reports", thing).status_code == 201
