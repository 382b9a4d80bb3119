"""The picture of a user: generated, then their own."""

from __future__ import annotations

import re

import pytest

from tests.conformance.house import House
from tests.conformance.people import ABSENT, Part, Person
from tests.conformance.pictures import NOTES, huge, opened, photo, svg, telling, truncated
from tests.conformance.shapes import ONESELF, fits
from tests.conformance.verdicts import done, problem


def _image(part: Part) -> dict[str, object]:
    return {"files": [("image", part)]}


def test_whoever_has_no_picture_is_shown_a_generated_one(ada: Person, bo: Person) -> None:
    answer = ada.get(f"/users/{bo.id}/image")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/")
    assert re.fullmatch(r'"[^"]+"', answer.headers["etag"])
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert bo.get("/users/me/image").content == answer.content
    again = ada.get(f"/users/{bo.id}/image", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])


def test_a_user_points_at_their_picture(ada: Person, bo: Person) -> None:
    url = done(ada.get(f"/users/{bo.id}"))["image_url"]
    assert ada.get(url).content == ada.get(f"/users/{bo.id}/image").content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_an_uploaded_picture_takes_the_place_of_the_generated_one(house: House, ada: Person, kind: str) -> None:
    dee = house.newcomer()
    before = ada.get(f"/users/{dee.id}/image")
    changed = done(dee.put("/users/me/upload", **_image(photo(kind=kind))))
    fits(changed, ONESELF)
    after = ada.get(changed["image_url"])
    assert opened(after.content).size
    assert after.headers["etag"] != before.headers["etag"]
    assert ada.get(f"/users/{dee.id}/image").content == after.content


def test_nothing_is_told_by_a_portrait_but_the_picture(house: House) -> None:
    dee = house.newcomer()
    url = done(dee.put(f"/users/{dee.id}/upload", **_image(telling())))["image_url"]
    data = dee.get(url).content
    assert b"Elm Street" not in data
    assert not opened(data).getexif()


@pytest.mark.parametrize("part", [truncated(), huge(), NOTES, svg(), ("empty.jpg", b"", "image/jpeg")])
def test_what_is_no_picture_or_too_much_of_one_changes_nothing(bo: Person, part: Part) -> None:
    before = bo.get("/users/me/image").content
    problem(bo.put("/users/me/upload", **_image(part)), 422, "image")
    assert bo.get("/users/me/image").content == before


def test_the_upload_takes_one_part_named_image(ada: Person) -> None:
    problem(ada.put("/users/me/upload", {"image": "x"}), 415)
    problem(ada.put("/users/me/upload", content=b"x", headers={"Content-Type": "image/png"}), 415)
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(ada.put("/users/me/upload", content=b"nonsense", headers=broken), 400)
    problem(ada.put("/users/me/upload", files=[("nope", photo()), ("image", photo())]), 422, "nope")
    problem(ada.put("/users/me/upload", files=[("picture", photo())]), 422, "image", "picture")


def test_only_oneself_uploads_ones_picture(ada: Person, bo: Person, root: Person) -> None:
    for who in (ada, root):
        problem(who.put(f"/users/{bo.id}/upload", **_image(photo())), 403)
        problem(who.put(f"/users/{ABSENT}/upload", **_image(photo())), 404)
