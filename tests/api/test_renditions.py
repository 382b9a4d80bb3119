"""Pictures in other sizes: made when first asked for, kept for the next one, gone with their message."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from chatsphere.core import messages
from chatsphere.sweep import tidy
from tests.api.cast import Cast, problem
from tests.api.test_files import picture, posted, stored


def test_a_rendition_that_is_not_there_yet_is_made_when_it_is_asked_for(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    [image] = posted(cast.ada, duo, (picture(2600, 1800), "a.jpg"))["attachments"]
    before = stored(cast)
    sizes = [cast.bo.get(each["url"]) for each in image["renditions"]]
    assert len(sizes) >= 5
    assert stored(cast) > before
    for each, got in zip(image["renditions"], sizes, strict=True):
        assert (got.status_code, got.content_type) == (200, each["content_type"])
        again = cast.bo.get(each["url"])
        assert (again.data, again.headers["ETag"]) == (got.data, got.headers["ETag"])
        if each["content_type"] == "image/jpeg":
            assert Image.open(io.BytesIO(got.data)).size == (each["width"], each["height"])


def test_a_rendition_of_what_is_taken_back_while_it_is_made_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    duo = cast.ada.talks_to(cast.bo)
    message = posted(cast.ada, duo, (picture(2600, 1800), "a.jpg"))
    make = cast.house.images.rendition

    def slowly(original: bytes, name: str) -> bytes:
        cast.house.chat.do(messages.delete, cast.ada.id, duo, message["id"])
        tidy(cast.house)
        return make(original, name)

    monkeypatch.setattr(cast.house.images, "rendition", slowly)
    largest = message["attachments"][0]["renditions"][-1]
    problem(cast.bo.get(largest["url"]), 404)
    assert stored(cast) == 0


def test_bytes_that_go_while_they_are_asked_for_are_a_404(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    [image] = posted(cast.ada, duo, (picture(2600, 1800), "a.jpg"))["attachments"]
    cast.house.storage.delete([key for key, _ in cast.house.storage.keys()])  # noqa: SIM118 - no dictionary
    for url in (image["url"], *(each["url"] for each in image["renditions"])):
        problem(cast.bo.get(url), 404)
