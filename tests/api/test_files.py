"""Files in and out: albums, pictures, ranges, conditions, and nothing half-written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from chatsphere.api.parts import clean_name
from chatsphere.core.tables import files
from chatsphere.house import House
from tests.api.cast import Cast, Person, problem

PDF = b"%PDF-1.7 not really " * 50


def picture(width: int = 900, height: int = 600, kind: str = "JPEG", shade: int = 120) -> io.BytesIO:
    """A picture that is soft from left to right."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB").point(lambda value: (value + shade) % 256)
    out = io.BytesIO()
    image.save(out, kind)
    out.seek(0)
    return out


def posted(person: Person, to: str, *album: tuple[Any, ...], **fields: Any) -> dict[str, Any]:
    answer = person.sends(to, *album, **fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)  # type: ignore[arg-type]


def rows(cast: Cast, *states: str) -> int:
    """How many files the database knows in these states."""
    with cast.house.chat.engine.connect() as connection:
        found = connection.execute(
            select(func.count()).select_from(files).where(files.c.state.in_(states))
        ).scalar_one()
    return int(found)


def stored(cast: Cast) -> int:
    return len(list(cast.house.storage.keys()))


def test_an_album_of_pictures_and_files_is_one_message(either: Cast) -> None:
    duo = either.ada.talks_to(either.bo)
    album = [(picture(), "one.jpg", "image/jpeg"), (io.BytesIO(PDF), "paper.pdf", "application/pdf")]
    message = posted(either.ada, duo, *album, alt=["a soft grey", ""], content="Look", client_id="a-1")
    assert (message["content"], message["client_id"], message["id"]) == ("Look", "a-1", 2)
    image, paper = message["attachments"]
    assert {
        *(
            "id",
            "kind",
            "name",
            "content_type",
            "size",
            "width",
            "height",
            "thumbhash",
            "hue",
            "alt",
            "url",
            "renditions",
            "caption",
            "reactions",
        )
    } == image.keys()
    assert (image["kind"], image["name"], image["alt"]) == ("image", "one.jpg", "a soft grey")
    assert (image["width"], image["height"]) == (900, 600)
    assert (paper["kind"], paper["name"], paper["size"]) == ("file", "paper.pdf", len(PDF))
    assert (paper["width"], paper["renditions"]) == (None, [])
    for one in [image, paper, *image["renditions"]]:
        assert one["url"].startswith("/api/v1/")
        got = either.bo.get(one["url"])
        assert got.status_code == 200
        assert got.content_type == one["content_type"]
        assert got.headers["ETag"] == f'"{hashlib.sha256(got.data).hexdigest()}"'
        assert got.headers["Cache-Control"] == "private, no-cache"
        assert got.headers["Content-Length"] == str(len(got.data))
    assert either.bo.get(paper["url"]).data == PDF
    assert {each["content_type"] for each in image["renditions"]} >= {"image/avif", "image/jpeg"}
    assert either.bo.get(f"/conversations/{duo}/messages").json == [message]


def test_files_need_no_words_and_words_alone_are_no_album(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    assert posted(cast.ada, duo, (io.BytesIO(PDF), "a.pdf"))["content"] == ""
    problem(cast.ada.sends(duo, content="only words"), 422, "file")
    problem(cast.ada.post(f"/conversations/{duo}/me/messages/file", data={"file": "text"}), 415)


def test_sending_it_again_sends_it_once(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    first = posted(cast.ada, duo, (picture(), "a.jpg"), client_id="c", content="x")
    again = cast.ada.sends(duo, (picture(), "a.jpg"), client_id="c", content="x")
    assert again.status_code == 200
    assert again.json == first
    problem(cast.ada.sends(duo, (picture(shade=9), "a.jpg"), client_id="c", content="x"), 409)
    problem(cast.ada.sends(duo, (picture(), "a.jpg"), client_id="c", content="y"), 409)
    assert rows(cast, "attached") == 1
    assert rows(cast, "staged") == 0


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"alt": ["one", "two"]}, "alt"),
        ({"alt": ["x" * 1001]}, "alt"),
        ({"nope": "x"}, "nope"),
        ({"sender_id": "x"}, "sender_id"),
        ({"content": "x" * 8001}, "content"),
        ({"content": ["a", "b"]}, "content"),
        ({"content": (io.BytesIO(b"x"), "a.txt")}, "content"),
        ({"client_id": "a b"}, "client_id"),
        ({"reply_to": "x"}, "reply_to"),
        ({"reply_to": "99"}, "reply_to"),
        ({"reply_to": "1"}, "reply_to"),
    ],
)
def test_a_form_that_is_wrong_names_its_part_and_leaves_nothing(cast: Cast, fields: dict[str, Any], wrong: str) -> None:
    duo = cast.ada.talks_to(cast.bo)
    problem(cast.ada.sends(duo, (io.BytesIO(PDF), "a.pdf"), **fields), 422, wrong)
    assert cast.ada.get(f"/conversations/{duo}/messages").json == []
    assert rows(cast, "staged", "attached") == 0


