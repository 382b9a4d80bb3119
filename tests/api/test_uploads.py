"""A file in pieces: cut, gone on with, refused, sent; and nothing that is not one's own."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from chatsphere import sweep
from chatsphere.core.uploads import LEAST_PIECE
from tests.api.cast import Cast, Person, problem
from tests.api.test_files import PDF, picture, rows, stored

PIECE = "application/offset+octet-stream"


def told(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["Upload-Offset"] == str(answer.json["arrived"])
    assert answer.headers["Upload-Length"] == str(answer.json["size"])
    return dict(answer.json)


def begins(person: Person, to: str, length: int, **more: Any) -> str:
    return str(told(person.post("/uploads", {"conversation_id": to, "length": length, **more}), 201)["id"])


def test_a_picture_that_came_in_pieces_is_sent_like_any_other(either: Cast) -> None:
    duo = either.ada.talks_to(either.bo)
    data = picture(1800, 1200, "PNG").getvalue() + b"\0" * LEAST_PIECE
    upload = begins(either.ada, duo, len(data), name="../ridge.png", type="image/png; a=b")
    first = told(either.ada.sends_piece(upload, 0, data[:LEAST_PIECE]))
    assert (first["arrived"], first["ready"], first["name"]) == (LEAST_PIECE, False, "ridge.png")
    head = either.ada.ask("HEAD", f"/uploads/{upload}")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (str(LEAST_PIECE), str(len(data)))
    assert head.headers["Cache-Control"] == "no-store"
    problem(either.ada.sends_piece(upload, 0, data[:LEAST_PIECE]), 409)
    said = {"content": "Look", "client_id": "a-1", "uploads": [upload], "alt": ["a soft grey"]}
    problem(either.ada.post(f"/conversations/{duo}/messages", said), 422, "uploads")
    assert told(either.ada.sends_piece(upload, LEAST_PIECE, data[LEAST_PIECE:]))["ready"]
    assert told(either.ada.sends_piece(upload, len(data), b""))["ready"]
    sent = either.ada.post(f"/conversations/{duo}/messages", said)
    assert sent.status_code == 201
    [image] = sent.json["attachments"]  # type: ignore[index]
    assert (image["id"], image["kind"], image["name"], image["alt"]) == (upload, "image", "ridge.png", "a soft grey")
    assert (image["width"], image["height"]) == (1800, 1200)
    assert either.bo.get(image["url"]).status_code == 200
    assert either.bo.get(image["renditions"][0]["url"]).status_code == 200
    again = either.ada.post(f"/conversations/{duo}/messages", said)
    assert (again.status_code, again.json) == (200, sent.json)
    problem(either.ada.post(f"/conversations/{duo}/messages", said | {"alt": ["another"]}), 409)
    problem(either.ada.get(f"/uploads/{upload}"), 404)
    sweep.tidy(either.house)
    assert {key.rpartition("/")[2].partition("-")[0] for key, _ in either.house.storage.keys()} & {"piece"} == set()  # noqa: SIM118 - no dictionary
    assert either.bo.get(image["url"]).status_code == 200


def test_an_album_keeps_the_order_in_which_it_is_sent(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    one = told(cast.ada.uploads(PDF, duo, "one.pdf", "application/pdf"))["id"]
    two = told(cast.ada.uploads(b"", duo, "two.txt"))["id"]
    waiting = cast.ada.get("/uploads").json
    assert [each["id"] for each in waiting] == [one, two]  # type: ignore[union-attr]
    assert cast.bo.get("/uploads").json == []
    sent = cast.ada.post(f"/conversations/{duo}/messages", {"uploads": [two, one]}).json
    assert [each["name"] for each in sent["attachments"]] == ["two.txt", "one.pdf"]  # type: ignore[index]
    assert cast.ada.get(sent["attachments"][1]["url"]).data == PDF  # type: ignore[index]


def test_what_claims_to_be_a_picture_and_is_none_is_refused_and_gone(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    upload = begins(cast.ada, duo, len(PDF), name="a.jpg", type="image/jpeg")
    problem(cast.ada.sends_piece(upload, 0, PDF), 422, "uploads")
    problem(cast.ada.get(f"/uploads/{upload}"), 404)
    sweep.tidy(cast.house)
    assert (stored(cast), rows(cast, "staged", "arriving", "doomed")) == (0, 0)


def test_a_file_that_nobody_made_ready_is_made_when_it_is_sent(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    upload = told(cast.ada.uploads(PDF, duo, "a.pdf"))["id"]
    with cast.house.chat.engine.begin() as connection:
        # As a process leaves it that was killed after the last piece.
        connection.exec_driver_sql("UPDATE uploads SET ready = 0")
        connection.exec_driver_sql("UPDATE files SET state = 'arriving'")
        connection.exec_driver_sql("UPDATE pieces SET here = 1")
    sent = cast.ada.post(f"/conversations/{duo}/messages", {"uploads": [upload]})
    assert sent.status_code == 201, sent.text
    assert cast.bo.get(sent.json["attachments"][0]["url"]).data == PDF  # type: ignore[index]


def test_what_is_too_large_or_of_another_kind_is_told_so(cast: Cast, app: Flask) -> None:
    duo, club = cast.ada.talks_to(cast.bo), cast.ada.talks_to(cast.cy)
    most = cast.house.settings.max_upload_bytes
    problem(cast.ada.post("/uploads", {"conversation_id": duo, "length": most + 1}), 413)
    problem(cast.ada.post("/uploads", {"conversation_id": duo, "length": -1}), 422, "length")
    problem(cast.ada.post("/uploads", {"conversation_id": duo}), 422, "length")
    problem(cast.bo.post("/uploads", {"conversation_id": club, "length": 1}), 404)
    upload = begins(cast.ada, duo, 5)
    where, offset = f"/uploads/{upload}", {"Upload-Offset": "0"}
    problem(cast.ada.ask("PATCH", where, headers=offset, json={}), 415)
    problem(cast.ada.ask("PATCH", where, data=b"hello", content_type=PIECE), 422, "Upload-Offset")
    problem(cast.ada.sends_piece(upload, 0, b"longer than that"), 422, "body")
    problem(cast.ada.sends_piece(upload, 0, b"x" * (8 * 1024 * 1024 + 1)), 413)
    problem(cast.ada.post(f"/conversations/{duo}/messages", {"uploads": ["0" * 32]}), 422, "uploads")
    problem(cast.ada.post(f"/conversations/{duo}/messages", {"content": " "}), 422, "content")
    problem(cast.ada.post(f"/conversations/{duo}/messages", {"uploads": [upload], "alt": ["", ""]}), 422, "alt")


def test_what_was_taken_back_before_it_was_sent_is_gone(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    upload = told(cast.ada.uploads(picture().getvalue(), duo, "a.jpg"))["id"]
    problem(cast.bo.delete(f"/uploads/{upload}"), 404)
    assert cast.ada.delete(f"/uploads/{upload}").status_code == 204
    problem(cast.ada.post(f"/conversations/{duo}/messages", {"uploads": [upload]}), 422, "uploads")
    sweep.tidy(cast.house)
    assert (stored(cast), rows(cast, "staged", "arriving", "doomed")) == (0, 0)


def test_of_two_pieces_for_one_place_the_late_one_leaves_no_bytes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    duo = cast.ada.talks_to(cast.bo)
    upload = begins(cast.ada, duo, 2 * LEAST_PIECE)
    put = cast.house.storage.put

    def slowly(key: str, data: Any) -> None:
        monkeypatch.setattr(cast.house.storage, "put", put)
        told(cast.ada.sends_piece(upload, 0, b"x" * LEAST_PIECE))
        put(key, data)

    monkeypatch.setattr(cast.house.storage, "put", slowly)
    problem(cast.ada.sends_piece(upload, 0, b"y" * LEAST_PIECE), 409)
    assert stored(cast) == 1
    assert told(cast.ada.sends_piece(upload, LEAST_PIECE, b"x" * LEAST_PIECE))["ready"]


def test_both_ways_to_send_a_file_make_the_same_message(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    whole = cast.ada.sends(duo, (io.BytesIO(picture().getvalue()), "a.jpg", "image/jpeg")).json["attachments"][0]  # type: ignore[index]
    upload = told(cast.ada.uploads(picture().getvalue(), duo, "a.jpg", "image/jpeg"))["id"]
    pieces = cast.ada.post(f"/conversations/{duo}/messages", {"uploads": [upload]}).json["attachments"][0]  # type: ignore[index]
    own = {"id", "url", "renditions"}
    assert {k: v for k, v in whole.items() if k not in own} == {k: v for k, v in pieces.items() if k not in own}
    assert len(whole["renditions"]) == len(pieces["renditions"])


def test_a_draft_follows_to_another_device_with_what_is_to_go_along(either: Cast) -> None:
    duo, club = either.ada.talks_to(either.bo), either.ada.talks_to(either.bo, either.cy, title="Club")
    phone = either.with_token(either.ada)
    one = told(either.ada.uploads(PDF, duo, "a.pdf"))["id"]
    begun = {"content": "I was about to", "reply_to": 1, "uploads": [one, "0" * 32], "alt": ["paper", ""]}
    begun |= {"reply_attachment": "1" * 32, "caption": ["read this"]}
    assert either.ada.put(f"/conversations/{duo}/draft", begun).status_code == 204
    assert either.ada.put(f"/conversations/{club}/draft", {"content": "and here"}).status_code == 204
    here, there = sorted(phone.get("/drafts").json, key=lambda draft: draft["content"])  # type: ignore[arg-type]
    assert (here["content"], here["reply_to"], here["conversation_id"]) == ("I was about to", 1, duo)
    assert here["reply_attachment"] == "1" * 32
    assert [(each["id"], each["name"], each["alt"], each["caption"], each["ready"]) for each in here["uploads"]] == [
        (one, "a.pdf", "paper", "read this", True)
    ]
    assert (there["content"], there["uploads"]) == ("and here", [])
    assert either.bo.get("/drafts").json == []
    assert phone.put(f"/conversations/{duo}/draft", {"content": "  "}).status_code == 204
    assert [draft["conversation_id"] for draft in either.ada.get("/drafts").json] == [club]  # type: ignore[union-attr]
    either.ada.delete(f"/conversations/{club}/participants/{either.cy.id}")
    problem(either.cy.put(f"/conversations/{club}/draft", {"content": "still here?"}), 404)
    problem(either.ada.put(f"/conversations/{duo}/draft", {"content": "x" * 8001}), 422, "content")
    problem(either.ada.put(f"/conversations/{duo}/draft", {"content": "x", "reply_attachment": "x"}), 422)
    either.ada.delete(f"/conversations/{club}")
    assert either.ada.get("/drafts").json == []
