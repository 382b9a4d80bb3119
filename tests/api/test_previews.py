"""What links lead to, at the API's door."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from chatsphere import jobs
from chatsphere.core import previews
from tests.api.cast import Cast, problem
from tests.internet import answer, open_internet


def _picture() -> bytes:
    data = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(data, "PNG")
    return data.getvalue()


def test_a_link_comes_with_its_place_then_with_what_it_leads_to_and_its_sender_takes_that_away(
    cast: Cast, tmp_path: Path
) -> None:
    duo = cast.ada.talks_to(cast.bo)
    with open_internet(tmp_path) as internet:
        cast.house.fetch = internet.client()
        internet.page("http://example.org/", answer('<title>Tea</title><meta property="og:image" content="a.png">'))
        internet.page("http://example.org/a.png", answer(_picture(), "image/png"))
        said = cast.ada.says("http://example.org/", to=duo)
        nothing = {"site": "", "title": "", "description": "", "image": None}
        assert said["previews"] == [{"url": "http://example.org/", "state": "waiting", **nothing}]
        assert jobs.once(cast.house, [previews.KIND])
    address = f"/conversations/{duo}/messages/{said['id']}"
    [shown] = cast.bo.get(address).json["previews"]  # type: ignore[index]
    assert (shown["state"], shown["site"], shown["title"]) == ("ready", "example.org", "Tea")
    picture = shown["image"]["renditions"][0]["url"]
    assert cast.bo.get(picture).content_type == "image/avif"
    problem(cast.cy.get(picture), 404)
    problem(cast.bo.delete(f"{address}/previews"), 403)
    problem(cast.cy.delete(f"{address}/previews"), 404)
    problem(cast.ada.delete(f"/conversations/{duo}/messages/99/previews"), 404)
    problem(cast.ada.delete(f"/conversations/{duo}/messages/x/previews"), 404)
    for _ in range(2):
        assert cast.ada.delete(f"{address}/previews").status_code == 204
    assert cast.bo.get(address).json["previews"] == []  # type: ignore[index]
    problem(cast.bo.get(picture), 404)
    told = cast.bo.get(f"/conversations/{duo}/events?after={said['id']}").json
    assert [one["kind"] for one in told] == ["message.previewed"] * 2  # type: ignore[union-attr]
