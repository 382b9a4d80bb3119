"""The bytes behind an attachment: whole, in parts, in every size, cached, and harmless."""

from __future__ import annotations

import re

import pytest

from tests.conformance.people import Json, Person
from tests.conformance.pictures import HTML, NOTES, opened, photo, svg, telling
from tests.conformance.verdicts import problem


def _shown(who: Person, tea: str, width: int = 64, height: int = 48) -> Json:
    return dict(who.shows(photo(width, height), to=tea)["attachments"][0])


def _urls(attached: Json) -> list[str]:
    return [attached["url"], *(one["url"] for one in attached["renditions"])]


def test_every_rendition_is_there_as_it_is_listed(ada: Person, bo: Person, tea: str) -> None:
    attached = _shown(ada, tea, 1600, 1200)
    assert attached["renditions"]
    assert {one["content_type"] for one in attached["renditions"]} >= {"image/avif", "image/jpeg"}
    for one in [attached, *attached["renditions"]]:
        got = bo.get(one["url"])
        assert (got.status_code, got.headers["content-type"]) == (200, one["content_type"])
        assert opened(got.content).size == (one["width"], one["height"])
        assert int(got.headers["content-length"]) == len(got.content)
    assert len(bo.get(attached["url"]).content) == attached["size"]


def test_no_rendition_is_larger_than_the_picture(ada: Person, tea: str) -> None:
    for width, height in ((64, 48), (2500, 100), (100, 2500)):
        for one in _shown(ada, tea, width, height)["renditions"]:
            assert one["width"] <= width
            assert one["height"] <= height


def test_bytes_are_kept_by_browsers_and_asked_for_again(ada: Person, bo: Person, tea: str) -> None:
    attached = ada.shows(photo(), NOTES, to=tea)["attachments"]
    etags = set()
    for url in (*_urls(attached[0]), *_urls(attached[1])):
        got = bo.get(url)
        etag = got.headers["etag"]
        etags.add(etag)
        assert re.fullmatch(r'"[^"]+"', etag)
        assert got.headers["cache-control"] == "private, no-cache"
        assert got.headers["x-content-type-options"] == "nosniff"
        for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
            again = bo.get(url, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b""), known
            assert again.headers["etag"] == etag
            assert again.headers["cache-control"] == "private, no-cache"
        assert bo.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    assert len(etags) >= 3


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-3", 0, 4), ("bytes=5-", 5, None), ("bytes=-4", -4, None), ("bytes=2-9999", 2, None)],
)
def test_a_range_is_answered_with_that_part(ada: Person, tea: str, asked: str, start: int, end: int | None) -> None:
    url = ada.shows(NOTES, to=tea)["attachments"][0]["url"]
    got, whole = ada.get(url, headers={"Range": asked}), NOTES[1]
    first = start if start >= 0 else len(whole) + start
    assert got.status_code == 206
    assert got.content == whole[start:end]
    assert got.headers["content-range"] == f"bytes {first}-{first + len(got.content) - 1}/{len(whole)}"
    assert got.headers["accept-ranges"] == "bytes"
    assert got.headers["etag"] == ada.get(url).headers["etag"]


def test_a_range_beyond_the_end_is_refused_and_a_senseless_one_ignored(ada: Person, tea: str) -> None:
    url = ada.shows(NOTES, to=tea)["attachments"][0]["url"]
    refused = ada.get(url, headers={"Range": "bytes=1000-"})
    problem(refused, 416)
    assert refused.headers["content-range"] == f"bytes */{len(NOTES[1])}"
    for senseless in ("lines=1-2", "bytes=x", "bytes=5-2"):
        assert ada.get(url, headers={"Range": senseless}).status_code in (200, 416)
    etag = ada.get(url).headers["etag"]
    assert ada.get(url, headers={"Range": "bytes=0-3", "If-Range": etag}).status_code == 206
    assert ada.get(url, headers={"Range": "bytes=0-3", "If-Range": '"other"'}).content == NOTES[1]


def test_other_files_are_saved_and_never_shown(ada: Person, bo: Person, tea: str) -> None:
    hidden = svg("drawing.txt", "text/plain")
    for one, (name, data, _) in zip(
        ada.shows(NOTES, HTML, hidden, to=tea)["attachments"], (NOTES, HTML, hidden), strict=True
    ):
        got = bo.get(one["url"])
        assert got.content == data
        assert got.headers["content-disposition"].startswith("attachment")
        assert name in got.headers["content-disposition"]
        assert "sandbox" in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"


def test_nothing_is_told_by_a_picture_but_the_picture(ada: Person, bo: Person, tea: str) -> None:
    attached = ada.shows(telling(64, 48), to=tea)["attachments"][0]
    assert (attached["width"], attached["height"]) == (48, 64)
    for one in [attached, *attached["renditions"]]:
        data = bo.get(one["url"]).content
        picture = opened(data)
        assert b"Elm Street" not in data
        assert not picture.getexif()
        assert picture.size == (one["width"], one["height"])


def test_a_picture_stays_the_right_way_up(ada: Person, tea: str) -> None:
    attached = _shown(ada, tea, 640, 480)
    for one in [attached, *attached["renditions"]]:
        picture = opened(ada.get(one["url"]).content).convert("RGB")
        width, height = picture.size
        corner, middle = (
            picture.getpixel((width // 8, height // 8)),
            picture.getpixel((width * 7 // 8, height * 7 // 8)),
        )
        assert isinstance(corner, tuple)
        assert isinstance(middle, tuple)
        assert corner[1] > corner[0], "green"
        assert middle[0] > middle[1], "red"


def test_names_that_no_rendition_has_are_a_404(ada: Person, tea: str) -> None:
    attached = _shown(ada, tea)
    for name in ("64000.avif", "320.exe", "..", "original", "%2e%2e"):
        assert ada.get(f"{attached['url']}/{name}").status_code == 404
    problem(ada.ask("PUT", attached["url"]), 405)