def test_one_to_twenty_files(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    twenty = [(io.BytesIO(b"x" * n), f"{n}.bin") for n in range(20)]
    names = [one["name"] for one in posted(cast.ada, duo, *twenty)["attachments"]]
    assert names == [f"{n}.bin" for n in range(20)]
    problem(cast.ada.sends(duo, *[(io.BytesIO(b"x"), f"{n}.bin") for n in range(21)]), 422, "file")
    problem(cast.ada.sends(duo), 422, "file")


@pytest.mark.parametrize(
    "body",
    [b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', b"nonsense"],
)
def test_a_form_that_cannot_be_parsed_is_a_400(cast: Cast, body: bytes) -> None:
    duo = cast.ada.talks_to(cast.bo)
    where = f"/conversations/{duo}/me/messages/file"
    problem(cast.ada.post(where, data=body, content_type="multipart/form-data; boundary=x"), 400)
    problem(cast.ada.post(where, data=body, content_type="multipart/form-data"), 400)
    problem(cast.ada.post(where, data=body, content_type="application/json"), 415)


def test_text_that_is_not_utf_8_is_a_422(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    body = b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\n\xff\xfe\r\n--x--\r\n'
    form: dict[str, Any] = {"data": body, "content_type": "multipart/form-data; boundary=x"}
    problem(cast.ada.post(f"/conversations/{duo}/me/messages/file", **form), 422, "content")


def test_a_stranger_and_a_false_sender_are_refused_before_a_byte_is_read(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    broken: dict[str, Any] = {"data": b"nonsense", "content_type": "multipart/form-data; boundary=x"}
    problem(cast.cy.post(f"/conversations/{duo}/me/messages/file", **broken), 404)
    problem(cast.cy.post(f"/conversations/{duo}/{cast.ada.id}/messages/file", **broken), 404)
    problem(cast.ada.post(f"/conversations/{duo}/{cast.bo.id}/messages/file", **broken), 403)
    problem(cast.ada.post(f"/conversations/{duo}/{cast.ada.id}/messages/file", **broken), 400)


class Endless(io.RawIOBase):
    """A body that goes on and on, and knows how much of it was read."""

    def __init__(self, head: bytes) -> None:
        self.head, self.taken = head, 0

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        piece, self.head = self.head[: len(room)], self.head[len(room) :]
        room[:] = piece + b"x" * (len(room) - len(piece))
        self.taken += len(room)
        return len(room)


def test_a_file_over_the_limit_is_a_413_before_it_is_read_whole(open_app: Callable[..., tuple[Flask, House]]) -> None:
    cast = Cast(*open_app(max_upload_mb=1))
    duo = cast.ada.talks_to(cast.bo)
    body = Endless(b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n')
    answer = cast.ada.post(
        f"/conversations/{duo}/me/messages/file",
        environ_overrides={
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(15 << 20),
            "wsgi.input": body,
        },
    )
    problem(answer, 413)
    assert body.taken < 3 << 20
    mib = 1 << 20
    assert len(posted(cast.ada, duo, *[(io.BytesIO(b"x" * mib), f"{n}") for n in range(3)])["attachments"]) == 3
    problem(cast.ada.sends(duo, (io.BytesIO(b"x" * (mib + 1)), "a.bin")), 413)
    problem(cast.ada.sends(duo, (io.BytesIO(b"x"), "a.bin"), (picture(), "b.jpg"), content="x" * 70_000), 413)
    assert rows(cast, "staged") == 0


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (picture().getvalue()[:2000], "cut.jpg", "image/jpeg"),
        (b"not a picture at all", "lie.png", "application/octet-stream"),
        (b"not a picture at all", "lie", "image/webp"),
        (b"", "empty.jpg", "image/jpeg"),
    ],
)
def test_what_claims_to_be_a_picture_and_is_none_is_a_422_and_leaves_nothing(
    cast: Cast, data: bytes, name: str, kind: str
) -> None:
    duo = cast.ada.talks_to(cast.bo)
    problem(cast.ada.sends(duo, (picture(), "good.jpg"), (io.BytesIO(data), name, kind)), 422, "file")
    assert cast.ada.get(f"/conversations/{duo}/messages").json == []
    assert rows(cast, "staged", "attached") == 0
    problem(cast.ada.put("/users/me/upload", data={"image": (io.BytesIO(data), name, kind)}), 422, "image")


def test_too_many_pixels_are_a_422(open_app: Callable[..., tuple[Flask, House]]) -> None:
    cast = Cast(*open_app(max_pixels=10_000))
    duo = cast.ada.talks_to(cast.bo)
    problem(cast.ada.sends(duo, (picture(), "big.jpg")), 422, "file")
    assert rows(cast, "staged", "attached") == 0


def test_a_storage_that_fails_is_a_503_and_no_message(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from chatsphere.outside.storage import StorageError

    def full(key: str, data: object) -> None:
        raise StorageError("no space left")

    duo = cast.ada.talks_to(cast.bo)
    monkeypatch.setattr(cast.house.storage, "put", full)
    problem(cast.ada.sends(duo, (io.BytesIO(PDF), "a.pdf")), 503)
    assert cast.ada.get(f"/conversations/{duo}/messages").json == []
    assert rows(cast, "staged", "attached") == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("Grüße 🌻.txt", "Grüße 🌻.txt"),
        ("..", "file"),
    ],
)
def test_names_of_files_are_cleaned(cast: Cast, given: str, kept: str) -> None:
    duo = cast.ada.talks_to(cast.bo)
    [one] = posted(cast.ada, duo, (io.BytesIO(b"x"), given))["attachments"]
    assert one["name"] == kept
    assert cast.bo.get(one["url"]).headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


def test_a_windows_path_is_no_name() -> None:
    assert clean_name("C:\\Users\\ada\\tea.pdf") == "tea.pdf"


def test_other_files_are_never_shown_inline(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    page = (io.BytesIO(b"<script>alert(1)</script>"), "page.html", "text/html; charset=utf-8")
    drawing = (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.txt", "text/plain")
    for one in posted(cast.ada, duo, page, drawing)["attachments"]:
        got = cast.bo.get(one["url"])
        assert got.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_who_has_it_already_gets_a_304_and_only_if_it_is_theirs_to_see(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    url = posted(cast.ada, duo, (io.BytesIO(PDF), "a.pdf"))["attachments"][0]["url"]
    etag = cast.ada.get(url).headers["ETag"]
    for said in (etag, f'"other", {etag}', "*", f"W/{etag}"):
        answer = cast.bo.get(url, headers={"If-None-Match": said})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        problem(cast.cy.get(url, headers={"If-None-Match": said}), 404)
    assert cast.bo.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    headed = cast.bo.ask("HEAD", url)
    assert (headed.status_code, headed.data, headed.headers["Content-Length"]) == (200, b"", str(len(PDF)))
    assert cast.cy.ask("HEAD", url).status_code == 404


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, len(PDF)),
        ("bytes=-5", len(PDF) - 5, len(PDF)),
        ("bytes=5-99999", 5, len(PDF)),
    ],
)
def test_a_range_is_a_206(cast: Cast, asked: str, start: int, end: int) -> None:
    duo = cast.ada.talks_to(cast.bo)
    url = posted(cast.ada, duo, (io.BytesIO(PDF), "a.pdf"))["attachments"][0]["url"]
    got = cast.bo.get(url, headers={"Range": asked})
    assert (got.status_code, got.data) == (206, PDF[start:end])
    assert got.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(PDF)}"
    assert got.headers["Content-Length"] == str(end - start)
    etag = got.headers["ETag"]
    assert cast.bo.get(url, headers={"Range": asked, "If-Range": etag}).status_code == 206
    for other in ('"other"', f"W/{etag}", "Wed, 21 Oct 2026 07:28:00 GMT"):
        whole = cast.bo.get(url, headers={"Range": asked, "If-Range": other})
        assert (whole.status_code, whole.data) == (200, PDF)
    problem(cast.cy.get(url, headers={"Range": asked}), 404)


def test_a_range_beyond_the_end_is_a_416_and_several_are_all_of_it(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    url = posted(cast.ada, duo, (io.BytesIO(PDF), "a.pdf"))["attachments"][0]["url"]
    beyond = cast.bo.get(url, headers={"Range": f"bytes={len(PDF)}-"})
    problem(beyond, 416)
    assert beyond.headers["Content-Range"] == f"bytes */{len(PDF)}"
    for ignored in ("bytes=0-1,5-6", "lines=1-2", "nonsense"):
        assert cast.bo.get(url, headers={"Range": ignored}).status_code == 200


def test_an_attachment_is_found_in_its_own_conversation_only(cast: Cast) -> None:
    duo, other = cast.ada.talks_to(cast.bo), cast.ada.talks_to(cast.cy)
    [image] = posted(cast.ada, duo, (picture(), "a.jpg"))["attachments"]
    for url in (image["url"], *(each["url"] for each in image["renditions"])):
        problem(cast.cy.get(url.replace(duo, other)), 404)
        problem(cast.ada.get(url.replace(duo, other)), 404)
        problem(cast.cy.get(url), 404)
    problem(cast.ada.get(f"{image['url']}/9999.avif"), 404)
    problem(cast.ada.get(f"{image['url']}/original"), 404)


def test_a_message_that_is_taken_back_takes_its_files_along(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    message = posted(cast.ada, duo, (picture(), "a.jpg"))
    [image] = message["attachments"]
    assert cast.ada.delete(f"/conversations/{duo}/messages/{message['id']}").status_code == 204
    for url in (image["url"], *(each["url"] for each in image["renditions"])):
        problem(cast.ada.get(url), 404)


def test_a_user_has_a_generated_picture_until_they_give_one(cast: Cast) -> None:
    drawn = cast.bo.get(f"/users/{cast.ada.id}/image")
    assert (drawn.status_code, drawn.content_type) == (200, "image/svg+xml")
    assert drawn.headers["ETag"] == f'"{hashlib.sha256(drawn.data).hexdigest()}"'
    assert (
        cast.bo.get(f"/users/{cast.ada.id}/image/", headers={"If-None-Match": drawn.headers["ETag"]}).status_code == 304
    )
    before = cast.ada.get("/users/me").json["image_url"]  # type: ignore[index]
    changed = cast.ada.put("/users/me/upload/", data={"image": (picture(kind="PNG"), "me.png", "image/png")})
    assert changed.status_code == 200
    assert changed.json["image_url"] != before  # type: ignore[index]
    shown = cast.bo.get(changed.json["image_url"])  # type: ignore[index]
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(shown.data)).size == (512, 512)
    assert shown.headers["Cache-Control"] == "private, no-cache"
    problem(cast.bo.get(f"/users/{'0' * 32}/image"), 404)
    problem(cast.nobody().get(f"/users/{cast.ada.id}/image"), 401)


def test_one_gives_oneself_a_picture_and_nobody_else(cast: Cast) -> None:
    where = f"/users/{cast.ada.id}/upload"
    problem(cast.root.put(where, data={"image": (picture(), "me.jpg")}), 403)
    problem(cast.bo.put(f"/users/{'0' * 32}/upload", data={"image": (picture(), "me.jpg")}), 404)
    problem(cast.ada.put(where, data={"file": (picture(), "me.jpg")}), 422, "file", "image")
    problem(cast.ada.put(where, data={"image": [(picture(), "a.jpg"), (picture(), "b.jpg")]}), 422, "image")
    problem(cast.ada.put(where, {"image": "x"}), 415)
    problem(cast.ada.put(where, data={"image": (io.BytesIO(PDF), "a.pdf")}), 422, "image")
