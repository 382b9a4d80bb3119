"""The gallery's pages, asked for without a script: months, people, words, and the way to older pictures."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from chatsphere.core.tables import messages
from chatsphere.house import House
from tests.api.cast import Cast, Person
from tests.api.test_files import picture


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    return Cast(app, house)


def page(person: Person, path: str, status: int = 200) -> str:
    answer = person.client.get(path)
    assert answer.status_code == status, answer.text[:300]
    return answer.text


def shown(html: str) -> list[str]:
    """What hangs on the page, by what it is called; the newest first."""
    return re.findall(r'<img [^>]*alt="([^"]*)"', html.partition('id="lightbox"')[0])


def test_pictures_hang_by_month_and_are_one_persons_or_have_words(cast: Cast, house: House) -> None:
    tea = cast.ada.talks_to(cast.bo, cast.cy, title="Tea <time>")
    other = cast.ada.talks_to(cast.bo)
    cast.ada.sends(tea, (picture(300, 200), "a.jpg"), alt="A first <kettle>")
    earlier = house.chat.clock() - timedelta(days=40)
    house.chat.do(lambda tx: tx.execute(update(messages).values(created_at=earlier)))
    cast.bo.sends(tea, (picture(200, 300), "b.jpg"))
    cast.bo.sends(other, (picture(4000, 300), "c.jpg"), content="wide")
    html = page(cast.ada, f"/c/{tea}/gallery")
    nameless, kettle = shown(html)
    assert kettle == "A first &lt;kettle&gt;"
    assert re.fullmatch(r"Picture from Bo, .*\d{4}, no description", nameless)
    assert len(re.findall(r"<h2><time datetime=", html)) == 2
    assert "Tea &lt;time&gt;" in html
    assert 'data-shape="7"' in html
    assert len(shown(page(cast.ada, "/gallery"))) == 3
    assert 'data-shape="25"' in page(cast.ada, "/gallery")
    assert shown(page(cast.ada, f"/c/{tea}/gallery?sender_id={cast.ada.id}")) == [kettle]
    assert len(shown(page(cast.ada, "/gallery?has_text=true"))) == 2
    assert "No pictures like these" in page(cast.ada, f"/gallery?sender_id={cast.cy.id}")
    assert shown(page(cast.cy, "/gallery")) == [nameless, kettle]
    assert "No pictures yet" in page(cast.dee, "/gallery")
    page(cast.dee, f"/c/{tea}/gallery", 404)
    page(cast.ada, "/gallery?before=yesterday", 422)


def test_months_are_those_of_the_readers_zone_as_far_as_it_is_told(cast: Cast, house: House) -> None:
    tea = cast.ada.talks_to(cast.bo)
    cast.ada.sends(tea, (picture(300, 200), "a.jpg"))
    sent = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    house.chat.do(lambda tx: tx.execute(update(messages).values(created_at=sent)))
    for zone, month, day in (
        ("", "2026-01", "31 January"),
        ("Asia/Tokyo", "2026-02", "1 February"),
        ("America/New_York", "2026-01", "31 January"),
        ("Nowhere/At All", "2026-01", "31 January"),
        ("../../etc/passwd", "2026-01", "31 January"),
        ("x" * 5000, "2026-01", "31 January"),
    ):
        cast.bo.client.set_cookie("zone", zone)
        html = page(cast.bo, f"/c/{tea}/gallery")
        assert f'<time datetime="{month}">' in html
        assert day in shown(html)[0]


def test_a_link_leads_to_older_pictures_and_keeps_what_was_asked(cast: Cast) -> None:
    duo = cast.ada.talks_to(cast.bo)
    for _ in range(4):
        cast.ada.sends(duo, *[(picture(30, 20), f"{n}.jpg") for n in range(16)])
    html = page(cast.bo, f"/c/{duo}/gallery?sender_id={cast.ada.id}")
    assert len(shown(html)) == 60
    [older] = re.findall(r'rel="next" href="([^"]+)"', html)
    rest = page(cast.bo, older.replace("&amp;", "&"))
    assert len(shown(rest)) == 4
    assert f"sender_id={cast.ada.id}" in older
    assert 'rel="next"' not in rest
