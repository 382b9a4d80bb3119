"""Messages with files: one or an album, what is taken, and that half an album is none."""

from __future__ import annotations

import pytest

from tests.conformance.people import ABSENT, Part, Person, new_key, numbers
from tests.conformance.pictures import HTML, NOTES, huge, photo, svg, truncated
from tests.conformance.shapes import FILE, MESSAGE, PICTURE, fits
from tests.conformance.verdicts import done, problem


def test_a_picture_is_shared_without_a_word(ada: Person, bo: Person, tea: str) -> None:
    shown = ada.shows(photo(640, 480), to=tea)
    fits(shown, MESSAGE | {"content": "", "attachments": [PICTURE]})
    picture = shown["attachments"][0]
    assert (picture["name"], picture["width"], picture["height"], picture["alt"]) == ("photo.jpg", 640, 480, "")
    assert bo.sees(tea) == [shown]
    assert bo.looks_at(tea)["unread_count"] == 1


def test_an_album_keeps_its_order_words_and_descriptions(ada: Person, bo: Person, tea: str) -> None:
    asked = bo.says("pictures?", to=tea)
    parts = [photo(name=f"{number}.jpg", colour=colour) for number, colour in enumerate(("red", "blue", "gold"))]
    fields = {"content": "three *colours*", "client_id": new_key(), "reply_to": str(asked["id"])}
    shown = ada.shows(*parts, to=tea, alt=["red", "", "gold"], **fields)
    assert [one["name"] for one in shown["attachments"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [one["alt"] for one in shown["attachments"]] == ["red", "", "gold"]
    assert (shown["content"], shown["client_id"]) == (fields["content"], fields["client_id"])
    assert (shown["reply_to"], "<em>colours</em>" in shown["html"]) == (asked["id"], True)


def test_other_files_are_files(ada: Person, tea: str) -> None:
    shown = ada.shows(NOTES, HTML, ("data", b"\x00\x01", "application/octet-stream"), to=tea)
    fits(shown["attachments"], [FILE])
    assert [one["size"] for one in shown["attachments"]] == [len(NOTES[1]), len(HTML[1]), 2]
    assert [one["name"] for one in shown["attachments"]] == ["notes.txt", "page.html", "data"]


def test_pictures_and_files_share_an_album(ada: Person, tea: str) -> None:
    shown = ada.shows(NOTES, photo(), to=tea)
    assert [one["kind"] for one in shown["attachments"]] == ["file", "image"]


def test_an_album_has_up_to_20_files(ada: Person, tea: str) -> None:
    assert len(ada.shows(*[NOTES] * 20, to=tea)["attachments"]) == 20
    problem(ada.sends(*[NOTES] * 21, to=tea), 422, "file")
    assert len(ada.sees(tea)) == 1


def test_no_file_is_no_album(ada: Person, tea: str) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    words = b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\nhi\r\n--x--\r\n'
    problem(ada.post(f"/conversations/{tea}/me/messages/file", content=words, headers=boundary), 422, "file")


@pytest.mark.parametrize("alt", [["one"], ["one", "two", "three"], ["ok", "x" * 1001]])
def test_descriptions_are_none_or_one_each_of_at_most_1000_characters(ada: Person, tea: str, alt: list[str]) -> None:
    problem(ada.sends(NOTES, photo(), to=tea, alt=alt), 422, "alt")
    assert ada.sees(tea) == []


def test_a_description_may_have_1000_characters(ada: Person, tea: str) -> None:
    assert ada.shows(photo(), to=tea, alt=["é" * 1000])["attachments"][0]["alt"] == "é" * 1000


@pytest.mark.parametrize(
    ("field", "value"),
    [("content", "x" * 8001), ("client_id", "a b"), ("reply_to", "99"), ("reply_to", "x"), ("nope", "1")],
)
def test_what_is_wrong_with_an_album_is_named(ada: Person, tea: str, field: str, value: str) -> None:
    problem(ada.sends(photo(), to=tea, **{field: value}), 422, field)
    assert ada.sees(tea) == []


@pytest.mark.parametrize(
    "part",
    [
        truncated(),
        huge(),
        svg(),
        svg("drawing.svg", "text/plain"),
        svg("drawing", "image/svg+xml"),
        ("lies.jpg", b"not a picture", "image/jpeg"),
        ("lies.png", b"not a picture", "text/plain"),
        ("lies", b"not a picture", "image/png"),
        ("empty.jpg", b"", "image/jpeg"),
        ("cut", truncated()[1], "application/octet-stream"),
    ],
    ids=["truncated", "huge", "svg", "svg name", "svg type", "lies", "name", "type", "empty", "signature"],
)
def test_a_bad_picture_spoils_its_album_and_nothing_is_stored(ada: Person, tea: str, part: Part) -> None:
    before = ada.looks_at(tea)
    problem(ada.sends(photo(), part, to=tea, content="look"), 422, "file")
    assert ada.looks_at(tea) == before
    assert ada.sees(tea) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_of_picture_is_taken(ada: Person, tea: str, kind: str) -> None:
    picture = ada.shows(photo(kind=kind), to=tea)["attachments"][0]
    assert (picture["kind"], picture["width"], picture["height"]) == ("image", 64, 48)


def test_a_picture_is_known_by_its_first_bytes_too(ada: Person, tea: str) -> None:
    data = photo()[1]
    picture = ada.shows(("unnamed", data, "application/octet-stream"), to=tea)["attachments"][0]
    assert (picture["kind"], picture["width"]) == ("image", 64)


def test_the_same_key_again_with_the_same_files_is_the_same_message(ada: Person, bo: Person, tea: str) -> None:
    key = new_key()
    shown = ada.shows(photo(), NOTES, to=tea, content="once", client_id=key)
    again = done(ada.sends(photo(), NOTES, to=tea, content="once", client_id=key), 200)
    assert again == shown
    for files, content in (([photo(colour="navy"), NOTES], "once"), ([photo()], "once"), ([photo(), NOTES], "twice")):
        problem(ada.sends(*files, to=tea, content=content, client_id=key), 409)
    problem(ada.post(f"/conversations/{tea}/messages", {"content": "once", "client_id": key}), 409)
    assert numbers(bo.sees(tea)) == [shown["id"]]


def test_a_key_of_what_was_refused_is_free(ada: Person, tea: str) -> None:
    key = new_key()
    problem(ada.sends(truncated(), to=tea, client_id=key), 422, "file")
    assert ada.shows(photo(), to=tea, client_id=key)["client_id"] == key


def test_a_file_that_is_only_text_is_no_file(ada: Person, tea: str) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    body = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nhi\r\n--x--\r\n'
    problem(ada.post(f"/conversations/{tea}/me/messages/file", content=body, headers=kind), 422, "file")


def test_one_sends_for_oneself_only(ada: Person, bo: Person, tea: str) -> None:
    part = [("file", photo())]
    problem(ada.post(f"/conversations/{tea}/{bo.id}/messages/file", files=part), 403)
    done(ada.post(f"/conversations/{tea}/{ada.id}/messages/file", files=part), 201)
    problem(ada.post(f"/conversations/{ABSENT}/{ada.id}/messages/file", files=part), 404)


def test_an_album_is_multipart(ada: Person, tea: str) -> None:
    path = f"/conversations/{tea}/me/messages/file"
    problem(ada.post(path, {"content": "hi"}), 415)
    problem(ada.post(path, content=photo()[1], headers={"Content-Type": "image/jpeg"}), 415)
    for kind, body in (
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b"nonsense"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
        ),
    ):
        problem(ada.post(path, content=body, headers={"Content-Type": kind}), 400)
    assert ada.sees(tea) == []


def test_a_name_is_only_a_name(ada: Person, tea: str) -> None:
    for name in ("../../etc/passwd", "C:\\temp\\x.txt", "wörld 🌍.txt", "x" * 300, ".."):
        shown = ada.shows((name, b"hello", "text/plain"), to=tea)["attachments"][0]
        assert 1 <= len(shown["name"]) <= 300
        got = ada.get(shown["url"])
        assert (got.status_code, got.content) == (200, b"hello")


def test_the_upload_limit_is_per_file(warden: Person, cell: str) -> None:
    most, more = b"\x01" * 1_000_000, b"\x01" * (1024 * 1024 + 1)
    shown = warden.shows(*[(f"{number}.bin", most, "application/octet-stream") for number in range(3)], to=cell)
    assert [one["size"] for one in shown["attachments"]] == [len(most)] * 3
    problem(warden.sends(("more.bin", more, "application/octet-stream"), to=cell), 413)
    problem(warden.sends(NOTES, ("more.bin", more, "application/octet-stream"), to=cell), 413)
    large = ("large.png", photo()[1] + more, "image/jpeg")
    problem(warden.put("/users/me/upload", files=[("image", large)]), 413)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="more.bin"\r\n\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    chunks = iter([head, more, b"\r\n--x--\r\n"])  # no length is told
    problem(warden.post(f"/conversations/{cell}/me/messages/file", content=chunks, headers=kind), 413)
    assert len(warden.sees(cell)) == 1
