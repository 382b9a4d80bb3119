"""The administrators' desk of reports, asked for without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from chatsphere.core import reports
from chatsphere.core.reports import Outcome, Thing
from chatsphere.house import House
from tests.api.cast import Cast, Person
from tests.api.test_files import picture


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    """Root is the administrator."""
    everybody = Cast(app, house)
    everybody.on_stage["root"] = everybody.join("root", admin=True)
    return everybody


@pytest.fixture
def said(cast: Cast) -> dict[str, Any]:
    """Two pictures of Bo's with words, in a group that Root is not in."""
    tea = cast.ada.talks_to(cast.bo, title="Secret tea")
    cast.ada.says("before it", to=tea)
    album = cast.bo.sends(tea, (picture(400, 300), "a.jpg"), (picture(500, 300), "b.jpg"), content="an **ugly** word")
    cast.ada.says("after it", to=tea)
    return dict(album.json)  # type: ignore[arg-type]


def reported(cast: Cast, said: dict[str, Any], file: int | None = None) -> str:
    file_id = None if file is None else said["attachments"][file]["id"]
    thing = Thing(conversation_id=said["conversation_id"], message_id=said["id"], file_id=file_id)
    return cast.house.chat.do(reports.make, cast.ada.id, thing, "violence", "look at <this>").report.id


def page(person: Person, path: str) -> tuple[int, str]:
    answer = person.client.get(path, headers={"Accept": "text/html"})
    return answer.status_code, answer.text


def closes(person: Person, report: str, outcome: Outcome | str) -> int:
    form = {"outcome": outcome, "note": "seen"}
    return person.client.post(f"/admin/reports/{report}/close", data=form).status_code


def test_the_page_shows_what_was_reported_and_nothing_around_it(cast: Cast, said: dict[str, Any]) -> None:
    status, html = page(cast.root, f"/admin/reports/{reported(cast, said)}")
    assert status == 200
    assert "an <strong>ugly</strong> word" in html
    assert "look at &lt;this&gt;" in html
    assert "in a group of 2" in html
    for hidden in ("Secret", "before it", "after it", said["conversation_id"]):
        assert hidden not in html
    status, html = page(cast.root, f"/admin/reports/{reported(cast, said, 1)}")
    assert "ugly" not in html
    assert said["attachments"][1]["id"] in html
    assert said["attachments"][0]["id"] not in html


def test_its_pictures_are_read_through_the_open_report_only(cast: Cast, said: dict[str, Any]) -> None:
    one, two = said["attachments"]
    report = reported(cast, said, 1)
    there = f"/admin/reports/{report}/files/"
    own = cast.bo.get(two["url"])
    whole = cast.root.client.get(f"{there}{two['id']}")
    assert (whole.status_code, whole.data) == (200, own.data)
    for header in ("ETag", "Cache-Control", "Content-Type", "Content-Security-Policy", "Content-Disposition"):
        assert whole.headers[header] == own.headers[header]
    name = two["renditions"][0]["url"].rsplit("/", 1)[1]
    assert cast.root.client.get(f"{there}{two['id']}/{name}").data == cast.bo.get(two["renditions"][0]["url"]).data
    assert (
        cast.root.client.get(f"{there}{two['id']}", headers={"If-None-Match": own.headers["ETag"]}).status_code == 304
    )
    other = cast.bo.sends(said["conversation_id"], (picture(300, 300), "c.jpg")).json["attachments"][0]["id"]  # type: ignore[index]
    for absent in (one["id"], other, "0" * 32, f"{two['id']}/9.avif", f"{one['id']}/{name}"):
        assert cast.root.client.get(f"{there}{absent}").status_code == 404
    for person in (cast.ada, cast.bo):
        assert person.client.get(f"{there}{two['id']}").status_code == 403
    assert cast.root.get(two["url"]).status_code == 404
    assert closes(cast.root, report, "nothing") == 303
    assert cast.root.client.get(f"{there}{two['id']}").status_code == 404


def test_what_is_removed_is_gone_for_everybody_and_from_the_page(cast: Cast, said: dict[str, Any]) -> None:
    report, again = reported(cast, said), reported(cast, said, 0)
    assert closes(cast.root, report, "removed") == 303
    assert cast.ada.get(f"/conversations/{said['conversation_id']}/messages/{said['id']}").json["deleted_at"]  # type: ignore[index]
    assert cast.ada.get(said["attachments"][0]["url"]).status_code == 404
    _, html = page(cast.root, f"/admin/reports/{again}")
    assert "has been deleted meanwhile" in html
    assert "Remove the message" not in html
    _, html = page(cast.root, "/admin/reports?done=close")
    assert "Message removed" in html


def test_what_cannot_be_done_is_said_on_the_page(cast: Cast, said: dict[str, Any]) -> None:
    thing = Thing(user_id=cast.bo.id)
    report = cast.house.chat.do(reports.make, cast.ada.id, thing, "spam").report.id
    assert closes(cast.root, report, "removed") == 422
    assert closes(cast.root, report, "banished") == 422
    assert closes(cast.root, report, "") == 422
    assert closes(cast.root, report, "warned") == 303
    assert closes(cast.root, report, "nothing") == 409
    for nowhere in ("0" * 32, "nothing"):
        assert page(cast.root, f"/admin/reports/{nowhere}")[0] == 404
        assert closes(cast.root, nowhere, "nothing") == 404


def test_an_administrator_finds_no_report_about_themself(cast: Cast) -> None:
    report = cast.house.chat.do(reports.make, cast.ada.id, Thing(user_id=cast.root.id), "other").report.id
    assert page(cast.root, f"/admin/reports/{report}")[0] == 404
    assert report not in page(cast.root, "/admin/reports")[1]
    assert "Nothing to look at" in page(cast.root, "/admin/reports")[1]
    second = cast.join("second", admin=True)
    assert page(second, f"/admin/reports/{report}")[0] == 200
    assert report in page(second, "/admin/reports")[1]


def test_a_reported_administrator_is_not_told_by_the_audit_log_who_reported_them(cast: Cast) -> None:
    cast.on_stage["boss"] = cast.join("boss", admin=True)
    chat = cast.house.chat
    report = chat.do(reports.make, cast.ada.id, Thing(user_id=cast.root.id), "harassment", "").report.id
    places = ("/admin/audit", f"/admin/audit?person={cast.ada.id}", f"/admin/people/{cast.root.id}")
    assert all("reported" not in page(cast.root, place)[1] for place in places)
    assert all("reported" in page(cast.boss, place)[1] for place in places)
    assert closes(cast.boss, report, "nothing") == 303
    closed = "closed a report"
    assert all(closed not in page(cast.root, place)[1] for place in places)
    assert closed in page(cast.boss, "/admin/audit")[1]
